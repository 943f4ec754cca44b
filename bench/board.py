"""The managers' board with 1,000,000 records in ten years: now, on a past day, in a closed period.

Each view is requested by a planner, each time on a new connection. Beside it stands counting each
cell by a query of its own: the sum of each activity, and the updates of each department and state.
Good: each view within 0.2 s, and as many queries as with a year's sample of records.
"""

import logging
import os
import statistics
import sys
from http import HTTPStatus
from typing import Any

from bench import made_up, portal
from bench.staff import Cost, timed

RUNS = 7
SECONDS = 0.2
YEAR = made_up.SAMPLE_YEAR


def main() -> int:
    """Run the benchmark, print a table, and return 1 where a limit is missed."""
    with portal.own_engines() as var:
        portal.manage(var, "migrate", "-v0")
        portal.manage(var, "collectstatic", "-v0", "--no-input")
        settings = {"DJANGO_SETTINGS_MODULE": "gwonseon.settings", "DEMO": "1"}
        os.environ.update(portal.environment(var, **settings))
        import django

        django.setup()
        logging.disable(logging.WARNING)
        planner = fill()
        before = {name: cost_of(planner, url) for name, url in views().items()}
        number = made_up.million()
        after = {name: cost_of(planner, url) for name, url in views().items()}
        beside = statistics.median(timed(one_by_one) for _run in range(RUNS))
    print(f"{number:,} records")
    return report(before, after, beside)


def fill() -> Any:
    """Make ten plans, fill one year with records and quarters, and return a planner."""
    from gwonseon.office.actions import set_up_demo_staff
    from gwonseon.office.models import User

    made_up.ten_years()
    made_up.one_year()
    set_up_demo_staff(password="bench only")
    return User.objects.get(username="demo-planner")


def views() -> dict[str, str]:
    """Return the addresses of the three views."""
    from plans.tracking.closing.models import Closing

    closing = Closing.objects.filter(period__plan__year=YEAR).last()
    board = f"/staff/board/?year={YEAR}"
    return {
        "now": board,
        "past day": f"{board}&on={YEAR}-09-30",
        "closed period": f"{board}&closing={closing.pk}",
    }


def cost_of(by: Any, address: str) -> Cost:
    """Return the median seconds of a page on new connections, and its queries."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost")
    client.force_login(by)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{address}: {answer.status_code}")
    number = sum(one["sql"] not in {"BEGIN", "COMMIT"} for one in queries)
    times = [timed(lambda: client.get(address)) for _run in range(RUNS)]
    return Cost(statistics.median(times), number)


def one_by_one() -> None:
    """Count each cell of the board by a query of its own, but no page."""
    from django.db.models import Q

    from gwonseon.office.models import Department
    from plans.ledger.models import Record
    from plans.progress.queries import SUMS
    from plans.tracking.models import Period, Update
    from plans.tree.models import Activity

    for activity in Activity.objects.filter(plan__year=YEAR).in_force():
        Record.objects.confirmed().filter(activity=activity).aggregate(**SUMS)
    period = Period.objects.open().get(plan__year=YEAR)
    for department in Department.objects.all():
        own = Q(activity__department=department)
        own |= Q(activity__department=None, activity__initiative__department=department)
        for state in Update.State.values:
            Update.objects.filter(own, period=period, state=state).count()


def report(before: dict[str, Cost], after: dict[str, Cost], beside: float) -> int:
    """Print the medians; return 1 where a view is too slow or makes more queries than before."""
    missed = 0
    print(f"{'':<16}{'s':>8}{'before':>9}{'queries':>9}")
    for name, cost in after.items():
        good = cost.seconds < SECONDS and cost.queries == before[name].queries
        missed += not good
        line = f"{name:<16}{cost.seconds:>8.3f}{before[name].seconds:>9.3f}{cost.queries:>9}"
        print(f"{line}{'' if good else ' !'}")
    ratio = beside / after["now"].seconds
    print(f"each cell counted by itself {beside:.3f} s, {ratio:.1f} times the whole page of now")
    print(f"Good: < {SECONDS} s, as many queries. {'Missed.' if missed else 'Reached.'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
