"""System checks of gateway settings: only a real portal may send real messages.

Without a gateway a portal sends nothing, which is no error: who wants to send one is told. Django
runs the checks for its own commands; `make run` and the worker, which sends, run them as well.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from gwonseon.messaging.gateways.registry import (
    FILE,
    GATEWAYS,
    available,
    is_for_trying,
    missing_keys,
)

# By this tag `make run` finds checks that a portal must pass to start.
TAG = "start"


def check_gateways(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001  Django hands it over
    **_kwargs: Any,
) -> list[CheckMessage]:
    """Return what is wrong with the gateways that the settings choose."""
    faults = [fault for name in available() for fault in faults_of(name)]
    return [*faults, *faults_of_standby()]


def refuse_bad_settings(**_facts: Any) -> None:
    """Stop a starting worker with the error sentences if the gateway settings are wrong."""
    if faults := check_gateways(None):
        raise SystemExit("\n".join(fault.msg for fault in faults))


def faults_of(name: str) -> Iterator[CheckMessage]:
    """Yield what is wrong with a gateway that is chosen."""
    if name not in GATEWAYS and not is_class(name):
        text = _("「%(name)s」 중계사를 모릅니다. %(known)s 가운데 하나를 적으세요.")
        yield error("E001", text % {"name": name, "known": ", ".join(GATEWAYS)})
        return
    if name == FILE and not is_for_trying():
        yield error(
            "E002",
            _(
                "중계사 file은 문자를 보내지 않습니다. SMS_GATEWAY에 실제 중계사를 적거나 "
                "비워 두고, 시험하려면 DEMO=1로 실행하세요."
            ),
        )
    if name != FILE and is_for_trying():
        yield error(
            "E003",
            _(
                "시험용 포털(DEMO=1, DEBUG=1)은 실제 문자를 보내지 않습니다. "
                "SMS_GATEWAY=file로 적거나, DEMO=0과 DEBUG=0으로 실행하세요."
            ),
        )
    for key in missing_keys(name):
        text = _("중계사 %(name)s의 열쇠가 없습니다. %(key)s에 적으세요(.env.example 참고).")
        yield error("E004", text % {"name": name, "key": key})


def is_class(path: str) -> bool:
    """Return whether a name is the path of a class: a gateway that an office made for itself."""
    try:
        return isinstance(import_string(path), type)
    except ImportError:
        return False


def faults_of_standby() -> Iterator[CheckMessage]:
    """Yield what is wrong with the gateway that stands by."""
    if not settings.SMS_STANDBY:
        return
    if not settings.SMS_GATEWAY:
        yield error("E005", _("SMS_STANDBY만 있습니다. SMS_GATEWAY도 적으세요."))
    if settings.SMS_STANDBY == settings.SMS_GATEWAY:
        yield error("E006", _("SMS_STANDBY가 SMS_GATEWAY와 같습니다. 다른 중계사를 적으세요."))


def error(code: str, text: str) -> CheckMessage:
    """Return the Django check error for a code and a sentence."""
    return Error(text, id=f"messaging.{code}")
