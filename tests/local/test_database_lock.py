"""Commands that create, fill or empty a database never run at the same time."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from gwonseon import database_lock
from gwonseon.database_lock import GIVEN_UP, KEY, WAITING
from plans.documents.notes import SHIPPED

NAME = f"gwonseon_lock_{os.getpid()}"
SECONDS = 60
DOCUMENT = str(SHIPPED / "plan-2021.txt")
COMMANDS = {
    "preparation": ("-m", "gwonseon.local.preparation"),
    "migrate": ("manage.py", "migrate"),
    "seed": ("manage.py", "seed", "--samples"),
    "reset": ("manage.py", "reset"),
    "import_plan": ("manage.py", "import_plan", DOCUMENT, "--year", "2022", "--apply"),
}
# There is real work, the plan of 2022: neither mixes with samples nor is emptied.
REFUSED = {"seed", "reset"}
HOLD = "import psycopg2, sys, time; one = psycopg2.connect(sys.argv[1]); \
one.cursor().execute('SELECT pg_advisory_lock(%s)', [int(sys.argv[2])]); \
print('held', flush=True); time.sleep(600)"


class Run:
    """A command in a process of its own."""

    def __init__(self, *command: str, **environment: str) -> None:
        self.process = subprocess.Popen(
            (sys.executable, *command),
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def end(self) -> tuple[int, str]:
        said, _ = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, said


class Database:
    """A prepared database of its own, with a plan of 2022 that is being written."""

    def __init__(self, address: str, var: Path) -> None:
        self.address = address
        self.environment = {"DATABASE_URL": address, "VAR": str(var), "DEBUG": "1"}

    def start(self, name: str) -> Run:
        return Run(*COMMANDS[name], **self.environment)

    def ask(self, statement: str) -> int:
        with closing(psycopg2.connect(self.address)) as one, one.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()[0]

    def wait_for_blocked(self) -> None:
        """Wait until a command waits for a table."""
        wanted = "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'relation'"
        deadline = time.monotonic() + SECONDS
        while not self.ask(f"{wanted} AND database = {self.number}"):
            assert time.monotonic() < deadline
            time.sleep(0.05)

    @property
    def number(self) -> int:
        return self.ask("SELECT oid::bigint FROM pg_database WHERE datname = current_database()")

    def locks(self) -> int:
        """Return how many hold the lock."""
        wanted = "SELECT count(*) FROM pg_locks WHERE granted AND locktype = 'advisory'"
        return self.ask(f"{wanted} AND database = {self.number} AND objid = {KEY}")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    server = os.environ["DATABASE_URL"]
    with closing(psycopg2.connect(server)) as one:
        one.autocommit = True
        with one.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {NAME}")
            cursor.execute(f"CREATE DATABASE {NAME}")
            address = urlunsplit(urlsplit(server)._replace(path=f"/{NAME}"))
            database = Database(address, tmp_path_factory.mktemp("var"))
            for name in ("preparation", "import_plan"):
                assert database.start(name).end()[0] == 0
            yield database
            cursor.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


@pytest.mark.parametrize("first", COMMANDS)
def test_another_waits_for_the_whole_of_one(database: Database, first: str) -> None:
    names = [*COMMANDS]
    the_next = names[(names.index(first) + 1) % len(names)]
    with closing(psycopg2.connect(database.address)) as one:
        with one.cursor() as cursor:
            cursor.execute("LOCK TABLE django_migrations, plans_plan, office_district")
        run = database.start(first)
        database.wait_for_blocked()
        assert database.locks() == 1
        other = database.start(the_next)
        assert other.process.stdout.readline() == WAITING + "\n"
        assert database.locks() == 1

    for name, ended in ((first, run), (the_next, other)):
        status, said = ended.end()
        assert status == (2 if name in REFUSED else 0), said
        assert "Traceback" not in said
    assert database.locks() == 0
    assert database.ask("SELECT count(*) FROM plans_plan") == 2


@pytest.fixture
def holder(database: Database) -> Iterator[Run]:
    """A process that has the lock."""
    holder = Run("-c", HOLD, database.address, str(KEY))
    assert holder.process.stdout.readline() == "held\n"
    yield holder
    holder.process.kill()
    holder.end()


def test_the_lock_goes_with_its_process(database: Database, holder: Run) -> None:
    waiting = database.start("migrate")
    assert waiting.process.stdout.readline() == WAITING + "\n"

    holder.process.kill()

    assert waiting.end()[0] == 0


def test_who_waits_can_be_interrupted(database: Database, holder: Run) -> None:
    waiting = database.start("seed")
    assert waiting.process.stdout.readline() == WAITING + "\n"

    waiting.process.send_signal(signal.SIGINT)

    waiting.end()
    assert database.locks() == 1


def test_reading_waits_for_nobody(database: Database, holder: Run) -> None:
    look = Run("manage.py", "import_plan", DOCUMENT, "--dry-run", **database.environment)
    assert look.end()[0] == 0
    export = Run("manage.py", "export_plan", "--year", "2021", **database.environment)
    assert export.end()[0] == 0


def test_waiting_ends_in_a_sentence(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_lock, "SECONDS", 0)
    told: list[str] = []
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [KEY])

        with pytest.raises(CommandError) as failure, database_lock.database_lock(told.append):
            pass

    assert (told, str(failure.value)) == ([WAITING], GIVEN_UP)


def test_a_command_within_another_waits_for_nobody(db: None) -> None:
    complaints = StringIO()
    with database_lock.database_lock(complaints.write):
        call_command("migrate", verbosity=0, stderr=complaints)

    assert complaints.getvalue() == ""
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
        assert cursor.fetchone() == (True,)
