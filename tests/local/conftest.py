"""Folders for engines and portals."""

import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.local.portal import Portal, start

__all__ = ["start"]


def open_folder() -> Path:
    """Return a new folder that the engines' account may pass through, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="gwonseon-local-"))
    folder.chmod(0o711)
    return folder


@pytest.fixture(autouse=True, scope="session")
def heeded_interrupts() -> None:
    """Let what the tests start heed Ctrl-C: a run in the background passes on that it does not."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def var() -> Iterator[Path]:
    """A folder for one portal."""
    folder = open_folder()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def used_var() -> Iterator[Path]:
    """The folder of a portal that ran before, so that the next start is a quick one."""
    folder = open_folder()
    portal = Portal(folder).wait_until_open()
    assert portal.stop() == (0, "")
    yield folder
    shutil.rmtree(folder)
