"""The gateway that only writes: messages stand in files below VAR, and nothing is sent.

It is idempotent: what was written of a batch is not written again, and is answered as before. It
can be told to fail; see `faults.py`. Replies are what somebody appends to `replies.txt` there.
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
    Reply,
    Report,
    UnknownOutcomeError,
    written,
)
from gwonseon.messaging.gateways.faults import Fault, Faults, error_of, take_fault
from gwonseon.messaging.gateways.written import Position, WrittenMessage
from gwonseon.messaging.models import Receipt

REPORTS_AT_ONCE = REPLIES_AT_ONCE = 1_000
REFUSED = "refused"


class FileGateway:
    """Writes messages, and reports each as delivered.

    `consumer` is who reads the reports and the replies.
    """

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

    def fetch_replies(self) -> Sequence[Reply]:
        """Return the lines of replies since the last acknowledgement; see DeliversReplies."""
        with written.lock():
            lines = written.reply_lines(self.replies_acknowledged())
            return [reply_of(line, behind) for line, behind in islice(lines, REPLIES_AT_ONCE)]

    def acknowledge_replies(self, replies: Iterable[Reply]) -> None:
        """Remember up to where replies were acted on."""
        pages = [int(reply.page) for reply in replies]
        with written.lock():
            behind = max([*pages, self.replies_acknowledged()])
            written.replace(self.replies_position(), behind)

    def replies_acknowledged(self) -> int:
        """Return up to where replies were acted on; 0 if their file was begun anew since."""
        try:
            behind = int(self.replies_position().read_text(encoding="utf-8"))
            size = written.replies_path().stat().st_size
        except FileNotFoundError:
            return 0
        return behind if behind <= size else 0

    def replies_position(self) -> Path:
        """Return the file with our consumer's position in the replies."""
        return written.folder() / f"replies-{self.consumer}.json"


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
        written.append_messages(new.values())
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


def reply_of(line: str, behind: int) -> Reply:
    """Return the reply of a line: the number stands before the first blank."""
    number, _blank, text = line.strip().partition(" ")
    return Reply(number=number, text=text, page=str(behind))


def reference_of(message: WrittenMessage) -> str:
    """Return our name of a message that was written."""
    return f"{message.batch}/{message.id}"
