"""Other processes that write and read messages at the same moment.

They are forked from one that has prepared Django, which takes a second, and nothing else.
"""

import multiprocessing
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from uuid import UUID

import django
from django.apps import apps
from django.conf import settings

if not apps.ready:
    django.setup()

from gwonseon.messaging.gateways import Letter, Parcel
from gwonseon.messaging.gateways.file import FileGateway
from gwonseon.messaging.gateways.written import sent_messages

FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload([__name__])


def start(act: Callable[..., None], var: Path, *given: int) -> BaseProcess:
    """Start a process that acts in a folder; return when it is about to begin."""
    is_ready = FORKED.Event()
    process = FORKED.Process(target=act, args=(is_ready, var, *given))
    process.start()
    is_ready.wait()
    return process


def write(is_ready: Event, var: Path, first: int, behind: int) -> None:
    """Send these batches of 100 messages one after the other."""
    settings.VAR = var
    gateway = FileGateway()
    is_ready.set()
    for batch in range(first, behind):
        letters = [Letter(100 * batch + at, f"0109999{at:04}", "예시 " * 200) for at in range(100)]
        gateway.send(Parcel(UUID(int=batch), "0312285114", "", letters), print)


def read(is_ready: Event, var: Path) -> None:
    """Read all that is written, again and again, until there is a file `stop`."""
    settings.VAR = var
    is_ready.set()
    while not (var / "stop").exists():
        sent_messages(100_000)
        FileGateway("nobody").fetch_reports()
