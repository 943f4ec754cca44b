"""Real PostgreSQL and Valkey under every test run; loaded before Django reads its settings.

DATABASE_URL and REDIS_URL, where set, name servers to use instead. A pytest-xdist worker has a
Valkey of its own, or, on a given server, the database with its number.
"""

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from gwonseon.local import engines, places, processes
from gwonseon.local.failure import Failure

# Set in a developer's shell, these would change what the tests see. The last one has each of the
# processes that tests start compile the whole project anew.
PERSONAL = (
    *("ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "DEBUG", "DEMO", "HTTPS", "PORT"),
    "PYTHONDONTWRITEBYTECODE",
)
STOP_SECONDS = 10
# 32 bytes of base64 each, for tests only.
PHONE_KEYS = {"PHONE_KEYS": f"1:{'A' * 43}=", "PHONE_DIGEST_KEY": f"1:{'A' * 43}="}


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Start what the tests stand on; it stops with pytest, however that ends."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        var = Path(os.environ["VAR"]) / worker
        var.mkdir()
    else:
        var = temporary_folder(early_config)
        for name in PERSONAL:
            os.environ.pop(name, None)
        os.environ |= {"SECRET_KEY": "tests only", "PAGE_CACHE": "0"} | PHONE_KEYS
    os.environ["VAR"] = str(var)
    # WhiteNoise warns where there is none.
    (var / "static").mkdir()

    start(missing_engines(var, worker, early_config), early_config)
    if not worker:
        os.environ.setdefault("DATABASE_URL", places.database_url(var))
    return (yield)


def temporary_folder(config: pytest.Config) -> Path:
    """Return a new folder that goes with the run; PostgreSQL may have to enter it as `nobody`."""
    folder = Path(tempfile.mkdtemp(prefix="gwonseon-tests-"))
    folder.chmod(0o711)
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    return folder


def missing_engines(
    var: Path, worker: str | None, config: pytest.Config
) -> list[engines.Postgres | engines.Valkey]:
    """Return the engines that this process has to start.

    REDIS_URL is left unset for an embedded Valkey, so that a worker knows a given server by it;
    the settings find the embedded one by VAR.
    """
    missing: list[engines.Postgres | engines.Valkey] = []
    if not os.environ.get("DATABASE_URL"):
        missing.append(engines.Postgres(var, fast=True))
    if given := os.environ.get("REDIS_URL"):
        if worker:
            os.environ["REDIS_URL"] = numbered(given, int(worker.removeprefix("gw")) + 1)
    elif worker or not config.known_args_namespace.numprocesses:
        missing.append(engines.Valkey(var, fast=True))
    return missing


def numbered(address: str, number: int) -> str:
    """Return the Redis address with another database number."""
    return urlunsplit(urlsplit(address)._replace(path=f"/{number}"))


def start(missing: list[engines.Postgres | engines.Valkey], config: pytest.Config) -> None:
    """Start the engines; they stop at the end of the run, even if the run is killed."""
    try:
        parts = engines.start_all(missing)
    except Failure as failure:
        raise pytest.UsageError(str(failure)) from None
    config.add_cleanup(lambda: processes.stop(parts, STOP_SECONDS))
