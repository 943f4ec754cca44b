"""The Atom feed of a plan's changes."""

from collections.abc import Callable, Iterable
from uuid import uuid5

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from plans.amendments.models import Amendment
from plans.public.changes.queries import headline
from plans.tree.models import Plan

# Characters that XML cannot contain.
CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def feed_of(plan: Plan, amendments: Iterable[Amendment], absolute: Callable[[str], str]) -> str:
    """Return the Atom feed of a plan's applied amendments; `absolute` completes an address."""
    names = {"name": plan.district.name, "year": plan.year}
    feed = Atom1Feed(
        title=_("%(name)s %(year)s년 계획 변경 이력") % names,
        link=absolute(reverse("public:changes", args=[plan.year])),
        description=None,
        language="ko",
        author_name=plan.district.office,
        feed_url=absolute(reverse("public:changes_feed", args=[plan.year])),
    )
    for amendment in amendments:
        reason = render_to_string("public/_change_reason.html", {"amendment": amendment})
        feed.add_item(
            title=headline(amendment).translate(CONTROL),
            link=absolute(amendment.get_absolute_url()),
            description=f"<dl>{reason}</dl>".translate(CONTROL),
            pubdate=amendment.decided_at,
            updateddate=amendment.decided_at,
            unique_id=lasting_id(amendment),
        )
    return feed.writeString("utf-8")


def lasting_id(amendment: Amendment) -> str:
    """Return the amendment's id in the feed, without a host: it stays if the portal moves."""
    lineage = amendment.changes.all()[0].lineage
    return uuid5(lineage, str(amendment.pk)).urn
