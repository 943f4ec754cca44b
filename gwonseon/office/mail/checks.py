"""System check: a demo or debug portal must not have a mail server.

`make run` and the worker, which sends, run it as well.
"""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.translation import gettext as _

# By this tag `make run` finds checks that a portal must pass to start.
TAG = "start"


def check_mail_server(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001  Django hands it over
    **_kwargs: Any,
) -> list[CheckMessage]:
    """Return what is wrong with the mail server that the settings choose."""
    if not settings.EMAIL_HOST or not (settings.DEMO or settings.DEBUG):
        return []
    text = _(
        "시험용 포털(DEMO=1, DEBUG=1)은 실제 메일을 보내지 않습니다. "
        "EMAIL_URL을 비워 두거나, DEMO=0과 DEBUG=0으로 실행하세요."
    )
    return [Error(text, id="office.E001")]


def refuse_bad_settings(**_facts: Any) -> None:
    """Stop a starting worker with the error sentence if the mail server is not allowed."""
    if faults := check_mail_server(None):
        raise SystemExit("\n".join(fault.msg for fault in faults))
