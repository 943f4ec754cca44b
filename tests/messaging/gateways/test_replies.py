"""What the outbox may expect of every gateway that delivers replies, and what each does."""

import stat
from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from pytest_django import Settings

from gwonseon.messaging.gateways import (
    ChannelPausedError,
    DeliversReplies,
    Reply,
    UnknownOutcomeError,
    written,
)
from gwonseon.messaging.gateways.bizgo import BizgoGateway
from gwonseon.messaging.gateways.file import FileGateway
from gwonseon.messaging.gateways.solapi import SolapiGateway
from tests.messaging.gateways.bizgo_server import MO_NUMBER, BizgoServer, envelope, reply
from tests.messaging.gateways.conftest import refusing
from tests.messaging.gateways.servers import Fault, await_less

pytestmark = pytest.mark.django_db

FIRST, SECOND = "01099990001", "01099990002"
TEXT = "예시 알림에 대한 답"


class Case(ABC):
    """A gateway that delivers replies, with a vendor of its own."""

    gateway: DeliversReplies

    @abstractmethod
    def reply(self, number: str, text: str) -> None:
        """Reply from a phone."""


class FileCase(Case):
    def __init__(self) -> None:
        self.gateway = FileGateway()

    def reply(self, number: str, text: str) -> None:
        written.write_reply(number, text)


class BizgoCase(Case):
    def __init__(self, server: BizgoServer) -> None:
        self.gateway = BizgoGateway()
        self.server = server

    def reply(self, number: str, text: str) -> None:
        self.server.replies.append(reply(number, text, timezone.localtime()))


@pytest.fixture
def server(settings: Settings) -> Iterator[BizgoServer]:
    settings.BIZGO_MO_NUMBER = MO_NUMBER
    with BizgoServer() as started:
        settings.BIZGO_URL = started.address
        yield started


@pytest.fixture(params=["file", "bizgo"])
def case(request: pytest.FixtureRequest, server: BizgoServer) -> Case:
    return FileCase() if request.param == "file" else BizgoCase(server)


def read(replies: object) -> list[tuple[str, str]]:
    return sorted((one.number, one.text) for one in replies)


def test_solapi_delivers_no_replies_and_the_others_do() -> None:
    assert not isinstance(SolapiGateway(), DeliversReplies)
    assert isinstance(BizgoGateway(), DeliversReplies)
    assert isinstance(FileGateway(), DeliversReplies)


def test_replies_come_until_they_are_acknowledged(case: Case) -> None:
    assert not case.gateway.fetch_replies()
    case.reply(FIRST, TEXT)
    case.reply(SECOND, "STOP")

    replies = list(case.gateway.fetch_replies())

    assert read(replies) == [(FIRST, TEXT), (SECOND, "STOP")]
    assert read(case.gateway.fetch_replies()) == read(replies)
    case.gateway.acknowledge_replies(replies)
    assert not case.gateway.fetch_replies()
    case.reply(FIRST, "STOP")
    assert read(case.gateway.fetch_replies()) == [(FIRST, "STOP")]


def test_another_worker_may_acknowledge_the_replies_and_twice(case: Case) -> None:
    case.reply(FIRST, TEXT)
    replies = list(case.gateway.fetch_replies())

    for _time in range(2):
        type(case.gateway)().acknowledge_replies(replies)
        case.gateway.acknowledge_replies([])

    assert not case.gateway.fetch_replies()


def test_acknowledging_an_older_page_brings_nothing_back(case: Case) -> None:
    case.reply(FIRST, TEXT)
    old = list(case.gateway.fetch_replies())
    case.gateway.acknowledge_replies(old)
    case.reply(SECOND, TEXT)
    case.gateway.acknowledge_replies(case.gateway.fetch_replies())

    case.gateway.acknowledge_replies(old)

    assert not case.gateway.fetch_replies()


# The gateway that only writes.


def append(content: bytes) -> None:
    written.replies_path().write_bytes(content)


def test_whoever_tries_the_portal_appends_a_line() -> None:
    append("010-9999-0001 수신 거부\r\n01099990002\n\n \xff 거부\n".encode())

    assert [(one.number, one.text) for one in FileGateway().fetch_replies()] == [
        ("010-9999-0001", "수신 거부"),
        (SECOND, ""),
        ("", ""),
        ("ÿ", "거부"),
    ]


def test_a_line_that_has_no_end_yet_waits() -> None:
    append(f"{FIRST} ST".encode())
    assert not FileGateway().fetch_replies()

    append(f"{FIRST} STOP\n".encode())
    assert read(FileGateway().fetch_replies()) == [(FIRST, "STOP")]


def test_bytes_that_are_no_text_block_no_other_line() -> None:
    append(b"\xff\xfe\x00\n" + f"{FIRST} STOP\n".encode())

    assert [one.text for one in FileGateway().fetch_replies()] == ["", "STOP"]


def test_a_file_of_replies_that_is_begun_anew_is_read_from_its_beginning() -> None:
    gateway = FileGateway()
    append(f"{FIRST} {TEXT}\n".encode() * 9)
    gateway.acknowledge_replies(gateway.fetch_replies())
    append(f"{SECOND} STOP\n".encode())

    replies = gateway.fetch_replies()

    assert read(replies) == [(SECOND, "STOP")]
    gateway.acknowledge_replies(replies)
    assert not gateway.fetch_replies()


def test_replies_are_no_messages_that_were_sent_and_only_the_portal_may_read_them() -> None:
    written.write_reply(FIRST, TEXT)
    gateway = FileGateway()
    gateway.acknowledge_replies(gateway.fetch_replies())

    assert not written.sent_messages(10)
    assert not gateway.fetch_reports()
    for path in written.folder().iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


# Bizgo.


def fetch() -> list[Reply]:
    return list(BizgoGateway().fetch_replies())


def test_bizgo_is_asked_for_our_number_only_and_not_without_one(
    server: BizgoServer, settings: Settings
) -> None:
    now = timezone.localtime()
    server.replies = [reply(FIRST, TEXT, now, to="0310000001"), reply(SECOND, TEXT, now)]
    assert read(fetch()) == [(SECOND, TEXT)]

    settings.BIZGO_MO_NUMBER = ""
    assert fetch() == []
    assert server.asked["replies"] == 1


@pytest.mark.parametrize("flag", ["DEMO", "DEBUG"])
def test_a_portal_to_try_reads_nobodys_replies(
    server: BizgoServer, settings: Settings, flag: str
) -> None:
    server.replies = [reply(FIRST, TEXT, timezone.localtime())]
    setattr(settings, flag, True)

    assert fetch() == []
    assert not server.asked


def test_the_number_is_the_phones_own_and_not_what_its_owner_typed(server: BizgoServer) -> None:
    now = timezone.localtime().replace(microsecond=0)
    server.replies = [reply(FIRST, "STOP", now, **{"from": SECOND})]

    (one,) = fetch()

    assert (one.number, one.text, one.sent_at) == (FIRST, "STOP", now)


def test_all_pages_are_read(server: BizgoServer) -> None:
    server.replies_at_once = 2
    numbers = [f"0109999000{at}" for at in range(7)]
    server.replies = [reply(number, TEXT, timezone.localtime()) for number in numbers]

    assert [one.number for one in fetch()] == numbers[::-1]
    assert server.asked["replies"] == 4


def test_a_list_that_never_ends_is_left(
    server: BizgoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = envelope({"messages": [], "lastSeq": 7, "hasNext": True})
    monkeypatch.setattr(server, "list_replies", lambda _query: (200, said))

    assert fetch() == []
    assert server.asked["replies"] == 2


def test_a_reply_is_found_days_later_and_out_of_order(server: BizgoServer) -> None:
    now = timezone.localtime()
    server.replies = [reply(FIRST, TEXT, now)]
    BizgoGateway().acknowledge_replies(fetch())
    server.replies.insert(0, reply(SECOND, "STOP", now - timedelta(days=6)))

    assert read(fetch()) == [(SECOND, "STOP")]


def test_the_same_reply_twice_is_one_and_the_same_words_twice_are_two(server: BizgoServer) -> None:
    one = reply(FIRST, "STOP", timezone.localtime())
    server.replies = [one, one, one | {"msgKey": "another"}]

    assert len(fetch()) == 2


@pytest.mark.parametrize(
    "broken",
    [
        {},
        [],
        None,
        "STOP",
        {"serviceType": "MO2", "occurredTime": 5, "content": ["STOP"], "originator": 1099990001},
        {"content": "\ud800STOP", "originator": None},
    ],
)
def test_a_broken_reply_blocks_no_other(server: BizgoServer, broken: object) -> None:
    server.replies_at_once = 2
    good = reply(FIRST, "STOP", timezone.localtime())
    later = reply(SECOND, "STOP", timezone.localtime())
    server.replies = [later, good, broken]
    if isinstance(broken, dict):
        broken.pop("occurredTime", None)

    replies = fetch()

    assert read(replies)[-2:] == [(FIRST, "STOP"), (SECOND, "STOP")]
    assert len(replies) == 3
    BizgoGateway().acknowledge_replies(replies)
    assert fetch() == []


@pytest.mark.parametrize("said", [{"messages": "STOP"}, {"messages": {}}, [], "STOP", 5])
def test_a_list_that_cannot_be_read_is_asked_for_again(
    server: BizgoServer, monkeypatch: pytest.MonkeyPatch, said: object
) -> None:
    monkeypatch.setattr(server, "list_replies", lambda _query: (200, envelope(said)))

    with refusing(UnknownOutcomeError):
        fetch()


@pytest.mark.parametrize("fault", Fault)
def test_replies_whose_answer_is_lost_come_again(
    server: BizgoServer, settings: Settings, fault: Fault
) -> None:
    await_less(settings, fault)
    server.replies = [reply(FIRST, "STOP", timezone.localtime())]
    server.faults["replies"].append(fault)

    with pytest.raises(Exception) as lost:
        fetch()

    assert type(lost.value).__module__ == "gwonseon.messaging.gateways"
    settings.SMS_TIMEOUT = 10
    assert read(fetch()) == [(FIRST, "STOP")]


def test_without_permission_the_outbox_is_told_so(
    server: BizgoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "list_replies", lambda _query: (403, envelope(code="A110")))

    with refusing(ChannelPausedError):
        fetch()


def test_a_list_without_a_reply_may_be_said_by_a_code(
    server: BizgoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "list_replies", lambda _query: (400, envelope(code="A820")))

    assert fetch() == []


def test_replies_that_the_cache_forgot_come_again(server: BizgoServer) -> None:
    server.replies = [reply(FIRST, "STOP", timezone.localtime())]
    BizgoGateway().acknowledge_replies(fetch())
    cache.clear()

    assert read(fetch()) == [(FIRST, "STOP")]


def test_nothing_of_a_reply_can_be_read_from_what_is_remembered(server: BizgoServer) -> None:
    server.replies = [reply(FIRST, TEXT, timezone.localtime())]
    (one,) = fetch()

    assert len(one.page) == 64
    assert set(one.page) <= set("0123456789abcdef")
