"""Prepare tables, static files and the first plan, once the database is running.

The supervisor runs it as `python -m gwonseon.local.preparation`: one process for all steps, because
each start of Django takes half a second.
"""

import hashlib
import importlib.metadata
import sys
from pathlib import Path

import django
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from gwonseon.database_lock import database_lock
from gwonseon.error_reports import show_uncaught
from gwonseon.local.processes import REFUSED


def main() -> None:
    """Bring the database's tables, the static files and the first plan up to date.

    A CommandError is printed, and the exit status is then 2.
    """
    sys.excepthook = show_uncaught
    django.setup()
    try:
        with database_lock(tell):
            check_settings()
            call_command("migrate", interactive=False, verbosity=0)
            collect_static_files()
            call_command("seed")
    except CommandError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(REFUSED)


def check_settings() -> None:
    """Raise CommandError for settings with which a portal does not start."""
    for fault in run_checks(tags=["start"]):
        raise CommandError(fault.msg)


def tell(line: str) -> None:
    """Print a line without buffering, so that the terminal shows it at once."""
    print(line, flush=True)  # noqa: T201  a command-line program


def collect_static_files() -> None:
    """Collect the static files, unless none has changed since the last time."""
    from django.conf import settings

    stamp = settings.VAR / "static.sha256"
    sources = digest(settings.STORAGES["staticfiles"]["BACKEND"])
    if stamp.is_file() and stamp.read_text() == sources:
        return
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(sources)


def digest(storage: str) -> str:
    """Return a hash that changes when a static file, or the way they are stored, changes."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256(storage.encode())
    for package in ("django", "whitenoise"):
        digest.update(importlib.metadata.version(package).encode())
    for finder in get_finders():
        for name, source in finder.list([]):
            entry = Path(source.path(name)).stat()
            digest.update(f"{name}\0{entry.st_size}\0{entry.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    main()
