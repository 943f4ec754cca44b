"""Bizgo, through its own client library.

A parcel is one call under an idempotency key, which Bizgo keeps for a day: the same key again sends
nothing twice, and those it took before come back as A301. Nothing is retried within a call. How
each recipient's text differs from the others' goes along as a replacement.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import takewhile
from typing import NoReturn

import bizgo
import httpx
from bizgo.models import (
    Destination,
    MmsFlowItem,
    MmsMessage,
    SendDestinationResult,
    SendOmniRequest,
    SmsFlowItem,
    SmsMessage,
)
from bizgo.models import Report as BizgoReport
from django.conf import settings
from django.utils import timezone

from gwonseon.messaging.gateways import (
    Answer,
    Capability,
    ChannelPausedError,
    Letter,
    NotAcceptedError,
    Parcel,
    Reply,
    Report,
    UnknownOutcomeError,
    bizgo_replies,
    said,
)
from gwonseon.messaging.gateways.certificates import certificates
from gwonseon.messaging.gateways.registry import is_for_trying, refuse_to_try
from gwonseon.messaging.models import Channel, Receipt
from gwonseon.messaging.texts import TextKind, measure, normal

TAKEN, TAKEN_BEFORE = "A000", "A301"
# Codes of whole calls and of recipients that a person must do something about.
PAUSES = {
    **dict.fromkeys(("A001", "A002", "A100", "A110", "A111"), Channel.Pause.AUTHENTICATION),
    **dict.fromkeys(("A325", "A801"), Channel.Pause.AUTHENTICATION),
    "A320": Channel.Pause.BALANCE,
    **dict.fromkeys(("A302", "A323", "A327"), Channel.Pause.SENDER),
}
# Codes of recipients that may be taken in another call.
BUSY = {"A020"}
FAILING = {"A910", "A920", "A999"}
ACKNOWLEDGED_BEFORE = "A802"
DELIVERED = "10000"
# Our own code for a text that Bizgo's library refuses.
NOT_SENDABLE = "not-sendable"
WORD = "w"
# Errors of connections that never came about: nothing was handed over.
NOT_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class BizgoGateway:
    """Sends parcels of up to 200 letters; Bizgo takes 200 a second."""

    name = "bizgo"
    capability = Capability.IDEMPOTENT
    most_letters = 200
    per_second = 200

    def send(self, parcel: Parcel, remember: Callable[[str], None]) -> list[Answer]:  # noqa: ARG002
        """Send a parcel in one call; see Gateway."""
        refuse_to_try()
        try:
            request = request_of(parcel)
        except ValueError:
            # The library knows what Bizgo refuses; its words may hold some of the text.
            return [refused(letter, NOT_SENDABLE) for letter in parcel.letters]
        try:
            with client() as line:
                result = line.send.request(request)
        except bizgo.DuplicateRequestError:
            return [taken(letter, TAKEN_BEFORE) for letter in parcel.letters]
        except bizgo.BadRequestError as error:
            return refusals(parcel, error)
        except bizgo.BizgoError as error:
            raise_outcome(error)
        return answers(parcel, result.destinations)

    def find(self, parcel: Parcel) -> list[Answer] | None:  # noqa: ARG002
        """Refuse to look: a parcel is sent again instead."""
        raise UnknownOutcomeError("not searchable")

    def fetch_reports(self) -> Sequence[Report]:
        """Return the page of reports that is next in Bizgo's queue; see Gateway."""
        if is_for_trying():
            # They are another portal's, which would not get them any more.
            return []
        try:
            with client() as line:
                page = line.reports.poll()
        except bizgo.BizgoError as error:
            raise_outcome(error)
        return [report_of(one, page.report_id) for one in page.reports]

    def acknowledge(self, reports: Iterable[Report]) -> None:
        """Take the reports' pages off Bizgo's queue; one that was taken off before is passed."""
        try:
            with client() as line:
                for page in {report.page for report in reports if report.page}:
                    line.reports.ack(page)
        except bizgo.APIError as error:
            if error.code != ACKNOWLEDGED_BEFORE:
                raise_outcome(error)
        except bizgo.BizgoError as error:
            raise_outcome(error)

    def fetch_replies(self) -> Sequence[Reply]:
        """Return what phones sent to our number at Bizgo, if it has one; see DeliversReplies."""
        if is_for_trying() or not settings.BIZGO_MO_NUMBER:
            return []
        try:
            with client() as line:
                return bizgo_replies.new_replies(line, timezone.localtime())
        except bizgo.BizgoError as error:
            raise_outcome(error)

    def acknowledge_replies(self, replies: Iterable[Reply]) -> None:
        """Remember the replies; Bizgo itself goes on listing them."""
        bizgo_replies.remember(replies)


@contextmanager
def client() -> Iterator[bizgo.Bizgo]:
    """Yield a client that never repeats a call by itself."""
    with httpx.Client(timeout=settings.SMS_TIMEOUT, verify=certificates()) as line:
        yield bizgo.Bizgo(
            settings.BIZGO_API_KEY,
            base_url=settings.BIZGO_URL,
            timeout=settings.SMS_TIMEOUT,
            max_retries=0,
            http_client=line,
        )


def request_of(parcel: Parcel) -> SendOmniRequest:
    """Return a parcel as Bizgo is given it, always the same; raise ValueError if it is refused."""
    return SendOmniRequest(
        destinations=destinations(parcel),
        message_flow=[message_of(parcel)],
        idempotency_key=str(parcel.key),
        idempotency_ttl=bizgo.DEFAULT_IDEMPOTENCY_TTL,
    )


def message_of(parcel: Parcel) -> SmsFlowItem | MmsFlowItem:
    """Return the parcel's text as Bizgo is given it; it goes as SMS if the longest is short."""
    texts = texts_of(parcel)
    text = texts[0]
    if is_varied(texts):
        before, after = shared_ends(texts)
        text = f"{before}#{{{WORD}}}{after}"
    if all(measure(one).kind is TextKind.SMS for one in texts):
        return SmsFlowItem(sms=SmsMessage(from_=parcel.sender, text=text))
    title = {"title": normal(parcel.title)} if parcel.title else {}
    return MmsFlowItem(mms=MmsMessage(from_=parcel.sender, text=text, **title))


def destinations(parcel: Parcel) -> list[Destination]:
    """Return the recipients, each with our message id and its own part of the text."""
    texts = texts_of(parcel)
    before, after = map(len, shared_ends(texts))
    found = []
    for letter, text in zip(parcel.letters, texts, strict=True):
        word = {"replace_words": {WORD: text[before : len(text) - after]}}
        own = word if is_varied(texts) else {}
        found.append(Destination(to=letter.number, ref=str(letter.id), **own))
    return found


def texts_of(parcel: Parcel) -> list[str]:
    """Return the letters' texts."""
    return [normal(letter.text) for letter in parcel.letters]


def is_varied(texts: Sequence[str]) -> bool:
    """Return whether texts differ."""
    return len(set(texts)) > 1


def shared_ends(texts: Sequence[str]) -> tuple[str, str]:
    """Return how all texts begin and how they end, without overlapping in any of them."""
    before = shared_beginning(texts)
    rests = [text[len(before) :][::-1] for text in texts]
    return before, shared_beginning(rests)[::-1]


def shared_beginning(texts: Sequence[str]) -> str:
    """Return the beginning that all texts share."""
    first, last = min(texts), max(texts)
    same = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    return "".join(one for one, _other in same)


def answers(parcel: Parcel, results: Sequence[SendDestinationResult]) -> list[Answer]:
    """Return what Bizgo said of each letter.

    Raises NotAcceptedError or ChannelPausedError if all were refused for a reason that will pass,
    and UnknownOutcomeError if some were: the same key again sends only those.
    """
    by_number = {result.to: result for result in results}
    if set(by_number) != {letter.number for letter in parcel.letters}:
        raise UnknownOutcomeError("not all were answered")
    found = [answer_of(letter, by_number[letter.number]) for letter in parcel.letters]
    passing = [one.code for one in found if one.code in {*PAUSES, *BUSY, *FAILING}]
    if not passing:
        return found
    if len(passing) < len(found) or not FAILING.isdisjoint(passing):
        raise UnknownOutcomeError(passing[0])
    for code in passing:
        if code in PAUSES:
            raise ChannelPausedError(PAUSES[code], code)
    raise NotAcceptedError(passing[0])


def answer_of(letter: Letter, result: SendDestinationResult) -> Answer:
    """Return what Bizgo said of one letter.

    Whether an A301 repeats the key of the message that was taken is not documented: reports are
    told by our own number then.
    """
    code = said.code(result.code)
    if code == TAKEN:
        return Answer(letter.id, is_accepted=True, reference=said.reference(result.msg_key))
    if code == TAKEN_BEFORE:
        return taken(letter, code)
    if not code:
        raise UnknownOutcomeError("an answer without a code")
    return refused(letter, code)


def taken(letter: Letter, code: str) -> Answer:
    """Return the answer for a letter that was taken in an earlier call."""
    return Answer(letter.id, is_accepted=True, code=code)


def refused(letter: Letter, code: str) -> Answer:
    """Return the answer for a letter that was refused."""
    return Answer(letter.id, is_accepted=False, code=code)


def refusals(parcel: Parcel, error: bizgo.BadRequestError) -> list[Answer]:
    """Return a refusal for each letter after Bizgo refused the whole parcel."""
    code = said.code(error.code)
    if not code or code in {*PAUSES, *FAILING}:
        raise_outcome(error)
    return [refused(letter, code) for letter in parcel.letters]


def raise_outcome(error: bizgo.BizgoError) -> NoReturn:
    """Raise the outbox's error for a library error; the library's text is not kept."""
    raise outcome_of(error) from None


def outcome_of(error: bizgo.BizgoError) -> Exception:
    """Return the error that the outbox understands."""
    code = said.code(getattr(error, "code", None))
    if isinstance(error, bizgo.APIError) and error.layer == "service" and code in PAUSES:
        return ChannelPausedError(PAUSES[code], code)
    match error:
        case bizgo.AuthenticationError() | bizgo.PermissionDeniedError():
            return ChannelPausedError(Channel.Pause.AUTHENTICATION, code or str(error.http_status))
        case bizgo.ConfigurationError():
            return ChannelPausedError(Channel.Pause.AUTHENTICATION, "settings")
        case bizgo.RateLimitError():
            return NotAcceptedError("busy")
        case bizgo.APIConnectionError() if isinstance(error.__context__, NOT_CONNECTED):
            return NotAcceptedError("not connected")
    return UnknownOutcomeError(f"{type(error).__name__} {code}".strip())


def report_of(report: BizgoReport, page: str) -> Report:
    """Return a report as the outbox keeps it."""
    code = said.code(report.report_code)
    return Report(
        reference=said.reference(report.msg_key),
        message_id=said.message_id(report.ref),
        outcome=outcome(code),
        code=code,
        happened_at=said.moment(report.report_time),
        page=page,
    )


def outcome(code: str) -> Receipt.Outcome:
    """Return what a report's code means: 10000 is delivered, other numbers are reasons why not."""
    if code == DELIVERED:
        return Receipt.Outcome.DELIVERED
    is_reason = len(code) == len(DELIVERED) and code.isdigit()
    return Receipt.Outcome.UNDELIVERED if is_reason else Receipt.Outcome.UNREAD
