"""What is kept is deleted when it is due, by one table of rules, in one hourly tick."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gwonseon.celery import app
from gwonseon.messaging.models import Suppression
from gwonseon.messaging.sealing import digest
from gwonseon.residents import retention
from gwonseon.residents.actions import withdraw
from gwonseon.residents.models import ConsentEvent, Erasure, Resident, Verification, Visit
from gwonseon.residents.retention import RULES, delete_what_is_due
from gwonseon.residents.tasks import delete_due
from tests.factories.residents import NUMBER, begun_visit, resident
from tests.residents.test_consents import age_ledger

pytestmark = pytest.mark.django_db


def test_nothing_is_deleted_before_it_is_due() -> None:
    begun_visit()
    resident("01000005555")
    assert delete_what_is_due() == dict.fromkeys(
        ("visits", "verifications", "consents", "stops"), 0
    )
    assert not Erasure.objects.exists()


def test_visits_go_after_half_an_hour_and_codes_after_a_day() -> None:
    begun_visit()
    now = timezone.now()
    Visit.objects.update(seen_at=now - timedelta(minutes=30))
    Verification.objects.update(sent_at=now - timedelta(hours=23))
    assert delete_what_is_due()["visits"] == 1
    assert Verification.objects.get().visit is None
    Verification.objects.update(sent_at=now - timedelta(days=1))
    delete_due()
    assert not Verification.objects.exists()
    assert [(one.rule, one.count) for one in Erasure.objects.order_by("pk")] == [
        ("visits", 1),
        ("verifications", 1),
    ]


def test_consents_go_three_years_after_the_last_line() -> None:
    resident()
    withdraw(mac=digest(NUMBER))
    age_ledger(1097)
    resident("01000005555")
    assert delete_what_is_due()["consents"] == 4
    assert {bytes(one.mac) for one in ConsentEvent.objects.all()} == {digest("01000005555")}


def test_a_number_that_stopped_is_forgotten_after_three_years() -> None:
    withdraw(mac=digest(NUMBER))
    now = timezone.now()
    Suppression.objects.update(created_at=now - timedelta(days=1095))
    assert delete_what_is_due()["stops"] == 0
    Suppression.objects.update(created_at=now - timedelta(days=1097))
    assert delete_what_is_due()["stops"] == 1
    assert not Suppression.objects.exists()


def test_old_consents_of_who_came_back_stay() -> None:
    resident()
    withdraw(mac=digest(NUMBER))
    age_ledger(1097)
    resident()
    assert delete_what_is_due()["consents"] == 0
    withdraw(mac=digest(NUMBER))
    assert delete_what_is_due()["consents"] == 0
    assert not Resident.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_every_rule_deletes_with_the_same_queries_for_one_and_three_numbers(
    django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for place in range(number):
        other = f"0100000555{place}"
        resident(other)
        withdraw(mac=digest(other))
        begun_visit(other)
    later = timezone.now() + timedelta(days=1097)
    age_ledger(1097)
    # Verifications forget their visits first.
    queries = {"visits": 3, "verifications": 1, "consents": 1, "stops": 1}
    for rule in RULES:
        with django_assert_num_queries(queries[rule.name]):
            assert rule.delete(later) >= number
        assert rule.delete(later) == 0


def test_a_rule_deletes_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "MOST_LINES", 2)
    for place in range(3):
        withdraw(mac=digest(f"0100000555{place}"))
    Suppression.objects.update(created_at=timezone.now() - timedelta(days=1097))

    assert [delete_what_is_due()["stops"] for _run in range(3)] == [2, 1, 0]


def test_every_rule_says_what_how_long_and_why() -> None:
    for rule in RULES:
        assert all(map(str, (rule.what, rule.how_long, rule.why)))
    kept = {Visit, Verification, ConsentEvent, Suppression}
    assert len(RULES) == len(kept)


def test_the_tick_is_scheduled_and_takes_no_arguments() -> None:
    app.loader.import_default_modules()
    entry = settings.CELERY_BEAT_SCHEDULE["delete-residents-due"]
    assert app.tasks[entry["task"]].run.__code__.co_argcount == 0
    assert "args" not in entry
