"""A real worker, started by the real schedule, is killed while the mail server takes a mail."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from celery.beat import Scheduler
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from redis import Redis

from gwonseon.celery import app
from gwonseon.messaging.models import Sender
from gwonseon.office.models import User
from gwonseon.office.roles import ADMINISTRATOR
from plans.reminders.models import Digest
from plans.reminders.queries import would_tell
from plans.reminders.sending import LEASE
from plans.tree.models import Activity
from tests.factories.office import staff
from tests.mail_server import HOST, PASSWORD, USER, MailServer, certificate, knows_us
from tests.plans.reminders.conftest import Quarter
from tests.secrets.places import wait_until

WORKER = ("worker", "--concurrency", "1", "--without-gossip", "--without-mingle", "-l", "INFO")
WEDNESDAY = date(2021, 4, 7)
MORNING = datetime(2021, 4, 7, 9, 30, tzinfo=ZoneInfo("Asia/Seoul"))
LATER = MORNING + LEASE + timedelta(minutes=1)
State = Digest.State


@pytest.fixture
def people(quarter: Quarter) -> list[User]:
    """Who is told, in this order; the second one's mail server takes long to answer."""
    staff(ADMINISTRATOR)
    Sender.objects.create(number="0312285114", name="예시", expires_on=WEDNESDAY)
    Activity.objects.filter(pk=quarter.activity.pk).update(person=quarter.officer)
    told = list(would_tell(WEDNESDAY))
    by_key = User.objects.in_bulk(told)
    found = [by_key[key] for key in told]
    for person, name in zip(found, ("first", "slow", "last"), strict=True):
        person.email = f"{name}@office.example"
        person.save()
    return found


class Workers:
    """Workers with a clock each, and all that they logged."""

    def __init__(self, folder: Path, server: MailServer, trusted: Path) -> None:
        self.log = folder / "worker.log"
        name = connection.settings_dict["NAME"]
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.plans.reminders.worker_settings",
            "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl(),
            "EMAIL_URL": f"smtp+tls://{USER}:{PASSWORD}@{HOST}:{server.port}",
            "EMAIL_FROM": "portal@office.example",
            "SSL_CERT_FILE": str(trusted),
        }

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """Run a worker from a moment on; in the end kill it, with what it is doing."""
        with self.log.open("ab") as log:
            worker = subprocess.Popen(
                (sys.executable, "-m", "celery", "--app", "gwonseon", *WORKER),
                env=self.environment | {"CLOCK": moment.isoformat()},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            yield
        finally:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()

    def told(self) -> str:
        """Return all that was logged."""
        return self.log.read_text(errors="replace")


@pytest.fixture
def server_and_workers(
    people: list[User], tmp_path: Path, settings: Settings
) -> Iterator[tuple[MailServer, Workers]]:
    context, public = certificate(tmp_path)
    options = {"tls_context": context, "require_starttls": True, "auth_required": True}
    with MailServer(**options, authenticator=knows_us) as server:
        yield server, Workers(tmp_path, server, public)
    Redis.from_url(settings.REDIS_URL).flushdb()


def tick() -> None:
    """Send the scheduled task of reminders to the workers, as Celery's clock does."""
    clock = Scheduler(app)
    clock.apply_async(clock.schedule["send-reminders"])
    clock.close()


def states() -> list[str]:
    """Return the states of all digests, in the order of their people."""
    return list(Digest.objects.order_by("pk").values_list("state", flat=True))


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_neither_doubles_nor_loses_a_mail(
    people: list[User], server_and_workers: tuple[MailServer, Workers], client: Client
) -> None:
    server, workers = server_and_workers
    first, slow, last = people
    with workers.at(MORNING):
        tick()
        wait_until(lambda: slow.email in server.recipients, workers.told)
    assert states() == [State.SENT, State.SENDING, State.WAITING]

    with workers.at(LATER):
        tick()
        wait_until(lambda: states() == [State.SENT, State.UNKNOWN, State.SENT], workers.told)
        tick()
        wait_until(lambda: workers.told().count("succeeded in") > 1, workers.told)

    assert server.recipients == [first.email, slow.email, last.email]
    assert states() == [State.SENT, State.UNKNOWN, State.SENT]
    client.force_login(slow)
    assert "보냈는지 알 수 없음" in client.get(reverse("reminders:mine")).text
    assert PASSWORD not in workers.told()
