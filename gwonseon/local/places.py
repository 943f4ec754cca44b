"""Where the embedded engines keep their data and sockets. Imports nothing of the project."""

import hashlib
from pathlib import Path
from urllib.parse import quote

# A Unix socket's path holds 107 bytes; the longest file name in the folder takes the rest.
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")


def socket_folder(var: Path) -> Path:
    """Return the folder of the engines' sockets: in `var`, or in /tmp where its path is too long.

    /tmp by name, not TMPDIR: every terminal must find the same folder.
    """
    inside = var / "run"
    if len(bytes(inside)) <= LONGEST_SOCKET_FOLDER:
        return inside
    name = hashlib.sha256(bytes(var)).hexdigest()[:16]
    return Path("/tmp") / f"gwonseon-{name}"  # noqa: S108  its owner is checked before use


def database_url(var: Path) -> str:
    """Return the address of the embedded PostgreSQL that keeps its data in `var`.

    The port is only part of the socket's name; left out, PGPORT would change it.
    """
    return f"postgresql://postgres@:5432/gwonseon?host={quote(str(socket_folder(var)), safe='/')}"


def redis_url(var: Path) -> str:
    """Return the address of the embedded Valkey that keeps its data in `var`."""
    return f"unix://{quote(str(socket_folder(var)), safe='/')}/valkey.sock"
