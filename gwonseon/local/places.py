"""Paths and URLs of the embedded engines' sockets. Imports nothing of the project."""

import hashlib
from pathlib import Path
from urllib.parse import quote

# In bytes. A Unix socket's path has at most 107, of which the longest file name takes a part.
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")


def socket_folder(var: Path) -> Path:
    """Return the folder of the engines' sockets: in `var`, or in /tmp if that path is too long.

    /tmp and not TMPDIR, so that every terminal finds the same folder.
    """
    inside = var / "run"
    if len(bytes(inside)) <= LONGEST_SOCKET_FOLDER:
        return inside
    name = hashlib.sha256(bytes(var)).hexdigest()[:16]
    return Path("/tmp") / f"gwonseon-{name}"  # noqa: S108  its owner is checked before use


def database_url(var: Path) -> str:
    """Return the URL of the embedded PostgreSQL that keeps its data in `var`.

    The port is only part of the socket's file name; without it, PGPORT would change the name.
    """
    return f"postgresql://postgres@:5432/gwonseon?host={quote(str(socket_folder(var)), safe='/')}"


def redis_url(var: Path) -> str:
    """Return the URL of the embedded Valkey that keeps its data in `var`."""
    return f"unix://{quote(str(socket_folder(var)), safe='/')}/valkey.sock"
