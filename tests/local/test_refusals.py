"""What keeps `make run` from starting: one Korean sentence that names the cure, and status 2."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg2
import pytest

from tests.engines import PHONE_KEYS
from tests.local.portal import BY_MAKE, Start, free_port

NOBODYS = "postgresql://portal:secret@127.0.0.1:{port}/portal"


def refused(start: Start, var: Path, **more: str) -> str:
    """Return the sentence of a start that must fail before anything runs."""
    portal = start(var, **more)
    status, complaints = portal.end()
    assert (status, complaints.count("\n"), portal.said.count("열렸습니다")) == (2, 1, 0)
    assert portal.programs() == {}
    return complaints


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "８０００"])
def test_port_that_is_no_port(var: Path, start: Start, port: str) -> None:
    assert "make run PORT=8001" in refused(start, var, PORT=port)


def test_port_in_use(var: Path, start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        sentence = refused(start, var, PORT=str(port))

    assert f"{port}번 포트" in sentence
    assert "make run PORT=" in sentence


def test_folder_that_cannot_be_made(var: Path, start: Start) -> None:
    (var / "file").touch()

    for impossible in (var / "file" / "var", Path("/proc/portal")):
        sentence = refused(start, impossible)
        assert str(impossible) in sentence
        assert "VAR에 다른 폴더를" in sentence


def test_database_that_does_not_answer(var: Path, start: Start) -> None:
    address = NOBODYS.format(port=free_port())

    sentence = refused(start, var, DATABASE_URL=address, SECRET_KEY="any", **PHONE_KEYS)

    assert "DATABASE_URL" in sentence
    assert "secret" not in sentence


@pytest.fixture
def database_of_another_version() -> Iterator[str]:
    """The address of a database that knows a migration which does not exist."""
    name = f"another_version_{uuid4().hex}"
    with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as server:
        server.autocommit = True
        server.cursor().execute(f"CREATE DATABASE {name}")
        address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
        with closing(psycopg2.connect(address)) as made, made:
            made.cursor().execute(
                "CREATE TABLE django_migrations AS"
                " SELECT 1 AS id, 'plans' AS app, '0099_later' AS name, now() AS applied"
            )
        yield address
        server.cursor().execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_database_of_another_version(
    var: Path, start: Start, database_of_another_version: str
) -> None:
    portal = start(var, DATABASE_URL=database_of_another_version, SECRET_KEY="any", **PHONE_KEYS)

    status, complaints = portal.end()

    assert (status, complaints.count("\n")) == (2, 1)
    assert "plans.0099_later" in complaints
    assert "VAR=" in complaints


def test_address_that_is_no_address(var: Path, start: Start) -> None:
    sentence = refused(start, var, DATABASE_URL="db.example/portal", SECRET_KEY="any", **PHONE_KEYS)

    assert "postgresql://" in sentence


def test_own_database_without_a_key(var: Path, start: Start) -> None:
    sentence = refused(start, var, DATABASE_URL=NOBODYS.format(port=free_port()))

    assert "SECRET_KEY" in sentence


@pytest.mark.parametrize("address", ["redis://:secret@127.0.0.1:{port}/0", "127.0.0.1:{port}"])
def test_queue_that_does_not_answer(var: Path, start: Start, address: str) -> None:
    sentence = refused(start, var, REDIS_URL=address.format(port=free_port()))

    assert "REDIS_URL" in sentence
    assert "secret" not in sentence


def test_switch_that_is_neither_on_nor_off(var: Path, start: Start) -> None:
    assert "HTTPS=1" in refused(start, var, HTTPS="perhaps")


def test_portal_to_try_with_a_real_gateway(var: Path, start: Start) -> None:
    sentence = refused(start, var, SMS_GATEWAY="bizgo", BIZGO_API_KEY="any")

    assert "SMS_GATEWAY=file" in sentence


def test_make_passes_the_refusal_on(var: Path, start: Start) -> None:
    status, complaints = start(var, command=BY_MAKE, PORT="abc").end()

    assert status == 2
    assert "make run PORT=8001" in complaints


def test_make_alone_lists_what_there_is() -> None:
    listed = subprocess.run(["make"], capture_output=True, text=True, check=True).stdout

    for target in ("setup", "run", "test", "check", "seed", "bench", "lock"):
        assert f"make {target}" in listed
