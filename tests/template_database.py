"""A migrated template database, which every pytest-xdist worker of a run copies."""

import fcntl
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg2

# Workers get the name from the process that started them, by this environment variable.
NAME = os.environ.setdefault("TEMPLATE_DATABASE", f"gwonseon_template_{uuid4().hex}")


def template_database(folder: Path) -> str:
    """Return the database's name; the first worker creates it, the others wait."""
    with (folder / "template.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not run_on_server(f"SELECT FROM pg_database WHERE datname = '{NAME}'"):
            run_on_server(f"CREATE DATABASE {NAME}")
            address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{NAME}").geturl()
            command = (sys.executable, "manage.py", "migrate", "--verbosity", "0")
            subprocess.run(command, env=os.environ | {"DATABASE_URL": address}, check=True)
    return NAME


def drop_template_database() -> None:
    """Drop the database, if any worker made it."""
    run_on_server(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


def run_on_server(statement: str) -> int:
    """Run one statement outside any transaction; return its number of rows."""
    with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as server:
        server.autocommit = True
        with server.cursor() as cursor:
            cursor.execute(statement)
            return cursor.rowcount
