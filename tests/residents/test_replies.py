"""Who replies STOP is stopped by the next tick, without a code, a click or a trace of it."""

import logging
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from gwonseon.celery import app
from gwonseon.messaging import tasks
from gwonseon.messaging.gateways.file import FileGateway
from gwonseon.messaging.gateways.written import write_reply
from gwonseon.messaging.models import Channel, Message, Suppression
from gwonseon.messaging.sealing import digest
from gwonseon.residents.actions import CLOCKS_DIFFER, accept, stop_by_reply, withdraw
from gwonseon.residents.consents import REQUIRED, consents_in_force
from gwonseon.residents.models import ConsentEvent, Resident, Visit
from plans.subscriptions.models import Subscription
from tests.factories.residents import NUMBER, resident, subscriber, to_many, verified_visit
from tests.plans.together import together, while_uncommitted

OTHER = "01000005678"


@pytest.fixture(autouse=True)
def portal(settings: Settings, tmp_path: Path, db: None) -> None:
    """A portal whose gateway delivers what is written into its file of replies."""
    settings.VAR = tmp_path
    Channel.objects.create(gateway="file")


def state_of(number: str) -> str:
    return Message.objects.get(mac=digest(number), dispatch__is_bulk=True).state


def ages_ago() -> datetime:
    return timezone.now() - timedelta(days=1)


def test_who_replies_stop_is_erased_and_gets_nothing_more() -> None:
    subscriber(NUMBER)
    subscriber(OTHER)
    to_many(NUMBER, OTHER)
    write_reply("010-0000-1234", "수신 거부!")
    write_reply(OTHER, "좋은 소식 감사합니다")

    tasks.collect_replies()

    assert state_of(NUMBER) == Message.State.SUPPRESSED
    assert not Message.objects.filter(mac=digest(NUMBER), dispatch__is_bulk=True).exclude(
        sealed=None
    )
    assert consents_in_force(digest(NUMBER)) == set()
    assert not Visit.objects.filter(mac=digest(NUMBER)).exists()
    assert Suppression.objects.filter(mac=digest(NUMBER)).exists()
    assert state_of(OTHER) == Message.State.QUEUED
    assert bytes(Resident.objects.get().mac) == digest(OTHER)
    assert Subscription.objects.count() == 1


def test_a_reply_that_comes_twice_does_nothing_more() -> None:
    resident()
    to_many(NUMBER)
    write_reply(NUMBER, "STOP")
    write_reply(NUMBER, "STOP")

    tasks.collect_replies()
    lines = ConsentEvent.objects.count()
    tasks.collect_replies()
    stop_by_reply(mac=digest(NUMBER), sent_at=timezone.now())

    assert ConsentEvent.objects.count() == lines == 4
    assert Suppression.objects.count() == 1
    assert FileGateway().fetch_replies() == []


def test_a_number_that_is_not_known_gets_nothing_either() -> None:
    to_many(OTHER)
    write_reply(OTHER, "그만")

    tasks.collect_replies()

    assert state_of(OTHER) == Message.State.SUPPRESSED
    assert Suppression.objects.filter(mac=digest(OTHER)).exists()
    assert not ConsentEvent.objects.exists()


def test_a_reply_that_comes_late_does_not_erase_who_agreed_again_since() -> None:
    withdraw(mac=digest(NUMBER))
    person = resident()

    stop_by_reply(mac=digest(NUMBER), sent_at=ages_ago())

    assert Resident.objects.get() == person
    assert not Suppression.objects.exists()


def test_who_stops_right_after_agreeing_is_stopped_also_by_a_slow_clock() -> None:
    resident()

    stop_by_reply(mac=digest(NUMBER), sent_at=timezone.now() - CLOCKS_DIFFER / 2)

    assert not Resident.objects.exists()


def test_nothing_of_a_reply_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    resident()
    caplog.clear()
    write_reply(NUMBER, "STOP 예시비밀")
    write_reply("0312285114", "STOP 예시비밀")
    write_reply("예시비밀", "거부")

    tasks.collect_replies()

    said = [one.getMessage() for one in caplog.records if one.name != "django.db.backends"]
    assert said == ["replies from file: 3, of which 3 stop (2 without a mobile number, 0 failed)"]
    assert not Resident.objects.exists()


def test_the_tick_is_scheduled_and_takes_no_arguments(settings: Settings) -> None:
    app.loader.import_default_modules()
    entry = settings.CELERY_BEAT_SCHEDULE["collect-replies"]
    assert app.tasks[entry["task"]].run.__code__.co_argcount == 0
    assert "args" not in entry


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_act_on_a_reply_at_the_same_moment_stop_it_once() -> None:
    resident()
    to_many(NUMBER)
    write_reply(NUMBER, "STOP")

    together(tasks.collect_replies, tasks.collect_replies)

    assert not Resident.objects.exists()
    assert Suppression.objects.count() == 1
    assert state_of(NUMBER) == Message.State.SUPPRESSED
    assert ConsentEvent.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_late_reply_waits_for_who_is_agreeing_again_and_leaves_them() -> None:
    visit = verified_visit()

    while_uncommitted(
        lambda: accept(visit=visit, given=REQUIRED),
        lambda: stop_by_reply(mac=digest(NUMBER), sent_at=ages_ago()),
    )

    assert Resident.objects.exists()
    assert not Suppression.objects.exists()
