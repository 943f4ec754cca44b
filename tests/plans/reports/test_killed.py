"""If a worker is killed while it makes an export, another worker makes exactly one file."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg2
import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings
from redis import Redis

from gwonseon.office.roles import READER
from plans.reports.exports.actions import ask
from plans.reports.exports.models import Export
from plans.reports.requests import Format, ReportKind, ReportRequest
from plans.reports.tasks import make_exports
from tests.factories.office import staff
from tests.factories.tree import ActivityFactory, publish
from tests.local.portal import wait_until

WORKER = ("worker", "--pool", "solo", "--without-gossip", "--without-mingle", "-l", "ERROR")


def address_of_database() -> str:
    """Return the address of the test's own database."""
    name = connection.settings_dict["NAME"]
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


@contextmanager
def amendments_locked() -> Iterator[None]:
    """Lock the table of amendments, so that a worker that builds their report must wait."""
    with closing(psycopg2.connect(address_of_database())) as holder:
        holder.cursor().execute("LOCK TABLE plans_amendment IN ACCESS EXCLUSIVE MODE")
        yield


@contextmanager
def worker() -> Iterator[subprocess.Popen]:
    """Run a real worker, and kill it in the end."""
    process = subprocess.Popen(
        (sys.executable, "-m", "celery", "--app", "gwonseon", *WORKER),
        env=os.environ | {"DATABASE_URL": address_of_database()},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_another_worker_makes_the_export_once(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    plan = publish(ActivityFactory(initiative__goal__pillar__plan__year=2021).plan)
    request = ReportRequest(ReportKind.AMENDMENTS, plan, on=date(2021, 12, 31))
    export = ask(request=request, format=Format.CSV, token=uuid4(), by=staff(READER))
    rows = Export.objects.filter(pk=export.pk)
    make_exports.delay()

    with amendments_locked(), worker():
        wait_until(lambda: rows.get().state == Export.State.RUNNING)
    make_exports()
    assert rows.get().state == Export.State.RUNNING
    rows.update(lease_until=timezone.now() - timedelta(seconds=1))
    make_exports()
    make_exports()
    Redis.from_url(settings.REDIS_URL).flushdb()

    made = rows.get()
    (file,) = [one for one in settings.MEDIA_ROOT.rglob("*") if one.is_file()]
    assert (made.state, made.attempts) == (Export.State.DONE, 2)
    assert sha256(file.read_bytes()).hexdigest() == made.digest
