"""How far the sending of a notice has come: counts, a chart over time, and reasons.

접수 is the gateway's word, 도달 the phone's; no number of a phone is read here.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncMinute
from django.utils import timezone
from django.utils.translation import gettext as _

from civic.notices.models import Notice
from gwonseon.krds.charts import Bar, bars_of
from gwonseon.messaging.models import Dispatch, Message
from gwonseon.messaging.queries import counts_of, reasons_of

State = Message.State
FAILED = (State.UNDELIVERED, State.REJECTED)
MOST_SLOTS = 12
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Slot:
    """A stretch of time: the messages handed over in it, and what has become of them since."""

    label: str
    given: int
    delivered: int
    failed: int


@dataclass(frozen=True)
class Reason:
    """Why messages failed or were not sent: the gateway's own code, and how many they are."""

    state: str
    code: str
    count: int


@dataclass(frozen=True)
class Progress:
    """The sending of a notice. `handled` of `total` messages wait no longer."""

    counts: list[tuple[str, int]]
    total: int
    handled: int
    slots: list[Slot]
    reasons: list[Reason]

    @property
    def bars(self) -> list[Bar]:
        """The chart of what was handed over."""
        return bars_of([(slot.label, slot.given) for slot in self.slots])


def progress_of(notice: Notice) -> Progress:
    """Return how far an approved notice has come (3 queries)."""
    counts = counts_of(notice.dispatch)
    total = sum(counts.values())
    return Progress(
        counts=list(labelled(counts)),
        total=total,
        handled=total - counts[State.QUEUED] - counts[State.CLAIMED],
        slots=slots_of(notice.dispatch),
        reasons=[
            Reason(str(State(state).label), code, count)
            for state, code, count in reasons_of(notice.dispatch)
        ],
    )


def labelled(counts: Counter[str]) -> list[tuple[str, int]]:
    """Return the counts with their labels; those that are rare only where there are any."""
    rows = [
        (State.QUEUED.label, counts[State.QUEUED] + counts[State.CLAIMED], True),
        (State.ACCEPTED.label, counts[State.ACCEPTED], True),
        (State.DELIVERED.label, counts[State.DELIVERED], True),
        (_("실패"), sum(counts[one] for one in FAILED), True),
        (State.UNKNOWN.label, counts[State.UNKNOWN], True),
        (State.CANCELLED.label, counts[State.CANCELLED], True),
        (State.SUPPRESSED.label, counts[State.SUPPRESSED], False),
        (State.EXPIRED.label, counts[State.EXPIRED], False),
    ]
    return [(str(label), count) for label, count, always in rows if always or count]


def slots_of(dispatch: Dispatch) -> list[Slot]:
    """Return stretches of the time in which messages were handed over, all of one length.

    At most twelve, without the empty ones (1 query).
    """
    handed = Message.objects.filter(dispatch=dispatch).exclude(batch=None)
    rows = handed.values_list(TruncMinute("batch__first_called_at"), "state")
    found = sorted(rows.annotate(Count("pk")).order_by())
    if not found:
        return []
    first, last = found[0][0], found[-1][0]
    minutes = (last - first) // MINUTE // MOST_SLOTS + 1
    slots: dict[int, Counter[str]] = {}
    for minute, state, count in found:
        slots.setdefault((minute - first) // (minutes * MINUTE), Counter())[state] += count
    return [
        Slot(
            label=clock(first + number * minutes * MINUTE),
            given=states.total(),
            delivered=states[State.DELIVERED],
            failed=sum(states[one] for one in FAILED),
        )
        for number, states in slots.items()
    ]


def clock(moment: datetime) -> str:
    """Return a time of day as a label."""
    return f"{timezone.localtime(moment):%H:%M}"
