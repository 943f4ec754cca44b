"""The gateway that only writes: files of a day, idempotent, and not harmed by a kill."""

import json
import stat
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from gwonseon.messaging import upkeep
from gwonseon.messaging.gateways import (
    ChannelPausedError,
    Letter,
    NotAcceptedError,
    Parcel,
    UnknownOutcomeError,
    written,
)
from gwonseon.messaging.gateways.faults import Fault, Faults
from gwonseon.messaging.gateways.file import FileGateway
from gwonseon.messaging.gateways.written import sent_messages
from gwonseon.messaging.models import Channel, Receipt
from tests.messaging.gateways.conftest import SENDER, TEXT, TITLE, refusing
from tests.messaging.gateways.processes import read, start, write


def parcel(*numbers: str, key: UUID | None = None, first: int = 1, text: str = TEXT) -> Parcel:
    letters = [Letter(first + at, number, text) for at, number in enumerate(numbers)]
    return Parcel(key or uuid4(), SENDER, TITLE, letters)


def send(one: Parcel) -> list[tuple[int, bool, str]]:
    return [
        (answer.id, answer.is_accepted, answer.code)
        for answer in FileGateway().send(one, lambda _reference: None)
    ]


def today() -> Path:
    (path,) = written.files()
    return path


def test_a_message_is_written_with_all_that_is_known_of_it() -> None:
    one = parcel("01099990001")

    send(one)

    (message,) = sent_messages(10)
    assert (message.batch, message.id, message.sender) == (one.key, 1, SENDER)
    assert (message.title, message.text, message.number) == (TITLE, TEXT, "01099990001")
    assert abs((timezone.now() - message.written_at).total_seconds()) < 60
    assert today().name == f"{timezone.localdate()}.jsonl"


def test_only_the_portal_may_read_the_files() -> None:
    Faults(next=("busy",)).write()
    with refusing(NotAcceptedError):
        send(parcel("01099990001"))
    send(parcel("01099990001"))
    gateway = FileGateway()
    gateway.acknowledge(gateway.fetch_reports())

    assert stat.S_IMODE(written.folder().stat().st_mode) == 0o700
    for path in written.folder().iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_newest_messages_come_first_across_days(monkeypatch: pytest.MonkeyPatch) -> None:
    for day in (26, 27):
        moment = datetime(2026, 11, day, 12, tzinfo=ZoneInfo("Asia/Seoul"))
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        send(parcel("01099990001", "01099990002", first=10 * day))

    assert [message.id for message in sent_messages(3)] == [271, 270, 261]
    assert len(written.files()) == 2


def test_a_parcel_that_is_sent_again_is_written_once() -> None:
    one = parcel("01099990001", "01099990002")

    assert FileGateway().send(one, print) == FileGateway().send(one, print)
    assert len(sent_messages(10)) == 2


def test_a_parcel_that_is_sent_again_after_midnight_is_written_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = parcel("01099990001")
    for day in (26, 27):
        moment = datetime(2026, 11, day, 23, 59, tzinfo=ZoneInfo("Asia/Seoul"))
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        send(one)

    assert len(sent_messages(10)) == 1


def write_on(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """Send a message on a day, at its last minute in Seoul."""
    moment = datetime(day.year, day.month, day.day, 23, 59, tzinfo=ZoneInfo("Asia/Seoul"))
    with monkeypatch.context() as clock:
        clock.setattr(timezone, "now", lambda: moment)
        send(parcel("01099990001"))


@pytest.mark.django_db
def test_the_clock_deletes_what_was_written_more_than_seven_days_ago(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    day = date(2026, 11, 20)
    for back in (9, 8, 7, 0):
        write_on(day - timedelta(days=back), monkeypatch)

    upkeep.keep_up(datetime(2026, 11, 20, 0, 1, tzinfo=ZoneInfo("Asia/Seoul")))

    assert [path.stem for path in written.files()] == ["2026-11-13", "2026-11-20"]
    assert len(sent_messages(10)) == 2


def test_a_portal_that_never_wrote_gets_no_folder(tmp_path: Path) -> None:
    assert written.delete_old(timezone.now()) == 0
    assert not (tmp_path / "messages").exists()


def test_what_is_deleted_is_reported_no_more_and_what_follows_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gateway, today = FileGateway(), timezone.localdate()
    write_on(today - timedelta(days=9), monkeypatch)
    gateway.acknowledge(gateway.fetch_reports())
    write_on(today - timedelta(days=8), monkeypatch)
    send(parcel("01099990002", first=2))

    assert written.delete_old(timezone.now()) == 2
    assert [report.message_id for report in gateway.fetch_reports()] == [2]


def test_faults_and_positions_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    Faults(refused=("0002",)).write()
    write_on(timezone.localdate() - timedelta(days=8), monkeypatch)
    FileGateway().acknowledge(FileGateway().fetch_reports())

    assert written.delete_old(timezone.now()) == 1
    assert {path.name for path in written.folder().iterdir()} == {
        "faults.json",
        "lock",
        "reports-outbox.json",
    }


def test_a_text_that_looks_like_a_line_is_a_text() -> None:
    one = parcel("01099990001")
    other = parcel("01099990002", text=f'\n{{"batch": "{one.key}", "id": 1}}\n')
    send(other)

    send(one)

    assert [message.text for message in sent_messages(10)] == [TEXT, other.letters[0].text]


def test_a_torn_line_is_not_a_message_and_is_cut() -> None:
    one = parcel("01099990001", "01099990002")
    send(one)
    content = today().read_bytes()
    today().write_bytes(content[:-20])

    assert [message.id for message in sent_messages(10)] == [1]
    assert send(one) == [(1, True, ""), (2, True, "")]
    assert [message.id for message in sent_messages(10)] == [2, 1]
    assert all(json.loads(line) for line in today().read_bytes().splitlines())


def test_a_file_that_is_only_a_torn_line_is_begun_anew() -> None:
    send(parcel("01099990001"))
    today().write_bytes(b'{"batch": "')

    assert sent_messages(10) == []
    send(parcel("01099990001"))
    assert len(sent_messages(10)) == 1


def test_numbers_are_refused_by_their_last_digits() -> None:
    Faults(refused=("0002",)).write()
    one = parcel("01099990001", "01099990002")

    assert send(one) == [(1, True, ""), (2, False, "refused")]
    assert [message.id for message in sent_messages(10)] == [1]
    Faults().write()
    assert send(one) == [(1, True, ""), (2, False, "refused")]


def test_every_message_that_was_taken_is_reported_until_it_is_acknowledged() -> None:
    Faults(refused=("0002",), undelivered=("0003",)).write()
    send(parcel("01099990001", "01099990002", "01099990003"))
    gateway = FileGateway()

    reports = gateway.fetch_reports()
    assert [(report.message_id, report.outcome) for report in reports] == [
        (1, Receipt.Outcome.DELIVERED),
        (3, Receipt.Outcome.UNDELIVERED),
    ]
    assert gateway.fetch_reports() == reports
    FileGateway().acknowledge(reports)
    assert gateway.fetch_reports() == []
    assert len(FileGateway(consumer="other").fetch_reports()) == 2
    send(parcel("01099990004", first=4))
    assert [report.message_id for report in gateway.fetch_reports()] == [4]


def test_acknowledging_twice_or_an_older_page_goes_not_back() -> None:
    gateway = FileGateway()
    send(parcel("01099990001"))
    old = gateway.fetch_reports()
    gateway.acknowledge(old)
    send(parcel("01099990002", first=2))
    gateway.acknowledge(gateway.fetch_reports())

    gateway.acknowledge(old)
    gateway.acknowledge([])

    assert gateway.fetch_reports() == []


def test_reports_go_on_in_the_next_days_file(monkeypatch: pytest.MonkeyPatch) -> None:
    gateway = FileGateway()
    seen = []
    for day in (26, 27, 28):
        moment = datetime(2026, 11, day, 12, tzinfo=ZoneInfo("Asia/Seoul"))
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        send(parcel("01099990001", first=day))
        if day > 26:
            reports = gateway.fetch_reports()
            seen += [report.message_id for report in reports]
            gateway.acknowledge(reports)

    assert seen == [26, 27, 28]


@pytest.mark.parametrize(
    ("fault", "error", "taken"),
    [
        (Fault.BEFORE, UnknownOutcomeError, 0),
        (Fault.AFTER, UnknownOutcomeError, 1),
        (Fault.BUSY, NotAcceptedError, 0),
        (Fault.BALANCE, ChannelPausedError, 0),
        (Fault.AUTHENTICATION, ChannelPausedError, 0),
        (Fault.SENDER, ChannelPausedError, 0),
    ],
)
def test_the_next_call_fails_as_it_is_told_to_and_only_that(
    fault: Fault, error: type[Exception], taken: int
) -> None:
    Faults(next=(fault,)).write()
    one = parcel("01099990001")

    with refusing(error) as caught:
        send(one)

    assert len(sent_messages(10)) == taken
    if isinstance(caught.value, ChannelPausedError):
        assert caught.value.pause == Channel.Pause(fault)
    assert send(one) == [(1, True, "")]
    assert len(sent_messages(10)) == 1


def test_a_rate_of_faults_is_kept() -> None:
    Faults(rates={"busy": 0.5}).write()
    refused = 0
    for at in range(200):
        try:
            send(parcel("01099990001", first=at))
        except NotAcceptedError:
            refused += 1

    assert 60 < refused < 140
    assert len(sent_messages(1000)) == 200 - refused


@pytest.mark.parametrize("content", ["", "[]", '{"next": ["fire"]}', '{"rates": {"busy": "x"}}'])
def test_faults_that_cannot_be_read_stop_sending(content: str) -> None:
    (written.folder() / "faults.json").write_text(content)

    with refusing(NotAcceptedError):
        send(parcel("01099990001"))


def ended(process: BaseProcess) -> int | None:
    """Return a process's exit status when it has ended; an error is 1."""
    process.join()
    return process.exitcode


def test_processes_that_write_at_the_same_moment_do_not_mix_their_lines(tmp_path: Path) -> None:
    writers = [start(write, tmp_path, first, first + 20) for first in (1, 11, 21)]
    assert [ended(writer) for writer in writers] == [0, 0, 0]

    # Batches 11 to 20 and 21 to 30 were sent by two each.
    counted = Counter(message.id for message in sent_messages(100_000))
    assert len(counted) == 4_000
    assert set(counted.values()) == {1}


def test_old_files_go_while_others_write_and_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody who reads is surprised, and nothing that is written meanwhile is lost."""
    old = [timezone.localdate() - timedelta(days=back) for back in range(8, 28)]
    writers = [start(write, tmp_path, first, first + 10) for first in (1, 11)]
    readers = [start(read, tmp_path) for _reader in range(2)]
    deleted = 0
    for day in old:
        write_on(day, monkeypatch)
        deleted += written.delete_old(timezone.now())
    assert [ended(writer) for writer in writers] == [0, 0]
    (tmp_path / "stop").touch()

    assert [ended(reader) for reader in readers] == [0, 0]
    assert deleted == len(old)
    counted = Counter(message.id for message in sent_messages(100_000))
    assert sum(counted.values()) == len(counted) == 2_000


def test_whoever_deletes_waits_for_whoever_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    write_on(timezone.localdate() - timedelta(days=8), monkeypatch)
    with ThreadPoolExecutor(1) as pool:
        with written.lock():
            deleting = pool.submit(written.delete_old, timezone.now())
            time.sleep(0.2)
            assert not deleting.done()
            assert len(written.files()) == 1
        assert deleting.result() == 1
    assert written.files() == []


def test_a_writer_that_is_killed_leaves_each_message_written_once(tmp_path: Path) -> None:
    for _kill in range(8):
        writer = start(write, tmp_path, 1, 100_000)
        time.sleep(0.05)
        writer.kill()
        writer.join()
    last = sent_messages(1)[0].id // 100

    assert ended(start(write, tmp_path, 1, last + 2)) == 0

    counted = Counter(message.id for message in sent_messages(10_000_000))
    assert set(counted.values()) == {1}
    assert set(counted) == set(range(100, 100 * (last + 2)))


def test_the_same_key_with_more_letters_writes_only_what_is_new() -> None:
    one = parcel("01099990001", "01099990002")
    send(replace(one, letters=one.letters[:1]))

    send(one)

    assert [message.id for message in sent_messages(10)] == [2, 1]
