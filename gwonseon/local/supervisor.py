"""Run the whole portal on one machine, for `make run`.

This process starts the engines, prepares the data and starts the web server, the worker and the
scheduler (Celery beat), each as a `Part` that ends with it. SIGINT and SIGTERM stop them all, the
engines last. If one ends by itself, all are stopped and an error sentence names it.
"""

import http.client
import os
import signal
import socket
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from django.core.exceptions import ImproperlyConfigured

from gwonseon import environment
from gwonseon.local import engines, folder, servers
from gwonseon.local.caller import Caller
from gwonseon.local.failure import Failure
from gwonseon.local.processes import Program, RunningProgram, stop

BASE_DIR = Path(__file__).resolve().parent.parent.parent
HOST = "127.0.0.1"
PORTS = range(1, 65536)
READY_SECONDS = 60
WATCH_SECONDS = 0.2
# How long running requests may take to finish, and how long to wait for all services to stop.
REQUEST_SECONDS = 10
STOP_SECONDS = 20


class Stopped(Exception):  # noqa: N818  it is not an error
    """We were told to stop, by a signal or because `make` stops."""


def main() -> NoReturn:
    """Run until told to stop; report an expected failure as one sentence and exit status 2."""
    supervisor = Supervisor()
    failure = ""
    try:
        supervisor.run()
    except Stopped:
        pass
    except Failure as error:
        failure = str(error)
    except OSError as error:
        failure = (
            f"파일을 다룰 수 없습니다({error.filename or '출력'}: {error.strerror}). "
            "디스크의 빈 곳과 권한을 확인하거나 VAR에 다른 폴더를 정하세요."
        )
    finally:
        supervisor.stop()
    if failure:
        print(failure, file=sys.stderr)  # noqa: T201  a command-line program
    sys.exit(2 if failure else 0)


def tell(line: str) -> None:
    """Print a line without buffering."""
    print(line, flush=True)  # noqa: T201  a command-line program


class Supervisor:
    """The process behind `make run`, and the programs that it started."""

    def __init__(self) -> None:
        """Handle the stop signals, so that none of them ends us before our parts."""
        self.caller = Caller()
        self.told_to_stop = False
        self.engines: list[RunningProgram] = []
        self.services: list[RunningProgram] = []
        signal.signal(signal.SIGINT, self._note)
        signal.signal(signal.SIGTERM, self._note)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as under nohup
            signal.signal(signal.SIGHUP, self._note)

    def _note(self, *_: object) -> None:
        self.told_to_stop = True

    def pause(self) -> None:
        """Sleep for a moment; raise Stopped if told to stop, and Failure if a part has ended."""
        if self.told_to_stop or self.caller.stopping():
            raise Stopped
        for part in (*self.engines, *self.services):
            if part.ended():
                raise Failure(part.complaint())
        time.sleep(0.05)

    def run(self) -> NoReturn:
        """Start everything, print the URL, and watch the parts until told to stop."""
        var, port = set_environment(), chosen_port()
        folder.make_room(var)
        folder.claim(var)
        held = [folder.await_leftovers(var, self.pause)]
        check_port(port)
        settings = read_settings(var)

        tell(f"포털을 준비합니다. 자료와 기록이 있는 곳: {var}")
        self.engines = engines.start_all(missing_engines(settings), self.pause, held)
        RunningProgram(preparation(var), held).finish(self.pause)
        self.services = [RunningProgram(service, held) for service in services(var, port)]
        self._await_health(port, settings)
        tell(f"열렸습니다: http://{HOST}:{port}/  (끝내기: Ctrl-C)")
        while True:
            self.pause()
            time.sleep(WATCH_SECONDS)

    def _await_health(self, port: int, settings: ModuleType) -> None:
        """Wait until the health check succeeds; raise Failure after READY_SECONDS."""
        deadline = time.monotonic() + READY_SECONDS
        while not healthy(port, settings.ALLOWED_HOSTS):
            if time.monotonic() > deadline:
                raise Failure(f"포털이 응답하지 않습니다. 기록을 확인하세요: {settings.VAR}/log")
            self.pause()

    def stop(self) -> None:
        """Stop the services first, then the engines that they use."""
        stop(self.services, STOP_SECONDS)
        stop(self.engines, engines.STOP_SECONDS)


def set_environment() -> Path:
    """Set the environment variables that all parts share, and return VAR.

    A relative VAR is relative to the folder where the command was given.
    """
    var = environment.folder("VAR", BASE_DIR / "var")
    os.environ |= {
        "VAR": str(var),
        "DEMO": environment.text("DEMO", "1"),
        "DJANGO_SETTINGS_MODULE": "gwonseon.settings",
    }
    os.chdir(BASE_DIR)
    return var


def chosen_port() -> int:
    """Return PORT; raise Failure if it is not a port number."""
    text = environment.text("PORT", "8000")
    if not (text.isascii() and text.isdigit() and int(text) in PORTS):
        raise Failure(
            f"PORT={text!r}은(는) 포트 번호가 아닙니다. `make run PORT=8001`처럼 "
            f"{PORTS[0]}에서 {PORTS[-1]} 사이의 수를 정하세요."
        )
    return int(text)


def check_port(port: int) -> None:
    """Raise Failure if the web server cannot listen on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Failure(
                f"{port}번 포트를 쓸 수 없습니다({error.strerror}). 그 포트를 쓰는 프로그램을 "
                "끝내거나 `make run PORT=8001`처럼 다른 포트를 정하세요."
            ) from None


def read_settings(var: Path) -> ModuleType:
    """Return Django's settings as our parts will read them; raise Failure if they are wrong."""
    stored = var / "secret_key"
    if not environment.text("DATABASE_URL"):
        folder.make_secrets(var)
    elif not environment.text("SECRET_KEY") and not stored.exists():
        raise Failure(
            "DATABASE_URL을 정했으면 SECRET_KEY도 정해야 합니다. "
            ".env.example을 보고 길고 무작위인 글을 넣으세요."
        )
    try:
        from gwonseon import settings  # it reads the environment and the key when imported
    except ImproperlyConfigured as error:
        raise Failure(str(error)) from None
    if not settings.KIT.is_dir():
        raise Failure(f"{settings.KIT} 폴더가 없습니다. `make setup`을 실행하세요.")
    return settings


def missing_engines(settings: ModuleType) -> list[engines.Engine]:
    """Return the engines to start, those without an external server in the environment.

    Raises Failure if an external server does not answer.
    """
    missing: list[engines.Engine] = []
    if environment.text("DATABASE_URL"):
        servers.check_database(settings.DATABASES["default"])
    else:
        missing.append(engines.Postgres(settings.VAR))
    if environment.text("REDIS_URL"):
        servers.check_redis(settings.REDIS_URL)
    else:
        missing.append(engines.Valkey(settings.VAR))
    return missing


def preparation(var: Path) -> Program:
    """Return the program that prepares the data; it prints the demo accounts to the terminal."""
    command = (sys.executable, "-m", "gwonseon.local.preparation")
    return Program("준비 작업", command, var / "log" / "preparation.log", speaks=True)


def services(var: Path, port: int) -> list[Program]:
    """Return the programs of the portal other than the engines: web server, worker, scheduler."""
    web = ("gunicorn", "gwonseon.wsgi:application", "--workers", "2", "--bind", f"{HOST}:{port}")
    web = (*web, "--graceful-timeout", str(REQUEST_SECONDS), "--no-control-socket")
    celery = ("celery", "--app", "gwonseon")
    worker = (*celery, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle")
    commands = {
        "web": ("웹 서버", web),
        "worker": ("작업 처리기", (*worker, "--loglevel", "INFO")),
        "beat": ("작업 시계", (*celery, "beat", "--loglevel", "INFO")),
    }
    return [
        Program(name, (sys.executable, "-m", *command), var / "log" / f"{stem}.log")
        for stem, (name, command) in commands.items()
    ]


def healthy(port: int, allowed_hosts: list[str]) -> bool:
    """Return whether the portal's health check answers 200."""
    host = next((host for host in allowed_hosts if host != "*"), HOST).lstrip(".")
    # Like a proxy: with HTTPS on, the portal only redirects plain requests.
    headers = {"Host": host, "X-Forwarded-Proto": "https"}
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", "/health/", headers=headers)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
