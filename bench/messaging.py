"""A notice to 370,000 people: writing the recipients, giving them away, and the receipts.

The gateway answers at once, so that only our own work is measured. Beside each, in the same run,
what one would write otherwise: `bulk_create` for the recipients, one Celery task a message for
sending (on a sample), one UPDATE a receipt (on a sample). Seconds are of the clock.
"""

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bench import portal

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from gwonseon.messaging.gateways import Answer, Parcel
    from gwonseon.messaging.models import Dispatch

PEOPLE = 370_000
SAMPLE = 20_000
WORKERS = 2
EXPANDED, GIVEN, APPLIED = 50_000, 20_000, 50_000
MOST_GROWTH = 0.1
GATEWAY = "bench.messaging.Instant"
SETTINGS = "gwonseon.settings"


class Instant:
    """A gateway that takes all it is given at once."""

    name = GATEWAY
    most_letters = 1000
    per_second = 10**9

    def send(self, parcel: "Parcel", _remember: Callable[[str], None]) -> list["Answer"]:
        """Accept every letter."""
        from gwonseon.messaging.gateways import Answer

        return [Answer(one.id, is_accepted=True, reference=f"r{one.id}") for one in parcel.letters]


class Share(NamedTuple):
    """What one worker did: batches, when it began and ended, and its memory in MB then."""

    batches: int
    began: float
    ended: float
    first: float
    last: float


def main() -> int:
    """Run the benchmark, print its table, and return 1 where a bound is missed."""
    with portal.own_engines() as var:
        os.environ |= portal.environment(var, SMS_GATEWAY=GATEWAY, DJANGO_SETTINGS_MODULE=SETTINGS)
        portal.manage(var, "migrate")
        import django

        django.setup()
        audience = make_people()
        missed = expanding(audience)
        missed += sending(var)
        missed += receiving()
    return int(bool(missed))


def make_people() -> "QuerySet":
    """Return a query of 370,000 made-up people with numbers that open."""
    from django.db import connection
    from django.utils import timezone

    from gwonseon.messaging.models import Dispatch, Message, Sender
    from gwonseon.messaging.sealing import digest, seal

    now = timezone.now()
    sender = Sender.objects.create(number="0312285114", name="예시", expires_on=date(2099, 12, 31))
    facts = {"sender": sender, "not_before": now, "expires_at": now + timedelta(days=1)}
    pool = Dispatch.objects.create(
        key="people", state="done", is_bulk=True, is_urgent=True, finished_at=now, **facts
    )
    lines = StringIO()
    for index in range(PEOPLE):
        number = f"010{index:08}"
        lines.write(f"{pool.pk}\t\\\\x{digest(number).hex()}\t\\\\x{seal(number).hex()}\tdelivered")
        lines.write("\t\t\t0\n")
    lines.seek(0)
    columns = ("dispatch_id", "mac", "sealed", "state", "reference", "code", "attempts")
    with connection.cursor() as cursor:
        cursor.copy_from(lines, "messaging_message", columns=columns)
        cursor.execute("ANALYZE messaging_message")
    return Message.objects.filter(dispatch=pool)


def expanding(audience: "QuerySet") -> bool:
    """Write the recipients; then a sample of them by `bulk_create`. Return whether it was slow."""
    from gwonseon.messaging.expand import expand
    from gwonseon.messaging.models import Message

    dispatch = open_dispatch("notice")
    with stopwatch() as ours:
        while not expand(dispatch=dispatch, audience=audience):
            pass
    other = open_dispatch("by rows")
    rows = [
        Message(dispatch=other, mac=mac, sealed=sealed)
        for mac, sealed in audience.values_list("mac", "sealed")[:SAMPLE]
    ]
    with stopwatch() as theirs:
        Message.objects.bulk_create(rows, batch_size=1000)
    Message.objects.filter(dispatch=other).delete()
    return told("recipients written", PEOPLE / ours(), SAMPLE / theirs(), "bulk_create", EXPANDED)


def open_dispatch(key: str) -> "Dispatch":
    """Open a dispatch to many."""
    from django.utils import timezone

    from gwonseon.messaging import actions
    from gwonseon.messaging.models import Dispatch, Sender

    now = timezone.now()
    dispatch = Dispatch(
        key=key,
        is_urgent=True,
        sender=Sender.objects.get(),
        not_before=now,
        expires_at=now + timedelta(days=1),
    )
    return actions.open_dispatch(dispatch=dispatch, text="예시 알림")


def sending(var: Path) -> bool:
    """Give all messages away with two workers; then a sample by one Celery task for each."""
    from django.db import connection

    from gwonseon.messaging.models import Dispatch
    from gwonseon.messaging.queries import counts_of

    connection.close()
    with multiprocessing.get_context("spawn").Pool(WORKERS) as pool:
        shares = pool.map(give_away, range(WORKERS), chunksize=1)
    assert counts_of(Dispatch.objects.get(key="notice")) == {"accepted": PEOPLE}, shares
    seconds = max(share.ended for share in shares) - min(share.began for share in shares)
    theirs = SAMPLE / one_task_each(var)
    missed = told("claimed and marked", PEOPLE / seconds, theirs, "one Celery task each", GIVEN)
    for share in shares:
        print(f"  memory of a worker: {share.first:.0f} MB at first, {share.last:.0f} MB at last")
        missed |= share.last > share.first * (1 + MOST_GROWTH)
    return missed


def give_away(_number: int) -> Share:
    """Be a worker: give away what waits, until nothing does."""
    import django

    django.setup()
    from gwonseon.messaging import delivery
    from gwonseon.messaging.channels import current_channel

    current_channel()
    began, first, batches = time.monotonic(), 0.0, 0
    while given := delivery.drain(seconds=0.5):
        first = first or megabytes()
        batches += given
    return Share(batches, began, time.monotonic(), first, megabytes())


def receiving() -> bool:
    """Apply a receipt for each message, in chunks; then a sample of them one by one."""
    from gwonseon.messaging.gateways import Report
    from gwonseon.messaging.models import Message, Receipt
    from gwonseon.messaging.receipts import apply_receipts, store

    keys = [*Message.objects.filter(state="accepted").values_list("pk", flat=True)]
    delivered = Receipt.Outcome.DELIVERED
    with stopwatch() as ours:
        for begin in range(0, len(keys), 1000):
            chunk = keys[begin : begin + 1000]
            store(GATEWAY, [Report(f"r{key}", key, delivered, "ok") for key in chunk])
        apply_receipts()
    assert not Message.objects.filter(state="accepted").exists()
    with stopwatch() as theirs:
        for key in keys[:SAMPLE]:
            Message.objects.filter(reference=f"r{key}").update(state="delivered", code="ok")
    return told("receipts", len(keys) / ours(), SAMPLE / theirs(), "one UPDATE each", APPLIED)


def one_task_each(var: Path) -> float:
    """Return the seconds that a sample takes with one Celery task for each message."""
    from bench.one_task_each import send_alone
    from gwonseon.messaging.models import Message
    from gwonseon.messaging.sealing import seal

    dispatch = open_dispatch("one task each")
    sealed = seal("01000000000")
    rows = [Message(dispatch=dispatch, mac=None, sealed=sealed) for _row in range(SAMPLE)]
    keys = [row.pk for row in Message.objects.bulk_create(rows, batch_size=1000)]
    command = ("-m", "celery", "--app", "bench.one_task_each", "worker", "--concurrency", "2")
    with (var / "celery.log").open("wb") as log:
        worker = subprocess.Popen((sys.executable, *command), stdout=log, stderr=log)
    try:
        send_alone.delay(keys[0])
        wait_until_sent(dispatch, 1)
        with stopwatch() as seconds:
            for key in keys[1:]:
                send_alone.delay(key)
            wait_until_sent(dispatch, SAMPLE)
    finally:
        worker.terminate()
        worker.wait()
    Message.objects.filter(dispatch=dispatch).delete()
    return seconds()


def wait_until_sent(dispatch: "Dispatch", number: int) -> None:
    """Wait until so many messages were sent."""
    from gwonseon.messaging.models import Message

    while Message.objects.filter(dispatch=dispatch, state="accepted").count() < number:
        time.sleep(0.05)


def told(what: str, ours: float, theirs: float, other: str, wanted: float) -> bool:
    """Print one line of the table; return whether the bound was missed."""
    missed = ours < wanted
    print(
        f"{what}: {ours:,.0f}/s, {other} {theirs:,.0f}/s, {ours / theirs:.1f} times",
        "(missed)" if missed else "",
        flush=True,
    )
    return missed


def megabytes() -> float:
    """Return the memory of this process that is in use now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def stopwatch() -> Iterator[Callable[[], float]]:
    """Yield what returns the seconds that its block took."""
    began, ended = time.monotonic(), 0.0
    yield lambda: ended - began
    ended = time.monotonic()


if __name__ == "__main__":
    sys.exit(main())
