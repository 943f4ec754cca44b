"""A whole portal in its own processes, as `make run` starts it."""

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SECONDS = 120
# What the test run itself stands on is nothing to the portals that it starts.
SECRETS = ("SECRET_KEY", "PHONE_KEYS", "PHONE_DIGEST_KEY")
OURS = ("DATABASE_URL", "REDIS_URL", "PAGE_CACHE", "DEMO", "DEBUG", *SECRETS)
# Static files as they lie; compressing them is half of a first start.
QUICKLY = {"DEBUG": "1"}
DIRECTLY = (sys.executable, "-m", "gwonseon.local")
# As `make run`, without looking whether anything is to be installed.
BY_MAKE = ("make", "-o", ".venv/.run-stamp", "-o", "node_modules/.setup-stamp", "run")


class Portal:
    """One run of the supervisor, with what it has printed."""

    def __init__(self, var: Path, *, command: tuple[str, ...] = DIRECTLY, **more: str) -> None:
        environment = {name: value for name, value in os.environ.items() if name not in OURS}
        self.var = var
        self.port = free_port()
        self.process = subprocess.Popen(
            command,
            env=environment | QUICKLY | {"VAR": str(var), "PORT": str(self.port)} | more,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.said = ""

    def wait_until_open(self) -> "Portal":
        """Wait for the line that names the address."""
        for line in self.process.stdout:
            self.said += line
            if f"http://127.0.0.1:{self.port}/" in line:
                return self
        raise AssertionError(self.said + self.process.stderr.read())

    def end(self) -> tuple[int, str]:
        """Wait for the end; return the exit status and what stood on stderr."""
        said, complaints = self.process.communicate(timeout=SECONDS)
        self.said += said
        return self.process.returncode, complaints

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Send the signal to the first process alone and wait for the end."""
        self.process.send_signal(number)
        return self.end()

    def programs(self) -> dict[int, str]:
        """Return the running processes of this portal: number and command line."""
        return programs(self.var)

    def program(self, *words: str) -> int:
        """Return the number of the first process whose command line has these words."""
        return min(
            number
            for number, command in self.programs().items()
            if all(word in command.split() for word in words)
        )


def programs(var: Path) -> dict[int, str]:
    """Return the processes of VAR's portal, found by environment, folder or command line."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                inside = f"VAR={var}".encode() in (entry / "environ").read_bytes().split(b"\0")
                inside |= (entry / "cwd").readlink().is_relative_to(var)
            except OSError:
                continue
            if inside or str(var) in command:
                found[int(entry.name)] = command
    return found


def wait_until(fact: Callable[[], object]) -> None:
    """Wait until it holds; a generous deadline only keeps a broken test from hanging."""
    deadline = time.monotonic() + SECONDS
    while not fact():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def free_port() -> int:
    """Return a port that nobody uses, from below those that the system gives out by itself."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


Start = Callable[..., Portal]


@pytest.fixture
def start() -> Iterator[Start]:
    """Return a function that starts a portal; processes left after a failed test are killed."""
    portals: list[Portal] = []

    def begin(var: Path, **more: object) -> Portal:
        portals.append(Portal(var, **more))
        return portals[-1]

    yield begin
    for portal in portals:
        if portal.process.poll() is None:
            portal.process.kill()
        portal.process.communicate()
        wait_until(lambda portal=portal: not portal.programs())
