"""The interface of gateways: calls, data, errors, and what to do after a lost answer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol, runtime_checkable
from uuid import UUID

from gwonseon.messaging.models import Channel, Receipt


class Capability(Enum):
    """What can be done about a call whose answer was lost."""

    # The same key again is the same batch: deliver it again.
    IDEMPOTENT = "idempotent"
    # A group is filled first and started then: ask whether it was started.
    TWO_PHASE = "two-phase"
    # A batch can be found by its key: ask, and deliver again what was not taken.
    SEARCHABLE = "searchable"
    # Nothing: a person decides.
    NONE = "none"


@dataclass(frozen=True)
class Letter:
    """One message as a gateway is given it. `id` is our number, which receipts repeat."""

    id: int
    number: str
    text: str


@dataclass(frozen=True)
class Parcel:
    """A batch as a gateway is given it; `reference` is what the gateway called it before."""

    key: UUID
    sender: str
    title: str
    letters: Sequence[Letter]
    reference: str = ""


@dataclass(frozen=True)
class Answer:
    """What a gateway said of one letter: taken under a reference, or refused with a code."""

    id: int
    is_accepted: bool
    reference: str = ""
    code: str = ""


@dataclass(frozen=True)
class Report:
    """What became of a message, as a gateway says later; see Receipt.

    `page` is what the gateway is told when the report is acknowledged, by whichever worker.
    """

    reference: str
    message_id: int | None
    outcome: Receipt.Outcome
    code: str
    happened_at: datetime | None = None
    page: str = ""


@dataclass(frozen=True)
class Reply:
    """What somebody answered to a message, as it came: nothing of it is stored or logged.

    `number` is the phone that it came from, as the gateway writes it. `page` is what the gateway is
    told when the reply is acknowledged, by whichever worker.
    """

    number: str
    text: str
    sent_at: datetime | None = None
    page: str = ""


class NotAcceptedError(Exception):
    """The gateway certainly took nothing in this call; it may be made again later.

    Of an earlier call with the same parcel it says nothing: if that one's answer was lost, what
    became of the parcel is as unknown as before.
    """


class ChannelPausedError(NotAcceptedError):
    """The gateway took nothing in this call, nor will it: a person must do something about it."""

    def __init__(self, pause: Channel.Pause, code: str) -> None:
        super().__init__(f"{pause}: {code}")
        self.pause = pause
        self.code = code


class UnknownOutcomeError(Exception):
    """Nobody knows whether the gateway took the parcel: its answer was lost or makes no sense."""


class Gateway(Protocol):
    """What sends parcels. Messages of its errors name no number and no text."""

    name: str
    capability: Capability
    # The most letters of one parcel, and of one second.
    most_letters: int
    per_second: int

    def send(self, parcel: Parcel, remember: Callable[[str], None]) -> list[Answer]:
        """Hand a parcel over; return an answer for each letter.

        `remember` stores the gateway's reference of the parcel at once, before anything else is
        done with it. Raises NotAcceptedError, ChannelPausedError or UnknownOutcomeError.
        """

    def find(self, parcel: Parcel) -> list[Answer] | None:
        """Return what became of a parcel whose answer was lost.

        None if nothing of it was taken, nor ever will be. Raises UnknownOutcomeError, and nothing
        else, where the gateway cannot tell. Only for TWO_PHASE and SEARCHABLE.
        """

    def fetch_reports(self) -> Sequence[Report]:
        """Return reports that were not acknowledged yet, some at a time.

        Raises as `send` does where the gateway does not answer; so does `acknowledge`. What this
        call did not bring, a later one does.
        """

    def acknowledge(self, reports: Iterable[Report]) -> None:
        """Tell the gateway that these reports are stored: all that one fetch brought."""


@runtime_checkable
class DeliversReplies(Protocol):
    """A gateway that delivers replies as well; one without these calls delivers none."""

    name: str

    def fetch_replies(self) -> Sequence[Reply]:
        """Return replies that were not acknowledged yet, some at a time.

        Raises as `fetch_reports` does; so does `acknowledge_replies`. A reply may come twice.
        """

    def acknowledge_replies(self, replies: Iterable[Reply]) -> None:
        """Tell the gateway that these replies were acted on: all that one fetch brought."""
