"""Queries of the residents' pages of a plan. Each says how many queries it makes."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Window,
)
from django.db.models.functions import Lag, Lead
from django.shortcuts import get_object_or_404

from gwonseon.office.models import Department, Dong
from plans.tree.models import Activity, Goal, Initiative, Node, Pillar, Plan

# Lookup paths from each level to itself and to the levels above.
PATHS: dict[type[Node], dict[str, str]] = {
    Pillar: {"pillar": ""},
    Goal: {"goal": "", "pillar": "pillar__"},
    Initiative: {"initiative": "", "goal": "goal__", "pillar": "goal__pillar__"},
    Activity: {
        "activity": "",
        "initiative": "initiative__",
        "goal": "initiative__goal__",
        "pillar": "initiative__goal__pillar__",
    },
}
LEVELS = [*PATHS[Activity]][::-1]
IN_FORCE = Q(activities__retired_on=None)


@dataclass(frozen=True)
class PillarCard:
    """A pillar for the plan's first page."""

    pillar: Pillar
    goals: list[Goal]
    initiative_count: int
    activity_count: int


def pillars_of(plan: Plan) -> list[Pillar]:
    """Return the plan's pillars in plan order (1 query)."""
    return list(Pillar.objects.filter(plan=plan).in_force().in_plan_order())


def pillar_cards(plan: Plan, pillars: list[Pillar]) -> list[PillarCard]:
    """Return the pillars with their goals and the number of nodes below (2 queries)."""
    goals: dict[int, list[Goal]] = {pillar.pk: [] for pillar in pillars}
    for goal in Goal.objects.filter(plan=plan, pillar__in=pillars).in_force().in_plan_order():
        goals[goal.pillar_id].append(goal)
    rows = Initiative.objects.filter(plan=plan).in_force().order_by().values("goal__pillar")
    counts = {
        row["goal__pillar"]: (row["initiatives"], row["activities"])
        for row in rows.annotate(
            initiatives=Count("pk", distinct=True), activities=Count("activities", filter=IN_FORCE)
        )
    }
    return [
        PillarCard(pillar, goals[pillar.pk], *counts.get(pillar.pk, (0, 0))) for pillar in pillars
    ]


def ended_pillar_of(plan: Plan, slug: str) -> Pillar:
    """Return a pillar that has ended, or answer 404 (1 query)."""
    return get_object_or_404(Pillar, plan=plan, slug=slug)


def goals_with_all(pillar: Pillar) -> QuerySet[Goal]:
    """Return a pillar's goals, also ended ones, with all nodes in force below (3 queries)."""
    activities = Activity.objects.in_force().select_related("department").order_by("position")
    initiatives = (
        Initiative.objects.in_force()
        .select_related("department")
        .order_by("position")
        .prefetch_related(Prefetch("activities", activities, to_attr="activities_in_force"))
    )
    return (
        Goal.objects.filter(pillar=pillar)
        .in_plan_order()
        .prefetch_related(Prefetch("initiatives", initiatives, to_attr="initiatives_in_force"))
    )


def initiative_of(plan: Plan, slug: str) -> Initiative:
    """Return an initiative with its ancestors, or answer 404 (1 query)."""
    above = Initiative.objects.select_related("goal__pillar", "department")
    return get_object_or_404(above, plan=plan, slug=slug)


def ended_of(node: Node) -> Node | None:
    """Return the node if it has ended, else its nearest ended ancestor, or None (no query)."""
    while node.retired_on is None:
        if not node.PARENT:
            return None
        node = getattr(node, node.PARENT)
    return node


def activity_of(plan: Plan, slug: str) -> Activity:
    """Return an activity with its ancestors, or answer 404 (1 query).

    It has the attributes `supporter_names` and `dong_names`.
    """
    supporters = Department.objects.filter(supported_activities=OuterRef("pk")).values("name")
    dongs = Dong.objects.filter(activities=OuterRef("pk")).values("name")
    above = Activity.objects.select_related(
        "initiative__goal__pillar", "initiative__department", "department"
    ).annotate(supporter_names=ArraySubquery(supporters), dong_names=ArraySubquery(dongs))
    return get_object_or_404(above, plan=plan, slug=slug)


def activities_of(initiative: Initiative) -> list[Activity]:
    """Return an initiative's activities with their departments (1 query)."""
    activities = Activity.objects.filter(initiative=initiative).in_force()
    return list(activities.select_related("department").order_by("position"))


def neighbours_of(initiative: Initiative) -> tuple[Initiative | None, Initiative | None]:
    """Return the initiatives before and after one in plan order, or None (1 query)."""
    order = Initiative.PLAN_ORDER
    rows = (
        Initiative.objects.filter(plan=initiative.plan_id)
        .in_force()
        .annotate(
            before=Window(Lag("slug"), order_by=order), after=Window(Lead("slug"), order_by=order)
        )
        .filter(Q(before=initiative.slug) | Q(after=initiative.slug))
    )
    found = {"before" if row.after == initiative.slug else "after": row for row in rows}
    return found.get("before"), found.get("after")
