"""Progress on every day equals a recount from all changes by their 시행일."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gwonseon.office.models import Dong, User
from gwonseon.refusals import RefusedError
from plans.amendments.decide import apply_amendment
from plans.amendments.models import Amendment
from plans.ledger.models import Record
from plans.progress.figures import Group
from plans.progress.listing import data_of
from plans.progress.queries import progress_of
from plans.tree.models import QUARTERS, Activity, Goal, Initiative, Node, Plan
from tests.factories.amendments import added, amend, planners, requested
from tests.factories.ledger import RecordFactory, recordable
from tests.factories.tree import (
    ActivityFactory,
    GoalFactory,
    InitiativeFactory,
    PillarFactory,
    PlanFactory,
    publish,
)
from tests.krds.markup import Markup
from tests.transactions import undone

pytestmark = pytest.mark.django_db

YEAR = [dt.date(2021, 1, 1) + dt.timedelta(days=number) for number in range(365)]
TENTH = Decimal("0.1")
TARGET = {"target": Decimal(48), "target_origin": "staff", "target_set_on": dt.date(2021, 1, 4)}

LATER = "예시 뒤늦게 적는 활동"
MEASURES = ["records", "people", "quantity"]
KINDS = ["target", "quarters", "share", "weight", "period", "add", "end", "move", "measure"]
steps = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.integers(0, 9),
        st.integers(1, 40),
        st.integers(0, 364),
    ),
    min_size=1,
    max_size=8,
)
slowly = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@dataclass
class Told:
    """The values of one node on one day."""

    parent: int | None
    facts: dict[str, Any]
    is_there: bool = True


@dataclass
class Recount:
    """A year, day by day: each decision changes every day from its 시행일 on."""

    days: list[dict[tuple[type[Node], int], Told]] = field(default_factory=list)
    records: dict[int, list[Record]] = field(default_factory=lambda: defaultdict(list))

    def begin(self, plan: Plan) -> None:
        rows = {
            (model, node.pk): Told(node.parent_id, facts(node))
            for model in (Goal, Initiative, Activity)
            for node in model.objects.filter(plan=plan)
        }
        self.days = [deepcopy(rows) for _day in YEAR]

    def write(self, node: Node, names: set[str], on: dt.date) -> None:
        """Copy a node's present values of some facts to all days from a day on.

        A node that ends is still counted on its last day.
        """
        for number in range(YEAR.index(on), len(YEAR)):
            told = self.days[number][type(node), node.pk]
            told.facts |= {name: facts(node)[name] for name in names}
            told.parent = node.parent_id if "parent" in names else told.parent
            is_over = "end" in names and YEAR[number] > on
            told.is_there = told.is_there and not is_over

    def add(self, node: Node, on: dt.date) -> None:
        for day, told in zip(YEAR, self.days, strict=True):
            told[type(node), node.pk] = Told(node.parent_id, facts(node), day >= on)

    def record(self, plan: Plan) -> None:
        """Add records on the first and last day of each activity that has none."""
        for activity in Activity.objects.filter(plan=plan, records=None):
            key = Activity, activity.pk
            there = [on for on, day in zip(YEAR, self.days, strict=True) if day[key].is_there]
            for on in {there[0], there[-1]}:
                amounts = {"people": 30, "quantity": Decimal(7)}
                RecordFactory(activity=activity, happened_on=on, **amounts, confirmed=True)
        for one in Record.objects.all():
            self.records[one.activity_id].append(one)

    def counted(self, day: dt.date, key: int) -> Decimal:
        """Return the sum of an activity's records, by the measure in force on a day."""
        measure, *_rest = self.days[YEAR.index(day)][Activity, key].facts["gauge"]
        rows = [one for one in self.records[key] if one.happened_on <= day]
        amounts = [1 if measure == "records" else getattr(one, measure) or 0 for one in rows]
        return sum(amounts, Decimal(0))

    def rate(self, day: dt.date, model: type[Node], key: int) -> Decimal | None:
        """Return a node's rate on a day, calculated by the recount."""
        rows = self.days[YEAR.index(day)]
        if model is Activity:
            target = rows[model, key].facts["target"]
            done = self.counted(day, key)
            return target and (done * Decimal(100) / target).quantize(TENTH, ROUND_DOWN)
        below = {Goal: Initiative, Initiative: Activity}[model]
        parts = [
            (told.facts["weight"], self.rate(day, below, one))
            for (level, one), told in rows.items()
            if level is below and told.parent == key and told.is_there
        ]
        rated = [(weight, min(rate, Decimal(100))) for weight, rate in parts if rate is not None]
        if not rated:
            return None
        whole = sum(weight for weight, _rate in rated)
        total = sum(weight * rate for weight, rate in rated)
        return (total / whole).quantize(TENTH, ROUND_DOWN)


def facts(node: Node) -> dict[str, Any]:
    """Return the values that progress depends on. Target with quarters, measure, and period each
    count as one fact.
    """
    told: dict[str, Any] = {"weight": node.weight, "parent": None, "end": None}
    if isinstance(node, Activity):
        told |= {"target": node.target, "quarters": [getattr(node, name) for name in QUARTERS]}
        told["gauge"] = [node.measure, node.counted, node.unit]
        told["period"] = [node.starts_on, node.ends_on]
    return told


def planted() -> Plan:
    """Return a published plan with two goals and some records in each month.

    One activity has no records until all changes are decided.
    """
    plan = PlanFactory(year=2021)
    pillar = PillarFactory(plan=plan)
    for number in range(2):
        initiative = InitiativeFactory(goal=GoalFactory(pillar=pillar))
        ActivityFactory(initiative=initiative, **TARGET)
        ActivityFactory(initiative=initiative, weight=number + 1)
    ActivityFactory(initiative=initiative, title=LATER, **TARGET)
    publish(plan)
    for number, activity in enumerate(Activity.objects.filter(plan=plan).exclude(title=LATER)):
        for month in range(1, 7):
            day = dt.date(2021, month, 5 + number)
            RecordFactory(activity=activity, happened_on=day, confirmed=True)
    return plan


def take(recount: Recount, by: tuple[User, User], step: tuple[str, int, int, int]) -> None:
    """Apply one change where the rules allow it, and write it into the recount."""
    what, which, number, day = step
    on = YEAR[day]
    levels = {"move": Initiative, "end": Activity}
    model = levels.get(what, (Activity, Initiative)[which % 2] if what == "weight" else Activity)
    rows = model.objects.in_force().order_by("pk")
    rows = list(rows.filter(records=None) if what == "measure" else rows)
    if not rows:
        return
    node = rows[which % len(rows)]
    values, names = WANTED[what](node, number)
    try:
        if what == "add":
            title = f"새 활동 {Activity.objects.count()}"
            recount.add(added(node.initiative, "activity", title, on, **values), on)
        elif values:
            with transaction.atomic():
                apply_amendment(amendment=requested(node, by[0], on=on, **values), by=by[1])
            node.refresh_from_db()
            recount.write(node, names, on)
    except RefusedError:
        Amendment.objects.exclude(state="applied").update(state="withdrawn", decided_by=None)


# Facts that change together: target, quarters and measure.
PROMISED = {"target", "quarters", "gauge"}
Wanted = tuple[dict[str, Any], set[str]]


def some_target(_node: Node, number: int) -> Wanted:
    target = None if number % 5 == 0 else Decimal(number)
    return {"target": target, **dict.fromkeys(QUARTERS)}, PROMISED


def all_quarters(_node: Node, number: int) -> Wanted:
    quarters = {name: Decimal(number + place) for place, name in enumerate(QUARTERS)}
    return {"target": sum(quarters.values()), **quarters}, PROMISED


def one_quarter(node: Node, number: int) -> Wanted:
    """Change one quarter and the sum; the other quarters stay."""
    amount = Decimal(number)
    if node.target_q2 in {None, amount}:
        return {}, set()
    target = node.target - node.target_q2 + amount
    return {"target": target, "target_q2": amount}, PROMISED


def some_period(node: Node, number: int) -> Wanted:
    """Change the first day of the period, the last day, or both."""
    years = 2021 - (number % 5 == 0), 2021 + (number % 7 == 0)
    first = dt.date(years[0], number % 6 + 1, 1) if number % 3 else node.starts_on
    last = dt.date(years[1], number % 6 + 7, 28) if number % 4 else node.ends_on
    return {"starts_on": first, "ends_on": last}, {"period"}


def some_measure(_node: Node, number: int) -> Wanted:
    """Change the measure, and sometimes the target with it."""
    gauge = {"measure": MEASURES[number % 3], "counted": f"예시 {number}", "unit": f"예시{number}"}
    return gauge | (
        {"target": Decimal(number), **dict.fromkeys(QUARTERS)} if number % 2 else {}
    ), PROMISED


def the_other_goal(node: Node, _number: int) -> Wanted:
    return {"parent": Goal.objects.exclude(pk=node.goal_id).get()}, {"parent"}


# For each step: the function that returns the changed columns and the facts of the recount.
WANTED: dict[str, Callable[[Node, int], Wanted]] = {
    "target": some_target,
    "quarters": all_quarters,
    "share": one_quarter,
    "weight": lambda _node, number: ({"weight": Decimal(number)}, {"weight"}),
    "period": some_period,
    "measure": some_measure,
    "add": lambda _node, number: ({"target": Decimal(number)}, set()),
    "end": lambda _node, _number: ({"retired_on": True}, {"end"}),
    "move": the_other_goal,
}


def compare(recount: Recount, plan: Plan, day: dt.date) -> None:
    """Compare a day's progress with the recount."""
    whole = progress_of(plan, day).whole
    rows = recount.days[YEAR.index(day)]
    there = {key for (model, key), told in rows.items() if model is Activity and told.is_there}
    assert {one.activity.pk for one in whole.figures} == there
    for one in whole.figures:
        told = rows[Activity, one.activity.pk].facts
        assert [one.gauge.measure, one.gauge.counts, one.gauge.unit] == told["gauge"]
        assert one.counted == recount.counted(day, one.activity.pk)
        assert one.promise.target == told["target"]
        assert (one.promise.quarters or [None] * 4) == told["quarters"]
        assert one.promise.first == max(told["period"][0] or YEAR[0], YEAR[0])
        assert one.promise.last == min(told["period"][1] or YEAR[-1], YEAR[-1])
        assert one.rate == recount.rate(day, Activity, one.activity.pk)
    groups: list[Group] = [*whole.groups("goal"), *whole.groups("initiative")]
    assert len(groups) == 4
    for group in groups:
        assert group.rate == recount.rate(day, type(group.node), group.node.pk)


def told_after(steps: list[tuple[str, int, int, int]]) -> tuple[Recount, Plan]:
    plan, by, recount = planted(), planners(), Recount()
    recount.begin(plan)
    for step in steps:
        take(recount, by, step)
    recount.record(plan)
    return recount, plan


@given(steps=steps, days=st.lists(st.integers(0, 364), max_size=3))
@settings(slowly, max_examples=20)
@pytest.mark.long
def test_a_day_equals_a_recount_of_all_decisions(
    db: None, steps: list[tuple[str, int, int, int]], days: list[int]
) -> None:
    with undone():
        recount, plan = told_after(steps)
        turns = {day for *_rest, day in steps}
        asked = {364, *days, *turns, *(max(day - 1, 0) for day in turns)}
        for day in sorted(asked):
            compare(recount, plan, YEAR[day])


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
def test_every_day_of_the_year_equals_a_recount(db: None, seed: int) -> None:
    random = Random(seed)
    kinds = [*KINDS, "share", "quarters"]
    random.shuffle(kinds)
    steps = [
        (what, random.randrange(10), random.randint(1, 40), random.randrange(365)) for what in kinds
    ]
    recount, plan = told_after(steps)
    assert Amendment.objects.applied().count() > len(KINDS) / 2
    for day in YEAR:
        compare(recount, plan, day)


def test_the_page_shows_only_the_target_in_force(db: None, client: Client) -> None:
    activity = recordable(**TARGET)
    amend(activity, target=Decimal(60))

    page = Markup(client.get(activity.get_absolute_url()).text)
    words = page.words(page.one("main")).split("변경 이력")[0]

    assert "연간 목표60회" in words
    assert "48회" not in words
    assert words.count("60회") == 2


def test_targets_set_after_the_year_are_all_counted(db: None, client: Client) -> None:
    plan = PlanFactory(year=2021)
    rows = ActivityFactory.create_batch(3, initiative__goal__pillar__plan=plan)
    publish(plan)
    for one in rows:
        amend(one, target=Decimal(12))

    assert "목표가 정해진 활동 3개" in client.get(reverse("public:home")).text


def test_an_activity_counts_on_its_last_day(db: None) -> None:
    ends_last = ActivityFactory(initiative__goal__pillar__plan__year=2021, **TARGET)
    ends_early = recordable(initiative=ends_last.initiative, **TARGET)
    RecordFactory(activity=ends_early, happened_on=dt.date(2021, 5, 3), confirmed=True)
    RecordFactory(activity=ends_last, happened_on=YEAR[-1], confirmed=True)
    amend(ends_early, retired_on=dt.date(2021, 5, 3))
    amend(ends_last, retired_on=YEAR[-1])

    of_its_last_day = progress_of(ends_early.plan, dt.date(2021, 5, 3)).figure_of(ends_early)
    of_the_year = progress_of(ends_last.plan, YEAR[-1])

    assert of_its_last_day.counted == 1
    assert progress_of(ends_early.plan, dt.date(2021, 5, 4)).figure_of(ends_early) is None
    assert of_the_year.figure_of(ends_last).counted == 1
    assert [one.activity for one in of_the_year.whole.figures] == [ends_last]


def test_a_past_day_uses_the_measure_in_force_then(db: None, client: Client) -> None:
    activity = recordable(measure="people", unit="명", counted="찾아온 사람", **TARGET)
    changed = {"measure": "records", "unit": "건", "counted": "상담", "target": Decimal(15)}
    amend(activity, on=dt.date(2021, 6, 1), **changed)
    activity = Activity.objects.get(pk=activity.pk)
    RecordFactory(activity=activity, happened_on=dt.date(2021, 2, 1), people=10, confirmed=True)

    told = {}
    for day in ("2021-05-31", "2021-06-01"):
        figure = progress_of(activity.plan, dt.date.fromisoformat(day)).figure_of(activity)
        data = data_of(figure)
        url = reverse("public:activity_progress", args=[2021, activity.slug])
        page = Markup(client.get(url, {"on": day}).text)
        words = page.words(page.one("main"))
        file = client.get(reverse("public:progress_file", args=[2021]), {"on": day}).text
        told[day] = (figure.counted_text, data["counted"], data["unit"], figure.target_text)
        assert f"누계{figure.counted_text} {figure.gauge.counts} 목표{figure.target_text}" in words
        assert f"2월 1건 {figure.counted_text}" in words
        assert f",{data['counted']},{data['target']},{data['unit']}," in file
    assert told == {
        "2021-05-31": ("10명", "10", "명", "48명"),
        "2021-06-01": ("1건", "1", "건", "15건"),
    }


def lines(client: Client, day: str, name: str) -> list[list[int]]:
    """Return a day's counts by month or dong: a list for each row, with the row's sum last."""
    page = client.get(reverse("public:progress", args=[2021]), {"on": day})
    return [[*(cell.count for cell in row.cells), row.count] for row in page.context[name]]


def test_months_and_dongs_are_counted_in_the_pillar_of_that_day(db: None, client: Client) -> None:
    first = ActivityFactory(initiative__goal__pillar__plan__year=2021)
    plan = first.plan
    second = ActivityFactory(initiative__goal__pillar__plan=plan)
    ends = recordable(initiative=first.initiative)
    for one in Activity.objects.filter(pk__in=[first.pk, ends.pk]):
        dong = Dong.objects.order_by("position").first()
        RecordFactory(activity=one, happened_on=dt.date(2021, 3, 2), dong=dong, confirmed=True)
    goal, other = first.initiative.goal, second.initiative.goal
    amend(first.initiative, parent=other, on=dt.date(2021, 6, 1))
    place = added(goal, "initiative", "새 과제", on=dt.date(2021, 6, 1))
    amend(ends, parent=place, on=dt.date(2021, 6, 1))
    amend(ends, retired_on=dt.date(2021, 7, 1))

    for day, counts in [
        ("2021-03-31", [2, 0, 2]),
        ("2021-06-30", [1, 1, 2]),
        ("2021-07-02", [0, 1, 1]),
    ]:
        whole = progress_of(plan, dt.date.fromisoformat(day)).whole
        by_pillar = [sum(one.counted for one in pillar.figures) for pillar in whole.parts]
        assert [*by_pillar, sum(by_pillar)] == counts
        assert lines(client, day, "months")[2] == counts
        assert lines(client, day, "dongs")[0] == counts


def test_work_in_a_dong_closed_since_is_shown(db: None, client: Client) -> None:
    closed, empty, *others = Dong.objects.order_by("position")
    activity = recordable()
    for dong in (closed, others[0]):
        RecordFactory(activity=activity, dong=dong, confirmed=True)
    for dong in (closed, empty):
        dong.closed_on = dt.date(2021, 7, 1)
        dong.save()

    rows = client.get(reverse("public:progress", args=[2021])).context["dongs"]
    slug = activity.slug
    parts = client.get(reverse("public:activity_progress", args=[2021, slug])).context["dongs"]

    assert [row.label for row in rows] == [one.name for one in (closed, *others)]
    assert {row.label: row.count for row in rows if row.count} == {
        part.label: part.count for part in parts
    }


def test_the_first_page_counts_activities_that_ended_on_the_day(db: None, client: Client) -> None:
    """An activity that ends on the last day is part of the rate, but not listed any more."""
    targets = {"target": 10, "target_origin": "staff", "target_set_on": dt.date(2021, 1, 4)}
    activity = recordable(**targets)
    amend(activity, retired_on=dt.date(2021, 12, 31))

    page = " ".join(client.get(reverse("public:home")).text.split())

    assert "활동 0" in page
    assert "목표가 정해진 활동 1개" in page
    assert "2021. 12. 31.에 끝난 1개도 넣어 셈했습니다." in page
