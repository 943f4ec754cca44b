#!/usr/bin/env python3
"""Recompute every published figure of the open data from its ZIP alone.

    python3 recompute.py gwonseon-data-v1.zip

Needs Python 3.11 or later and nothing else: it is one file, to be read and taken along as one.
Prints a line for each difference, then how much was checked. The exit status is 0 if all agrees,
1 if anything differs, 2 if the file cannot be read.

What is checked:

- The SHA-256 of each file (manifest.json), and of each closed period's canonical file, which was
  written down when the period was closed (tables/periods.csv); and that the file is in its
  canonical form: JSON with sorted keys, without spaces, in UTF-8 (NFC).
- Of each activity in a closed period (periods/*.json):
  달성률 (rate)       = counted / yearly target, in percent, rounded down to one decimal.
  진행률 (pace)       = counted / expected. `expected` has two decimals, so the rate may be either
                       of those that its rounding allows.
  the period's amount = counted - counted in the version of the period before that stood then.
  상태 (status)       by the first rule that applies:
                       1. with a reason of hold: on-hold;
                       2. without a target: not-started while nothing is counted, else on-course;
                       3. target met: done from the activity's last day on, before that going-on
                          (on 31 December always done);
                       4. nothing counted, and less than one unit expected: not-started;
                       5. less counted than expected, in whole units: late; else on-course.
  집행률 (spent_rate) = spent / planned budget.
  공정률 (share_done) = the sum of the weights of the milestones that are done.
  what is expected by the last day, and the period's part of the yearly target: of activities
                       that no amendment has changed. The target is spread evenly over the
                       days, with quarterly targets over those of each quarter.
- Of each group (initiative, goal, pillar, plan):
  rate      = sum of weight x min(rate, 100) / sum of weights, over its parts that have a rate.
  이행률 (met_rate) = activities whose target is met / activities that have a rate.
  money     = sums over the activities with a planned budget; what nobody reported is left out.
  the number of activities, and how many there are of each status.
- That the tables of closed periods say the same as the canonical files.
- That the figures by month and dong add up to those by month, and these to the year's sum.

Numbers of personal matters are hidden: they are empty here, and what is made from them is, too.
The part of a period's amount that is of earlier days (`late`) cannot be computed again: it says
what the ledger knew then.
"""

import csv
import hashlib
import io
import json
import sys
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_FLOOR, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

Data = dict[str, Any]
Line = dict[str, str]
Number = Decimal | None

FULL, TENTH, HALF_CENT = Decimal(100), Decimal("0.1"), Decimal("0.005")
MONEY = ("budget", "contracted", "spent")
LEVELS = ("plan", "pillar", "goal", "initiative")
TEXTS = ("results", "next_steps", "problems", "evidence")
# The columns of the tables that are in the canonical files under the same name.
GROUP_COLUMNS = (
    *("level", "lineage", "slug", "title", "weight", "rate", "met_rate"),
    *(*MONEY, "spent_rate", "activities"),
)
ACTIVITY_COLUMNS = (
    *("lineage", "slug", "pillar", "goal", "initiative", "title", "department", "unit", "weight"),
    *("yearly_target", "period_target", "counted", "amount", "late", "counted_text", "rate"),
    *("pace", "expected", "share_done", "status", "hold"),
)
DAY = timedelta(days=1)
BUDGET_COLUMNS = (*MONEY, "spent_rate")


class Period(NamedTuple):
    """A version of a closed period: its line in the table, and its canonical file."""

    line: Line
    raw: bytes
    data: Data

    @property
    def key(self) -> tuple[str, str, str]:
        """The year, the number and the version."""
        return self.line["year"], self.line["number"], self.line["version"]

    @property
    def name(self) -> str:
        """What differences are named by."""
        return self.line["file"]


Promises = dict[tuple[str, str], "Promise"]


class Differences:
    """What was compared and what differed."""

    def __init__(self) -> None:
        self.checked = 0
        self.lines: list[str] = []

    def compare(self, where: str, published: Any, computed: Any) -> None:
        """Note a difference between what is published and what was computed."""
        self.checked += 1
        if published != computed:
            self.lines.append(f"{where}: published {shown(published)}, computed {shown(computed)}")

    def among(self, where: str, published: Any, possible: Iterable[Any]) -> None:
        """Note a published value that is none of the possible ones."""
        found = list(dict.fromkeys(possible))
        self.compare(where, published, published if published in found else found[0])


def main(arguments: list[str]) -> int:
    """Check a ZIP; return the exit status."""
    if len(arguments) != 1:
        print("usage: python3 recompute.py FILE.zip", file=sys.stderr)
        return 2
    found = Differences()
    try:
        with zipfile.ZipFile(arguments[0]) as archive:
            check(archive, found)
    except (OSError, zipfile.BadZipFile) as error:
        print(f"cannot be read: {error!r}", file=sys.stderr)
        return 2
    except (LookupError, ValueError, TypeError, ArithmeticError) as error:
        found.lines.append(f"cannot be computed: {error!r}")
    for line in found.lines:
        print(line)
    print(f"{found.checked} compared, {len(found.lines)} different")
    return 1 if found.lines else 0


def check(archive: zipfile.ZipFile, found: Differences) -> None:
    """Note all differences of a ZIP."""
    check_manifest(archive, found)
    periods = list(periods_of(archive))
    for period in periods:
        check_digest(period, found)
        check_activities(period, standing_before(period, periods), found)
        check_groups(period, found)
    promises = promises_of(archive)
    for period in periods:
        check_expected(period, promises, found)
    check_tables(archive, periods, found)
    check_months(archive, found)


# Files


def check_manifest(archive: zipfile.ZipFile, found: Differences) -> None:
    """Check the size and SHA-256 of each file, and that there is no other."""
    listed = json.loads(archive.read("manifest.json"))["files"]
    names = sorted(set(archive.namelist()) - {"manifest.json"})
    found.compare("manifest.json: files", sorted(one["name"] for one in listed), names)
    for one in listed:
        if one["name"] in names:
            content = archive.read(one["name"])
            digest = hashlib.sha256(content).hexdigest()
            found.compare(f"{one['name']}: SHA-256", one["sha256"], digest)
            found.compare(f"{one['name']}: bytes", one["bytes"], len(content))


def table(archive: zipfile.ZipFile, name: str) -> Iterator[Line]:
    """Yield a table's lines. A ' before = + - @ is no part of a text."""
    with archive.open(f"tables/{name}.csv") as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        for line in csv.DictReader(text):
            yield {column: unguarded(cell or "") for column, cell in line.items()}


def unguarded(text: str) -> str:
    """Return a cell's text without the ' that keeps spreadsheets from running it."""
    inner = text.lstrip("'")
    return text[1:] if text.startswith("'") and inner[:1] in {"=", "+", "-", "@"} else text


def periods_of(archive: zipfile.ZipFile) -> Iterator[Period]:
    """Yield the versions of all closed periods."""
    for line in table(archive, "periods"):
        raw = archive.read(line["file"])
        yield Period(line, raw, json.loads(raw))


def check_digest(period: Period, found: Differences) -> None:
    """Check the digest of a canonical file, and that it is canonical."""
    digest = hashlib.sha256(period.raw).hexdigest()
    found.compare(f"{period.name}: digest", period.line["digest"], digest)
    text = json.dumps(period.data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    is_canonical = unicodedata.normalize("NFC", text).encode() == period.raw
    found.compare(f"{period.name}: canonical form", True, is_canonical)
    said = {"name": "period", "kind": "kind", "first_on": "first_on", "last_on": "last_on"}
    for column, name in (said | {one: one for one in ("year", "number", "version")}).items():
        found.compare(f"{period.name}: {column}", period.line[column], period.data[name])


# Activities


def standing_before(period: Period, periods: list[Period]) -> Period | None:
    """Return the latest version of the previous period when a period was closed, or None."""
    year, number, _version = period.key
    earlier = [
        one
        for one in periods
        if one.key[:2] == (year, str(int(number) - 1))
        and one.line["closed_at"] < period.line["closed_at"]
    ]
    return max(earlier, key=lambda one: int(one.key[2]), default=None)


def check_activities(period: Period, before: Period | None, found: Differences) -> None:
    """Check the figures of each activity in a closed period."""
    sums = {one["lineage"]: one["counted"] for one in before.data["activities"]} if before else {}
    last_on = period.data["last_on"]
    for one in period.data["activities"]:
        where = f"{period.name}: {one['slug']}"
        found.compare(f"{where}: rate", one["rate"], rate_of(one))
        found.among(f"{where}: pace", one["pace"], paces_of(one))
        found.among(f"{where}: status", one["status"], statuses_of(one, last_on))
        found.compare(f"{where}: spent_rate", one["spent_rate"], spent_rate_of(one))
        found.compare(f"{where}: share_done", one["share_done"], share_done_of(one))
        if one["amount"] and (before or period.key[1] == "1"):
            amount = decimal(one["counted"]) - Decimal(sums.get(one["lineage"]) or 0)
            found.compare(f"{where}: amount", decimal(one["amount"]), amount)
        if one["expected"] and last_on.endswith("-12-31"):
            found.compare(f"{where}: expected", one["expected"], one["yearly_target"])


def rate_of(one: Data) -> str:
    """Return 달성률; "" without a target, or of a hidden number."""
    if not (one["counted"] and one["yearly_target"]):
        return ""
    return percent(decimal(one["counted"]), decimal(one["yearly_target"]))


def paces_of(one: Data) -> list[str]:
    """Return each 진행률 that the rounding of what is expected allows."""
    if not one["counted"] or not one["expected"]:
        return [""]
    counted, expected = decimal(one["counted"]), decimal(one["expected"])
    if expected <= HALF_CENT:
        # Too little to tell: any rate may be, or none.
        return [one["pace"]]
    lowest = decimal(percent(counted, expected + HALF_CENT))
    highest = decimal(percent(counted, expected - HALF_CENT))
    steps = int((highest - lowest) / TENTH)
    return [percent(counted, expected), *(text(lowest + TENTH * one) for one in range(steps + 1))]


def statuses_of(one: Data, last_on: str) -> list[str]:
    """Return each status that the rules allow. What is hidden has none but a hold."""
    if one["hold"]:
        return ["on-hold"]
    if not one["counted"]:
        return [""]
    counted = decimal(one["counted"])
    if not one["yearly_target"]:
        return ["on-course" if counted else "not-started"]
    if counted >= decimal(one["yearly_target"]):
        return ["done"] if last_on.endswith("-12-31") else ["done", "going-on"]
    expected = decimal(one["expected"])
    return [by_pace(counted, whole(expected + one)) for one in (0, -HALF_CENT, HALF_CENT)]


def by_pace(counted: Decimal, due: Decimal) -> str:
    """Return the status of an activity whose target is not met; `due` are whole units."""
    if not counted and due <= 0:
        return "not-started"
    return "late" if counted < due else "on-course"


def spent_rate_of(one: Data) -> str:
    """Return 집행률; "" without a planned budget or a report."""
    budget, spent = decimal(one["budget"]), decimal(one["spent"])
    return percent(spent, budget) if budget and spent is not None else ""


def share_done_of(one: Data) -> str:
    """Return 공정률; "" without weights."""
    milestones = one["milestones"]
    if not milestones or not milestones[0]["weight"]:
        return ""
    done = (decimal(step["weight"]) for step in milestones if step["done_on"])
    return text(sum(done, Decimal(0)))


# What is expected


class Promise(NamedTuple):
    """An activity's target and days of a year, which no amendment has changed."""

    target: Decimal
    quarters: list[Decimal]
    first: date
    last: date

    def expected(self, on: date) -> Fraction:
        """Return the exact amount expected by the end of a day: spread evenly over the days.

        With quarterly targets, each is spread over its quarter.
        """
        if not self.quarters:
            return Fraction(self.target) * elapsed(self.first, self.last, on)
        year = self.first.year
        parts = zip(self.quarters, quarters_of(year), strict=True)
        return sum((Fraction(amount) * elapsed(*days, on) for amount, days in parts), Fraction(0))


def elapsed(first: date, last: date, on: date) -> Fraction:
    """Return the share of some days that has passed by the end of a day, from 0 to 1."""
    days = (last - first).days + 1
    return Fraction(min(max((on - first).days + 1, 0), days), days)


def quarters_of(year: int) -> list[tuple[date, date]]:
    """Return the first and last day of each quarter."""
    starts = [*(date(year, month, 1) for month in (1, 4, 7, 10)), date(year + 1, 1, 1)]
    return [(first, after - DAY) for first, after in pairwise(starts)]


def promises_of(archive: zipfile.ZipFile) -> Promises:
    """Return the promises that no amendment has changed, by year and lineage."""
    touched = {(one["year"], one["lineage"]) for one in table(archive, "amendments")}
    days = {(one["year"], one["lineage"]): one for one in table(archive, "plan")}
    found = {}
    for line in table(archive, "targets"):
        key = line["year"], line["lineage"]
        if line["target"] and key not in touched:
            amounts = [decimal(line[f"target_q{number}"]) for number in range(1, 5)]
            quarters = [] if None in amounts else amounts
            first, last = date(int(key[0]), 1, 1), date(int(key[0]), 12, 31)
            starts, ends = (days[key][name] for name in ("starts_on", "ends_on"))
            first = max(first, date.fromisoformat(starts)) if starts else first
            last = min(last, date.fromisoformat(ends)) if ends else last
            found[key] = Promise(decimal(line["target"]), quarters, first, last)
    return found


def check_expected(period: Period, promises: Promises, found: Differences) -> None:
    """Check what was expected by the period's end, and the target that falls into it."""
    eve = date.fromisoformat(period.data["first_on"]) - DAY
    last_on = date.fromisoformat(period.data["last_on"])
    for one in period.data["activities"]:
        promise = promises.get((period.key[0], one["lineage"]))
        if promise:
            where, whole_sum = f"{period.name}: {one['slug']}", promise.expected(last_on)
            added = whole_sum - promise.expected(eve)
            found.compare(f"{where}: yearly_target", one["yearly_target"], text(promise.target))
            found.compare(f"{where}: expected", one["expected"], hundredths(whole_sum))
            found.compare(f"{where}: period_target", one["period_target"], hundredths(added))


# Groups


class Group(NamedTuple):
    """A group of the plan, the groups below it, and an initiative's own activities."""

    data: Data
    parts: list["Group"]
    own: list[Data]

    def activities(self) -> list[Data]:
        """Return all activities below it."""
        return self.own + [one for part in self.parts for one in part.activities()]


def check_groups(period: Period, found: Differences) -> None:
    """Check the rates, sums and sizes of each group, and the numbers of each status."""
    for group in groups_of(period.data):
        data, activities = group.data, group.activities()
        where = f"{period.name}: {data['level']} {data['slug']}".rstrip()
        parts = [part.data for part in group.parts] or group.own
        found.compare(f"{where}: rate", data["rate"], rolled_up(parts))
        found.compare(f"{where}: met_rate", data["met_rate"], met_rate_of(activities))
        found.compare(f"{where}: activities", data["activities"], str(len(activities)))
        for name in MONEY:
            found.compare(f"{where}: {name}", data[name], sum_of(activities, name))
        found.compare(f"{where}: spent_rate", data["spent_rate"], spent_rate_of(data))
    counts = Counter(one["status"] for one in period.data["activities"])
    for status, number in period.data["statuses"].items():
        found.compare(f"{period.name}: {status}", number, str(counts[status]))


def groups_of(data: Data) -> list[Group]:
    """Return all groups of a period; the data lists each group before its parts."""
    path: list[Group] = []
    every: list[Group] = []
    rest = iter(data["activities"])
    for one in data["groups"]:
        group = Group(one, [], [])
        del path[LEVELS.index(one["level"]) :]
        if path:
            path[-1].parts.append(group)
        path.append(group)
        every.append(group)
        if one["level"] == LEVELS[-1]:
            group.own.extend(next(rest) for _one in range(int(one["activities"])))
    return every


def rolled_up(parts: list[Data]) -> str:
    """Return the weighted rate of the parts that have one, each capped at 100; "" without any."""
    rated = [(decimal(one["weight"]), decimal(one["rate"])) for one in parts if one["rate"]]
    weights = sum((weight for weight, _rate in rated), Decimal(0))
    if not weights:
        return ""
    total = sum((weight * min(rate, FULL) for weight, rate in rated), Decimal(0))
    return text((total / weights).quantize(TENTH, ROUND_DOWN))


def met_rate_of(activities: list[Data]) -> str:
    """Return 이행률; "" if no activity has a rate."""
    rated = [one for one in activities if rate_of(one)]
    met = [one for one in rated if decimal(one["counted"]) >= decimal(one["yearly_target"])]
    return percent(Decimal(len(met)), Decimal(len(rated))) if rated else ""


def sum_of(activities: list[Data], name: str) -> str:
    """Return a sum of money of the activities with a planned budget; "" if nothing is known."""
    known = [decimal(one[name]) for one in activities if one["budget"] and one[name]]
    return text(sum(known, Decimal(0))) if known else ""


# Tables


def check_tables(archive: zipfile.ZipFile, periods: list[Period], found: Differences) -> None:
    """Check that the tables of closed periods say the same as the canonical files."""
    by_key = {one.key: one.data for one in periods}
    for name, part, columns in (
        ("period-groups", "groups", GROUP_COLUMNS),
        ("period-activities", "activities", ACTIVITY_COLUMNS),
    ):
        lines: Counter[tuple[str, str, str]] = Counter()
        for line in table(archive, name):
            key = line["year"], line["number"], line["version"]
            lines[key] += 1
            frozen = by_key[key][part][int(line["position"]) - 1]
            where = f"{name} {'-'.join(key)} {line['slug']}"
            compare_line(where, line, frozen, columns, found)
            if part == "activities":
                update = frozen["update"]
                texts = {one: update.get(one, "") for one in TEXTS}
                compare_line(where, line, texts, TEXTS, found)
        for key, data in by_key.items():
            found.compare(f"{name} {'-'.join(key)}: lines", lines[key], len(data[part]))
    check_budget(archive, by_key, found)


def check_budget(
    archive: zipfile.ZipFile, by_key: dict[tuple[str, str, str], Data], found: Differences
) -> None:
    """Check that the table of money says the same as the canonical files."""
    for line in table(archive, "budget"):
        key = line["year"], line["number"], line["version"]
        activities = by_key[key]["activities"]
        frozen = next(one for one in activities if one["lineage"] == line["lineage"])
        where = f"budget {'-'.join(key)} {line['slug']}"
        compare_line(where, line, frozen, BUDGET_COLUMNS, found)
        found.compare(f"{where}: source", line["source"], frozen["spending_source"])


def compare_line(
    where: str, line: Line, frozen: Data, columns: Iterable[str], found: Differences
) -> None:
    """Compare a line with what was frozen; texts of several lines keep their line breaks."""
    for column in columns:
        published, computed = (one.replace("\r\n", "\n") for one in (line[column], frozen[column]))
        found.compare(f"{where}: {column}", published, computed)


def check_months(archive: zipfile.ZipFile, found: Differences) -> None:
    """Check that parts by dong add up to months, and months to the year's sum.

    Hidden numbers are left out; what is told of their year may not be more than its sum.
    """
    months: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for line in table(archive, "months-by-dong"):
        months[line["year"], line["lineage"], line["month"]] += decimal(line["amount"])
    years: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    masked = set()
    for line in table(archive, "months"):
        year, month = (line["year"], line["lineage"]), line["month"]
        years[year] += decimal(line["amount"]) or 0
        where = f"months {line['year']}-{month} {line['slug']}"
        if line["records"]:
            found.compare(where, decimal(line["amount"]), months.pop((*year, month), Decimal(0)))
        else:
            masked.add(year)
    found.compare("months-by-dong: without a month", [], sorted(months))
    for line in table(archive, "totals"):
        year, where = (line["year"], line["lineage"]), f"totals {line['year']} {line['slug']}"
        if year not in masked:
            found.compare(where, decimal(line["amount"]), years[year])
        elif line["amount"]:
            found.compare(where, True, years[year] <= decimal(line["amount"]))


# Numbers


def decimal(value: str) -> Number:
    """Return a number; None for an empty text."""
    return Decimal(value) if value else None


def text(value: Decimal) -> str:
    """Return a number as text without trailing zeros."""
    return f"{value.normalize():f}" if value else "0"


def percent(part: Decimal, of: Decimal) -> str:
    """Return a share in percent, rounded down to one decimal, from an exact calculation."""
    tenths = Fraction(part) * 1000 // Fraction(of)
    return text(tenths * TENTH)


def hundredths(value: Fraction) -> str:
    """Return an exact amount as text with at most two decimals."""
    return text(Decimal(round(value * 100)) / 100)


def whole(value: Decimal) -> Decimal:
    """Return a number rounded down to whole units."""
    return value.to_integral_value(ROUND_FLOOR)


def shown(value: Any) -> str:
    """Return a value as a difference names it, not too long."""
    said = str(value) if isinstance(value, Decimal) else repr(value)
    return said if len(said) <= 80 else f"{said[:77]}..."  # noqa: PLR2004


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
