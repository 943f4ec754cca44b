"""A web server and a worker under watch, and all places where something could be written."""

import io
import logging
import logging.config
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any, Self

import httpx
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from redis import Redis

from gwonseon.office.mail.files import ENDING
from tests.secrets.search import Secrets

TYPED_CODE = "480213"
LONGEST_SECONDS = 60
PAUSE_SECONDS = 0.05
WEB = ("gunicorn", "gwonseon.wsgi:application", "--workers", "1", "--no-control-socket")
WORKER = ("celery", "--app", "gwonseon", "worker", "--concurrency", "1", "--loglevel", "DEBUG")
# Where a notice's own text stands.
OWN_COLUMNS = {"civic_notice": ["text", "body"]}
TABLES = """
SELECT table_name FROM information_schema.tables
WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
"""
ADDRESSES = re.compile(r'(?:href|src|action|formaction)="([^"]*)"')


@dataclass
class Places:
    """The processes, and what they wrote, by the name of the place."""

    folder: Path
    environment: dict[str, str]
    processes: list[subprocess.Popen] = field(default_factory=list)
    # Of residents' pages, and of answers that send elsewhere.
    addresses: list[str] = field(default_factory=list)
    error_pages: list[str] = field(default_factory=list)
    own_log: io.StringIO = field(default_factory=io.StringIO)

    def __enter__(self) -> Self:
        (self.folder / "mails").mkdir()
        self.postgres_log = log_of_postgres()
        self.postgres_begins = self.postgres_log.stat().st_size if self.postgres_log else 0
        # On a busy machine, seconds may pass without a command for the monitor.
        self.valkey = Redis.from_url(settings.REDIS_URL, socket_timeout=None)
        self.valkey.flushdb()
        self.commands = Commands(self.valkey)
        self.handler = logging.StreamHandler(self.own_log)
        self.handler.setFormatter(our_formatter())
        root = logging.getLogger()
        root.addHandler(self.handler)
        self.level = root.level
        root.setLevel(logging.DEBUG)
        self.socket = self.folder / "web.sock"
        access = ("--access-logfile", str(self.folder / "access.log"))
        self.start("web", *WEB, "--bind", f"unix:{self.socket}", *access)
        self.start("worker", *WORKER, "--without-gossip", "--without-mingle")
        self.client = httpx.Client(
            base_url="http://localhost",
            transport=httpx.HTTPTransport(uds=str(self.socket)),
            timeout=LONGEST_SECONDS,
        )
        return self

    def __exit__(self, *_error: object) -> None:
        logging.getLogger().removeHandler(self.handler)
        logging.getLogger().setLevel(self.level)
        self.client.close()
        self.commands.stop()
        for process in self.processes:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.valkey.flushdb()
        self.valkey.close()

    def start(self, name: str, *command: str) -> None:
        """Start a process that writes into a file."""
        with (self.folder / f"{name}.log").open("wb") as log:
            self.processes.append(
                subprocess.Popen(
                    (sys.executable, "-m", *command),
                    env=self.environment | {"MAILS": str(self.folder / "mails")},
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            )

    def await_web(self) -> None:
        """Wait until the web server answers."""
        wait_until(lambda: "Listening at" in self.read("web.log"), self.told)
        assert self.client.get("/health/").is_success

    def get(self, address: str) -> httpx.Response:
        """Ask for a page of residents, and remember its addresses."""
        return self.remembered(self.client.get(address))

    def post(self, address: str, **typed: Any) -> httpx.Response:
        """Send a form with its token, and remember the addresses of the answer."""
        if "csrftoken" not in self.client.cookies:
            self.get("/my/number/")
        token = {"csrfmiddlewaretoken": self.client.cookies["csrftoken"]}
        return self.remembered(self.client.post(address, data=token | typed))

    def say(self, words: str) -> None:
        """Send the web server a text that is not an HTTP request."""
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(self.socket))
            line.sendall(f"{words}\r\n\r\n".encode())
            assert b"400 Bad Request" in line.recv(1000)

    def remembered(self, answer: httpx.Response) -> httpx.Response:
        """Keep the addresses of an answer, and all of it if it is an error page."""
        self.addresses += [str(answer.url), answer.headers.get("Location", "")]
        self.addresses += ADDRESSES.findall(answer.text)
        if answer.is_error:
            self.error_pages.append(answer.text)
        return answer

    def told(self) -> str:
        """Return the last lines of the processes, for whoever looks for what went wrong."""
        return "\n".join(self.read(name)[-3000:] for name in ("web.log", "worker.log"))

    def read(self, name: str) -> str:
        """Return the content of a file of the processes."""
        path = self.folder / name
        return path.read_text(errors="replace") if path.exists() else ""

    def contents(self) -> dict[str, str]:
        """Return all that was written, by the name of its place."""
        found = {
            "log of the web server": self.read("web.log"),
            "access log of the web server": self.read("access.log"),
            "log of the worker": self.read("worker.log"),
            "log of this process": self.own_log.getvalue(),
            "mails of errors": "\n".join(self.mails()),
            "commands to Valkey": self.commands.text(),
            "keys and values of Valkey": self.stored_in_valkey(),
            "addresses": "\n".join(self.addresses),
            "error pages": "\n".join(self.error_pages),
            "sessions": "\n".join(str(one.get_decoded()) for one in Session.objects.all()),
        }
        if self.postgres_log:
            with self.postgres_log.open("rb") as log:
                log.seek(self.postgres_begins)
                found["log of PostgreSQL"] = log.read().decode(errors="replace")
        return found | dict(rows_of_tables())

    def mails(self) -> Iterator[str]:
        """Yield the subjects and the parts of all mails."""
        for path in (self.folder / "mails").glob(f"*{ENDING}"):
            mail = message_from_bytes(path.read_bytes(), policy=policy.default)
            yield mail["Subject"]
            yield from (one.get_content() for one in mail.walk() if not one.is_multipart())

    def stored_in_valkey(self) -> str:
        """Return all keys and values that are stored now, whatever their type."""
        read = {
            b"string": self.valkey.get,
            b"list": lambda key: self.valkey.lrange(key, 0, -1),
            b"hash": self.valkey.hgetall,
            b"set": self.valkey.smembers,
            b"zset": lambda key: self.valkey.zrange(key, 0, -1, withscores=True),
        }
        keys = list(self.valkey.scan_iter())
        return repr([(key, read[self.valkey.type(key)](key)) for key in keys])

    def searched(self, secrets: Secrets) -> dict[str, set[str]]:
        """Return which secrets are in each place."""
        return {name: secrets.found_in(text) for name, text in self.contents().items()}


class Commands:
    """All commands that Valkey gets, as it tells a monitor of them."""

    END = "no more commands"

    def __init__(self, valkey: Redis) -> None:
        self.valkey = valkey
        self.lines: list[str] = []
        self.monitor = valkey.monitor().__enter__()
        self.thread = threading.Thread(target=self.listen)
        self.thread.start()

    def listen(self) -> None:
        while self.END not in (line := str(self.monitor.connection.read_response())):
            self.lines.append(line)

    def text(self) -> str:
        return "\n".join(self.lines)

    def stop(self) -> None:
        self.valkey.echo(self.END)
        self.thread.join()
        self.monitor.__exit__()


def our_formatter() -> logging.Formatter:
    """Return the formatter of the portal's log."""
    configurator = logging.config.DictConfigurator(settings.LOGGING)
    return configurator.configure_formatter(settings.LOGGING["formatters"]["line"])


def log_of_postgres() -> Path | None:
    """Return the log of the tests' PostgreSQL in VAR or its parent folder; None without one."""
    folders = (settings.VAR, settings.VAR.parent)
    logs = [folder / "log" / "postgres.log" for folder in folders]
    return next((log for log in logs if log.exists()), None)


def rows_of_tables() -> Iterator[tuple[str, str]]:
    """Yield each table with its rows, without the columns of notices' own text."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT (to_jsonb(t) - %s::text[])::text FROM "{table}" t',
                [OWN_COLUMNS.get(table, [])],
            )
            yield f"table {table}", "\n".join(row for (row,) in cursor.fetchall())


def wait_until(is_so: Callable[[], Any], told: Callable[[], str]) -> None:
    """Wait until something is so; fail with what is told if it takes too long."""
    deadline = time.monotonic() + LONGEST_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, told()
        time.sleep(PAUSE_SECONDS)


def environment_of(database: str, **more: str) -> dict[str, str]:
    """Return the environment of the processes."""
    settings_module = {"DJANGO_SETTINGS_MODULE": "tests.secrets.settings"}
    return os.environ | settings_module | {"DATABASE_URL": database} | more
