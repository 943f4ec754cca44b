"""Start and stop programs so that none runs longer than the process that started it."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from gwonseon.local import launch
from gwonseon.local.failure import Failure

LOG_BYTES = 10_000_000
# The exit status of one of our programs that refused to work; its last line says why.
REFUSED = 2

Pause = Callable[[], None]
"""A function that sleeps for a moment in a waiting loop. The supervisor's may raise Stopped."""


def doze() -> None:
    """Sleep for a moment: the pause of a waiting loop that is never interrupted."""
    time.sleep(0.02)


@dataclass(frozen=True)
class Account:
    """User and group ids to run a program as, and the capability that it keeps (see launch.py)."""

    user: int
    group: int
    right: str = ""


@dataclass(frozen=True)
class Program:
    """A program to start. `name` is for messages; its output is appended to `log`.

    With `speaks`, its standard output goes to the terminal, and only standard error to the log.
    """

    name: str
    command: tuple[str, ...]
    log: Path
    stop_signal: signal.Signals = signal.SIGTERM
    account: Account | None = None
    environment: Mapping[str, str] | None = None
    speaks: bool = False


class RunningProgram:
    """A running program, in a session of its own so that Ctrl-C does not reach it."""

    def __init__(self, program: Program, held: Iterable[int] = ()) -> None:
        """Start the program. It and its children keep the file descriptors `held` open."""
        self.program = program
        account = program.account
        launcher = (
            *(sys.executable, "-I", "-S", launch.__file__),
            *(str(os.getpid()), str(int(program.stop_signal))),
            f"{account.user}:{account.group}" if account else "",
            account.right if account else "",
        )
        with open_log(program.log) as log:
            self.process = subprocess.Popen(  # noqa: S603  our own commands
                (*launcher, *program.command),
                stdin=subprocess.DEVNULL,
                stdout=None if program.speaks else log,
                stderr=log,
                env=program.environment,
                start_new_session=True,
                pass_fds=tuple(held),
            )

    def ended(self) -> bool:
        """Return whether the program has ended, for whatever reason."""
        return self.process.poll() is not None

    def finish(self, pause: Pause) -> None:
        """Wait until the program ends by itself; raise Failure if its exit status is not 0."""
        try:
            while not self.ended():
                pause()
        except BaseException:
            self.kill()
            raise
        if self.process.returncode:
            raise Failure(self.complaint())

    def complaint(self) -> str:
        """Return the error sentence for a program that failed or should not have ended."""
        if self.process.returncode == launch.NO_RIGHT:
            return (
                "root가 아닌 계정은 이 폴더에 들어올 수 없어 PostgreSQL을 시작하지 못했습니다. "
                "프로젝트를 다른 계정도 읽을 수 있는 곳(예: /srv)에 두거나 "
                "일반 계정으로 실행하세요."
            )
        if self.program.speaks and self.process.returncode == REFUSED:
            return self.program.log.read_text().splitlines()[-1]
        return f"{self.program.name} 실행이 멈췄습니다. 기록을 확인하세요: {self.program.log}"

    def send_stop(self) -> None:
        """Ask the program to stop."""
        if not self.ended():
            self.process.send_signal(self.program.stop_signal)

    def kill(self) -> None:
        """Kill the program and its children, if any still run."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def open_log(path: Path) -> BinaryIO:
    """Open a log for appending; rename it first if it is larger than LOG_BYTES."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_suffix(".1.log"))
    return path.open("ab")


def stop(parts: Iterable[RunningProgram], seconds: float) -> None:
    """Stop the parts at the same time; kill those that take longer than `seconds`."""
    stopping = list(parts)
    for part in stopping:
        part.send_stop()
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not all(part.ended() for part in stopping):
        doze()
    for part in stopping:
        part.kill()
