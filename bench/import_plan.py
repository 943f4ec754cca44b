"""Import of a made-up plan of 10,000 lines: seconds and number of queries.

Everything is timed: text to outline, outline to rows, in one committed transaction. Compared with
saving the same rows one by one with `save()`, measured on every hundredth row. Good: under 2 s, and
the same number of queries for 10,000 lines as for 1,000.
"""

import os
import statistics
import sys
import time
import uuid
from typing import Any

from bench import portal

LINES = 10_000
SECONDS = 2.0
RUNS = 5
SAMPLE = 100
YEAR = 2050


def main() -> int:
    """Run the benchmark, print the result, and return 1 where a limit is missed."""
    with portal.own_engines() as var:
        portal.manage(var, "migrate", "-v0")
        os.environ.update(portal.environment(var, DJANGO_SETTINGS_MODULE="gwonseon.settings"))
        import django

        django.setup()
        times, saved = zip(*(timed_pair() for _run in range(RUNS)), strict=True)
        queries = {lines: count_queries(lines) for lines in (LINES // 10, LINES)}
    return report(times, saved, queries)


def made_up_lines(number: int) -> list[str]:
    """Return the lines of a plan: a pillar per thousand, with lists, single lines and notes."""
    lines = []
    for pillar in range(1, number // 1_000 + 1):
        lines.append(f"{pillar} 예시 축 {pillar}")
        for goal in range(9):
            lines.append(f"□ 예시 목표 {pillar}-{goal}")
            for initiative in range(22):
                name = f"{pillar}-{goal}-{initiative}"
                lines += [
                    f"○ 예시 추진과제 {name} : 예시 순찰 {name}, 예시 점검 {name}",
                    f" - 예시 교육 {name}",
                    f" - 예시 행사 {name}",
                    f" - 예시 공사 {name}",
                    f"※ 예시 참고 {name}",
                ]
    return lines


def timed_pair() -> tuple[float, float]:
    """Return the seconds of one import, and of saving its rows one by one."""
    from plans.tree.models import Plan

    started = time.perf_counter()
    imported(made_up_lines(LINES))
    elapsed = time.perf_counter() - started
    saved = save_one_by_one(Plan.objects.get(year=YEAR))
    Plan.objects.all().delete()
    return elapsed, saved


def imported(lines: list[str]) -> Any:
    """Import the lines as a new plan."""
    from plans.documents.importing import import_outline
    from plans.documents.markers import guess
    from plans.documents.outline import parse

    return import_outline(year=YEAR, outline=parse(lines, guess(lines)), by=None)


def save_one_by_one(plan: Any) -> float:
    """Return the seconds that saving all rows one by one would take, estimated from a sample."""
    from django.db import transaction

    from plans.tree.models import Activity

    rows = list(Activity.objects.filter(plan=plan))[::SAMPLE]
    started = time.perf_counter()
    with transaction.atomic():
        for number, row in enumerate(rows):
            row.pk, row.lineage, row.slug = None, uuid.uuid4(), f"copy-{number}"
            row.title, row.position = f"예시 사본 {number}", 1_000_000 + number
            row.save()
    return (time.perf_counter() - started) / len(rows) * LINES


def count_queries(lines: int) -> int:
    """Return how many queries an import makes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from plans.tree.models import Plan

    with CaptureQueriesContext(connection) as queries:
        imported(made_up_lines(lines))
    Plan.objects.all().delete()
    return len(queries)


def report(times: tuple[float, ...], saved: tuple[float, ...], queries: dict[int, int]) -> int:
    """Print the result; return 1 where a limit is missed."""
    median = statistics.median(times)
    print(f"import of {LINES:,} lines   {min(times):.2f} / {median:.2f} / {max(times):.2f} s")
    print(f"save() row by row        {statistics.median(saved):.2f} s")
    print(f"import / save()          {median / statistics.median(saved):.0%}")
    print("queries                  " + ", ".join(f"{n}: {q}" for n, q in queries.items()))
    good = median < SECONDS and len(set(queries.values())) == 1
    print(f"Good: median < {SECONDS:.0f} s, equal queries. {'Reached.' if good else 'Missed.'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
