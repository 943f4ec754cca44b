"""Replies at Bizgo: its list of the messages that phones sent to our number there (MO).

Bizgo has a list by time and no queue, so that the cache remembers which replies were acted on;
should it lose them, they are acted on again, which does no harm.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import bizgo
from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from gwonseon.messaging.gateways import Reply, said

# How far back the list is read: a portal that stood still for less long misses no reply.
LOOK_BACK = timedelta(days=7)
# Longer, so that what is still listed is known.
REMEMBERED = LOOK_BACK + timedelta(days=1)
# Bizgo gives at most this many at once.
PAGE = 1_000
# Bizgo's code where what is asked for is not there: 요청한 데이터가 존재하지 않습니다.
NOTHING_THERE = "A820"
MOST_PAGES = 100


@dataclass(frozen=True)
class ReplyPage:
    """A page of the list, as Bizgo gave it, and where the next one begins."""

    messages: Sequence[Any]
    following: int | None


def new_replies(line: bizgo.Bizgo, now: datetime) -> list[Reply]:
    """Return the listed replies that were not acted on yet; raise the library's errors."""
    replies = {reply.page: reply for reply in map(reply_of, listed(line, now - LOOK_BACK))}
    known = cache.get_many(replies)
    return [reply for mark, reply in replies.items() if mark not in known]


def remember(replies: Iterable[Reply]) -> None:
    """Remember that replies were acted on."""
    marks = dict.fromkeys((reply.page for reply in replies), True)
    cache.set_many(marks, timeout=int(REMEMBERED.total_seconds()))


def listed(line: bizgo.Bizgo, since: datetime) -> Iterator[Any]:
    """Yield the messages to our number since a moment, page by page."""
    place: int | None = None
    for _page in range(MOST_PAGES):
        page = page_after(line, since, place)
        yield from page.messages
        if page.following in {None, place}:
            return
        place = page.following


def page_after(line: bizgo.Bizgo, since: datetime, place: int | None) -> ReplyPage:
    """Return a page of the list.

    The library refuses a whole page for one message that is not as documented; then what Bizgo said
    is read without it.
    """
    number = settings.BIZGO_MO_NUMBER
    try:
        page = line.messages.mo_history(since, to=number, last_seq=place, limit=PAGE)
    except bizgo.InvalidResponseError as error:
        return raw_page(error)
    except bizgo.APIError as error:
        if error.code != NOTHING_THERE:
            raise
        return ReplyPage([], None)
    messages = [one.model_dump(by_alias=True) for one in page.messages]
    return ReplyPage(messages, page.last_seq if page.has_next else None)


def raw_page(error: bizgo.InvalidResponseError) -> ReplyPage:
    """Return the page that the library refused; raise its error if there is no list."""
    try:
        facts = error.body["data"]["data"]
        messages, following = facts["messages"], facts.get("lastSeq")
    except (TypeError, KeyError, AttributeError):
        raise error from None
    if not isinstance(messages, list):
        raise error
    has_next = bool(facts.get("hasNext")) and isinstance(following, int)
    return ReplyPage(messages, following if has_next else None)


def reply_of(message: Any) -> Reply:
    """Return a message as a reply; without number and text, if it has none that can be read.

    The number is the phone's own: in `from`, its owner could have typed somebody else's.
    """
    facts = message if isinstance(message, dict) else {}
    number, text = facts.get("originator"), facts.get("content")
    return Reply(
        number=number if isinstance(number, str) else "",
        text=text if isinstance(text, str) else "",
        sent_at=said.moment(facts.get("occurredTime")),
        page=mark_of(facts.get("msgKey"), number, text, facts.get("occurredTime")),
    )


def mark_of(*facts: Any) -> str:
    """Return a keyed digest of a reply, under which the cache remembers it."""
    return salted_hmac(__name__, repr(facts), algorithm="sha256").hexdigest()
