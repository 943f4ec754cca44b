"""What people reply to messages: whoever asks to stop is stopped, and nothing else is kept.

A reply is acted on first and acknowledged then: a worker that is killed in between leaves it to be
acted on again. No number and no text is stored or logged.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Protocol

from django.core.exceptions import ValidationError

from gwonseon.messaging.channels import database_now
from gwonseon.messaging.gateways import (
    DeliversReplies,
    NotAcceptedError,
    Reply,
    UnknownOutcomeError,
)
from gwonseon.messaging.gateways.polling import take_all
from gwonseon.messaging.gateways.registry import gateway
from gwonseon.messaging.models import Channel
from gwonseon.messaging.phones import mobile_number
from gwonseon.messaging.sealing import digest
from gwonseon.messaging.stop_words import asks_to_stop
from gwonseon.registry import Registry

log = logging.getLogger(__name__)


class StopNumber(Protocol):
    """A function that stops a number, by its digest; the same reply may be handed to it again."""

    def __call__(self, *, mac: bytes, sent_at: datetime) -> None:
        """Stop the number, unless it agreed again after the reply was sent."""


# Higher floors register theirs when their app is ready.
on_stop: Registry[StopNumber] = Registry()


def collect(*, most_calls: int = 20) -> int:
    """Ask every gateway that was ever used for replies, and act on them; return how many came.

    What goes wrong with one gateway keeps no other from being asked.
    """
    came = 0
    for name in Channel.objects.values_list("pk", flat=True):
        try:
            came += collect_from(name, most_calls)
        except (NotAcceptedError, UnknownOutcomeError) as error:
            log.warning("no replies from %s: %s", name, type(error).__name__)
        except Exception as error:  # noqa: BLE001  a fault of ours; its text may hold a number
            log.error("replies from %s: %s", name, type(error).__name__)
    return came


def collect_from(name: str, most_calls: int) -> int:
    """Act on a gateway's replies, if it delivers any, and acknowledge them."""
    source = gateway(name)
    if not isinstance(source, DeliversReplies):
        return 0
    act = partial(act_on, name)
    return take_all(source.fetch_replies, act, source.acknowledge_replies, most_calls)


def act_on(name: str, replies: Sequence[Reply]) -> None:
    """Stop the numbers that ask for it; the log says how many.

    If stopping one of them fails, the others are stopped all the same. The error is raised then, so
    that the replies are not acknowledged and come again.
    """
    now = database_now()
    asking = [one for one in replies if asks_to_stop(one.text)]
    unreadable, failures = 0, []
    for reply in asking:
        try:
            stop(reply, now)
        except ValidationError:
            # No mobile number: nothing is sent to it either.
            unreadable += 1
        except Exception as error:  # noqa: BLE001  the others' turn comes first
            failures.append(error)
    log.info(
        "replies from %s: %s, of which %s stop (%s without a mobile number, %s failed)",
        name,
        len(replies),
        len(asking),
        unreadable,
        len(failures),
    )
    if failures:
        raise failures[0]


def stop(reply: Reply, now: datetime) -> None:
    """Stop the number of a reply; raise ValidationError if it has no mobile number.

    A reply from the future, or of an unknown time, counts as one of now.
    """
    mac = digest(mobile_number(reply.number))
    sent_at = min(reply.sent_at or now, now)
    for stop_number in on_stop:
        stop_number(mac=mac, sent_at=sent_at)
