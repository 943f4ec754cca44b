"""The staff's main pages and residents' pages of progress, with 1,000,000 records in ten years.

Each page is requested by a planner, who recorded nothing, and by an officer who wrote a part of all
records, each time on a new connection; compared with the same page before the million was there.
BEGIN and COMMIT do not count as queries. Good: each within 0.3 s and 22 queries.
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
    """The seconds and queries of a page."""

    seconds: float
    queries: int


def main() -> int:
    """Run the benchmark, print a table, and return 1 where a limit is missed."""
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
    """Return the users who request the pages: a planner, and an officer who wrote records."""
    from gwonseon.office.actions import set_up_demo_staff
    from gwonseon.office.models import User
    from plans.ledger.models import Record

    set_up_demo_staff(password="bench only")
    planner = User.objects.get(username="demo-planner")
    return {"planner": planner, "officer": Record.objects.filter(kind=VISIT).first().written_by}


def costs_for(by: Any, pages: dict[str, str]) -> dict[str, Cost]:
    """Return the cost of each page for a user."""
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
    """Return the pages' addresses, filled in with records of the officer."""
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
    """Return the seconds of one run on a new connection."""
    from django.db import connection

    connection.close()
    started = time.perf_counter()
    way()
    return time.perf_counter() - started


Costs = dict[str, dict[str, Cost]]


def report(before: Costs, after: Costs) -> int:
    """Print the medians; return 1 where a page is too slow or makes too many queries."""
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
