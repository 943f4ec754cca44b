"""A separate portal for benchmarks: engines in a temporary folder, with the portal's commands."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gwonseon.local import engines, places, processes

STOP_SECONDS = 10
READY_SECONDS = 60


@contextmanager
def own_engines() -> Iterator[Path]:
    """Start PostgreSQL and Valkey as `make run` does, yield their folder, and stop them."""
    var = Path(tempfile.mkdtemp(prefix="gwonseon-bench-"))
    var.chmod(0o711)
    (var / "static").mkdir()
    parts = engines.start_all([engines.Postgres(var), engines.Valkey(var)])
    try:
        yield var
    finally:
        processes.stop(parts, STOP_SECONDS)
        shutil.rmtree(var, ignore_errors=True)


def environment(var: Path, **more: str) -> dict[str, str]:
    """Return the environment variables of a process that uses the folder's engines."""
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "VAR": str(var),
        "SECRET_KEY": "bench only",
        # 32 bytes of base64.
        "PHONE_KEYS": f"1:{'A' * 43}=",
        "PHONE_DIGEST_KEY": f"1:{'A' * 43}=",
        "DATABASE_URL": places.database_url(var),
        "REDIS_URL": places.redis_url(var),
        **more,
    }


def manage(var: Path, *arguments: str) -> None:
    """Run one of the portal's commands, without output."""
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, env=environment(var), check=True, capture_output=True)


@contextmanager
def web_server(var: Path, **more: str) -> Iterator[int]:
    """Run the production server with two workers, and yield its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = (sys.executable, "-m", "gunicorn", "gwonseon.wsgi:application", "--workers", "2")
    program = processes.Program(
        name="gunicorn",
        command=(*command, "--bind", f"127.0.0.1:{port}"),
        log=var / "log" / f"web-{port}.log",
        environment=environment(var, **more),
    )
    part = processes.RunningProgram(program)
    try:
        await_answer(f"http://127.0.0.1:{port}/health/")
        yield port
    finally:
        processes.stop([part], STOP_SECONDS)


def await_answer(url: str) -> None:
    """Wait until the address responds; raise TimeoutError if it does not in time."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(url)
