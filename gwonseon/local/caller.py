"""Detect that the `make` that started us is stopping, when no signal tells us.

Ctrl-C in a terminal reaches both processes, and `make` passes a SIGTERM on. But after a SIGINT sent
only to `make`, it just waits for us to end; and after a SIGKILL of `make` we would go on running.
"""

import contextlib
import os
import signal
from pathlib import Path

NAMES = {"make", "gmake"}


class Caller:
    """The process that started us, watched if it is `make`."""

    def __init__(self) -> None:
        self.process = os.getppid()
        self.folder = Path("/proc") / str(self.process)
        self.watched = self._name() in NAMES
        self.interruptible = self._catches_interrupt()

    def stopping(self) -> bool:
        """Return whether the `make` that started us has ended, or waits for us to end."""
        if not self.watched:
            return False
        if os.getppid() != self.process:
            return True
        # GNU make's handler first removes itself, and then waits.
        return self.interruptible and not self._catches_interrupt()

    def _name(self) -> str:
        with contextlib.suppress(OSError):
            return (self.folder / "comm").read_text().strip()
        return ""

    def _catches_interrupt(self) -> bool:
        with contextlib.suppress(OSError):
            for line in (self.folder / "status").read_text().splitlines():
                name, _, value = line.partition(":")
                if name == "SigCgt":
                    return bool(int(value, 16) >> (signal.SIGINT - 1) & 1)
        return False
