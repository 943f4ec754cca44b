"""SOLAPI: groups that are started once or never, and the reports of their messages."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pytest_django import Settings

from gwonseon.messaging.gateways import (
    Answer,
    ChannelPausedError,
    NotAcceptedError,
    Parcel,
    Report,
    UnknownOutcomeError,
    solapi,
)
from gwonseon.messaging.gateways.solapi import SolapiGateway
from gwonseon.messaging.gateways.solapi_line import RefusedCallError, SolapiLine
from gwonseon.messaging.models import Batch, Message, Receipt
from tests.messaging.gateways.conftest import LONG_TEXT, TEXT, TITLE, MakeParcel, refusing, store
from tests.messaging.gateways.servers import Fault, await_less
from tests.messaging.gateways.solapi_server import SolapiServer

Outcome = Receipt.Outcome


@pytest.fixture
def server(settings: Settings) -> Iterator[SolapiServer]:
    with SolapiServer() as started:
        settings.SOLAPI_URL = started.address
        yield started


@pytest.fixture
def parcel(make_parcel: MakeParcel) -> Parcel:
    return make_parcel(gateway="solapi")


def send(parcel: Parcel) -> list[Answer]:
    return SolapiGateway().send(parcel, remember(parcel))


def remember(parcel: Parcel) -> Any:
    return lambda name: Batch.objects.filter(pk=parcel.key).update(reference=name)


def known(parcel: Parcel) -> Parcel:
    return replace(parcel, reference=Batch.objects.get(pk=parcel.key).reference)


def lose(server: SolapiServer, parcel: Parcel, place: str, fault: Fault) -> Parcel:
    """Send a parcel whose answer is lost."""
    server.faults[place].append(fault)
    with refusing(UnknownOutcomeError):
        send(parcel)
    return known(parcel)


def kill_after(parcel: Parcel, steps: int) -> Parcel:
    """Do what a worker does that is killed after so many calls."""
    with SolapiLine() as line:
        group = solapi.make_group(line, parcel)
        remember(parcel)(group)
        if steps > 1:
            solapi.fill(line, group, parcel)
    return known(parcel)


def test_messages_go_with_our_numbers_and_as_their_kind(
    server: SolapiServer, make_parcel: MakeParcel
) -> None:
    short = make_parcel(1, gateway="solapi", text=f"{TEXT}\r\n")
    long = make_parcel(1, text=LONG_TEXT)
    send(short)
    send(long)

    messages = [next(iter(group.values())) for group in server.messages.values()]
    assert [(one["type"], one.get("subject"), one["text"]) for one in messages] == [
        ("SMS", None, f"{TEXT}\n"),
        ("LMS", TITLE, LONG_TEXT),
    ]
    assert [one["customFields"]["id"] for one in messages] == [
        str(short.letters[0].id),
        str(long.letters[0].id),
    ]


def test_a_group_is_remembered_before_it_is_filled(server: SolapiServer, parcel: Parcel) -> None:
    def look(name: str) -> None:
        assert server.groups[name]["status"] == "PENDING"
        assert not server.messages[name]

    SolapiGateway().send(parcel, look)


def test_what_cannot_be_remembered_is_not_sent(server: SolapiServer, parcel: Parcel) -> None:
    def fail(_name: str) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        SolapiGateway().send(parcel, fail)

    assert not server.taken
    assert server.asked == {"make": 1}


@pytest.mark.parametrize("steps", [1, 2])
def test_a_group_of_a_killed_worker_is_deleted_before_it_is_called_not_taken(
    server: SolapiServer, parcel: Parcel, steps: int
) -> None:
    lost = kill_after(parcel, steps)

    assert SolapiGateway().find(lost) is None

    assert server.groups[lost.reference]["status"] == "DELETED"
    with SolapiLine() as line, refusing(RefusedCallError):
        line.call("POST", f"/messages/v4/groups/{lost.reference}/send")
    assert not server.taken


def test_a_worker_that_comes_too_late_starts_nothing(server: SolapiServer, parcel: Parcel) -> None:
    """Another process looks the group up before it is started, which deletes the group."""
    gateway = SolapiGateway()

    def lose_lease(name: str) -> None:
        remember(parcel)(name)
        assert gateway.find(known(parcel)) is None

    with refusing(NotAcceptedError):
        gateway.send(parcel, lose_lease)

    assert not server.taken


def test_a_group_that_is_started_while_it_is_deleted_is_not_called_not_taken(
    server: SolapiServer, parcel: Parcel, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = kill_after(parcel, 2)
    delete = server.delete

    def start_first(name: str) -> tuple[int, Any]:
        server.start(name)
        return delete(name)

    monkeypatch.setattr(server, "delete", start_first)

    with refusing(UnknownOutcomeError):
        SolapiGateway().find(lost)
    answers = SolapiGateway().find(lost)
    assert answers is not None
    assert all(answer.is_accepted for answer in answers)
    assert set(server.taken.values()) == {1}


@pytest.mark.parametrize("fault", [Fault.ERROR_AFTER, Fault.DROP_AFTER, Fault.OTHER_JSON])
def test_a_group_that_was_started_is_answered_as_its_messages_stand(
    server: SolapiServer, parcel: Parcel, fault: Fault
) -> None:
    server.refused["0002"] = "1060"
    lost = lose(server, parcel, "start", fault)

    answers = SolapiGateway().find(lost)

    assert answers is not None
    assert [(one.id, one.is_accepted, one.code) for one in answers] == [
        (parcel.letters[0].id, True, "3000"),
        (parcel.letters[1].id, False, "1060"),
        (parcel.letters[2].id, True, "3000"),
    ]
    assert {one.reference for one in answers} == set(server.messages[lost.reference])
    assert server.asked["delete"] == 0


def test_a_parcel_without_a_group_was_not_taken(server: SolapiServer, parcel: Parcel) -> None:
    assert SolapiGateway().find(parcel) is None
    assert not server.asked


@pytest.mark.parametrize("place", ["ask", "delete"])
@pytest.mark.parametrize("fault", Fault)
def test_who_cannot_ask_or_delete_the_group_does_not_know(
    server: SolapiServer, parcel: Parcel, settings: Settings, place: str, fault: Fault
) -> None:
    await_less(settings, fault)
    lost = kill_after(parcel, 2)
    server.faults[place].append(fault)

    with refusing(UnknownOutcomeError):
        SolapiGateway().find(lost)

    assert SolapiGateway().find(lost) is None
    assert server.groups[lost.reference]["status"] == "DELETED"


@pytest.mark.parametrize("fault", Fault)
def test_who_cannot_list_the_messages_does_not_know(
    server: SolapiServer, parcel: Parcel, settings: Settings, fault: Fault
) -> None:
    await_less(settings, fault)
    lost = lose(server, parcel, "start", Fault.DROP_AFTER)
    server.faults["list"].append(fault)

    with refusing(UnknownOutcomeError):
        SolapiGateway().find(lost)

    assert len(SolapiGateway().find(lost) or []) == 3


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "SCHEDULED"},
        {"status": "파란"},
        {"status": None},
    ],
)
def test_a_group_in_a_state_that_we_do_not_know_is_left_alone(
    server: SolapiServer, parcel: Parcel, facts: dict[str, Any]
) -> None:
    lost = kill_after(parcel, 2)
    server.groups[lost.reference] |= facts

    with refusing(UnknownOutcomeError):
        SolapiGateway().find(lost)

    assert server.asked["delete"] == 0


def test_a_group_that_is_gone_is_not_called_not_taken(server: SolapiServer, parcel: Parcel) -> None:
    with refusing(UnknownOutcomeError):
        SolapiGateway().find(replace(parcel, reference="G4Vgone"))


def test_who_may_not_ask_does_not_know(
    server: SolapiServer, parcel: Parcel, settings: Settings
) -> None:
    lost = kill_after(parcel, 2)
    settings.SOLAPI_SECRET = "wrong"
    with refusing(UnknownOutcomeError):
        SolapiGateway().find(lost)

    settings.SOLAPI_URL = "http://127.0.0.1:1"
    with refusing(UnknownOutcomeError):
        SolapiGateway().find(lost)


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (400, "NotEnoughBalance", ChannelPausedError),
        (402, "", ChannelPausedError),
        (403, "Forbidden", ChannelPausedError),
        (400, "ValidationError", NotAcceptedError),
        (429, "TooManyRequests", NotAcceptedError),
    ],
)
def test_a_group_that_may_not_be_started_is_deleted(
    server: SolapiServer, parcel: Parcel, status: int, code: str, error: type[Exception]
) -> None:
    server.errors.append((status, code))

    with refusing(error):
        send(parcel)

    assert [group["status"] for group in server.groups.values()] == ["DELETED"]


def test_a_group_that_cannot_be_deleted_leaves_the_parcel_unknown(
    server: SolapiServer, parcel: Parcel
) -> None:
    server.errors.append((400, "NotEnoughBalance"))
    server.faults["delete"].append(Fault.DROP_BEFORE)

    with refusing(UnknownOutcomeError):
        send(parcel)

    assert SolapiGateway().find(known(parcel)) is None


def test_a_group_with_nobody_to_send_to_is_deleted(server: SolapiServer, parcel: Parcel) -> None:
    server.refused[""] = "1060"

    assert {(one.is_accepted, one.code) for one in send(parcel)} == {(False, "1060")}
    assert [group["status"] for group in server.groups.values()] == ["DELETED"]


@pytest.mark.parametrize(
    ("code", "pause"), [("1062", "sender"), ("1030", "balance"), ("1020", "authentication")]
)
def test_messages_that_are_all_refused_for_the_account_pause_the_channel(
    server: SolapiServer, parcel: Parcel, code: str, pause: str
) -> None:
    server.refused[""] = code

    with refusing(ChannelPausedError) as caught:
        send(parcel)

    assert (caught.value.pause, caught.value.code) == (pause, code)


def test_a_wrong_secret_pauses_the_channel(
    server: SolapiServer, parcel: Parcel, settings: Settings
) -> None:
    settings.SOLAPI_SECRET = "wrong"

    with refusing(ChannelPausedError) as caught:
        send(parcel)

    assert caught.value.pause == "authentication"


def test_a_server_that_is_not_there_took_nothing(parcel: Parcel, settings: Settings) -> None:
    settings.SOLAPI_URL = "http://127.0.0.1:1"

    with refusing(NotAcceptedError):
        send(parcel)


def test_a_part_of_the_answers_is_no_answer(
    server: SolapiServer, parcel: Parcel, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill = server.fill
    monkeypatch.setattr(server, "fill", lambda name, sent: fill(name, sent[:2]))

    with refusing(NotAcceptedError):
        send(parcel)

    assert not server.taken
    assert [group["status"] for group in server.groups.values()] == ["DELETED"]


def fetched(gateway: SolapiGateway) -> list[Report]:
    return list(gateway.fetch_reports())


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("4000", Outcome.DELIVERED),
        ("3042", Outcome.UNDELIVERED),
        ("2230", Outcome.UNDELIVERED),
        ("3014", Outcome.UNREAD),
        ("9999", Outcome.UNREAD),
    ],
)
def test_codes_of_reports(
    server: SolapiServer, make_parcel: MakeParcel, code: str, outcome: Receipt.Outcome
) -> None:
    send(make_parcel(1, gateway="solapi"))
    server.report(code)

    (one,) = fetched(SolapiGateway())

    assert (one.code, one.outcome) == (code, outcome)


def test_messages_on_their_way_are_not_reported(server: SolapiServer, parcel: Parcel) -> None:
    send(parcel)
    assert fetched(SolapiGateway()) == []

    server.report()
    assert len(fetched(SolapiGateway())) == 3


def test_a_later_code_is_reported_too_and_the_same_one_is_not(
    server: SolapiServer, make_parcel: MakeParcel
) -> None:
    send(make_parcel(1, gateway="solapi"))
    gateway = SolapiGateway()
    server.report("9999")
    store(gateway, fetched(gateway))
    assert fetched(gateway) == []

    for message in next(iter(server.messages.values())).values():
        message["statusCode"] = "4000"

    assert [one.outcome for one in fetched(gateway)] == [Outcome.DELIVERED]


def test_groups_without_waiting_messages_are_not_asked(
    server: SolapiServer, parcel: Parcel
) -> None:
    send(parcel)
    server.report()
    Message.objects.update(state=Message.State.DELIVERED)

    assert fetched(SolapiGateway()) == []
    assert server.asked["list"] == 0


def test_more_groups_than_one_call_looks_at_are_asked_in_turn(
    server: SolapiServer, make_parcel: MakeParcel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solapi, "GROUPS_AT_ONCE", 2)
    for _parcel in range(5):
        send(make_parcel(1, gateway="solapi"))
    server.report()
    gateway = SolapiGateway()

    counts = []
    for _call in range(4):
        reports = fetched(gateway)
        store(gateway, reports)
        counts.append(len(reports))

    assert counts == [2, 2, 1, 0]
    assert Receipt.objects.count() == 5


def test_a_group_that_solapi_forgot_hides_no_other(
    server: SolapiServer, make_parcel: MakeParcel
) -> None:
    gone, there = make_parcel(1, gateway="solapi"), make_parcel(1, gateway="solapi")
    remember(gone)("G4V0000gone/../?")
    send(there)
    server.report()

    assert [one.message_id for one in fetched(SolapiGateway())] == [there.letters[0].id]


def test_strange_messages_are_kept_as_far_as_they_can_be_read(
    server: SolapiServer, make_parcel: MakeParcel
) -> None:
    send(make_parcel(3, gateway="solapi"))
    server.report()
    first, second, third = next(iter(server.messages.values())).values()
    first |= {"customFields": None, "dateReceived": "어제"}
    second |= {"customFields": {"id": 7}, "statusCode": None}
    third |= {"customFields": ["id"], "statusCode": "7" * 50}

    reports = fetched(SolapiGateway())

    assert {(one.message_id, one.code, one.outcome) for one in reports} == {
        (None, "4000", Outcome.DELIVERED),
        (None, "7" * 40, Outcome.UNREAD),
    }


def test_a_refused_call_is_told_by_its_code_alone(server: SolapiServer, parcel: Parcel) -> None:
    with SolapiLine() as line, refusing(RefusedCallError) as caught:
        line.call("POST", "/messages/v4/groups/G4Vgone/send")

    assert str(caught.value) == "ResourceNotFound"
