"""What is read of the outbox."""

from collections import Counter

from django.db.models import Count

from gwonseon.messaging.models import Batch, Dispatch, Message


def counts_of(dispatch: Dispatch) -> Counter[str]:
    """Return how many messages of a dispatch are in each state (1 query)."""
    rows = Message.objects.filter(dispatch=dispatch).values_list("state").annotate(Count("pk"))
    return Counter(dict(rows))


def reasons_of(dispatch: Dispatch) -> list[tuple[str, str, int]]:
    """Return state, the gateway's code and number of the messages that did not arrive (1 query).

    The most frequent come first.
    """
    states = [
        Message.State.UNDELIVERED,
        Message.State.REJECTED,
        Message.State.UNKNOWN,
        Message.State.SUPPRESSED,
        Message.State.EXPIRED,
        Message.State.CANCELLED,
    ]
    rows = Message.objects.filter(dispatch=dispatch, state__in=states)
    counted = rows.values_list("state", "code").annotate(Count("pk"))
    return list(counted.order_by("-pk__count", "state", "code"))


def open_counts() -> list[tuple[str, int]]:
    """Return how many messages wait, are being sent or are unknown, with their labels (1 query)."""
    states = [Message.State.QUEUED, Message.State.CLAIMED, Message.State.UNKNOWN]
    rows = Message.objects.filter(state__in=states).values_list("state").annotate(Count("pk"))
    counts = dict(rows)
    return [(str(state.label), counts.get(state, 0)) for state in states]


def undecided_batches() -> list[Batch]:
    """Return the batches that only a person can decide on, oldest first (1 query)."""
    parked = Batch.objects.filter(state=Batch.State.UNKNOWN, messages__state=Message.State.UNKNOWN)
    return list(parked.annotate(letters=Count("messages")).order_by("first_called_at"))
