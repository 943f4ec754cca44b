"""Bizgo: what its codes mean, how texts go, and its queue of reports."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from pytest_django import Settings

from gwonseon.messaging.gateways import (
    Answer,
    ChannelPausedError,
    NotAcceptedError,
    Parcel,
    UnknownOutcomeError,
)
from gwonseon.messaging.gateways.bizgo import BizgoGateway, shared_ends
from gwonseon.messaging.gateways.said import reference
from gwonseon.messaging.models import Receipt
from tests.messaging.gateways.bizgo_server import BizgoServer, envelope, report
from tests.messaging.gateways.conftest import LONG_TEXT, TEXT, TITLE, MakeParcel, refusing
from tests.messaging.gateways.servers import Fault, await_less

Outcome = Receipt.Outcome


@pytest.fixture
def server(settings: Settings) -> Iterator[BizgoServer]:
    with BizgoServer() as started:
        settings.BIZGO_URL = started.address
        yield started


@pytest.fixture
def parcel(make_parcel: MakeParcel) -> Parcel:
    return make_parcel(gateway="bizgo")


def send(parcel: Parcel) -> list[Answer]:
    return BizgoGateway().send(parcel, lambda _reference: None)


def accepted(answers: list[Answer]) -> list[bool]:
    return [answer.is_accepted for answer in answers]


def test_a_short_text_goes_as_sms_and_without_its_title(
    server: BizgoServer, parcel: Parcel
) -> None:
    send(parcel)

    assert server.flows == [{"sms": {"from": parcel.sender, "text": TEXT}}]
    assert set(server.phones.values()) == {TEXT}


def test_a_long_text_goes_as_lms_with_its_title(
    server: BizgoServer, make_parcel: MakeParcel
) -> None:
    parcel = make_parcel(gateway="bizgo", text=LONG_TEXT)
    send(parcel)
    send(replace(parcel, title="", key=make_parcel().key))

    long = {"from": parcel.sender, "text": LONG_TEXT}
    assert server.flows == [{"mms": long | {"title": TITLE}}, {"mms": long}]


def test_a_text_of_a_form_goes_with_plain_line_breaks(
    server: BizgoServer, make_parcel: MakeParcel
) -> None:
    send(make_parcel(gateway="bizgo", text="가" * 40 + "\r\n" * 10))

    assert server.flows[0]["sms"]["text"] == "가" * 40 + "\n" * 10


@pytest.mark.parametrize(
    "texts",
    [
        ("알림 /s/aaaa", "알림 /s/abab", "알림 /s/bbbb"),
        ("알림 1 끝", "알림 2 끝", "알림 2 끝"),
        ("가", "나나", "다다다"),
        ("알림", "알림 알림", "알림 알림 알림"),
        ("가" * 44 + "1 끝", "가" * 44 + "2 끝", "가" * 44 + "3 끝"),
    ],
)
def test_texts_that_differ_reach_each_phone_as_its_own(
    server: BizgoServer, parcel: Parcel, texts: tuple[str, ...]
) -> None:
    letters = [replace(one, text=text) for one, text in zip(parcel.letters, texts, strict=True)]

    assert accepted(send(replace(parcel, letters=letters))) == [True, True, True]
    assert [server.phones[letter.number] for letter in letters] == list(texts)
    assert server.asked["send"] == 1
    kind = "mms" if len(texts[0].encode("cp949")) > 90 else "sms"
    assert [list(flow) for flow in server.flows] == [[kind]]


@pytest.mark.parametrize(
    ("texts", "ends"),
    [
        (["ab", "ab"], ("ab", "")),
        (["abcd", "abxd"], ("ab", "d")),
        (["aa", "aaa"], ("aa", "")),
        (["", "a"], ("", "")),
        (["xa", "ya", "za"], ("", "a")),
    ],
)
def test_shared_ends_do_not_overlap(texts: list[str], ends: tuple[str, str]) -> None:
    assert shared_ends(texts) == ends


def test_a_text_that_cannot_be_sent_is_refused_before_it_leaves(
    server: BizgoServer, make_parcel: MakeParcel
) -> None:
    for text in (f"{TEXT} 😀", "가" * 1_001):
        answers = send(make_parcel(gateway="bizgo", text=text))
        assert {(one.is_accepted, one.code) for one in answers} == {(False, "not-sendable")}

    assert not server.asked["send"]


def test_a_repeated_key_is_answered_with_what_was_taken(
    server: BizgoServer, parcel: Parcel
) -> None:
    server.refused["0002"] = "A306"
    send(parcel)

    again = send(parcel)

    assert [(one.is_accepted, one.code) for one in again] == [
        (True, "A301"),
        (False, "A306"),
        (True, "A301"),
    ]
    assert set(server.taken.values()) == {1}


def test_a_repeated_key_may_be_answered_as_a_whole(server: BizgoServer, parcel: Parcel) -> None:
    server.says_whole_calls_are_doubled = True
    send(parcel)

    again = send(parcel)

    assert [(one.id, one.is_accepted, one.code) for one in again] == [
        (letter.id, True, "A301") for letter in parcel.letters
    ]


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (401, "A001", ChannelPausedError),
        (403, "A110", ChannelPausedError),
        (400, "A325", ChannelPausedError),
        (200, "A327", ChannelPausedError),
        (400, "A323", ChannelPausedError),
        (400, "A320", ChannelPausedError),
        (429, "A020", NotAcceptedError),
        (200, "A020", NotAcceptedError),
        (500, "A910", UnknownOutcomeError),
        (200, "A920", UnknownOutcomeError),
        (400, "A999", UnknownOutcomeError),
    ],
)
def test_codes_of_whole_calls(
    server: BizgoServer, parcel: Parcel, status: int, code: str, error: type[Exception]
) -> None:
    server.errors.append((status, code))

    with refusing(error):
        send(parcel)

    assert server.asked["send"] == 1
    assert accepted(send(parcel)) == [True, True, True]
    assert set(server.taken.values()) == {1}


@pytest.mark.parametrize(("status", "code"), [(400, "A322"), (200, "A300"), (400, "A303")])
def test_a_call_that_is_refused_for_what_it_is_refuses_every_letter(
    server: BizgoServer, parcel: Parcel, status: int, code: str
) -> None:
    server.errors.append((status, code))

    assert {(one.is_accepted, one.code) for one in send(parcel)} == {(False, code)}


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("A327", ChannelPausedError),
        ("A320", ChannelPausedError),
        ("A020", NotAcceptedError),
        ("A910", UnknownOutcomeError),
    ],
)
def test_the_same_code_for_every_recipient_is_one_for_the_call(
    server: BizgoServer, parcel: Parcel, code: str, error: type[Exception]
) -> None:
    server.refused[""] = code

    with refusing(error):
        send(parcel)


@pytest.mark.parametrize("code", ["A020", "A320", "A910", "A327"])
def test_what_some_recipients_were_refused_for_now_is_sent_again_under_the_same_key(
    server: BizgoServer, parcel: Parcel, code: str
) -> None:
    server.refused["0002"] = code

    with refusing(UnknownOutcomeError):
        send(parcel)
    server.refused.clear()

    assert accepted(send(parcel)) == [True, True, True]
    assert set(server.taken.values()) == {1}


@pytest.mark.parametrize(
    "destinations",
    [
        None,
        [],
        [{"to": "01099990001", "code": "A000", "msgKey": "1"}],
        [{"to": f"0109999000{at}", "msgKey": str(at)} for at in (1, 2, 3)],
        [{"to": f"0109999100{at}", "code": "A000", "msgKey": str(at)} for at in (1, 2, 3)],
        [{"code": "A000"}] * 3,
        "A000",
    ],
)
def test_answers_that_do_not_speak_of_every_letter_make_no_sense(
    server: BizgoServer,
    parcel: Parcel,
    monkeypatch: pytest.MonkeyPatch,
    destinations: Any,
) -> None:
    said = envelope({"destinations": destinations})
    monkeypatch.setattr(server, "send", lambda _facts: (200, said))

    with refusing(UnknownOutcomeError):
        send(parcel)


def test_answers_in_another_order_are_told_by_their_numbers(
    server: BizgoServer, parcel: Parcel, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [
        {"to": "01099990003", "code": "A000", "msgKey": "third"},
        {"to": "01099990001", "code": "A306"},
        {"to": "01099990002", "code": "A000", "msgKey": "k" * 101},
    ]
    monkeypatch.setattr(server, "send", lambda _facts: (200, envelope({"destinations": said})))

    assert [(one.is_accepted, one.reference) for one in send(parcel)] == [
        (False, ""),
        (True, reference("k" * 101)),
        (True, "third"),
    ]


@pytest.mark.parametrize("fault", Fault)
def test_no_call_is_repeated_within(
    server: BizgoServer, parcel: Parcel, settings: Settings, fault: Fault
) -> None:
    await_less(settings, fault)
    server.faults["send"].append(fault)

    with refusing(NotAcceptedError if fault is Fault.BUSY else UnknownOutcomeError):
        send(parcel)

    assert server.asked == {"send": 1}


def test_a_wrong_key_pauses_the_channel(
    server: BizgoServer, parcel: Parcel, settings: Settings
) -> None:
    for key in ("wrong", "", "열쇠"):
        settings.BIZGO_API_KEY = key
        with refusing(ChannelPausedError) as caught:
            send(parcel)
        assert caught.value.pause == "authentication"


def test_a_server_that_is_not_there_took_nothing(parcel: Parcel, settings: Settings) -> None:
    with BizgoServer() as gone:
        settings.BIZGO_URL = gone.address

    with refusing(NotAcceptedError):
        send(parcel)
    with refusing(NotAcceptedError):
        BizgoGateway().fetch_reports()


def test_a_parcel_is_sent_again_and_not_looked_for(parcel: Parcel) -> None:
    with refusing(UnknownOutcomeError):
        BizgoGateway().find(parcel)


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("10000", Outcome.DELIVERED),
        ("20301", Outcome.UNDELIVERED),
        ("A999", Outcome.UNREAD),
        ("1000", Outcome.UNREAD),
        ("", Outcome.UNREAD),
        ("１００００", Outcome.UNREAD),
    ],
)
def test_codes_of_reports(server: BizgoServer, code: str, outcome: Receipt.Outcome) -> None:
    server.queue.append(report("key", "7", code))

    (one,) = BizgoGateway().fetch_reports()

    assert (one.reference, one.message_id, one.outcome) == ("key", 7, outcome)
    assert one.happened_at == datetime.fromisoformat("2026-11-27T09:00:00+09:00")


def test_strange_reports_are_kept_as_far_as_they_can_be_read(server: BizgoServer) -> None:
    server.queue += [
        {"msgKey": "a", "ref": "x7", "reportCode": "\x00" + "9" * 100, "reportTime": "어제"},
        {"msgKey": "b", "ref": "9" * 19},
        {"ref": "7", "reportCode": "10000"},
        report("late", "999999999"),
        report("late", "999999999"),
    ]

    reports = BizgoGateway().fetch_reports()

    assert [(one.reference, one.message_id) for one in reports] == [
        ("a", None),
        ("b", None),
        ("", 7),
        ("late", 999999999),
        ("late", 999999999),
    ]
    assert reports[0].code == "9" * 40
    assert reports[0].happened_at is None


def test_reports_that_were_acknowledged_meanwhile_are_passed(server: BizgoServer) -> None:
    server.queue.append(report("key", "7"))
    first = BizgoGateway().fetch_reports()
    BizgoGateway().acknowledge(first)
    server.queue.append(report("other", "8"))

    BizgoGateway().acknowledge(first)

    assert [one.reference for one in BizgoGateway().fetch_reports()] == ["other"]


@pytest.mark.parametrize("fault", [Fault.ERROR_BEFORE, Fault.HALF_AFTER, Fault.NO_JSON])
def test_reports_whose_answer_is_lost_come_again(server: BizgoServer, fault: Fault) -> None:
    server.queue.append(report("key", "7"))
    server.faults["poll"].append(fault)
    gateway = BizgoGateway()
    with refusing(UnknownOutcomeError):
        gateway.fetch_reports()

    reports = gateway.fetch_reports()
    assert len(reports) == 1
    server.faults["acknowledge"].append(Fault.DROP_BEFORE)
    with refusing(UnknownOutcomeError):
        gateway.acknowledge(reports)

    assert gateway.fetch_reports() == reports


def test_reports_without_permission_pause_the_channel(
    server: BizgoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "poll", lambda: (400, envelope(code="A801")))

    with refusing(ChannelPausedError):
        BizgoGateway().fetch_reports()
