"""A number is verified by a code: five minutes, five tries, one visit."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gwonseon.messaging.models import Dispatch, Message, Sender
from gwonseon.messaging.sealing import digest, unseal
from gwonseon.refusals import RefusedError
from gwonseon.residents import rate_limits
from gwonseon.residents.actions import begin_verification, check_code, hashed, open_visit
from gwonseon.residents.models import Resident, Verification, Visit
from tests.factories.residents import (
    ADDRESS,
    NUMBER,
    begun_visit,
    last_code,
    messages_to,
    resident,
    sender,
    wrong_code,
)

pytestmark = pytest.mark.django_db


def refusal(visit: Visit, code: str) -> str:
    with pytest.raises(RefusedError) as error:
        check_code(visit=visit, code=code)
    return str(error.value)


def earlier(**ago: float) -> None:
    """Put all codes that were sent into the past."""
    for sent in Verification.objects.all():
        sent.sent_at -= timedelta(**ago)
        sent.save()


def test_the_code_is_six_digits_sent_at_once_and_not_after_five_minutes() -> None:
    begun_visit()
    message = messages_to(NUMBER).get()
    dispatch = message.dispatch
    assert unseal(message.sealed) == NUMBER
    assert (dispatch.is_urgent, dispatch.is_bulk) == (True, False)
    assert timedelta(minutes=4) < dispatch.expires_at - timezone.now() <= timedelta(minutes=5)
    text = unseal(dispatch.sealed_text)
    assert len(text.encode("cp949")) <= 90
    assert "권선구" in text


def test_the_right_code_verifies_the_visit_and_makes_no_resident_yet() -> None:
    visit = begun_visit()
    check_code(visit=visit, code=last_code())
    visit.refresh_from_db()
    assert visit.verified_at
    assert not Resident.objects.exists()


def test_a_code_is_used_once() -> None:
    visit = begun_visit()
    check_code(visit=visit, code=last_code())
    assert "5분이 지났습니다" in refusal(visit, last_code())


def test_a_code_ends_after_five_minutes() -> None:
    visit = begun_visit()
    earlier(minutes=5)
    assert "5분이 지났습니다" in refusal(visit, last_code())


def test_after_five_wrong_tries_the_right_code_does_not_help() -> None:
    visit = begun_visit()
    for _try in range(5):
        assert "맞지 않습니다" in refusal(visit, wrong_code())
    assert "다섯 번" in refusal(visit, last_code())
    visit.refresh_from_db()
    assert visit.verified_at is None


def test_another_visit_can_neither_use_a_code_nor_its_tries() -> None:
    own, other = begun_visit(), begun_visit("01000009999")
    for _try in range(5):
        refusal(other, last_code())
    check_code(visit=own, code=last_code())


def test_a_newer_code_is_of_its_own_visit() -> None:
    begun_visit()
    second = begun_visit()
    check_code(visit=second, code=last_code())


def test_a_verified_visit_gets_a_new_key() -> None:
    sender()
    key = begin_verification(number=NUMBER, address=ADDRESS)
    visit = Visit.objects.get(key_hash=hashed(key))
    check_code(visit=visit, code=last_code())
    fresh = open_visit(visit=visit)
    assert Visit.objects.get().key_hash.tobytes() == hashed(fresh) != hashed(key)


def test_code_key_and_number_are_not_stored_in_the_open() -> None:
    sender()
    key = begin_verification(number=NUMBER, address=ADDRESS)
    code = last_code()
    for table in (Visit, Verification, Message, Dispatch):
        for row in table.objects.values():
            stored = b"|".join(
                bytes(one) if isinstance(one, memoryview) else str(one).encode()
                for name, one in row.items()
                if not name.endswith(("_at", "id", "before"))
            )
            for secret in (key, NUMBER, NUMBER[3:], code, ADDRESS):
                assert secret.encode() not in stored, table


def test_without_a_sender_number_nothing_is_written() -> None:
    with pytest.raises(RefusedError, match="발신번호"):
        begin_verification(number=NUMBER, address=ADDRESS)
    assert not Verification.objects.exists()
    assert not Visit.objects.exists()


def test_a_known_number_costs_the_same_queries_as_an_unknown_one() -> None:
    sender()

    def queries(number: str) -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            begin_verification(number=number, address=ADDRESS)
        return [re.split("VALUES|WHERE|SAVEPOINT", one["sql"])[0] for one in asked]

    unknown = queries("01000005555")
    resident()
    assert queries(NUMBER) == unknown
    assert messages_to(NUMBER).count() == 2


def test_no_more_codes_to_a_number_than_the_limit() -> None:
    for _time in range(3):
        begun_visit()
    with pytest.raises(RefusedError, match="여러 번"):
        begun_visit()
    begun_visit("01000007777")
    earlier(minutes=10)
    begun_visit()


def test_no_more_codes_to_a_number_in_a_day() -> None:
    for _round in range(4):
        earlier(minutes=11)
        for _time in range(3):
            if Verification.objects.filter(mac=digest(NUMBER)).count() < 10:
                begun_visit()
    earlier(minutes=11)
    with pytest.raises(RefusedError, match="내일"):
        begun_visit()
    earlier(days=1)
    begun_visit()


@pytest.mark.parametrize(("of", "said"), [("address_mac", "인터넷 주소"), ("all", "몰려")])
def test_no_more_codes_from_an_address_and_in_all(
    monkeypatch: pytest.MonkeyPatch, of: str, said: str
) -> None:
    two = tuple(
        rate_limits.CodeLimit(
            one.of, 2 if one.of == of else one.most, one.within, one.why, one.refusal
        )
        for one in rate_limits.LIMITS
    )
    monkeypatch.setattr(rate_limits, "LIMITS", two)
    for number in ("01000000001", "01000000002"):
        begun_visit(number)
    with pytest.raises(RefusedError, match=said):
        begun_visit("01000000003")
    if of == "address_mac":
        begin_verification(number="01000000003", address="192.0.2.8")
        begin_verification(number="01000000004", address="2001:db8::1")
        begin_verification(number="01000000005", address="2001:db8::2")
        with pytest.raises(RefusedError, match=said):
            begin_verification(number="01000000006", address="2001:db8::3")
        begin_verification(number="01000000006", address="2001:db8:0:1::3")


def test_every_limit_says_why_and_what_to_do() -> None:
    assert {one.of for one in rate_limits.LIMITS} == {"mac", "address_mac", "all"}
    for one in rate_limits.LIMITS:
        assert one.why
        assert str(one.refusal).endswith(".")


def test_a_sender_number_that_expired_sends_nothing() -> None:
    sender()
    Sender.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(RefusedError):
        begin_verification(number=NUMBER, address=ADDRESS)
