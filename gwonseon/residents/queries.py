"""What a link in a message can still do."""

from dataclasses import dataclass

from gwonseon.messaging.models import Message, Suppression
from gwonseon.residents.models import ConsentEvent


@dataclass(frozen=True)
class LinkState:
    """Whether a link stops somebody's messages (`mac`), did so already, or is too old to know."""

    mac: bytes | None = None
    is_used: bool = False


def link_state(message_id: int) -> LinkState:
    """Return what the link of a message can do (3 queries).

    It works once: after a withdrawal that is later than the message it stops nothing, also for
    somebody who has agreed again since. It works for numbers that never were a resident's, too.
    """
    message = Message.objects.select_related("dispatch").filter(pk=message_id).first()
    if message is None or message.mac is None:
        return LinkState()
    mac = bytes(message.mac)
    withdrawn = ConsentEvent.objects.filter(
        mac=mac,
        what=ConsentEvent.What.COLLECT,
        act=ConsentEvent.Act.WITHDRAWN,
        at__gt=message.dispatch.created_at,
    )
    is_stopped = Suppression.objects.filter(mac=mac).exists()
    return LinkState(mac, is_stopped or withdrawn.exists())
