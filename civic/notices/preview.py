"""What a notice will be: how it reads, how long it is, whom it reaches, and what it costs.

Of an approved notice: how it reads.
"""

from dataclasses import dataclass
from math import ceil

from django.utils import timezone
from django.utils.translation import gettext as _

from civic.notices.budget.queries import spent, warning_for
from civic.notices.models import Notice
from civic.notices.queries import Cost, cost_of, people_of, this_year
from civic.notices.timing import problem_of_times
from civic.notices.wording import ANY_TOKEN, body_of, measure_of, measure_whole, stop_line
from gwonseon.messaging.gateways.registry import default_gateway, gateway
from gwonseon.messaging.texts import (
    LMS_BYTES,
    SMS_BYTES,
    TextKind,
    TextMeasure,
    TextProblem,
    length,
)
from gwonseon.refusals import RefusedError


@dataclass(frozen=True)
class Preview:
    """A notice before it is approved. `problems` keep it from being sent; it takes `minutes`.

    `warning` is about the budget, or empty.
    """

    title: str
    body: str
    ending: str
    measured: TextMeasure
    problems: list[TextProblem]
    cost: Cost
    warning: str
    minutes: int

    @property
    def is_long(self) -> bool:
        """Whether it goes as a long message, with its title."""
        return self.measured.kind is TextKind.LMS

    @property
    def most_bytes(self) -> int:
        """The most bytes of a message of its kind."""
        return LMS_BYTES if self.is_long else SMS_BYTES

    @property
    def ending_bytes(self) -> int:
        """How many of the bytes are those of the last line."""
        return length(f"\n{self.ending.replace('·', '0')}")


@dataclass(frozen=True)
class PhonePreview:
    """An approved notice as a phone shows it: only a long one has its title."""

    title: str
    body: str
    ending: str
    is_long: bool


def phone_of(notice: Notice) -> PhonePreview:
    """Return an approved notice as it is sent (no query)."""
    line = notice.dispatch.stop_address
    kind = measure_whole(notice.body, notice.title, line).kind
    return PhonePreview(notice.title, notice.body, f"{line}{ANY_TOKEN}", kind is TextKind.LMS)


def preview_of(notice: Notice, portal: str) -> Preview:
    """Return what a notice will be; `portal` is the address of the residents' stop page.

    Makes 6 queries.
    """
    body = body_of(notice.text, notice.words)
    measured = measure_of(body, notice.title, portal)
    people = people_of(notice)
    problems = list(measured.problems)
    if notice.expires_at and (late := problem_of_times(notice, timezone.now())):
        problems.append(TextProblem(late))
    try:
        rate = gateway(default_gateway()).per_second
    except RefusedError as refusal:
        problems.append(TextProblem(str(refusal)))
        rate = people or 1
    spending = spent(this_year())
    cost = cost_of(people, measured.kind, spending.budget)
    return Preview(
        title=notice.title or _("(제목 없음)"),
        body=body,
        ending=f"{stop_line(portal)}{ANY_TOKEN}",
        measured=measured,
        problems=problems,
        cost=cost,
        warning=warning_for(cost, spending),
        minutes=ceil(people / rate / 60),
    )
