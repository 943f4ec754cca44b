"""The gateways by name, and which of them the settings choose."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from gwonseon.messaging.gateways import ChannelPausedError, Gateway
from gwonseon.messaging.models import Channel
from gwonseon.refusals import RefusedError

# The gateway that sends nothing.
FILE = "file"
GATEWAYS = {
    FILE: "gwonseon.messaging.gateways.file.FileGateway",
    "bizgo": "gwonseon.messaging.gateways.bizgo.BizgoGateway",
    "solapi": "gwonseon.messaging.gateways.solapi.SolapiGateway",
}
# The settings that a gateway cannot do without.
KEYS = {FILE: (), "bizgo": ("BIZGO_API_KEY",), "solapi": ("SOLAPI_KEY", "SOLAPI_SECRET")}


@cache
def gateway(name: str) -> Gateway:
    """Return a gateway by its name, or by the path of its class."""
    return import_string(GATEWAYS.get(name, name))()


def is_for_trying() -> bool:
    """Return whether this portal is one to try, which never reaches a real phone."""
    return settings.DEBUG or settings.DEMO


def only_writes() -> bool:
    """Return whether messages are written for staff to read (see `written.py`), and never sent."""
    return settings.SMS_GATEWAY == FILE


def refuse_to_try() -> None:
    """Raise ChannelPausedError on a demo or debug portal, which must reach no real phone.

    Its database may be a copy of another portal's, with that one's channel and its queue.
    """
    if is_for_trying():
        raise ChannelPausedError(Channel.Pause.OPERATOR, "DEMO")


def known_gateways() -> list[str]:
    """Return the names of the gateways that this portal can send through."""
    return sorted(
        name for name in GATEWAYS if is_for_trying() == (name == FILE) and not missing_keys(name)
    )


def available() -> list[str]:
    """Return the names of the gateways that the settings choose: the default, then the standby."""
    return [name for name in (settings.SMS_GATEWAY, settings.SMS_STANDBY) if name]


def default_gateway() -> str:
    """Return the name of the gateway that is sent through at first.

    Raises RefusedError if messages are off: for whoever wants to send one.
    """
    if not settings.SMS_GATEWAY:
        raise RefusedError(
            _(
                "이 포털에는 문자 중계사가 정해지지 않아 문자를 보낼 수 없습니다. "
                "관리자에게 SMS_GATEWAY를 정해 달라고 하세요."
            )
        )
    return settings.SMS_GATEWAY


def missing_keys(name: str) -> list[str]:
    """Return which of a gateway's settings are empty."""
    return [key for key in KEYS.get(name, ()) if not getattr(settings, key)]
