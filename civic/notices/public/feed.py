"""The Atom feed of sent notices."""

from collections.abc import Callable, Iterable
from uuid import uuid5

from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from civic.notices.models import Notice
from civic.notices.public.queries import notices_about
from gwonseon.office.models import District
from plans.public.feeds import FeedItem, atom_of


def feed_of(notices: Iterable[Notice], district: District, absolute: Callable[[str], str]) -> str:
    """Return the Atom feed of sent notices; `absolute` completes an address."""
    return atom_of(
        map(item_of, notices),
        title=_("%(name)s 문자 소식") % {"name": district.name},
        page=reverse("sent_notices:notices"),
        address=reverse("sent_notices:feed"),
        district=district,
        absolute=absolute,
    )


def news_of_pillar(code: str, most: int) -> Iterable[FeedItem]:
    """Return the entries of the latest sent notices of a pillar, for its own feed (1 query)."""
    return map(item_of, notices_about(pillar=code).select_related("activity")[:most])


def item_of(notice: Notice) -> FeedItem:
    """Return the entry of a notice: its text."""
    return FeedItem(
        title=notice.title,
        address=reverse("sent_notices:notice", args=[notice.pk]),
        html=linebreaks(notice.body, autoescape=True),
        moment=notice.appeared_at,
        lasting_id=uuid5(notice.activity.lineage, f"notice-{notice.pk}").urn,
    )
