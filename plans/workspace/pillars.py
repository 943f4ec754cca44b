"""Queries of a pillar's staff page: what must be put right, and this week's work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q
from django.utils import timezone

from gwonseon.office.models import User
from plans.findings.access import findings_for
from plans.ledger.kinds import kind_of
from plans.ledger.models import FindingQuerySet, Record
from plans.ledger.queries import recordable_by, recordable_with_last
from plans.tree.models import Activity, Pillar, Plan
from plans.tree.querysets import NodeQuerySet

PILLAR = f"activity__{Activity.PILLAR_PATH}__code"
MOST = 20
MOST_FINDINGS = 10
MOST_RECENT = 5


@dataclass(frozen=True)
class OpenKind:
    """The number of open findings of one kind and category, and how many of them are late."""

    kind: str
    what: str
    count: int
    overdue: int


@dataclass(frozen=True)
class Week:
    """The records since Monday; if there are none, `records` has the latest ones."""

    since: date
    count: int
    records: list[Record]


def pillars_for(user: User, plans: Iterable[Plan], known: list[Pillar]) -> list[Pillar]:
    """Return the pillars of the newest published plan that have a page for the user.

    `plans` are the user's, the newest first, and `known` the pillars of one of them. Makes 1 query
    if they are of another plan, else none.
    """
    newest = next((one for one in plans if one.is_published), None)
    if newest is None or not user.has_perm("plans.view_draft"):
        return []
    pillars = known
    if not known or known[0].plan_id != newest.pk:
        pillars = list(Pillar.objects.filter(plan=newest).in_plan_order())
    return [one for one in pillars if one.code and one.retired_on is None]


def pillar_in_force(code: str) -> Pillar | None:
    """Return the pillar with a code in the newest published plan, or None (1 query)."""
    newest = Plan.objects.published().order_by("-year").values("pk")[:1]
    rows = Pillar.objects.in_force().filter(plan__in=newest, code=code)
    return rows.select_related("plan__district").first()


def open_findings(user: User, code: str) -> FindingQuerySet:
    """Return the open findings of a pillar, most urgent first."""
    return findings_for(user).open().filter(**{f"record__{PILLAR}": code})


def by_category(findings: FindingQuerySet, today: date) -> list[OpenKind]:
    """Return the numbers of open and late findings by kind and category (1 query)."""
    rows = findings.order_by("record__kind", "category").values_list("record__kind", "category")
    rows = rows.annotate(count=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=today)))
    return [open_kind(*row) for row in rows]


def open_kind(code: str, category: str, count: int, overdue: int) -> OpenKind:
    """Return a line of the table, with the kind's labels."""
    kind = kind_of(code)
    what = str(dict(kind.categories).get(category, "") or kind.findings)
    return OpenKind(str(kind.label), what, count, overdue)


def this_week(user: User, pillar: Pillar) -> Week:
    """Return a pillar's records since Monday that the user may see (3 queries).

    Its activities are given by key, so that an index of the ledger can be used even where few of
    its rows belong to this pillar.
    """
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    below = Activity.objects.filter(**{Activity.PILLAR_PATH: pillar}).values_list("pk", flat=True)
    rows = Record.objects.visible_to(user).current().filter(strikes_out=False)
    rows = rows.filter(activity__in=list(below))
    rows = rows.with_context().order_by("-happened_on", "-pk")
    since = rows.filter(happened_on__gte=monday)
    count = since.count()
    return Week(monday, count, list((since if count else rows)[:MOST]))


def recordable_in(user: User, pillar: Pillar) -> NodeQuerySet:
    """Return the pillar's activities that the user may record for."""
    return recordable_by(user).filter(**{Activity.PILLAR_PATH: pillar})


def recently_recorded(user: User) -> list[Activity]:
    """Return the activities that the user recorded for last, else others they may (1 query).

    Of the others, the newest plan's come first.
    """
    last, order = F("last").desc(nulls_last=True), ("-plan__year", *Activity.PLAN_ORDER)
    return list(recordable_with_last(user).order_by(last, *order)[:MOST_RECENT])
