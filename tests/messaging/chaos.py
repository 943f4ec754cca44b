"""Messages are sent while workers, the clock and the engines are killed: none doubled, none lost.

    .venv/bin/python -m tests.messaging.chaos [--seed 1] [--messages 20000] [--kills 50]

Real PostgreSQL, Valkey, workers and two clocks; a vendor that fails at 30 % of the calls. For each
capability that a gateway can have it prints what was done and what came of it, counted at the
vendor. Some reply meanwhile that they want no more. It ends by itself; the exit status is 1 if
anything was doubled or lost, or somebody was not stopped.
"""

import argparse
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from gwonseon.local import engines, places, processes
from tests.engines import PHONE_KEYS
from tests.messaging.vendor import Vendor

CAPABILITIES = ("idempotent", "two-phase", "searchable", "none")
# A run that is not over by then has hung.
LONGEST_SECONDS = 900
SETTINGS = "tests.messaging.chaos_settings"
WORKER = ("worker", "--concurrency", "2", "--without-gossip", "--without-mingle", "-l", "ERROR")
BEAT = ("beat", "-l", "ERROR", "--schedule")


@dataclass
class Figures:
    """Results of one run: the counts of messages, stop requests, kills and restarts.

    `asked` numbers replied that they want no more, and `stopped` of these get none; what was not
    sent to them is `suppressed`.
    """

    capability: str
    messages: int
    kills: int = 0
    restarts: int = 0
    taken: int = 0
    doubled: int = 0
    lost: int = 0
    unknown: int = 0
    asked: int = 0
    stopped: int = 0
    suppressed: int = 0
    seconds: float = 0

    @property
    def is_right(self) -> bool:
        """Return whether nothing is doubled, lost or wrongly unknown, and all stops worked."""
        may_be_unknown = self.capability == "none"
        all_stopped = self.stopped == self.asked
        return (
            not self.doubled
            and not self.lost
            and all_stopped
            and (may_be_unknown or not self.unknown)
        )

    def __str__(self) -> str:
        return (
            f"{self.capability}: {self.messages:,} messages, {self.kills} kills, "
            f"{self.restarts} restarts of engines, {self.seconds:.0f} s: {self.taken:,} taken, "
            f"{self.doubled} doubled, {self.lost} lost, {self.unknown} unknown; "
            f"{self.stopped} of {self.asked} stopped by reply, {self.suppressed} not sent for it"
        )


@dataclass
class Crew:
    """Two workers and two clocks, each in a process group of its own."""

    environment: dict[str, str]
    folder: Path
    commands: list[tuple[str, ...]] = field(init=False)
    running: list[subprocess.Popen] = field(init=False)

    def __post_init__(self) -> None:
        beats = [(*BEAT, str(self.folder / f"beat-{number}")) for number in range(2)]
        workers = [(*WORKER, "--hostname", f"w{number}@chaos") for number in range(2)]
        self.commands = [*workers, *beats]
        self.running = [self.start(command) for command in self.commands]

    def start(self, command: tuple[str, ...]) -> subprocess.Popen:
        """Start one of them."""
        with (self.folder / "crew.log").open("ab") as log:
            return subprocess.Popen(
                (sys.executable, "-m", "celery", "--app", "gwonseon", *command),
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill(self, chance: random.Random) -> None:
        """Kill one of them with all its children, or only a child of a worker; start it again."""
        place = chance.randrange(len(self.running))
        victim = self.running[place]
        children = Path(f"/proc/{victim.pid}/task/{victim.pid}/children")
        with contextlib.suppress(OSError):
            if (numbers := children.read_text().split()) and chance.random() < 0.4:
                os.kill(int(chance.choice(numbers)), signal.SIGKILL)
                return
        self.end(victim)
        self.running[place] = self.start(self.commands[place])

    def end(self, process: subprocess.Popen) -> None:
        """Kill a process group."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end_all(self) -> None:
        """Kill all of them."""
        for process in self.running:
            self.end(process)


@dataclass
class Storm:
    """A vendor, and how often something is killed while it is sent to."""

    vendor: Vendor
    environment: dict[str, str]
    folder: Path
    kills: int
    chance: random.Random
    restart: Callable[[], None] | None = None
    longest_seconds: float = LONGEST_SECONDS
    asking: set[str] = field(default_factory=set)

    def run(self, messages: int) -> Figures:
        """Send to so many made-up people while things are killed; return what came of it."""
        begun = time.monotonic()
        figures = Figures(self.vendor.capability, messages)
        dispatch = open_to(messages)
        crew = Crew(self.environment, self.folder)
        try:
            self.kill_at_random(crew, figures)
            wait_until_over(dispatch, self.vendor, begun + self.longest_seconds)
        finally:
            crew.end_all()
        count(self.vendor, figures, dispatch)
        count_stopped(self.asking, figures, dispatch)
        figures.seconds = time.monotonic() - begun
        return figures

    def kill_at_random(self, crew: Crew, figures: Figures) -> None:
        """Kill workers and clocks, and restart the engines twice, if they are ours.

        With each kill, somebody replies that they want no more.
        """
        restarts = {self.kills // 3, 2 * self.kills // 3} if self.restart else set()
        for number in range(self.kills):
            time.sleep(self.chance.uniform(0.3, 1.5))
            self.reply(figures)
            crew.kill(self.chance)
            figures.kills += 1
            if number in restarts:
                self.restart()
                figures.restarts += 1

    def reply(self, figures: Figures) -> None:
        """Let one of the people reply that they want no more."""
        from tests.messaging.people import number

        asking = number(self.chance.randrange(figures.messages))
        self.asking.add(asking)
        with self.vendor.lock:
            self.vendor.replies.append({"number": asking, "text": "수신거부", "page": asking})


def open_to(people: int) -> object:
    """Open a dispatch to so many made-up people, and write its recipients in slices.

    Nobody of them has asked for no more yet.
    """
    from django.utils import timezone

    from gwonseon.messaging.actions import open_dispatch
    from gwonseon.messaging.expand import expand
    from gwonseon.messaging.models import Dispatch, Sender, Suppression
    from tests.messaging.people import invite

    Suppression.objects.all().delete()
    sender, _is_new = Sender.objects.get_or_create(
        number="0312285114", defaults={"name": "예시 부서", "expires_on": date(2099, 12, 31)}
    )
    now = timezone.now()
    dispatch = Dispatch(
        key=f"예시 {time.monotonic_ns()}",
        is_urgent=True,
        sender=sender,
        not_before=now,
        expires_at=now + timedelta(days=1),
    )
    dispatch = open_dispatch(dispatch=dispatch, text="예시 알림")
    while not expand(dispatch=dispatch, audience=invite(people, sender), slice_size=5_000):
        pass
    return dispatch


def wait_until_over(dispatch: object, vendor: Vendor, deadline: float) -> None:
    """Wait until nothing waits, nothing is on its way, and all replies were read."""
    from django.db import DatabaseError, connection

    from gwonseon.messaging.models import Batch, Message

    while True:
        assert time.monotonic() < deadline, "the run has hung"
        time.sleep(0.5)
        try:
            waiting = Message.objects.filter(dispatch=dispatch, state__in=["queued", "claimed"])
            calling = Batch.objects.filter(state="calling")
            if not vendor.replies and not waiting.exists() and not calling.exists():
                return
        except DatabaseError:
            connection.close()


def count(vendor: Vendor, figures: Figures, dispatch: object) -> None:
    """Compare what the vendor took with what the outbox says."""
    from gwonseon.messaging.models import Message

    states = dict(Message.objects.filter(dispatch=dispatch).values_list("pk", "state"))
    sent = {pk for pk, state in states.items() if state in {"accepted", "delivered"}}
    unknown = {pk for pk, state in states.items() if state == "unknown"}
    taken = {*map(int, vendor.taken)}
    numbers = [letter["number"] for letter in vendor.letters]
    figures.taken = len(taken)
    figures.doubled = vendor.doubled + len(numbers) - len(set(numbers))
    ended = {pk for pk, state in states.items() if state in {"rejected", "suppressed"}}
    # Said to be sent and never taken, taken and never said, or neither sent nor in doubt.
    figures.lost = len(sent - taken) + len(taken - sent - unknown)
    figures.lost += len(set(states) - sent - unknown - ended)
    figures.unknown = len(unknown)


def count_stopped(asking: set[str], figures: Figures, dispatch: object) -> None:
    """Count stop requests and suppressed messages; one suppressed wrongly counts as lost."""
    from gwonseon.messaging.models import Message, Suppression
    from gwonseon.messaging.sealing import digest

    digests = [digest(one) for one in asking]
    suppressed = Message.objects.filter(dispatch=dispatch, state="suppressed")
    figures.asked = len(asking)
    figures.stopped = Suppression.objects.filter(mac__in=digests).count()
    figures.suppressed = suppressed.count()
    figures.lost += suppressed.exclude(mac__in=digests).count()


@contextlib.contextmanager
def engines_at(var: Path) -> Iterator[Callable[[], None]]:
    """Run PostgreSQL and Valkey in a folder; yield a function that restarts both."""
    (var / "log").mkdir()
    (var / "static").mkdir()
    parts: list[processes.RunningProgram] = []

    def begin() -> None:
        parts.extend(engines.start_all([engines.Postgres(var), engines.Valkey(var)]))

    def end() -> None:
        processes.stop(parts, engines.STOP_SECONDS)
        parts.clear()

    def restart() -> None:
        for part in parts:
            part.kill()
        end()
        begin()

    begin()
    try:
        yield restart
    finally:
        end()


def main() -> int:
    """Run the storm for each capability; return the exit status."""
    arguments = read_arguments()
    var = Path(tempfile.mkdtemp(prefix="gwonseon-chaos-"))
    var.chmod(0o711)
    os.environ |= PHONE_KEYS | {
        "VAR": str(var),
        "SECRET_KEY": "chaos only",
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "SMS_GATEWAY": "tests.messaging.gateway.VendorGateway",
        "PER_SECOND": str(arguments.per_second),
    }
    all_right = True
    try:
        with engines_at(var) as restart:
            os.environ |= {"DATABASE_URL": places.database_url(var)}
            subprocess.run((sys.executable, "manage.py", "migrate", "-v", "0"), check=True)
            for capability in arguments.capability or CAPABILITIES:
                all_right &= run_one(capability, arguments, var, restart)
    finally:
        shutil.rmtree(var, ignore_errors=True)
    return 0 if all_right else 1


def run_one(
    capability: str, arguments: argparse.Namespace, var: Path, restart: Callable[[], None]
) -> bool:
    """Run the storm for one capability and print its figures; return whether all was right."""
    import django

    django.setup()
    chance = random.Random(f"{arguments.seed}:{capability}")
    with Vendor(capability=capability, fault_rate=0.3, seed=arguments.seed) as vendor:
        os.environ |= {"VENDOR": vendor.address, "CAPABILITY": capability}
        storm = Storm(vendor, dict(os.environ), var, arguments.kills, chance, restart)
        figures = storm.run(arguments.messages)
    tell(f"seed {arguments.seed}, {figures}")
    return figures.is_right


def read_arguments() -> argparse.Namespace:
    """Return the arguments of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--per-second", type=int, default=400)
    parser.add_argument("--capability", action="append", choices=CAPABILITIES)
    return parser.parse_args()


def tell(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201  a program of the terminal


if __name__ == "__main__":
    sys.exit(main())
