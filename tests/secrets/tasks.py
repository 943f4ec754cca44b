"""Tasks that fail on purpose, and one that leaks."""

import logging

from celery import shared_task

from gwonseon.messaging.models import Message
from gwonseon.messaging.sealing import digest
from tests.secrets.failing import FAILURES
from tests.secrets.search import NUMBER

log = logging.getLogger(__name__)


@shared_task
def fail(how: str) -> None:
    """Fail in one of the ways."""
    number, mac = NUMBER, digest(NUMBER)
    log.info("%s messages", Message.objects.filter(mac=mac).count())
    FAILURES[how](code_of_tests())
    raise AssertionError(number)


@shared_task
def plant(said: str) -> None:
    """Leak what is asked for."""
    log.warning("said: %s", said)


def code_of_tests() -> str:
    """Return a code that the search knows."""
    from tests.secrets.places import TYPED_CODE

    return TYPED_CODE
