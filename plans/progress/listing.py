"""A plan's progress as CSV, JSON or text, with the same figures as on the pages."""

from collections.abc import Iterator
from typing import Any

from gwonseon.fields.numbers import grouped, written
from gwonseon.tables.csv_files import csv_lines
from plans.progress.figures import Figure, PlanProgress

HEAD = (
    "활동",
    "누계",
    "목표",
    "단위",
    "달성률(%)",
    "진행률(%)",
    "상태",
    "주소",
)


def csv_of(progress: PlanProgress) -> str:
    """Return the figures as CSV, with a byte order mark for spreadsheets."""
    return "".join(csv_lines([HEAD, *map(row_of, progress.whole.figures)]))


def row_of(figure: Figure) -> list[Any]:
    """Return an activity's row; hidden values are empty."""
    return [
        figure.title,
        figure.counted_text if figure.is_masked else grouped(figure.counted),
        "" if figure.target is None else grouped(figure.target),
        figure.unit,
        "" if figure.rate is None else figure.rate,
        "" if figure.pace is None else figure.pace,
        figure.status_text,
        figure.activity.slug,
    ]


def as_data(progress: PlanProgress) -> dict[str, Any]:
    """Return the figures as data for JSON; numbers are text, so that none is rounded."""
    return {
        "on": progress.on.isoformat(),
        "rate": plain_number(progress.whole.rate),
        "met_rate": plain_number(progress.whole.met_rate),
        "pillars": [
            {"title": one.title, "rate": plain_number(one.rate), "weight": plain_number(one.weight)}
            for one in progress.whole.groups("pillar")
        ],
        "activities": [data_of(figure) for figure in progress.whole.figures],
    }


def data_of(figure: Figure) -> dict[str, Any]:
    """Return an activity's figures as data for JSON."""
    return {
        "slug": figure.activity.slug,
        "title": figure.title,
        "counted": None if figure.is_masked else plain_number(figure.counted),
        "counted_text": figure.counted_text,
        "target": plain_number(figure.target),
        "unit": figure.unit,
        "rate": plain_number(figure.rate),
        "pace": plain_number(figure.pace),
        "status": figure.status.value if figure.status else None,
    }


def plain_number(number: Any) -> str | None:
    """Return a number as text, or None for None."""
    return None if number is None else written(number)


def lines_of(progress: PlanProgress) -> Iterator[str]:
    """Yield the figures as lines of text."""
    whole = progress.whole
    yield f"{whole.title} · {progress.on:%Y-%m-%d}까지"
    yield f"달성률 {rate_text(whole.rate)} · 이행률 {rate_text(whole.met_rate)}"
    for pillar in whole.groups("pillar"):
        yield f"\n{pillar.title}: {rate_text(pillar.rate)}"
        for figure in pillar.figures:
            yield (
                f"  {figure.title}: {figure.counted_text} / {figure.target_text}"
                f" · {rate_text(figure.rate)} · {figure.status_text}"
            )


def rate_text(rate: Any) -> str:
    """Return a rate as text, "-" for None."""
    return "-" if rate is None else f"{rate}%"
