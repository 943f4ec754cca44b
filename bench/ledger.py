"""The ledger with 1,000,000 records of 100 activities, on PostgreSQL of this machine.

- A plan's progress on a day, on a new connection: compared with a plain SQL
  `SELECT count(*), sum(quantity)` over the same rows. Good: under 0.5 s.
- A filtered list of records, on its first, a middle and its last page: compared with the same page
  by OFFSET. Good: each under 0.1 s.
- Adding a record. Good: as many queries with a million records as with none.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from bench import portal

RECORDS = 1_000_000
ACTIVITIES = 100
YEAR = 2020
ON = date(YEAR, 9, 30)
RUNS = 7
PROGRESS_SECONDS = 0.5
LIST_SECONDS = 0.1

# The made-up rows are inserted with triggers turned off, to save time.
FILL = """
SET session_replication_role = replica;
INSERT INTO plans_record (activity_id, kind, year, happened_on, dong_id, quantity, people, note,
    state, written_by_id, written_at, confirmed_by_id, confirmed_at, confirmed_on, version, token)
SELECT a.keys[1 + n %% %(activities)s], 'plain', %(year)s,
    make_date(%(year)s, 1, 1) + (n * 7919 %% 366)::int, d.keys[1 + n * 31 %% cardinality(d.keys)],
    n %% 97, n %% 41, '', CASE WHEN n %% 20 = 0 THEN 'corrected' ELSE 'confirmed' END,
    %(by)s, now(), %(by)s, now(), current_date, 0, gen_random_uuid()
FROM generate_series(1::bigint, %(records)s) n,
    (SELECT array_agg(id ORDER BY id) keys FROM plans_activity WHERE plan_id = %(plan)s) a,
    (SELECT array_agg(id ORDER BY id) keys FROM office_dong) d;
SET session_replication_role = DEFAULT;
"""
BARE = """
SELECT count(*), sum(quantity) FROM plans_record
WHERE state = 'confirmed' AND happened_on <= %s AND activity_id = ANY (%s)
"""


def main() -> int:
    """Run the benchmark, print the result, and return 1 where a limit is missed."""
    with portal.own_engines() as var:
        portal.manage(var, "migrate", "-v0")
        os.environ.update(portal.environment(var, DJANGO_SETTINGS_MODULE="gwonseon.settings"))
        import django

        django.setup()
        plan, by = made_up_plan()
        few = queries_to_add(plan, by)
        fill(plan, by)
        many = queries_to_add(plan, by)
        good = [report_progress(plan), report_pages(plan, by), report_adding(few, many)]
    print("Reached." if all(good) else "Missed.")
    return 0 if all(good) else 1


def made_up_plan() -> tuple[Any, Any]:
    """Return a published plan of 100 activities, and a user who may record for it."""
    from django.contrib.auth.models import Group
    from django.utils import timezone

    from bench.import_plan import imported, made_up_lines
    from gwonseon.office.models import Department, User
    from gwonseon.office.roles import PLANNER
    from plans.tree.models import Activity, Plan

    imported(made_up_lines(1_000))
    plan = Plan.objects.get()
    keep = Activity.objects.filter(plan=plan).in_plan_order().values_list("pk", flat=True)
    Activity.objects.exclude(pk__in=list(keep[:ACTIVITIES])).delete()
    Activity.objects.update(measure="quantity", unit="회", counted="예시")
    status = Plan.Status.PUBLISHED
    Plan.objects.update(year=YEAR, status=status, published_at=timezone.now())
    by = User.objects.create(username="bench", department=Department.objects.first())
    by.groups.add(Group.objects.get(name=PLANNER.name))
    return Plan.objects.get(), User.objects.get()


def fill(plan: Any, by: Any) -> None:
    """Insert the records, and run VACUUM as PostgreSQL would overnight."""
    from django.db import connection

    values = {"activities": ACTIVITIES, "year": YEAR, "records": RECORDS}
    with connection.cursor() as cursor:
        cursor.execute(FILL, values | {"by": by.pk, "plan": plan.pk})
        cursor.execute("VACUUM ANALYZE plans_record")


def report_progress(plan: Any) -> bool:
    """Time a plan's progress and the plain SQL sum; return whether it is fast enough."""
    from django.db import connection

    from plans.progress.queries import progress_of

    activities = [one.activity.pk for one in progress_of(plan, ON).whole.figures]

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(BARE, [ON, activities])
            cursor.fetchall()

    ours, beside = measure_alternately(lambda: progress_of(plan, ON), bare)
    print(f"progress of {RECORDS:,} records   {ours:.3f} s")
    print(f"SELECT count(*), sum(quantity)  {beside:.3f} s")
    print(f"progress / bare sum             {ours / beside:.2f}")
    print(f"Good: < {PROGRESS_SECONDS} s")
    return ours < PROGRESS_SECONDS


def report_pages(plan: Any, by: Any) -> bool:
    """Time a filtered list on three pages, and the same with OFFSET; return whether it is good."""
    from gwonseon.office.models import Dong
    from plans.ledger.keyset import PER_PAGE, mark_of, page_of
    from plans.ledger.listing import RecordFilter

    asked = {"year": str(plan.year), "dong": str(Dong.objects.first().pk)}
    rows = RecordFilter(asked, user=by).records()
    number = rows.count()
    marks = {"first": None, "middle": number // 2, "last": number - PER_PAGE - 1}
    good = True
    for name, place in marks.items():
        order = rows.order_by("-happened_on", "-pk")
        query = {} if place is None else {"older": mark_of(order[place])}
        start = 0 if place is None else place + 1
        ours, beside = measure_alternately(
            lambda query=query: page_of(rows, query),
            lambda start=start, order=order: list(order[start : start + PER_PAGE + 1]),
        )
        print(f"{name:6} page of {number:,}   {ours:.4f} s   OFFSET {beside:.4f} s")
        good &= ours < LIST_SECONDS
    print(f"Good: each < {LIST_SECONDS} s")
    return good


def queries_to_add(plan: Any, by: Any) -> int:
    """Return how many queries adding a confirmed record makes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from plans.ledger.access import activity_for
    from plans.ledger.actions import RecordEntry, add_record
    from plans.tree.models import Activity

    activity = activity_for(by, Activity.objects.filter(plan=plan).first().pk)
    entry = RecordEntry({"happened_on": date(YEAR, 3, 2), "quantity": 1})
    with CaptureQueriesContext(connection) as queries:
        add_record(activity=activity, entry=entry, by=by, confirm=True)
    return len(queries)


def report_adding(few: int, many: int) -> bool:
    """Print the queries of adding a record; return whether the numbers are equal."""
    print(f"queries to add a record   {few} with none, {many} with {RECORDS:,}")
    return few == many


def measure_alternately(ours: Callable[[], Any], beside: Callable[[], Any]) -> tuple[float, float]:
    """Return the median seconds of two functions, run alternately, each on a new connection."""
    times = [(timed(ours), timed(beside)) for _run in range(RUNS)]
    return tuple(statistics.median(one) for one in zip(*times, strict=True))


def timed(way: Callable[[], Any]) -> float:
    """Return the seconds of one run on a new connection."""
    from django.db import connection

    connection.close()
    started = time.perf_counter()
    way()
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
