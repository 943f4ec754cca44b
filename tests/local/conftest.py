"""Folders for engines and portals."""

import fcntl
import os
import shutil
import signal
import subprocess
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
    """Stop ignoring Ctrl-C, because programs that the tests start would ignore it, too."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def var() -> Iterator[Path]:
    """A folder for one portal."""
    folder = open_folder()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def used_var(var: Path) -> Path:
    """A folder of a portal that ran before, so that the next start is a quick one."""
    # Owners count: root runs PostgreSQL as somebody else.
    subprocess.run(["cp", "-a", f"{used_folder()}/.", str(var)], check=True)
    return var


def used_folder() -> Path:
    """Return the run's one folder where a portal ran; the first who asks runs it, others wait."""
    run = Path(os.environ["VAR"])
    run = run.parent if "PYTEST_XDIST_WORKER" in os.environ else run
    folder = run / "used"
    with (run / "used.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            new = run / "used.new"
            new.mkdir(mode=0o711)
            assert Portal(new).wait_until_open().stop() == (0, "")
            new.rename(folder)
    return folder
