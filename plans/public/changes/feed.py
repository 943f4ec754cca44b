"""What changed in a plan, for feed readers."""

from collections.abc import Callable, Iterable
from uuid import uuid5

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from plans.amendments.models import Amendment
from plans.public.changes.queries import headline
from plans.tree.models import Plan

# XML has no way to write these.
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
    """Return an id that is the amendment's own wherever the portal moves: no host is in it."""
    lineage = amendment.changes.all()[0].lineage
    return uuid5(lineage, str(amendment.pk)).urn
