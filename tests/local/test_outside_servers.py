"""DATABASE_URL and REDIS_URL name servers of somebody else's: the portal uses them and no other."""

from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
import redis

from gwonseon.local import engines
from gwonseon.local.processes import Program, RunningProgram, doze, stop
from tests.engines import PHONE_KEYS
from tests.local.portal import Start, free_port, wait_until

PASSWORD = "비밀 p@ss"
QUOTED = "%EB%B9%84%EB%B0%80%20p%40ss"


@pytest.fixture
def database_url(var: Path) -> Iterator[str]:
    """The address of a PostgreSQL on a TCP port, with a password."""
    elsewhere = var / "elsewhere"
    elsewhere.mkdir(mode=0o711)
    ours = engines.Postgres(elsewhere)
    engines.give_folder(ours.data, ours.account)
    secret = elsewhere / "password"
    secret.write_text(PASSWORD)
    secret.chmod(0o644)
    binaries, log, port = ours.binaries, var / "elsewhere.log", free_port()
    make = (str(binaries / "initdb"), "-D", str(ours.data), "-U", "clerk", "-A", "scram-sha-256")
    make = (*make, f"--pwfile={secret}", "--encoding=UTF8", "--locale=C", "--no-sync")
    RunningProgram(Program("initdb", make, log, account=ours.account)).finish(doze)
    serve = (str(binaries / "postgres"), "-D", str(ours.data), "-p", str(port))
    serve = (*serve, "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=")
    server = RunningProgram(Program("postgres", serve, log, account=ours.account))
    address = f"postgresql://clerk:{QUOTED}@127.0.0.1:{port}/postgres"
    wait_until(lambda: server.ended() or answers(address))
    assert not server.ended(), log.read_text()
    yield address
    stop([server], 30)


def answers(address: str) -> bool:
    """Return whether the database can be opened."""
    try:
        psycopg2.connect(address).close()
    except psycopg2.OperationalError:
        return False
    return True


@pytest.fixture
def redis_url(var: Path) -> Iterator[str]:
    """The address of a Valkey on a TCP port, with a password."""
    port, binary = free_port(), engines.Valkey(var).binary
    command = (str(binary), "--port", str(port), "--bind", "127.0.0.1", "--save", "")
    server = RunningProgram(
        Program("valkey", (*command, "--requirepass", "secret"), var / "elsewhere-valkey.log")
    )
    address = f"redis://:secret@127.0.0.1:{port}/3"
    with redis.Redis.from_url(address) as client:
        wait_until(lambda: server.ended() or pings(client))
    assert not server.ended()
    yield address
    stop([server], 30)


def pings(client: redis.Redis) -> bool:
    """Return whether the server answers."""
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False


def test_portal_on_outside_servers(
    var: Path, start: Start, database_url: str, redis_url: str
) -> None:
    folder = var / "portal"
    named = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "SECRET_KEY": "k" * 50,
    } | PHONE_KEYS
    portal = start(folder, **named).wait_until_open()

    commands = " ".join(portal.programs().values())
    assert "valkey-server" not in commands
    assert "bin/postgres" not in commands
    assert portal.stop() == (0, "")
    assert portal.programs() == {}

    left = {entry.name for entry in folder.iterdir()}
    assert not left & {"postgres", "valkey", "run", "secret_key", "phone_keys"}
    with psycopg2.connect(database_url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")
        assert cursor.fetchone()[0] > 10
    connection.close()
