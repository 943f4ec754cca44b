"""Fill a plan with sample staff, departments, targets, records and residents who follow it.

All names begin with 예시. The same plan always gets the same data. Call `promise` while the plan is
a draft, because it sets promised columns, and `record` after it is published.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from gwonseon.office.models import District, Dong
from gwonseon.office.roles import EDITOR, HEAD
from plans.facilities.models import Facility, FacilityKind
from plans.findings.actions import close_finding
from plans.ledger.actions import RecordEntry, add_records, confirm_record
from plans.ledger.kinds import RecordKind, kind_of
from plans.ledger.models import Finding
from plans.ledger.samples import Setting, made_up, sample_registers
from plans.progress.models import Hold
from plans.samples.followers import follow
from plans.samples.people import (
    DEMO_DEPARTMENT,
    DEMO_INITIATIVES,
    DEPARTMENTS,
    names_of_departments,
    sample_staff,
    staff_of,
)
from plans.samples.quarters import quarters
from plans.samples.reminders import remind
from plans.samples.spending import plan_budgets
from plans.tree.choices import Measure, TargetOrigin
from plans.tree.models import QUARTERS, Activity, Initiative, Plan

# A yearly target for each unit, and the shares of it that are done: from nothing to far too much.
TARGETS = {
    "명": 400,
    "m": 1200,
    "등": 150,
    "건": 60,
    "가구": 80,
    "권": 300,
    "구좌": 40,
    "L": 2400,
    "㎡": 30_000,
    "%": 100,
    "개소": 40,
    "회": 24,
}
SHARES = (0, 0.35, 0.6, 0.8, 0.9, 1, 1, 1.05, 1.3)
MOST_RECORDS = 30
SATURDAY = 5
# One activity in so many has no target, quarterly targets or a draft; one record in so many has a
# finding.
WITHOUT_TARGET = 8
BY_QUARTER = 3
WITH_DRAFT = 4
WITH_FINDING = 8


def mark_as_sample() -> None:
    """Mark the database as sample data; every page then says so."""
    District.objects.update(is_sample=True)


def promise(plan: Plan) -> None:
    """Give a draft's initiatives departments and people, its activities targets and budgets."""
    plan_budgets(plan)
    random = Random(plan.year)  # noqa: S311 -- made up, and the same each time
    people = {name: sample_staff(name) for name in names_of_departments()}
    for number, initiative in enumerate(initiatives_of(plan)):
        code = initiative.goal.pillar.code
        name = DEPARTMENTS[code][number % len(DEPARTMENTS[code])]
        officer = people[DEMO_DEPARTMENT if initiative.slug in DEMO_INITIATIVES else name]
        update_nodes(Initiative, [initiative], department=officer.department, person=officer)
        below = Activity.objects.filter(initiative=initiative)
        update_nodes(Activity, below, person=officer)
    for number, activity in enumerate(activities_of(plan)):
        if activity.target is None and number % WITHOUT_TARGET:
            target = TARGETS[activity.unit or "명"] * random.choice((1, 1, 2)) // 1
            quarters = dict.fromkeys(QUARTERS, target // 4) if number % BY_QUARTER == 0 else {}
            said = {"target_origin": TargetOrigin.STAFF, "target_set_on": date(plan.year, 1, 4)}
            update_nodes(Activity, [activity], target=target, **said, **quarters)


def update_nodes(model: type, nodes: Iterable, **facts: Any) -> None:
    """Save values of a draft's nodes (1 query)."""
    model.objects.filter(pk__in=[node.pk for node in nodes]).update(**facts)


def initiatives_of(plan: Plan) -> list[Initiative]:
    """Return a plan's initiatives with their pillars (1 query)."""
    rows = Initiative.objects.filter(plan=plan).select_related("goal__pillar")
    return list(rows.in_plan_order())


def activities_of(plan: Plan) -> list[Activity]:
    """Return a plan's activities with all nodes above them (1 query)."""
    rows = Activity.objects.filter(plan=plan).select_related(f"{Activity.PILLAR_PATH}__plan")
    return list(rows.in_plan_order())


def record(plan: Plan) -> int:
    """Write a year of records for a published plan, and return how many.

    Its quarters are written and closed, residents follow it, the pillars' own tables are filled,
    and the staff are reminded.
    """
    facilities = {kind: sample_facilities(kind) for kind in FacilityKind}
    made = [
        SampleYear(activity, number, facilities).write()
        for number, activity in enumerate(activities_of(plan))
    ]
    put_off(plan)
    quarters(plan)
    follow(plan)
    for fill in sample_registers:
        fill(plan)
    remind(plan)
    return sum(made)


def sample_facilities(kind: FacilityKind) -> list[Facility]:
    """Make sample facilities of a kind, one in each dong, and return them."""
    return Facility.objects.bulk_create(
        Facility(name=f"예시 {dong} {kind.label}", kinds=[kind], dong=dong, capacity=30)
        for dong in Dong.objects.open()
    )


@dataclass
class SampleYear:
    """A year of sample records of one activity."""

    activity: Activity
    number: int
    facilities: dict[FacilityKind, list[Facility]]

    def __post_init__(self) -> None:
        self.random = Random(self.activity.slug)  # noqa: S311
        self.kind = kind_of(self.activity.record_kind)
        self.year = self.activity.plan.year
        owner = self.activity.initiative.department
        self.by, self.head = staff_of(owner, EDITOR), staff_of(owner, HEAD)
        self.dongs = list(Dong.objects.open())

    def write(self) -> int:
        """Write the records and return how many; most are confirmed, most findings are closed."""
        entries = list(self.entries())
        waits = self.number % WITH_DRAFT == 0 and len(entries) > 1
        self.confirm(entries[:-1] if waits else entries)
        if waits:
            add_records(activity=self.activity, entries=entries[-1:], by=self.by)
        self.put_right()
        return len(entries)

    def confirm(self, entries: list[RecordEntry]) -> None:
        """Write confirmed records."""
        if not entries:
            return
        another = self.kind.confirmed_by_another
        written = add_records(
            activity=self.activity, entries=entries, by=self.by, confirm=not another
        )
        for one in written if another else []:
            confirm_record(record=one, version=one.version, by=self.head)

    def entries(self) -> Iterator[RecordEntry]:
        """Yield the records' values, by day."""
        wanted = self.wanted()
        is_counted = self.activity.measure == Measure.RECORDS
        number = int(min(wanted, MOST_RECORDS * 2) if is_counted else min(wanted, MOST_RECORDS))
        parts = [wanted // number + (n < wanted % number) for n in range(number)] if number else []
        yield from (
            self.entry(day, part) for day, part in zip(self.days(number), parts, strict=True)
        )

    def wanted(self) -> int:
        """Return how much is done in the year, in the activity's unit."""
        share = SHARES[self.number % len(SHARES)]
        target = self.activity.target or TARGETS[self.activity.unit or "명"]
        return int(target * Decimal(str(share)))

    def days(self, number: int) -> list[date]:
        """Return working days of the year, some of them twice."""
        first = date(self.year, 1, 1)
        year = [first + timedelta(days=n) for n in range(365)]
        working = [day for day in year if day.weekday() < SATURDAY]
        return sorted(self.random.choices(working, k=number))

    def entry(self, day: date, part: int) -> RecordEntry:
        """Return the values of a record for one day."""
        place = self.facility()
        setting = Setting(self.random, self.activity, self.by, place)
        detail = made_up(self.kind.code, setting)
        facts = {"happened_on": day, "note": "예시 기록", **self.numbers(part)}
        facts["people"] = getattr(detail, "people", None) or facts["people"]
        facts["dong_id"] = place.dong_id if place else self.random.choice(self.dongs).pk
        facts["facility_id"] = place and place.pk
        if self.kind.is_timed:
            starts = timezone.make_aware(datetime.combine(day, time(14)))
            facts |= {"starts_at": starts, "ends_at": starts + timedelta(hours=2)}
        return RecordEntry(facts, detail=detail, findings=self.findings(day))

    def facility(self) -> Facility | None:
        """Return a facility for a kind of record that needs one, else None."""
        kinds = self.kind.facilities
        return self.random.choice(self.facilities[FacilityKind(kinds[0])]) if kinds else None

    def numbers(self, part: int) -> dict[str, int | None]:
        """Return quantity and people of one day's record; None for what it does not count."""
        measure = self.activity.measure
        people = self.random.randint(5, 30) if self.kind.people else None
        return {
            "quantity": part if measure == Measure.QUANTITY else None,
            "people": part if measure == Measure.PEOPLE else people,
        }

    def findings(self, day: date) -> list[Finding]:
        """Return a finding for one record in WITH_FINDING, else an empty list."""
        if not self.kind.findings or self.random.randrange(WITH_FINDING):
            return []
        return [
            Finding(
                what=f"예시: {self.kind.findings}",
                spot="예시 위치",
                category=self.category(self.kind),
                department=self.activity.initiative.department,
                due_on=day + timedelta(days=14),
            )
        ]

    def category(self, kind: RecordKind) -> str:
        """Return one of the categories of a kind, "" if it has none."""
        return self.random.choice(kind.categories)[0] if kind.categories else ""

    def put_right(self) -> None:
        """Close all of the activity's findings except the last, in time."""
        found = Finding.objects.filter(record__activity=self.activity).counted().order_by("pk")
        for finding in list(found)[:-1]:
            day = min(finding.due_on, date(self.year, 12, 31))
            close_finding(finding=finding, day=day, note="예시: 고쳤습니다.", by=self.by)


def put_off(plan: Plan) -> None:
    """Put one activity on hold."""
    activity = activities_of(plan)[-2]
    by = staff_of(activity.initiative.department, HEAD)
    Hold.objects.create(
        activity=activity,
        reason="예시: 방역 지침으로 미루었습니다.",
        starts_on=date(plan.year, 9, 1),
        set_by=by,
    )
