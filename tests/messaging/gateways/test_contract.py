"""What the outbox may expect of every gateway, whatever its vendor does."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import pairwise
from uuid import uuid4

import pytest
from pytest_django import Settings

from gwonseon.messaging.gateways import (
    Answer,
    Capability,
    ChannelPausedError,
    Gateway,
    NotAcceptedError,
    Parcel,
    UnknownOutcomeError,
)
from gwonseon.messaging.gateways.bizgo import BizgoGateway
from gwonseon.messaging.gateways.faults import Fault as FileFault
from gwonseon.messaging.gateways.faults import Faults
from gwonseon.messaging.gateways.file import FileGateway
from gwonseon.messaging.gateways.solapi import SolapiGateway
from gwonseon.messaging.gateways.written import sent_messages
from gwonseon.messaging.models import Batch, Channel, Receipt
from tests.messaging.gateways.bizgo_server import BizgoServer
from tests.messaging.gateways.conftest import LONG_TEXT, TEXT, MakeParcel, refusing, store
from tests.messaging.gateways.servers import Fault, await_less
from tests.messaging.gateways.solapi_server import SolapiServer

Outcome = Receipt.Outcome
# How often a parcel may be tried until it must be settled.
TRIES = 10


class Case(ABC):
    """A gateway with a vendor of its own, made to fail."""

    gateway: Gateway
    # What can be made to fail, one after the other.
    faults: tuple[object, ...]

    @abstractmethod
    def fail(self, fault: object) -> None:
        """Have the next call fail."""

    @abstractmethod
    def refuse(self, digits: str) -> None:
        """Refuse numbers with these last digits."""

    @abstractmethod
    def taken(self) -> Counter[int]:
        """Return how often each message was really taken, by our numbers."""

    @abstractmethod
    def pause(self, pause: Channel.Pause) -> None:
        """Have the next call say that a person must do something."""

    @abstractmethod
    def deliver(self) -> None:
        """Have all that was taken reach its phone."""


class FileCase(Case):
    def __init__(self) -> None:
        self.gateway = FileGateway()
        self.faults = tuple(FileFault)

    def fail(self, fault: object) -> None:
        Faults(next=(str(fault),)).write()

    def refuse(self, digits: str) -> None:
        Faults(refused=(digits,)).write()

    def taken(self) -> Counter[int]:
        return Counter(message.id for message in sent_messages(1_000))

    def pause(self, pause: Channel.Pause) -> None:
        self.fail(pause.value)

    def deliver(self) -> None:
        """Nothing to do: what is written is reported."""


class BizgoCase(Case):
    def __init__(self, server: BizgoServer, settings: Settings) -> None:
        self.settings = settings
        self.gateway = BizgoGateway()
        self.server = server
        self.faults = tuple(("send", fault) for fault in Fault)

    def fail(self, fault: object) -> None:
        place, kind = fault
        await_less(self.settings, kind)
        self.server.faults[place].append(kind)

    def refuse(self, digits: str) -> None:
        self.server.refused[digits] = "A306"

    def taken(self) -> Counter[int]:
        return self.server.taken

    def pause(self, pause: Channel.Pause) -> None:
        codes = {"balance": "A320", "authentication": "A100", "sender": "A327"}
        self.server.errors.append((400, codes[pause]))

    def deliver(self) -> None:
        """Nothing to do: the server reports at once."""


class SolapiCase(Case):
    def __init__(self, server: SolapiServer, settings: Settings) -> None:
        self.settings = settings
        self.gateway = SolapiGateway()
        self.server = server
        self.faults = tuple(
            (place, fault) for place in ("make", "fill", "start") for fault in Fault
        )

    def fail(self, fault: object) -> None:
        place, kind = fault
        await_less(self.settings, kind)
        self.server.faults[place].append(kind)

    def refuse(self, digits: str) -> None:
        self.server.refused[digits] = "1060"

    def taken(self) -> Counter[int]:
        return self.server.taken

    def pause(self, pause: Channel.Pause) -> None:
        errors = {
            "balance": (400, "NotEnoughBalance"),
            "authentication": (403, "Forbidden"),
            "sender": (400, "1062"),
        }
        self.server.errors.append(errors[pause])

    def deliver(self) -> None:
        self.server.report()


@pytest.fixture(params=["file", "bizgo", "solapi"])
def case(request: pytest.FixtureRequest, settings: Settings, db: None) -> Iterator[Case]:
    with ExitStack() as stack:
        if request.param == "bizgo":
            bizgo = stack.enter_context(BizgoServer())
            settings.BIZGO_URL = bizgo.address
            yield BizgoCase(bizgo, settings)
        elif request.param == "solapi":
            solapi = stack.enter_context(SolapiServer())
            settings.SOLAPI_URL = solapi.address
            yield SolapiCase(solapi, settings)
        else:
            yield FileCase()


@pytest.fixture
def parcel(case: Case, make_parcel: MakeParcel) -> Parcel:
    return make_parcel(gateway=case.gateway.name)


def send(gateway: Gateway, parcel: Parcel) -> list[Answer]:
    """Send a parcel as the outbox does: store the gateway's reference on the batch."""

    def remember(reference: str) -> None:
        Batch.objects.filter(pk=parcel.key).update(reference=reference)

    return gateway.send(parcel, remember)


def again(gateway: Gateway, parcel: Parcel) -> list[Answer]:
    """Retry a parcel whose answer was lost: look it up first, unless sending twice is safe."""
    if gateway.capability is Capability.IDEMPOTENT:
        return send(gateway, parcel)
    known = replace(parcel, reference=Batch.objects.get(pk=parcel.key).reference)
    answers = gateway.find(known)
    return send(gateway, parcel) if answers is None else answers


def settle(case: Case, parcel: Parcel, *faults: object) -> list[Answer]:
    """Send a parcel again until the gateway answers; the first calls get the given faults."""
    call, waiting = send, list(faults)
    for _try in range(TRIES):
        if waiting:
            case.fail(waiting.pop(0))
        try:
            return call(case.gateway, parcel)
        except UnknownOutcomeError:
            call = again
        except NotAcceptedError:
            # Of an earlier call whose answer was lost it says nothing.
            continue
    raise AssertionError("never settled")


def ids(parcel: Parcel) -> list[int]:
    return [letter.id for letter in parcel.letters]


def once(parcel: Parcel) -> Counter[int]:
    return Counter(ids(parcel))


def test_a_parcel_is_taken_once_and_every_letter_is_answered(case: Case, parcel: Parcel) -> None:
    answers = send(case.gateway, parcel)

    assert [answer.id for answer in answers] == ids(parcel)
    assert all(answer.is_accepted and answer.reference for answer in answers)
    assert len({answer.reference for answer in answers}) == len(answers)
    assert case.taken() == once(parcel)


def test_calls_are_logged_without_what_they_carry(
    case: Case, parcel: Parcel, caplog: pytest.LogCaptureFixture
) -> None:
    """What is logged is looked at after each test; this one sees that something is."""
    send(case.gateway, parcel)

    calls = [record for record in caplog.records if record.name == "httpx"]
    assert bool(calls) == (case.gateway.name != "file")


def test_letters_that_are_refused_are_told_from_those_that_are_taken(
    case: Case, parcel: Parcel
) -> None:
    case.refuse("0002")

    answers = send(case.gateway, parcel)

    assert [answer.is_accepted for answer in answers] == [True, False, True]
    assert answers[1].code
    assert case.taken() == Counter([ids(parcel)[0], ids(parcel)[2]])


def test_a_parcel_of_which_every_letter_is_refused_is_answered(
    case: Case, make_parcel: MakeParcel
) -> None:
    case.refuse("0001")

    (answer,) = send(case.gateway, make_parcel(1, gateway=case.gateway.name))

    assert not answer.is_accepted
    assert answer.code
    assert not case.taken()


def test_whatever_fails_each_letter_is_taken_once(case: Case, make_parcel: MakeParcel) -> None:
    for fault in case.faults:
        parcel = make_parcel(gateway=case.gateway.name)

        answers = settle(case, parcel, fault)

        assert all(answer.is_accepted for answer in answers), fault
        assert [answer.id for answer in answers] == ids(parcel), fault
        assert all(case.taken()[one] == 1 for one in ids(parcel)), fault


def test_two_faults_in_a_row_double_nothing(case: Case, make_parcel: MakeParcel) -> None:
    quick = [fault for fault in case.faults if "HANG" not in str(fault)]
    for one, other in pairwise(quick):
        parcel = make_parcel(gateway=case.gateway.name)

        settle(case, parcel, one, other)

        assert all(case.taken()[letter] == 1 for letter in ids(parcel)), (one, other)


def test_what_is_not_accepted_was_not_taken_and_never_will_be(
    case: Case, make_parcel: MakeParcel
) -> None:
    """Sent under another key, each letter is taken once in all."""
    quick = [fault for fault in case.faults if "HANG" not in str(fault)]
    refused = 0
    for fault in quick:
        parcel = make_parcel(gateway=case.gateway.name)
        case.fail(fault)
        try:
            send(case.gateway, parcel)
        except NotAcceptedError:
            refused += 1
            assert not any(case.taken()[one] for one in ids(parcel)), fault
            other = replace(make_parcel(gateway=case.gateway.name), letters=parcel.letters)
            settle(case, other)
            assert all(case.taken()[one] == 1 for one in ids(parcel)), fault
        except UnknownOutcomeError:
            pass

    assert refused


@pytest.mark.parametrize("flag", ["DEMO", "DEBUG"])
def test_a_portal_to_try_reaches_no_phone_and_takes_no_reports(
    case: Case, parcel: Parcel, settings: Settings, flag: str
) -> None:
    """Its database may be a copy of another portal's."""
    if case.gateway.name == "file":
        return
    send(case.gateway, parcel)
    case.deliver()

    setattr(settings, flag, True)
    with refusing(ChannelPausedError):
        send(case.gateway, replace(parcel, key=uuid4()))
    with refusing(UnknownOutcomeError):
        case.gateway.find(replace(parcel, reference="G4V"))
    assert case.gateway.fetch_reports() == []

    setattr(settings, flag, False)
    assert len(case.gateway.fetch_reports()) == 3
    assert case.taken() == once(parcel)


@pytest.mark.parametrize("pause", ["balance", "authentication", "sender"])
def test_what_a_person_must_mend_pauses_the_channel(case: Case, parcel: Parcel, pause: str) -> None:
    case.pause(Channel.Pause(pause))

    with refusing(ChannelPausedError) as caught:
        send(case.gateway, parcel)

    assert caught.value.pause == pause
    assert caught.value.code
    assert not case.taken()
    assert all(answer.is_accepted for answer in send(case.gateway, parcel))


def test_every_message_is_reported_until_it_is_acknowledged(case: Case, parcel: Parcel) -> None:
    answers = send(case.gateway, parcel)
    case.deliver()

    reports = list(case.gateway.fetch_reports())

    assert {(report.message_id, report.reference) for report in reports} == {
        (answer.id, answer.reference) for answer in answers
    }
    assert {report.outcome for report in reports} == {Outcome.DELIVERED}
    assert all(report.happened_at for report in reports)
    assert len(case.gateway.fetch_reports()) == 3
    store(case.gateway, reports)
    assert not case.gateway.fetch_reports()


def test_reports_that_are_acknowledged_twice_do_no_harm(case: Case, parcel: Parcel) -> None:
    send(case.gateway, parcel)
    case.deliver()
    reports = list(case.gateway.fetch_reports())

    store(case.gateway, reports)
    store(case.gateway, reports)
    store(case.gateway, [])

    assert Receipt.objects.count() == 3
    assert not case.gateway.fetch_reports()


def test_another_worker_may_acknowledge_the_reports(case: Case, parcel: Parcel) -> None:
    send(case.gateway, parcel)
    case.deliver()

    store(type(case.gateway)(), list(case.gateway.fetch_reports()))

    assert not case.gateway.fetch_reports()


def test_a_long_text_goes_as_it_is(case: Case, make_parcel: MakeParcel) -> None:
    parcel = make_parcel(gateway=case.gateway.name, text=LONG_TEXT)

    assert all(answer.is_accepted for answer in send(case.gateway, parcel))
    assert case.taken() == once(parcel)


def test_a_parcel_of_one_letter_is_sent(case: Case, make_parcel: MakeParcel) -> None:
    (answer,) = send(case.gateway, make_parcel(1, gateway=case.gateway.name))

    assert answer.is_accepted


def test_as_many_letters_as_it_says_go_at_once(case: Case, make_parcel: MakeParcel) -> None:
    parcel = make_parcel(case.gateway.most_letters, gateway=case.gateway.name, text=TEXT)

    assert len(send(case.gateway, parcel)) == case.gateway.most_letters
    assert case.taken() == once(parcel)
