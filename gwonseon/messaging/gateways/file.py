"""The gateway that only writes: messages stand in files below VAR, and nothing is sent.

It is idempotent: what was written of a batch is not written again, and is answered as before. It
can be told to fail; see `faults.py`.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path

from django.utils import timezone

from gwonseon.messaging.gateways import (
    Answer,
    Capability,
    Letter,
    Parcel,
    Report,
    UnknownOutcomeError,
    written,
)
from gwonseon.messaging.gateways.faults import Fault, Faults, error_of, take_fault
from gwonseon.messaging.gateways.written import Position, WrittenMessage
from gwonseon.messaging.models import Receipt

REPORTS_AT_ONCE = 1_000
REFUSED = "refused"


class FileGateway:
    """Writes messages, and reports each as delivered; `consumer` is who reads the reports."""

    name = "file"
    capability = Capability.IDEMPOTENT
    most_letters = 1_000
    per_second = 1_000

    def __init__(self, consumer: str = "outbox") -> None:
        self.consumer = consumer

    def send(self, parcel: Parcel, remember: Callable[[str], None]) -> list[Answer]:  # noqa: ARG002
        """Write a parcel; see Gateway."""
        with written.lock():
            fault = take_fault()
            if fault and fault is not Fault.AFTER:
                raise error_of(fault)
            messages = write_once(parcel)
            if fault:
                raise error_of(fault)
        return [answer_of(messages[letter.id]) for letter in parcel.letters]

    def find(self, parcel: Parcel) -> list[Answer] | None:  # noqa: ARG002
        """Refuse to look: a parcel is sent again instead."""
        raise UnknownOutcomeError("not searchable")

    def fetch_reports(self) -> Sequence[Report]:
        """Report what was taken since the last acknowledgement; see Gateway."""
        with written.lock():
            faults = Faults.read()
            taken = (
                report_of(message, faults, behind)
                for message, behind in written.messages_after(self.acknowledged())
                if message.is_accepted
            )
            return list(islice(taken, REPORTS_AT_ONCE))

    def acknowledge(self, reports: Iterable[Report]) -> None:
        """Remember up to where the reports are stored."""
        pages = [Position(**json.loads(report.page)) for report in reports]
        with written.lock():
            behind = max([*pages, self.acknowledged()])
            written.replace(self.path(), asdict(behind))

    def acknowledged(self) -> Position:
        """Return up to where reports are stored."""
        try:
            return Position(**json.loads(self.path().read_text(encoding="utf-8")))
        except FileNotFoundError:
            return Position()

    def path(self) -> Path:
        """Return the file with the position of our consumer."""
        return written.folder() / f"reports-{self.consumer}.json"


def write_once(parcel: Parcel) -> dict[int, WrittenMessage]:
    """Write what is not written yet of a parcel; return all that is, by our numbers."""
    known = {message.id: message for message in written.messages_of(parcel.key)}
    refused = Faults.read().refused
    new = {
        letter.id: message_of(parcel, letter, is_accepted=not letter.number.endswith(refused))
        for letter in parcel.letters
        if letter.id not in known
    }
    if new:
        written.write(new.values())
    return known | new


def message_of(parcel: Parcel, letter: Letter, *, is_accepted: bool) -> WrittenMessage:
    """Return a letter as it is written."""
    return WrittenMessage(
        batch=parcel.key,
        id=letter.id,
        sender=parcel.sender,
        title=parcel.title,
        number=letter.number,
        text=letter.text,
        is_accepted=is_accepted,
        written_at=timezone.now(),
    )


def answer_of(message: WrittenMessage) -> Answer:
    """Return what is answered for a message that was written."""
    if not message.is_accepted:
        return Answer(message.id, is_accepted=False, code=REFUSED)
    return Answer(message.id, is_accepted=True, reference=reference_of(message))


def report_of(message: WrittenMessage, faults: Faults, behind: Position) -> Report:
    """Return the report of a message that was written."""
    is_undelivered = message.number.endswith(faults.undelivered)
    outcome = Receipt.Outcome.UNDELIVERED if is_undelivered else Receipt.Outcome.DELIVERED
    return Report(
        reference=reference_of(message),
        message_id=message.id,
        outcome=outcome,
        code=outcome.value,
        happened_at=message.written_at,
        page=json.dumps(asdict(behind)),
    )


def reference_of(message: WrittenMessage) -> str:
    """Return our name of a message that was written."""
    return f"{message.batch}/{message.id}"
