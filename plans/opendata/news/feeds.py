"""The Atom feed of a pillar: its published plans, closed periods, amendments, and what else is new.

Other subjects register what they publish of a pillar in `pillar_news`: a function from the
pillar's code and a number to its latest entries.
"""

from collections.abc import Callable, Iterable
from uuid import UUID, uuid5

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from gwonseon.office.models import District
from gwonseon.registry import Registry
from plans.amendments.models import Amendment, Change
from plans.public.changes.feed import item_of
from plans.public.changes.queries import with_touched
from plans.public.feeds import FeedItem, atom_of
from plans.tracking.closing.models import Closing
from plans.tree.access import LEVELS
from plans.tree.models import Pillar, Plan

News = Callable[[str, int], Iterable[FeedItem]]

MOST = 50
pillar_news: Registry[News] = Registry()


def feed_of(code: str, absolute: Callable[[str], str]) -> str:
    """Return the Atom feed of a pillar, latest entry first; `absolute` makes a URL absolute.

    Makes 6 queries, and those of what is registered.
    """
    pillars = list(published_pillars(code))
    items = [
        *map(beginning_of, pillars),
        *closings_of(pillars),
        *amendments_of(code),
        *(item for news in pillar_news for item in news(code, MOST)),
    ]
    latest = sorted(items, key=lambda one: (one.moment, one.lasting_id), reverse=True)[:MOST]
    district = District.objects.get()
    title = Pillar.Code(code).label
    return atom_of(
        latest,
        title=_("%(name)s %(pillar)s 소식") % {"name": district.name, "pillar": title},
        page=pillars[0].get_absolute_url() if pillars else reverse("opendata:index"),
        address=reverse("opendata:feed", args=[code]),
        district=district,
        absolute=absolute,
    )


def published_pillars(code: str) -> Iterable[Pillar]:
    """Return the pillar with a code in each published plan, newest year first (1 query)."""
    rows = Pillar.objects.filter(code=code, plan__status=Plan.Status.PUBLISHED).in_force()
    return rows.select_related("plan").order_by("-plan__year")


def beginning_of(pillar: Pillar) -> FeedItem:
    """Return the entry that says that a year's plan was published."""
    names = {"year": pillar.plan.year, "title": pillar.shown_title}
    return FeedItem(
        title=_("%(year)s년 계획 공개: %(title)s") % names,
        address=pillar.get_absolute_url(),
        html=format_html("<p>{}</p>", pillar.text or pillar.shown_title),
        moment=pillar.plan.published_at,
        lasting_id=lasting(pillar.lineage, f"published-{pillar.plan.year}"),
    )


def closings_of(pillars: list[Pillar]) -> Iterable[FeedItem]:
    """Yield an entry for each of the latest closings of the pillars' plans (1 query)."""
    by_plan = {one.plan_id: one for one in pillars}
    rows = Closing.objects.filter(period__plan__in=by_plan).select_related("period")
    for closing in rows.order_by("-closed_at", "-pk")[:MOST]:
        pillar = by_plan[closing.period.plan_id]
        for group in closing.content["groups"]:
            if group["lineage"] == str(pillar.lineage):
                yield closing_item(closing, pillar, group)


def closing_item(closing: Closing, pillar: Pillar, group: dict[str, str]) -> FeedItem:
    """Return the entry of a pillar in a closed period: its rates."""
    period, year = closing.period, pillar.plan.year
    names = {"year": year, "period": closing.content["period"], "title": group["title"]}
    rates = ((_("달성률"), group["rate"]), (_("이행률"), group["met_rate"]))
    said = ", ".join(f"{label} {rate}%" for label, rate in rates if rate)
    again = _(" (%(version)s판)") % {"version": closing.version} if closing.version > 1 else ""
    return FeedItem(
        title=_("%(year)s년 %(period)s 마감: %(title)s") % names + again,
        address=reverse("public:period_version", args=[year, period.number, closing.version]),
        html=format_html("<p>{}</p>", said or _("달성률을 낼 목표가 없습니다.")),
        moment=closing.closed_at,
        lasting_id=lasting(pillar.lineage, f"closing-{closing.pk}"),
    )


def amendments_of(code: str) -> Iterable[FeedItem]:
    """Yield the entries of amendments that changed something of a pillar (2 queries)."""
    about = Q(pk__in=[])
    for model in LEVELS.values():
        path = f"{model.PILLAR_PATH}__code" if model.PILLAR_PATH else "code"
        about |= Q(lineage__in=model.objects.filter(**{path: code}).values("lineage"))
    rows = Amendment.objects.applied().filter(
        plan__status=Plan.Status.PUBLISHED,
        pk__in=Change.objects.filter(about).order_by().values("amendment"),
    )
    return map(item_of, with_touched(rows.select_related("plan"))[:MOST])


def lasting(lineage: UUID, what: str) -> str:
    """Return the id of an entry, which stays the same if the portal's address changes."""
    return uuid5(lineage, what).urn
