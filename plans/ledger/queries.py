"""Queries on the ledger."""

from collections.abc import Collection
from datetime import date

from django.db.models import Max, OuterRef, Q, Subquery

from gwonseon.office.models import User
from plans.facilities.models import Facility
from plans.ledger.kinds import kind_of, personal_codes
from plans.ledger.models import Record
from plans.tree.access import owned_by, with_all_above
from plans.tree.models import Activity, ActivitySupporter, Pillar, Plan
from plans.tree.querysets import NodeQuerySet

# A number is unusual from this many times the largest so far.
UNUSUAL = 10


def with_confirmed_records(activities: Collection[int]) -> set[int]:
    """Return the keys of the activities that ever had a confirmed record (1 query)."""
    rows = Record.objects.filter(activity__in=activities).exclude(state=Record.State.DRAFT)
    return set(rows.values_list("activity", flat=True).distinct())


def with_drafts(activities: Collection[int]) -> set[int]:
    """Return the keys of the activities that have a draft record (1 query)."""
    rows = Record.objects.filter(activity__in=activities, state=Record.State.DRAFT)
    return set(rows.values_list("activity", flat=True).distinct())


def last_confirmed_days(activities: Collection[int]) -> dict[int, date]:
    """Return the day of each activity's latest confirmed record, by activity key (1 query)."""
    rows = Record.objects.confirmed().filter(activity__in=activities).order_by()
    return dict(rows.values_list("activity").annotate(Max("happened_on")))


def recordable_by(user: User) -> NodeQuerySet:
    """Return the activities that a user may record for.

    The rule is that of `access.may_record`, as one query without reading records.
    """
    rows = with_all_above(Activity).filter(plan__in=Plan.objects.published().order_by()).in_force()
    own = owned_by(user.department_id)
    personal = personal_codes()
    allowed = Q(pk__in=[])
    if user.has_perm("plans.edit_department") and user.department_id:
        supported = ActivitySupporter.objects.filter(department=user.department_id)
        allowed |= own | Q(pk__in=supported.values("activity")) & ~Q(record_kind__in=personal)
    led = [code for code in Pillar.Code.values if user.has_perm(f"{code}.change_activity")]
    if user.has_perm("plans.change_plan"):
        allowed |= ~Q(record_kind__in=personal)
    elif led:
        allowed |= Q(initiative__goal__pillar__code__in=led) & ~Q(record_kind__in=personal)
    rows = rows.filter(allowed).select_related("plan")
    return rows.order_by("-plan__year", *Activity.PLAN_ORDER)


def recordable_with_last(user: User) -> NodeQuerySet:
    """Return the activities that a user may record for, each with `last`.

    `last` is the key of the user's latest record for it, or None. It is looked up in the index
    `record_last_of_writer` for each activity, so the ledger's size does not matter.
    """
    written = Record.objects.filter(written_by=user, activity=OuterRef("pk")).order_by("-pk")
    return recordable_by(user).annotate(last=Subquery(written.values("pk")[:1]))


def facilities_for(activity: Activity) -> list[Facility]:
    """Return the open facilities that an activity's kind is about, by dong (1 query)."""
    kind = kind_of(activity.record_kind)
    rows = Facility.objects.open().filter(kinds__overlap=list(kind.facilities))
    return list(rows.select_related("dong").order_by("dong__position", "name"))


def unusual_people(activity: Activity, people: int | None) -> int | None:
    """Return the largest number of people so far if the given number is far above it (1 query).

    None where the number is usual: below the kind's `many_people`, or within ten times the
    largest.
    """
    if people is None or people < kind_of(activity.record_kind).many_people:
        return None
    largest = Record.objects.confirmed().filter(activity=activity).aggregate(Max("people"))
    so_far = largest["people__max"] or 0
    return so_far if people > UNUSUAL * so_far else None
