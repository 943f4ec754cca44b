"""What is read of updates: those of a period, what is missing, and what was said before."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from gwonseon.office.models import Department, User
from plans.amendments.force import Force, force_of
from plans.ledger.models import Record
from plans.tracking.figures import PeriodFigure, PeriodFigures, day_of
from plans.tracking.models import Period, Update, UpdateQuerySet
from plans.tree.access import in_charge_of
from plans.tree.models import Activity, Initiative, Plan
from plans.tree.queries import read_tree

Updates = dict[tuple[str, int], Update]


@dataclass(frozen=True)
class PeriodLine:
    """An activity in a period: its figures, and its update or that of its initiative, if any."""

    found: PeriodFigure
    update: Update | None

    @property
    def activity(self) -> Activity:
        """The activity."""
        return self.found.activity

    @property
    def is_done(self) -> bool:
        """Whether its update is approved."""
        done = {Update.State.APPROVED, Update.State.CONFIRMED}
        return self.update is not None and self.update.state in done

    @property
    def is_behind(self) -> bool:
        """Whether nothing about it is submitted yet."""
        return self.update is None or self.update.is_in_work

    @property
    def department(self) -> Department | None:
        """The department that owns the activity, itself or by its initiative."""
        return department_of(self.activity)

    @property
    def person(self) -> User | None:
        """Who is in charge of the activity, or of its initiative."""
        return person_of(self.activity)

    @property
    def has_person(self) -> bool:
        """Whether somebody is in charge of the activity or of its initiative."""
        return in_charge_of(self.activity) is not None


@dataclass(frozen=True)
class Missing:
    """What a period lacks: lines without an update, not approved, without a person; open drafts.

    `drafts` is the number of records of the period's days that nobody has confirmed.
    """

    unwritten: list[PeriodLine]
    unapproved: list[PeriodLine]
    unowned: list[PeriodLine]
    drafts: int


def department_of(activity: Activity) -> Department | None:
    """Return the department that owns an activity, itself or by its initiative."""
    return activity.department or activity.initiative.department


def person_of(activity: Activity) -> User | None:
    """Return who is in charge of an activity, or of its initiative."""
    return activity.person or activity.initiative.person


def updates_of(period: Period) -> UpdateQuerySet:
    """Return a period's updates with their people."""
    return Update.objects.filter(period=period).select_related("author", "decided_by")


def approved_updates(period: Period) -> UpdateQuerySet:
    """Return a period's updates that are approved."""
    return Update.objects.filter(period=period, state=Update.State.APPROVED)


def by_node(updates: Iterable[Update]) -> Updates:
    """Return updates by what they are about."""
    return {
        ("activity", one.activity_id) if one.activity_id else ("initiative", one.initiative_id): one
        for one in updates
    }


def update_of(activity: Activity, updates: Updates) -> Update | None:
    """Return the update about an activity or its initiative, or None."""
    own = updates.get(("activity", activity.pk))
    return own or updates.get(("initiative", activity.initiative_id))


def lines_of(period: Period, figures: PeriodFigures) -> list[PeriodLine]:
    """Return the plan's activities in a period, in the plan's order (1 query)."""
    updates = by_node(updates_of(period))
    return [PeriodLine(found, update_of(found.activity, updates)) for found in figures.of.values()]


def missing_of(period: Period, lines: list[PeriodLine]) -> Missing:
    """Return what a period lacks (1 query)."""
    days = (period.first_on, period.last_on)
    drafts = Record.objects.filter(
        state=Record.State.DRAFT, activity__plan=period.plan_id, happened_on__range=days
    )
    return Missing(
        unwritten=[one for one in lines if one.update is None],
        unapproved=[one for one in lines if one.update and not one.is_done],
        unowned=[one for one in lines if not one.has_person],
        drafts=drafts.count(),
    )


def is_late(period: Period) -> bool:
    """Return whether what is missing is late: the period is open and its last day has passed."""
    return period.is_open and timezone.localdate() > period.due_on


def said_before(period: Period, node: Activity | Initiative) -> Update | None:
    """Return the last update from an earlier period of an item or its initiative (1 query)."""
    about = Q(**{node._meta.model_name: node})
    if isinstance(node, Activity):
        about |= Q(initiative=node.initiative_id)
    earlier = Update.objects.filter(
        about, period__plan=period.plan_id, period__last_on__lt=period.first_on
    )
    return earlier.select_related("period").order_by("-period__first_on").first()


def beside(period: Period, node: Activity | Initiative) -> list[Update]:
    """Return the period's updates of an item, its initiative and its activities (1 query)."""
    if isinstance(node, Activity):
        about = Q(activity=node) | Q(initiative=node.initiative_id)
    else:
        about = Q(initiative=node) | Q(activity__initiative=node)
    rows = Update.objects.filter(about, period=period)
    return list(rows.select_related("period", "activity", "initiative"))


@dataclass(frozen=True)
class Count:
    """How far the updates of some activities have come, as numbers of activities."""

    missing: int = 0
    in_work: int = 0
    submitted: int = 0
    approved: int = 0

    @property
    def behind(self) -> int:
        """The number of activities about which nothing is submitted."""
        return self.missing + self.in_work

    @property
    def whole(self) -> int:
        """The number of all activities."""
        return self.behind + self.submitted + self.approved


def count_of(updates: list[Update | None]) -> Count:
    """Return how far updates have come: one for each activity, None where it has none."""
    written = [one for one in updates if one]
    in_work = sum(one.is_in_work for one in written)
    submitted = sum(one.state == Update.State.SUBMITTED for one in written)
    approved = len(written) - in_work - submitted
    return Count(len(updates) - len(written), in_work, submitted, approved)


def counts_of(plan: Plan) -> list[tuple[Period, Count | None]]:
    """Return a plan's periods with how far their updates have come (7 queries).

    None where nobody writes yet.
    """
    periods = list(Period.objects.filter(plan=plan).select_related("plan"))
    activities = read_tree(plan, in_force=False).activities
    force, updates = force_of(plan, plan.first_day), by_period(periods)

    def count(period: Period) -> Count | None:
        if period.state == Period.State.PLANNED:
            return None
        there = [one for one in activities if was_in(period, one, force)]
        return count_of([update_of(one, updates[period.pk]) for one in there])

    return [(one, count(one)) for one in periods]


def by_period(periods: list[Period]) -> dict[int, Updates]:
    """Return the updates of periods, without their texts, by period key (1 query)."""
    found: dict[int, list[Update]] = defaultdict(list)
    rows = Update.objects.filter(period__in=periods)
    for one in rows.only("period", "activity", "initiative", "state"):
        found[one.period_id].append(one)
    return {one.pk: by_node(found[one.pk]) for one in periods}


def was_in(period: Period, activity: Activity, force: Force) -> bool:
    """Return whether an activity, and all above it, was part of the plan in a period."""
    initiative = activity.initiative
    nodes = (activity, initiative, initiative.goal, initiative.goal.pillar)
    return all(force.was_there(one, day_of(period)) for one in nodes)


def unwritten_by(user: User) -> dict[Period, list[Activity]]:
    """Return the activities in the user's charge without an update, by open period.

    Makes 1 query; if there are such activities, 2 more, and 1 for each plan.
    """
    theirs = Q(person=user) | Q(person=None, initiative__person=user)
    rows = Activity.objects.filter(theirs, plan__in=Period.objects.open().values("plan"))
    mine = list(rows.in_plan_order().select_related(Activity.PILLAR_PATH))
    if not mine:
        return {}
    periods = list(Period.objects.open().select_related("plan").order_by("first_on"))
    plans = {one.plan_id: one.plan for one in periods}
    updates = by_period(periods)
    force = {key: force_of(plan, plan.first_day) for key, plan in plans.items()}
    found = {
        period: [
            one
            for one in mine
            if one.plan_id == period.plan_id
            and update_of(one, updates[period.pk]) is None
            and was_in(period, one, force[one.plan_id])
        ]
        for period in periods
    }
    return {period: activities for period, activities in found.items() if activities}
