"""SOLAPI, by its groups: a group is made, filled and then started, and only then is it sent.

The group's name is remembered before it is filled. Where an answer is lost, the group says whether
it was started; one that was not is deleted, so that nobody can start it later.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NoReturn
from urllib.parse import quote

from django.db.models import Exists, OuterRef

from gwonseon.messaging.gateways import (
    Answer,
    Capability,
    ChannelPausedError,
    Letter,
    NotAcceptedError,
    Parcel,
    Report,
    UnknownOutcomeError,
    said,
)
from gwonseon.messaging.gateways.registry import is_for_trying, refuse_to_try
from gwonseon.messaging.gateways.solapi_line import PAUSES, RefusedCallError, SolapiLine
from gwonseon.messaging.models import Batch, Message, Receipt
from gwonseon.messaging.texts import TextKind, measure, normal

NAME = "solapi"
GROUPS = "/messages/v4/groups"
PAGE = 500
# How many groups one call for reports looks at.
GROUPS_AT_ONCE = 20
STARTED = {"SENDING", "COMPLETE"}
NOT_STARTED = {"PENDING", "FAILED"}
DELETED = "DELETED"
WAITING = [Message.State.CLAIMED, Message.State.ACCEPTED, Message.State.UNKNOWN]
# Codes of messages: https://developers.solapi.com, 메시지 상태 코드.
REFUSED = "1"  # the first digit
TAKEN, AT_CARRIER, DELIVERED = "2000", "3000", "4000"
UNDELIVERED = {
    *("2011", "2024", "2060", "2061", "2062", "2063", "2064", "2230", "2254"),
    *("3010", "3011", "3012", "3013", "3024", "3031", "3032"),
    *("3040", "3041", "3042", "3043", "3044", "3045", "3046", "3047"),
    *("3050", "3051", "3052", "3053", "3054", "3055", "3056", "3057", "3058", "3059", "3060"),
}


class SolapiGateway:
    """Sends parcels as groups. SOLAPI takes 10,000 at once; smaller ones are settled sooner."""

    name = NAME
    capability = Capability.TWO_PHASE
    most_letters = 1_000
    per_second = 1_000

    def __init__(self) -> None:
        # The group that was looked at last for reports.
        self.seen = ""

    def send(self, parcel: Parcel, remember: Callable[[str], None]) -> list[Answer]:
        """Send a parcel as a group; see Gateway."""
        refuse_to_try()
        with SolapiLine() as line:
            group = make_group(line, parcel)
            remember(group)
            answers = fill(line, group, parcel)
            if any(answer.is_accepted for answer in answers):
                start(line, group)
            else:
                discard(line, group)
                raise_if_paused(answers)
        return answers

    def find(self, parcel: Parcel) -> list[Answer] | None:
        """Return what became of a parcel; see Gateway. Its group is deleted before None is."""
        if not parcel.reference:
            # A group is remembered before it is filled.
            return None
        try:
            refuse_to_try()
            with SolapiLine() as line:
                group = line.call("GET", address(parcel.reference))
                if was_started(group):
                    return answers_of(parcel, messages_of(line, parcel.reference))
                if group.get("status") != DELETED:
                    discard(line, parcel.reference)
        except (NotAcceptedError, RefusedCallError):
            raise UnknownOutcomeError("the group cannot be asked") from None
        return None

    def fetch_reports(self) -> Sequence[Report]:
        """Ask the next groups whose messages wait for reports; see Gateway."""
        if is_for_trying():
            return []
        groups = waiting_groups(self.seen, GROUPS_AT_ONCE)
        self.seen = groups[-1] if len(groups) == GROUPS_AT_ONCE else ""
        with SolapiLine() as line:
            return new_reports([report for group in groups for report in reports_of(line, group)])

    def acknowledge(self, reports: Iterable[Report]) -> None:
        """Do nothing: receipts that are stored are not reported again."""


def make_group(line: SolapiLine, parcel: Parcel) -> str:
    """Return the name of a new group; without a name, nobody can start it."""
    try:
        facts = {"customFields": {"batch": str(parcel.key)}}
        group = said.name(line.call("POST", GROUPS, facts).get("groupId"))
    except (UnknownOutcomeError, RefusedCallError):
        group = ""
    if not group:
        raise NotAcceptedError("no group")
    return group


def fill(line: SolapiLine, group: str, parcel: Parcel) -> list[Answer]:
    """Add the letters to a group; return what is said of each. If that fails, delete the group."""
    facts = {"messages": [message_of(parcel, letter) for letter in parcel.letters]}
    try:
        results = line.call("PUT", f"{address(group)}/messages", facts).get("resultList")
        return answers_of(parcel, results if isinstance(results, list) else [])
    except (NotAcceptedError, UnknownOutcomeError, RefusedCallError) as error:
        give_up(line, group, error)


def start(line: SolapiLine, group: str) -> None:
    """Have a group sent. If SOLAPI refuses, delete the group."""
    try:
        facts = line.call("POST", f"{address(group)}/send")
    except (NotAcceptedError, RefusedCallError) as error:
        give_up(line, group, error)
    if not was_started(facts):
        raise UnknownOutcomeError("not started")


def give_up(line: SolapiLine, group: str, error: Exception) -> NoReturn:
    """Delete a group that was not started; raise NotAcceptedError or ChannelPausedError."""
    discard(line, group)
    if isinstance(error, ChannelPausedError):
        raise error from None
    raise NotAcceptedError("the group was not started") from None


def discard(line: SolapiLine, group: str) -> None:
    """Delete a group; raise UnknownOutcomeError unless it is certain that it was never started."""
    try:
        facts = line.call("DELETE", address(group))
    except (NotAcceptedError, RefusedCallError):
        raise UnknownOutcomeError("the group cannot be deleted") from None
    if facts.get("status") != DELETED or facts.get("dateSent"):
        raise UnknownOutcomeError("the group may have been started")


def was_started(group: dict[str, Any]) -> bool:
    """Return whether a group was started; raise UnknownOutcomeError if that is not certain."""
    status = group.get("status")
    if status in STARTED or group.get("dateSent"):
        return True
    if status in {*NOT_STARTED, DELETED}:
        return False
    raise UnknownOutcomeError("an unknown state of a group")


def messages_of(line: SolapiLine, group: str) -> Iterator[dict[str, Any]]:
    """Yield the messages of a group, page by page."""
    place: dict[str, Any] = {}
    while True:
        said_now = line.call("GET", f"{address(group)}/messages", params={"limit": PAGE} | place)
        messages = said_now.get("messageList")
        if not isinstance(messages, dict):
            raise UnknownOutcomeError("a list that cannot be read")
        yield from (one for one in messages.values() if isinstance(one, dict))
        following = said_now.get("nextKey")
        if not following or place == {"startKey": following}:
            return
        place = {"startKey": following}


def message_of(parcel: Parcel, letter: Letter) -> dict[str, Any]:
    """Return a letter as SOLAPI is given it; it repeats our number of it."""
    kind = measure(letter.text).kind
    title = {"subject": normal(parcel.title)} if parcel.title and kind is TextKind.LMS else {}
    return title | {
        "to": letter.number,
        "from": parcel.sender,
        "text": normal(letter.text),
        "type": kind.value,
        "customFields": {"id": str(letter.id)},
    }


def answers_of(parcel: Parcel, messages: Iterable[Any]) -> list[Answer]:
    """Return what SOLAPI said of each letter; raise UnknownOutcomeError if it left one out."""
    by_number = {one.get("to"): one for one in messages if isinstance(one, dict)}
    try:
        return [answer_of(letter, by_number[letter.number]) for letter in parcel.letters]
    except KeyError:
        raise UnknownOutcomeError("not all were answered") from None


def answer_of(letter: Letter, message: dict[str, Any]) -> Answer:
    """Return what SOLAPI said of one letter."""
    code = said.code(message.get("statusCode"))
    if not code:
        raise UnknownOutcomeError("an answer without a code")
    return Answer(
        letter.id,
        is_accepted=not code.startswith(REFUSED),
        reference=said.reference(message.get("messageId")),
        code="" if code == TAKEN else code,
    )


def raise_if_paused(answers: Sequence[Answer]) -> None:
    """Raise ChannelPausedError if a letter was refused for what a person must do something about.

    None of them was taken.
    """
    for answer in answers:
        if answer.code in PAUSES:
            raise ChannelPausedError(PAUSES[answer.code], answer.code)


def reports_of(line: SolapiLine, group: str) -> list[Report]:
    """Return the reports of a group; none of one that SOLAPI does not know any more."""
    try:
        return [*filter(None, map(report_of, messages_of(line, group)))]
    except RefusedCallError:
        return []


def report_of(message: dict[str, Any]) -> Report | None:
    """Return the report of a message; None while there is nothing to report."""
    code = said.code(message.get("statusCode"))
    fields = message.get("customFields")
    if code in {"", TAKEN, AT_CARRIER} or code.startswith(REFUSED):
        return None
    return Report(
        reference=said.reference(message.get("messageId")),
        message_id=said.message_id(fields.get("id") if isinstance(fields, dict) else None),
        outcome=outcome(code),
        code=code,
        happened_at=said.moment(message.get("dateReceived") or message.get("dateReported")),
    )


def outcome(code: str) -> Receipt.Outcome:
    """Return what a message's code means, where SOLAPI documents it."""
    if code == DELIVERED:
        return Receipt.Outcome.DELIVERED
    return Receipt.Outcome.UNDELIVERED if code in UNDELIVERED else Receipt.Outcome.UNREAD


def waiting_groups(seen: str, most: int) -> list[str]:
    """Return the next groups after `seen` with messages that have no final report yet."""
    waiting = Message.objects.filter(batch=OuterRef("pk"), state__in=WAITING)
    groups = Batch.objects.filter(Exists(waiting), gateway=NAME, reference__gt=seen)
    return list(groups.order_by("reference").values_list("reference", flat=True)[:most])


def new_reports(reports: Sequence[Report]) -> list[Report]:
    """Return the reports that are not stored yet."""
    stored = Receipt.objects.filter(
        gateway=NAME, reference__in=[report.reference for report in reports]
    )
    known = set(stored.values_list("reference", "code"))
    return [report for report in reports if (report.reference, report.code) not in known]


def address(group: str) -> str:
    """Return the path of a group."""
    return f"{GROUPS}/{quote(group, safe='')}"
