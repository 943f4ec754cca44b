"""Prepare the folder VAR: make it, lock it, and store the secret keys in it."""

import base64
import fcntl
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from gwonseon import environment
from gwonseon.local.failure import Failure
from gwonseon.local.processes import Pause

# A new cluster takes 40 MB, the static files 15 MB, and PostgreSQL's log about 32 MB.
NEEDED_BYTES = 120_000_000
# When a supervisor is killed, the kernel tells its programs to stop; they may take this long.
LEFTOVER_SECONDS = 60


def make_room(var: Path) -> None:
    """Make the folder: only we can read it, but the engines' account can enter it.

    Raises Failure if the disk is nearly full.
    """
    var.mkdir(mode=0o711, parents=True, exist_ok=True)
    (var / "log").mkdir(mode=0o700, exist_ok=True)
    if shutil.disk_usage(var).free < NEEDED_BYTES:
        raise Failure(
            f"{var}이(가) 있는 디스크에 빈 곳이 {NEEDED_BYTES // 1_000_000} MB가 안 됩니다. "
            "비우거나 VAR에 다른 폴더를 정하세요."
        )


def claim(var: Path) -> None:
    """Lock the folder until this process ends; raise Failure if another process has locked it."""
    lock = os.open(var / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    if not locked(lock):
        raise Failure(
            f"{var} 폴더의 포털이 이미 실행 중입니다. "
            "그것을 끝내거나, 하나 더 띄우려면 VAR과 PORT를 다르게 정하세요."
        )


def await_leftovers(var: Path, pause: Pause) -> int:
    """Wait until no program of a killed supervisor is running, and return a locked file.

    Our own programs keep this file open while they run, so the lock lasts until all have ended.
    """
    lock = os.open(var / "lock.programs", os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + LEFTOVER_SECONDS
    while not locked(lock):
        if time.monotonic() > deadline:
            raise Failure(
                "강제로 끝난 이전 실행의 프로그램이 아직 남아 있습니다. "
                f"`fuser -v {var / 'lock.programs'}`에 나오는 것을 끝낸 뒤 다시 실행하세요."
            )
        pause()
    return lock


def locked(lock: int) -> bool:
    """Try once to lock the file; return whether that worked."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def make_secrets(var: Path) -> None:
    """Store random keys that only we can read, each unless there is one."""
    from django.core.management.utils import get_random_secret_key  # slow to import; needed once

    store(var / "secret_key", get_random_secret_key)
    store(var / "phone_keys", numbered_key)
    store(var / "phone_digest_key", numbered_key)


def numbered_key() -> str:
    """Return a first key of 32 bytes as `environment.keys` reads it."""
    return f"1:{base64.b64encode(os.urandom(environment.KEY_BYTES)).decode()}"


def store(stored: Path, make: Callable[[], str]) -> None:
    """Store a new secret in a file, unless there is one."""
    if stored.exists():
        return
    draft = stored.with_name(f"{stored.name}.new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(make(), encoding="ascii")
    draft.replace(stored)
