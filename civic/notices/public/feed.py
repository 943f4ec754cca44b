"""The Atom feed of sent notices."""

from collections.abc import Callable, Iterable
from uuid import uuid5

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from civic.notices.models import Notice
from gwonseon.office.models import District
from plans.public.changes.feed import CONTROL


def feed_of(notices: Iterable[Notice], district: District, absolute: Callable[[str], str]) -> str:
    """Return the Atom feed of sent notices; `absolute` completes an address."""
    feed = Atom1Feed(
        title=_("%(name)s 문자 소식") % {"name": district.name},
        link=absolute(reverse("sent_notices:notices")),
        description=None,
        language="ko",
        author_name=district.office,
        feed_url=absolute(reverse("sent_notices:feed")),
    )
    for notice in notices:
        feed.add_item(
            title=notice.title.translate(CONTROL),
            link=absolute(reverse("sent_notices:notice", args=[notice.pk])),
            description=linebreaks(notice.body.translate(CONTROL), autoescape=True),
            pubdate=notice.appeared_at,
            updateddate=notice.appeared_at,
            unique_id=lasting_id(notice),
        )
    return feed.writeString("utf-8")


def lasting_id(notice: Notice) -> str:
    """Return the notice's id in the feed, without a host: it stays if the portal moves."""
    return uuid5(notice.activity.lineage, f"notice-{notice.pk}").urn
