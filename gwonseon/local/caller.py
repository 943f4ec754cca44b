"""Notice that the `make` which runs us is stopping, where that reaches us in no other way.

Ctrl-C in a terminal reaches both, and `make` passes a SIGTERM on. But a SIGINT sent to `make`
alone only makes it wait for our end, and a SIGKILL leaves us behind.
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
        """Return whether the `make` that started us has gone, or waits for us to end."""
        if not self.watched:
            return False
        if os.getppid() != self.process:
            return True
        # GNU make's handler first takes itself off, and then waits.
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
