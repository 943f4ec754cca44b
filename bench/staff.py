"""The staff's main pages, and residents' of progress, with 1,000,000 records in ten years' plans.

Each page is asked for by who plans, who never recorded anything, and by an officer who recorded a
part of all, each time on a connection that nothing has warmed; beside it, the same page before the
million was there. What begins and ends a transaction asks nothing and is no query. Good: each
within 0.3 s and 22 queries.
"""

import logging
import os
import statistics
import sys
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, NamedTuple

from bench import made_up, portal

RUNS = 5
SECONDS = 0.3
QUERIES = 22
VISIT, WORK = "shelter-visit", "outing"
YEAR = made_up.SAMPLE_YEAR
PAGES = {
    "home": "/staff/",
    "choose": "/staff/records/new/",
    "add": "/staff/records/activity/{activity}/add/",
    "facility first": "/staff/records/activity/{visited}/add/",
    "records": "/staff/records/",
    "of a year": f"/staff/records/?year={YEAR}",
    "of days": f"/staff/records/?since={YEAR}-01-01&until={YEAR}-12-31",
    "of an activity": "/staff/records/?activity={activity}",
    "of a kind": "/staff/records/?kind=upkeep",
    "of a dong": "/staff/records/?dong={dong}",
    "one's own": "/staff/records/?mine=on",
    "drafts": "/staff/records/?state=draft",
    "confirmed": "/staff/records/?state=confirmed",
    "record": "/staff/records/{record}/",
    "safety": "/staff/pillars/safety/",
    "welfare": "/staff/pillars/welfare/",
    "civic": "/staff/pillars/civic/",
    "culture": "/staff/pillars/culture/",
    "plots": "/staff/culture/plots/",
    "shows": "/staff/culture/shows/",
    "progress": f"/staff/progress/{YEAR}/",
    "findings": "/staff/findings/",
    "facilities": "/staff/facilities/",
    "tree": f"/staff/plans/{YEAR}/",
    "node": f"/staff/plans/{YEAR}/activity/{{activity}}/",
    "residents": f"/{YEAR}/progress/",
    "reckoned": f"/{YEAR}/activity/{{slug}}/progress/",
}


class Cost(NamedTuple):
    """What a page costs."""

    seconds: float
    queries: int


def main() -> int:
    """Measure, print a table and return 1 where a bound is missed."""
    with portal.own_engines() as var:
        portal.manage(var, "migrate", "-v0")
        portal.manage(var, "collectstatic", "-v0", "--no-input")
        settings = {"DJANGO_SETTINGS_MODULE": "gwonseon.settings", "PAGE_CACHE": "0", "DEMO": "1"}
        os.environ.update(portal.environment(var, **settings))
        import django

        django.setup()
        logging.disable(logging.WARNING)
        made_up.ten_years()
        made_up.one_year()
        people = readers()
        pages = addresses(people["officer"])
        before = {name: costs_for(by, pages) for name, by in people.items()}
        number = made_up.million()
        after = {name: costs_for(by, pages) for name, by in people.items()}
    print(f"{number:,} records")
    return report(before, after)


def readers() -> dict[str, Any]:
    """Return who asks: one who plans, and an officer with work of their own."""
    from gwonseon.office.actions import set_up_demo_staff
    from gwonseon.office.models import User
    from plans.ledger.models import Record

    set_up_demo_staff(password="bench only")
    planner = User.objects.get(username="demo-planner")
    return {"planner": planner, "officer": Record.objects.filter(kind=VISIT).first().written_by}


def costs_for(by: Any, pages: dict[str, str]) -> dict[str, Cost]:
    """Return what each page costs when somebody asks for it."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost")
    client.force_login(by)
    costs = {}
    for name, address in pages.items():
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        number = sum(one["sql"] not in {"BEGIN", "COMMIT"} for one in queries)
        if answer.status_code != HTTPStatus.OK:
            raise RuntimeError(f"{address}: {answer.status_code}")
        times = [timed(lambda address=address: client.get(address)) for _run in range(RUNS)]
        costs[name] = Cost(statistics.median(times), number)
    return costs


def addresses(officer: Any) -> dict[str, str]:
    """Return the pages' addresses, with what an officer wrote."""
    from plans.ledger.models import Record

    rows = Record.objects.filter(written_by=officer, year=YEAR).order_by("pk")
    visit = rows.filter(kind=VISIT).first()
    record = rows.filter(kind=WORK).confirmed().first()
    values = {
        "activity": record.activity_id,
        "slug": record.activity.slug,
        "visited": visit.activity_id,
        "record": record.pk,
        "dong": record.dong_id,
    }
    return {name: address.format(**values) for name, address in PAGES.items()}


def timed(way: Callable[[], Any]) -> float:
    """Return the seconds of one run on a connection that nothing has warmed."""
    from django.db import connection

    connection.close()
    started = time.perf_counter()
    way()
    return time.perf_counter() - started


Costs = dict[str, dict[str, Cost]]


def report(before: Costs, after: Costs) -> int:
    """Print the medians; return 1 where a page is too slow or asks too much."""
    print(f"{'':<16}" + "".join(f"{name:>26}" for name in after))
    print(f"{'':<16}" + f"{'s':>8}{'before':>9}{'queries':>9}" * len(after))
    missed = 0
    for page in PAGES:
        line = f"{page:<16}"
        for name in after:
            cost, empty = after[name][page], before[name][page]
            good = cost.seconds <= SECONDS and cost.queries <= QUERIES
            missed += not good
            line += f"{cost.seconds:>8.3f}{empty.seconds:>9.3f}{cost.queries:>8}"
            line += " " if good else "!"
        print(line)
    print(f"Good: <= {SECONDS} s and {QUERIES} queries. {'Missed.' if missed else 'Reached.'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
