"""`make run`: how it starts, how it ends, and what is left when it is killed."""

import os
import signal
import stat
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psycopg2
import pytest
import redis

from gwonseon.local import places
from tests.local.portal import BY_MAKE, Portal, Start, wait_until


def query(address: str, statement: str) -> list[tuple]:
    """Run one statement in a database and return its rows."""
    connection = psycopg2.connect(address)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


# What the worker writes into its log when it takes tasks.
READY = " ready.\n"


def test_first_start_needs_nothing_and_opens_a_filled_portal(var: Path, start: Start) -> None:
    portal = start(var / "made" / "by itself", DEBUG="0").wait_until_open()

    with urllib.request.urlopen(f"http://127.0.0.1:{portal.port}/", timeout=30) as page:
        assert "2021" in page.read().decode()
    assert "demo-admin" in portal.said
    for name in ("secret_key", "phone_keys", "phone_digest_key"):
        assert stat.S_IMODE((portal.var / name).stat().st_mode) == 0o600
    commands = " ".join(portal.programs().values())
    for part in ("postgres", "valkey-server", "gunicorn", "worker", "beat"):
        assert part in commands

    refused_a_second(portal, start)
    assert portal.stop() == (0, "")
    assert portal.programs() == {}


def refused_a_second(first: Portal, start: Start) -> None:
    """Start another portal in the folder of one that runs, and see it refused."""
    status, complaints = start(first.var).end()

    assert (status, complaints.count("\n")) == (2, 1)
    assert "이미 실행 중" in complaints
    with urllib.request.urlopen(f"http://127.0.0.1:{first.port}/health/", timeout=30) as page:
        assert page.status == 200


def to_all(portal: Portal) -> None:
    """Ctrl-C: the terminal interrupts `make` and all that it started."""
    os.killpg(portal.process.pid, signal.SIGINT)


def to_make(number: signal.Signals) -> Callable[[Portal], None]:
    """Somebody signals `make` alone."""
    return lambda portal: portal.process.send_signal(number)


@pytest.mark.parametrize("end", [to_all, to_make(signal.SIGKILL)], ids=["ctrl-c", "make-kill"])
def test_end_of_make_ends_all(used_var: Path, start: Start, end: Callable[[Portal], None]) -> None:
    portal = start(used_var, command=BY_MAKE).wait_until_open()

    end(portal)
    _, complaints = portal.end()

    assert "Error" not in complaints
    wait_until(lambda: not portal.programs())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_end_of_make_ends_a_start(var: Path, start: Start, number: signal.Signals) -> None:
    portal = start(var, command=BY_MAKE)
    wait_until((var / "postgres.new").exists)

    to_make(number)(portal)
    _, complaints = portal.end()

    assert "Error" not in complaints
    wait_until(lambda: not portal.programs())


def test_interrupt_in_the_middle_of_a_start(var: Path, start: Start) -> None:
    portal = start(var)
    wait_until((var / "postgres.new").exists)

    assert portal.stop(signal.SIGINT) == (0, "")
    assert portal.programs() == {}


def test_killed_supervisor_leaves_no_process_and_loses_nothing(
    used_var: Path, start: Start
) -> None:
    log = used_var / "log" / "worker.log"
    before = log.read_text().count(READY) if log.exists() else 0
    portal = start(used_var).wait_until_open()
    # Celery, stopped within the moment before this, waits for its broker for ever.
    wait_until(lambda: log.read_text().count(READY) > before)
    database, queue = places.database_url(used_var), places.redis_url(used_var)
    query(database, "CREATE TABLE kept AS SELECT 'written' AS word")
    with redis.Redis.from_url(queue) as client:
        client.set("kept", "written")
    portal.process.kill()
    portal.end()

    # At once, while what the killed one left is still on its way out.
    again = start(used_var).wait_until_open()

    assert query(database, "SELECT word FROM kept") == [("written",)]
    with redis.Redis.from_url(queue) as client:
        assert client.get("kept") == b"written"
    assert again.stop() == (0, "")
    assert again.programs() == {}


@pytest.mark.parametrize(
    ("words", "log"),
    [
        (("gunicorn",), "web.log"),
        (("listen_addresses=",), "postgres.log"),
    ],
    ids=["service", "engine"],
)
def test_part_that_dies_ends_all_and_is_named(
    used_var: Path, start: Start, words: tuple[str, ...], log: str
) -> None:
    portal = start(used_var).wait_until_open()

    os.kill(portal.program(*words), signal.SIGKILL)
    status, complaints = portal.end()

    assert status == 2
    assert str(used_var / "log" / log) in complaints
    assert complaints.count("\n") == 1
    wait_until(lambda: not portal.programs())
