"""Tables of what was counted: by year, by month, and by month and dong.

Only confirmed records count. They are summed by the database, activity after activity, so that no
list of records is ever kept here.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import F
from django.db.models.functions import ExtractMonth
from django.utils import timezone

from gwonseon.office.models import Dong
from plans.ledger.kinds import personal_codes
from plans.ledger.models import Record
from plans.opendata.tables.declaring import (
    DataColumn,
    DataTable,
    Row,
    Type,
    lineage_column,
    slug_column,
    year_column,
)
from plans.opendata.tables.masking import told_months, told_total
from plans.opendata.tables.nodes import public_activities
from plans.opendata.tables.plan import UNIT
from plans.progress.figures import Gauge
from plans.progress.queries import SUMS
from plans.tree.choices import Measure
from plans.tree.models import Activity

MONTHS = 12
RECORDS = f"{Measure.RECORDS}_sum"
HIDDEN = DataColumn(
    "is_hidden",
    "감춤",
    Type.FLAG,
    "개인의 일이라 수를 보이지 않으면 참. 5보다 적거나, 보이면 다른 수를 알게 되는 수입니다.",
)
COUNTED = DataColumn(
    "records",
    "실적",
    Type.INTEGER,
    "확정된 실적의 수. 개인의 일은 비웁니다.",
    "건",
    may_be_empty=True,
)
AMOUNT = DataColumn(
    "amount",
    "더한 양",
    Type.NUMBER,
    "활동의 「재는 방법」으로 더한 양",
    "단위 칸",
    may_be_empty=True,
)


def sums_of(activities: list[Activity], *parts: Any) -> Iterator[tuple[Activity, list[dict]]]:
    """Yield each activity, by key, with its sums by `parts` (1 query).

    Filters by keys only, so that PostgreSQL reads the index `record_sums` and no row of the ledger.
    """
    by_key = {one.pk: one for one in sorted(activities, key=lambda one: one.pk)}
    rows = Record.objects.confirmed().filter(activity__in=list(by_key)).order_by("activity", *parts)
    named = {f"part_{number}": part for number, part in enumerate(parts)}
    found = rows.values("activity", **named).annotate(**SUMS).iterator()
    grouped = groupby(found, key=itemgetter("activity"))
    key, group = next(grouped, (None, ()))
    for activity in by_key.values():
        if activity.pk == key:
            yield activity, list(group)
            key, group = next(grouped, (None, ()))
        else:
            yield activity, []


def gauge_of(activity: Activity) -> Gauge:
    """Return how an activity is measured."""
    return Gauge(activity.measure, activity.counted, activity.unit)


def months_of(activity: Activity, sums: list[dict]) -> tuple[list[int], list[Decimal]]:
    """Return the records and amounts of an activity's twelve months."""
    by_month = {one["part_0"]: one for one in sums}
    found = [by_month.get(month, {}) for month in range(1, MONTHS + 1)]
    gauge = gauge_of(activity)
    return [one.get(RECORDS, 0) for one in found], [gauge.amount(one) for one in found]


def months_so_far(year: int, today: date) -> int:
    """Return how many months of a year have begun by a day."""
    if year == today.year:
        return today.month
    return MONTHS if year < today.year else 0


def named(activity: Activity) -> tuple[int, str, str, str]:
    """Return the first cells of a row about an activity, and its unit."""
    unit = gauge_of(activity).unit_text
    return activity.plan.year, str(activity.lineage), activity.slug, unit


def total_rows() -> Iterator[Row]:
    """Yield each activity's sum of its year so far (6 queries)."""
    personal = personal_codes()
    for activity, sums in sums_of(public_activities()):
        amount = gauge_of(activity).amount(sums[0] if sums else {})
        records = sums[0][RECORDS] if sums else 0
        if activity.record_kind in personal:
            records, amount = None, told_total(amount)
        yield *named(activity), records, amount, amount is None


def month_rows() -> Iterator[Row]:
    """Yield each activity's sum of each month so far (6 queries)."""
    today, personal = timezone.localdate(), personal_codes()
    for activity, sums in sums_of(public_activities(), ExtractMonth("happened_on")):
        year = activity.plan.year
        records, amounts = months_of(activity, sums)
        told: list[Decimal | None] = list(amounts)
        if activity.record_kind in personal:
            told = told_months(amounts, is_over=year < today.year)
        for month in range(1, months_so_far(year, today) + 1):
            amount = told[month - 1]
            is_personal = activity.record_kind in personal
            count = None if is_personal else records[month - 1]
            *first, unit = named(activity)
            yield *first, month, unit, count, amount, amount is None


def dong_rows() -> Iterator[Row]:
    """Yield each activity's sum of each month and dong that has records (7 queries).

    Of personal records, which have no dong, there is nothing here.
    """
    dongs = dict(Dong.objects.values_list("pk", "name"))
    personal = personal_codes()
    shared = [one for one in public_activities() if one.record_kind not in personal]
    for activity, sums in sums_of(shared, ExtractMonth("happened_on"), F("dong")):
        gauge, (*first, unit) = gauge_of(activity), named(activity)
        for one in sums:
            dong = dongs.get(one["part_1"], "")
            yield *first, one["part_0"], dong, unit, one[RECORDS], gauge.amount(one)


TOTALS = DataTable(
    "totals",
    "그해의 누계",
    "활동마다 그해에 한 일을 모두 더한 것(확정된 실적만). 뒤늦게 적거나 바로잡은 것도 그 일을 한 "
    "해에 들어갑니다.",
    ("year", "lineage"),
    (year_column(), lineage_column(), slug_column(), UNIT, COUNTED, AMOUNT, HIDDEN),
    total_rows,
)
MONTH = DataColumn("month", "달", Type.INTEGER, "일을 한 달", "월")
BY_MONTH = DataTable(
    "months",
    "달마다 한 일",
    "활동마다 그 달에 한 일을 더한 것. 개인의 일은 그해가 지난 뒤에만, 5보다 적은 달과 그것을 셈해 "
    "낼 수 있게 하는 달을 감추고 보입니다.",
    ("year", "lineage", "month"),
    (year_column(), lineage_column(), slug_column(), MONTH, UNIT, COUNTED, AMOUNT, HIDDEN),
    month_rows,
)
BY_DONG = DataTable(
    "months-by-dong",
    "달과 동마다 한 일",
    "활동마다 그 달에 그 동에서 한 일을 더한 것. 실적이 있는 달과 동만 있고, 개인의 일은 없습니다.",
    ("year", "lineage", "month", "dong"),
    (
        year_column(),
        lineage_column(),
        slug_column(),
        MONTH,
        DataColumn("dong", "동", about="동을 정하지 않은 실적은 비웁니다.", may_be_empty=True),
        UNIT,
        DataColumn("records", "실적", Type.INTEGER, "확정된 실적의 수", "건"),
        DataColumn("amount", "더한 양", Type.NUMBER, "활동의 「재는 방법」으로 더한 양", "단위 칸"),
    ),
    dong_rows,
)
