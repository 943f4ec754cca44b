"""The open data's ZIP with 1,000,000 records in ten years: seconds, and the memory it takes more.

Beside it stands a loop over the records as objects of Django's ORM, as export packages for Django's
admin do it, which writes one of the tables only (measured for one of the ten years). In the end a
stranger's program computes again what is in the ZIP. Good: under 10 s, at most 10 % more memory
than with a year's sample of records, as many queries, and no difference.
"""

import csv
import logging
import os
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from bench import made_up, portal

SECONDS = 10.0
MEMORY = 1.1
RECOMPUTE = Path("docs") / "recompute.py"


class Cost(NamedTuple):
    """The seconds of a run, the most memory of this process so far in MB, and the queries."""

    seconds: float
    memory: float
    queries: int


def main() -> int:
    """Run the benchmark, print a table, and return 1 where a limit is missed."""
    with portal.own_engines() as var:
        portal.manage(var, "migrate", "-v0")
        settings = {"DJANGO_SETTINGS_MODULE": "gwonseon.settings", "DEMO": "1"}
        os.environ.update(portal.environment(var, **settings))
        import django

        django.setup()
        logging.disable(logging.WARNING)
        made_up.ten_years()
        made_up.one_year()
        path = var / "data.zip"
        before = cost_of(lambda: write_archive(path))
        number = made_up.million()
        ours = cost_of(lambda: write_archive(path))
        size = path.stat().st_size / 1e6
        agrees = recomputes(path)
        beside = cost_of(lambda: write_from_objects(var / "months-by-dong.csv"))
    print(f"{number:,} records, a ZIP of {size:.1f} MB")
    return report(before, ours, beside, agrees=agrees)


def cost_of(way: Callable[[], Any]) -> Cost:
    """Return what a run costs, on a new connection."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    connection.close()
    with CaptureQueriesContext(connection) as queries:
        begun = time.perf_counter()
        way()
        seconds = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Cost(seconds, memory, len(queries))


def write_archive(path: Path) -> None:
    """Write the ZIP as the view sends it."""
    from plans.opendata.formats.archive import archive
    from plans.opendata.moment import one_moment

    with path.open("wb") as file, one_moment():
        for piece in archive():
            file.write(piece)


def write_from_objects(path: Path) -> None:
    """Write a year's figures by month and dong from a loop over the records as objects."""
    from plans.ledger.models import Record

    sums: dict[tuple[Any, ...], int] = defaultdict(int)
    rows = Record.objects.confirmed().filter(year=made_up.SAMPLE_YEAR)
    rows = rows.select_related("activity__plan", "dong")
    for one in rows.iterator(chunk_size=2000):
        dong = one.dong.name if one.dong else ""
        key = (one.activity.plan.year, one.activity.slug, one.happened_on.month, dong)
        sums[key] += 1
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([*key, number] for key, number in sorted(sums.items()))


def recomputes(path: Path) -> bool:
    """Return whether a stranger's program finds no difference in the ZIP; print what it says."""
    command = [sys.executable, "-I", str(RECOMPUTE), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    print("\n".join((done.stdout + done.stderr).splitlines()[-10:]))
    return done.returncode == 0


def report(before: Cost, ours: Cost, beside: Cost, *, agrees: bool) -> int:
    """Print what was measured; return 1 where a limit is missed."""
    print(f"{'':<26}{'s':>8}{'MB':>8}{'queries':>9}")
    for name, cost in (
        ("a year's sample", before),
        ("a million", ours),
        ("one table from objects *", beside),
    ):
        print(f"{name:<26}{cost.seconds:>8.2f}{cost.memory:>8.0f}{cost.queries:>9}")
    years = made_up.LAST_YEAR - made_up.FIRST_YEAR + 1
    ratio = beside.seconds * years / ours.seconds
    print(f"* of one year; of all {years} it takes {ratio:.1f} times as long as everything")
    good = (
        ours.seconds < SECONDS
        and ours.memory <= MEMORY * before.memory
        and ours.queries == before.queries
        and agrees
    )
    print(f"Good: < {SECONDS:.0f} s, <= {MEMORY} times the memory, as many queries, no difference.")
    print("Reached." if good else "Missed.")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
