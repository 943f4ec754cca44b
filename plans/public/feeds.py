"""Atom feeds of what residents read."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from django.utils.feedgenerator import Atom1Feed

from gwonseon.office.models import District

# Characters that XML cannot contain.
CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


class FeedItem(NamedTuple):
    """An entry of a feed: its page's address, its text as HTML, and an id that stays.

    The id has no host, so that it is the same if the portal moves.
    """

    title: str
    address: str
    html: str
    moment: datetime
    lasting_id: str


def atom_of(
    items: Iterable[FeedItem],
    *,
    title: str,
    page: str,
    address: str,
    district: District,
    absolute: Callable[[str], str],
) -> str:
    """Return a feed as Atom. `page` says the same to people; `absolute` completes an address."""
    feed = Atom1Feed(
        title=title,
        link=absolute(page),
        description=None,
        language="ko",
        author_name=district.office,
        feed_url=absolute(address),
    )
    for item in items:
        feed.add_item(
            title=item.title.translate(CONTROL),
            link=absolute(item.address),
            description=item.html.translate(CONTROL),
            pubdate=item.moment,
            updateddate=item.moment,
            unique_id=item.lasting_id,
        )
    return feed.writeString("utf-8")
