"""The ledger of consents: what was agreed to, under which wording; held by the database."""

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from gwonseon.messaging.models import Message, Suppression
from gwonseon.messaging.sealing import digest
from gwonseon.refusals import RefusedError
from gwonseon.residents.actions import accept, withdraw
from gwonseon.residents.consents import AGE, COLLECT, DONG, REQUIRED, VERSION, consents_in_force
from gwonseon.residents.models import ConsentEvent, Resident, Visit
from tests.factories.residents import (
    NUMBER,
    begun_visit,
    resident,
    subscriber,
    to_many,
    verified_visit,
)
from tests.triggers import without_trigger

pytestmark = pytest.mark.django_db

# The digest of each version's texts. A changed text needs a new version and a line here.
WORDINGS = {1: "04ffe383ece4f377"}


def lines() -> list[tuple[str, str]]:
    return [(one.what, one.act) for one in ConsentEvent.objects.order_by("pk")]


def test_consents_are_written_with_number_wording_and_moment() -> None:
    resident()
    assert lines() == [("age", "given"), ("collect", "given")]
    line = ConsentEvent.objects.first()
    assert bytes(line.mac) == digest(NUMBER)
    assert line.wording == VERSION
    assert timezone.now() - line.at < timedelta(minutes=1)


@pytest.mark.parametrize("given", [(), ("collect",), ("age",), ("age", "dong")])
def test_without_the_required_consents_nothing_is_kept(given: tuple[str, ...]) -> None:
    with pytest.raises(RefusedError, match="필수 동의"):
        accept(visit=verified_visit(), given=given)
    assert not Resident.objects.exists()
    assert not ConsentEvent.objects.exists()


def test_a_visit_that_is_not_verified_becomes_no_resident() -> None:
    with pytest.raises(RefusedError, match="다시 확인"):
        accept(visit=begun_visit(), given=REQUIRED)
    assert not Resident.objects.exists()


def test_agreeing_again_writes_only_what_changed() -> None:
    visit = verified_visit()
    accept(visit=visit, given=REQUIRED)
    accept(visit=visit, given=[*REQUIRED, "dong"])
    accept(visit=visit, given=[*REQUIRED, "dong"])
    accept(visit=visit, given=REQUIRED)
    assert lines()[2:] == [("dong", "given"), ("dong", "withdrawn")]
    assert consents_in_force(digest(NUMBER)) == set(REQUIRED)


def test_withdrawing_erases_the_resident_and_stops_what_has_not_left() -> None:
    subscriber()
    other = subscriber("01000005555")
    to_many(NUMBER, "01000005555")
    withdraw(mac=digest(NUMBER))
    assert Resident.objects.get() == other.resident
    assert not Visit.objects.filter(mac=digest(NUMBER)).exists()
    assert bytes(Suppression.objects.get().mac) == digest(NUMBER)
    states = Message.objects.filter(dispatch__is_bulk=True).order_by("pk")
    assert [one.state for one in states] == ["suppressed", "queued"]
    assert states[0].sealed is None
    assert lines()[-2:] == [("age", "withdrawn"), ("collect", "withdrawn")]


def test_withdrawing_twice_writes_once() -> None:
    resident()
    withdraw(mac=digest(NUMBER))
    before = lines()
    withdraw(mac=digest(NUMBER))
    assert lines() == before


def test_who_comes_back_gets_messages_again() -> None:
    resident()
    withdraw(mac=digest(NUMBER))
    resident()
    assert not Suppression.objects.exists()
    assert consents_in_force(digest(NUMBER)) == set(REQUIRED)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE residents_consentevent SET act = 'withdrawn'",
        "UPDATE residents_consentevent SET at = at - interval '9 years'",
        "DELETE FROM residents_consentevent",
        "TRUNCATE residents_consentevent",
    ],
)
def test_the_ledger_refuses_to_be_changed(sql: str) -> None:
    resident()
    withdraw(mac=digest(NUMBER))
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql)


def age_ledger(days: int) -> None:
    """Put the ledger into the past, as only its owner can."""
    with without_trigger(ConsentEvent, "stays_as_written"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE residents_consentevent SET at = at - make_interval(days => %s)", [days]
        )


def test_the_ledger_of_a_resident_stays_however_old_it_is() -> None:
    resident()
    age_ledger(4000)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentEvent.objects.all().delete()


def test_the_ledger_of_who_left_more_than_three_years_ago_may_go() -> None:
    resident()
    withdraw(mac=digest(NUMBER))
    age_ledger(1097)
    ConsentEvent.objects.all().delete()


def test_the_wording_is_of_its_version() -> None:
    texts = [
        str(text)
        for one in (COLLECT, DONG, AGE)
        for text in (one.question, *(part for pair in one.facts for part in pair))
    ]
    found = hashlib.sha256("|".join(texts).encode()).hexdigest()[:16]
    assert WORDINGS[VERSION] == found


def test_each_consent_names_what_the_law_asks_for() -> None:
    for consent in (COLLECT, DONG):
        terms = {str(term) for term, _text in consent.facts}
        assert terms >= {"목적", "항목", "보유기간", "거부할 권리"}
    assert "맡기는 일" in {str(term) for term, _text in COLLECT.facts}
