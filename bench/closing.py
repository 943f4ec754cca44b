"""Closing a quarter of a plan of 5,700 activities, each with a record and an approved update.

Compared with summing up and saving the activities one by one, on every fiftieth. Good: under 3 s,
and as many queries for 5,700 activities as for 57.
"""

import os
import sys
import time
from typing import Any

from bench import portal
from bench.import_plan import imported, made_up_lines

ACTIVITIES = 5_700
FEW = 57
LINES = 10_000
SECONDS = 3.0
SAMPLE = 50
YEAR = 2020

RECORDS = """
INSERT INTO plans_record (activity_id, kind, year, happened_on, people, note, state, written_by_id,
    written_at, confirmed_by_id, confirmed_at, confirmed_on, version, token, strikes_out)
SELECT id, 'plain', %(year)s, make_date(%(year)s, 2, 1), 10, '', 'confirmed', %(by)s, now(), %(by)s,
    now(), current_date, 0, gen_random_uuid(), false
FROM plans_activity WHERE plan_id = %(plan)s
"""


def main() -> int:
    """Run the benchmark, print the result, and return 1 where a limit is missed."""
    with portal.own_engines() as var:
        portal.manage(var, "migrate", "-v0")
        os.environ.update(portal.environment(var, DJANGO_SETTINGS_MODULE="gwonseon.settings"))
        import django

        django.setup()
        few = timed_closing(FEW, YEAR - 1)
        many = timed_closing(ACTIVITIES, YEAR)
        beside = one_by_one(many["closing"])
    print(f"closing {ACTIVITIES:,} activities  {many['seconds']:.2f} s, {many['queries']} queries")
    print(f"closing {FEW} activities     {few['seconds']:.2f} s, {few['queries']} queries")
    print(f"summed up and saved one by one {beside:.2f} s, {beside / many['seconds']:.1f} times")
    good = many["seconds"] < SECONDS and many["queries"] == few["queries"]
    print(f"Good: < {SECONDS:.0f} s, as many queries. {'Reached.' if good else 'Missed.'}")
    return 0 if good else 1


def timed_closing(activities: int, year: int) -> dict[str, Any]:
    """Make a plan with an open quarter, and close it; return seconds, queries and the closing."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from plans.tracking.closing.actions import close_period

    period, by = open_quarter(activities, year)
    write_updates(period, by)
    refresh_statistics()
    with CaptureQueriesContext(connection) as queries:
        begun = time.perf_counter()
        closing = close_period(period=period, version=period.version, by=by)
        seconds = time.perf_counter() - begun
    return {"seconds": seconds, "queries": len(queries), "closing": closing}


def open_quarter(activities: int, year: int) -> tuple[Any, Any]:
    """Return the open first quarter of a made-up plan without updates, and who closes it."""
    from django.contrib.auth.models import Group
    from django.db import connection
    from django.utils import timezone

    from gwonseon.office.models import Department, User
    from gwonseon.office.roles import PLANNER
    from plans.tracking.models import Period
    from plans.tracking.periods import open_period, set_up_periods
    from plans.tree.models import Activity, Initiative, Plan

    plan = imported(made_up_lines(LINES))
    department, _new = Department.objects.get_or_create(name="예시 부서")
    keep = Activity.objects.filter(plan=plan).in_plan_order().values_list("pk", flat=True)
    Activity.objects.filter(plan=plan).exclude(pk__in=list(keep[:activities])).delete()
    target = {"target": 100, "target_origin": "document", "target_set_on": f"{year}-01-01"}
    Activity.objects.filter(plan=plan).update(unit="회", counted="예시", **target)
    Initiative.objects.filter(plan=plan).update(department=department)
    published = {"status": Plan.Status.PUBLISHED, "published_at": timezone.now()}
    Plan.objects.filter(pk=plan.pk).update(year=year, **published)
    plan.refresh_from_db()
    by = User.objects.create(username=f"bench-{year}", department=department)
    by.groups.add(Group.objects.get(name=PLANNER.name))
    with connection.cursor() as cursor:
        cursor.execute(RECORDS, {"year": year, "by": by.pk, "plan": plan.pk})
    first = set_up_periods(plan=plan, kind=Period.Kind.QUARTER, by=by)[0]
    return open_period(period=first, by=by), User.objects.get(pk=by.pk)


def refresh_statistics() -> None:
    """Have the database know what was written just now, as its own vacuum would later."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def write_updates(period: Any, by: Any) -> None:
    """Write an approved update about each activity."""
    from django.utils import timezone

    from gwonseon.office.models import User
    from plans.tracking.models import Update
    from plans.tree.models import Activity

    author, _new = User.objects.get_or_create(username="bench-author")
    now = timezone.now()
    Update.objects.bulk_create(
        Update(
            period=period,
            activity=activity,
            results="예시 실적 " * 20,
            next_steps="예시 계획 " * 20,
            state=Update.State.APPROVED,
            author=author,
            writers=[author.pk],
            submitted_at=now,
            decided_by=by,
            decided_at=now,
        )
        for activity in Activity.objects.filter(plan=period.plan)
    )


def one_by_one(closing: Any) -> float:
    """Return the seconds of summing up and saving the activities one by one, from a sample."""
    from django.db import transaction
    from django.db.models import Sum

    from plans.ledger.models import Record

    rows = list(closing.snapshots.all())[::SAMPLE]
    with transaction.atomic():
        closing.pk, closing.version = None, closing.version + 1
        closing.save()
        begun = time.perf_counter()
        for row in rows:
            records = Record.objects.confirmed().filter(activity=row.activity_id)
            for day in (closing.period.first_on, closing.period.last_on):
                records.filter(happened_on__lte=day).aggregate(Sum("people"))
            row.pk, row.closing = None, closing
            row.save()
        seconds = time.perf_counter() - begun
        transaction.set_rollback(True)
    return seconds * SAMPLE


if __name__ == "__main__":
    sys.exit(main())
