"""The Atom feed of a plan's changes."""

from collections.abc import Callable, Iterable
from uuid import uuid5

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from plans.amendments.models import Amendment
from plans.public.changes.queries import headline
from plans.public.feeds import FeedItem, atom_of
from plans.tree.models import Plan


def feed_of(plan: Plan, amendments: Iterable[Amendment], absolute: Callable[[str], str]) -> str:
    """Return the Atom feed of a plan's applied amendments; `absolute` completes an address."""
    names = {"name": plan.district.name, "year": plan.year}
    return atom_of(
        map(item_of, amendments),
        title=_("%(name)s %(year)s년 계획 변경 이력") % names,
        page=reverse("public:changes", args=[plan.year]),
        address=reverse("public:changes_feed", args=[plan.year]),
        district=plan.district,
        absolute=absolute,
    )


def item_of(amendment: Amendment) -> FeedItem:
    """Return the entry of an amendment: its reason."""
    reason = render_to_string("public/_change_reason.html", {"amendment": amendment})
    return FeedItem(
        title=headline(amendment),
        address=amendment.get_absolute_url(),
        html=f"<dl>{reason}</dl>",
        moment=amendment.decided_at,
        lasting_id=lasting_id(amendment),
    )


def lasting_id(amendment: Amendment) -> str:
    """Return the amendment's id in the feed."""
    lineage = amendment.changes.all()[0].lineage
    return uuid5(lineage, str(amendment.pk)).urn
