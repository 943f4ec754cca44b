"""What stands between a running database and a portal that can be opened.

Run as `python -m gwonseon.local.preparation` by the supervisor: one process for all of it,
because each start of Django costs half a second.
"""

import hashlib
import importlib.metadata
import sys
from pathlib import Path

import django
from django.core.management import CommandError, call_command

from gwonseon.database_lock import database_lock
from gwonseon.local.processes import REFUSED


def main() -> None:
    """Bring the database's tables, the static files and the first plan up to date."""
    django.setup()
    try:
        with database_lock(tell):
            call_command("migrate", interactive=False, verbosity=0)
            collect_static_files()
            call_command("seed")
    except CommandError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(REFUSED)


def tell(line: str) -> None:
    """Print a line at once: the terminal shows it, also through a pipe."""
    print(line, flush=True)  # noqa: T201  a program of the terminal


def collect_static_files() -> None:
    """Collect the static files, unless these very files were collected before."""
    from django.conf import settings

    stamp = settings.VAR / "static.sha256"
    sources = digest(settings.STORAGES["staticfiles"]["BACKEND"])
    if stamp.is_file() and stamp.read_text() == sources:
        return
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(sources)


def digest(storage: str) -> str:
    """Return what changes whenever a static file, or how they are stored, changes."""
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
