"""Two requests at the same moment: limits hold, tries are counted, erasing comes first."""

from dataclasses import replace

import pytest

from gwonseon.messaging.models import Message
from gwonseon.refusals import RefusedError
from gwonseon.residents import rate_limits
from gwonseon.residents.actions import accept, begin_verification, check_code, withdraw
from gwonseon.residents.consents import REQUIRED, consents_in_force
from gwonseon.residents.models import Resident, Verification
from tests.factories.residents import (
    ADDRESS,
    NUMBER,
    begun_visit,
    last_code,
    resident,
    sender,
    verified_visit,
    wrong_code,
)
from tests.plans.together import together, while_uncommitted

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_limit_of_a_number_holds() -> None:
    sender()
    results = together(
        *[lambda: begin_verification(number=NUMBER, address=ADDRESS) for _one in range(6)]
    )
    assert sum(isinstance(one, RefusedError) for one in results) == 3
    assert Message.objects.count() == Verification.objects.count() == 3


def test_the_tries_of_a_code_are_counted() -> None:
    visit = begun_visit()
    wrong = wrong_code()
    together(*[lambda: check_code(visit=visit, code=wrong) for _one in range(5)])
    assert Verification.objects.get().tries == 5
    with pytest.raises(RefusedError, match="다섯 번"):
        check_code(visit=visit, code=last_code())


def test_two_visits_of_a_number_make_one_resident() -> None:
    first, second = verified_visit(), verified_visit()
    results = together(*[lambda v=v: accept(visit=v, given=REQUIRED) for v in (first, second)])
    assert results[0] == results[1] == Resident.objects.get()


def test_who_agrees_while_the_number_is_erased_is_told_so() -> None:
    visit = verified_visit()
    person = resident()
    mac = bytes(person.mac)
    answer = while_uncommitted(
        lambda: withdraw(mac=mac), lambda: accept(visit=visit, given=REQUIRED)
    )
    assert isinstance(answer, RefusedError)
    assert not Resident.objects.exists()
    assert consents_in_force(mac) == set()


def test_the_limit_in_all_holds_for_different_numbers_and_addresses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sender()
    few = tuple(replace(one, most=2) if one.of == "all" else one for one in rate_limits.LIMITS)
    monkeypatch.setattr(rate_limits, "LIMITS", few)
    results = together(
        *[
            lambda n=n: begin_verification(number=f"0100000{n:04}", address=f"192.0.2.{n}")
            for n in range(5)
        ]
    )
    assert sum(isinstance(one, RefusedError) for one in results) == 3
    assert Message.objects.count() == 2


def test_a_code_sent_twice_at_once_opens_once() -> None:
    visit = begun_visit()
    code = last_code()
    results = together(*[lambda: check_code(visit=visit, code=code) for _one in range(2)])
    assert sum(isinstance(one, RefusedError) for one in results) == 1
