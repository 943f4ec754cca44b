"""A mutation pass: one small fault after another, and the tests that should notice it.

Usage, with `make mutate ARGS="…"`:
    python -m tests.mutation [MODULE …] [--tests PATH …] [--minutes 60]

Without modules, all that decide who may do what, write, or hold a promise. A module's tests are
those of its folder, if no others are named. See tests/mutation/plugin.py for how it works.
"""

import argparse
import re
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

ROLES = re.compile(r"(?!tests/).*\b(access|actions|triggers|propose|decide|writing)\.py")
# The tests of a folder whose own are elsewhere.
ELSEWHERE = {
    "gwonseon": ("tests/test_triggers.py",),
    "gwonseon/uploads": (
        "tests/uploads",
        "tests/plans/ledger/bulk",
        "tests/plans/facilities",
        "tests/plans/editing/sheets",
    ),
    "plans": ("tests/plans/public/test_page_cache.py", "tests/plans/amendments/test_holding.py"),
}
PYTEST = (sys.executable, "-m", "pytest", "-p", "tests.mutation.plugin", "-q")


def main() -> None:
    """Run the mutations of all modules, grouped by their tests, until the time is over."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("modules", nargs="*")
    parser.add_argument("--tests", nargs="+")
    parser.add_argument("--minutes", type=float, default=60)
    options = parser.parse_args()
    ends_at = time.monotonic() + options.minutes * 60
    by_tests: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for module in options.modules or every_module():
        by_tests[tuple(options.tests or tests_of(Path(module)))].append(module)
    for tests, modules in by_tests.items():
        seconds = ends_at - time.monotonic()
        if seconds < 0:
            sys.exit(f"시간이 다 되어 {modules[0]}부터는 하지 못했습니다. --minutes를 늘리세요.")
        mutated = [f"--mutate={module}" for module in modules]
        command = (*PYTEST, *mutated, f"--seconds={seconds:.0f}", *tests)
        subprocess.run((*command, "-m", "not browser and not engines"), check=True)


def every_module() -> list[str]:
    """Return the modules whose file is named for one of the roles."""
    listed = subprocess.run(("git", "ls-files"), capture_output=True, check=True, text=True)
    return [name for name in listed.stdout.splitlines() if ROLES.fullmatch(name)]


def tests_of(module: Path) -> tuple[str, ...]:
    """Return the tests' folder that is named as the module's, or the nearest one above."""
    if elsewhere := ELSEWHERE.get(str(module.parent)):
        return elsewhere
    parts = [one for one in module.parent.parts if one != "gwonseon"]
    while not (folder := Path("tests", *parts)).is_dir():
        parts.pop()
    return (str(folder),)


if __name__ == "__main__":
    main()
