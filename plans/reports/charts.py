"""Bar charts of a report as SVG, and that as PNG for formats that hold only pictures.

The SVG has presentation attributes only, so that it also shows below a strict
Content-Security-Policy. Lengths are in its own units, of which it is 720 wide.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import resvg_py
from django.conf import settings
from django.template.loader import render_to_string

from gwonseon.fields.numbers import grouped
from plans.reports.characters import clean, shortened
from plans.reports.document import Chart

WIDTH, TOP, BOTTOM, STEP, BAR = 720, 48, 30, 34, 20
# Where the bars begin, and how long one of 100 % is.
LEFT, LENGTH = 210, 430
MARKS = (0, 25, 50, 75, 100)
# How wide a label and the title may be, in em of their font.
LABEL, TITLE = 14, 40
ZOOM = 2

FONTS = [
    str(settings.BASE_DIR / "node_modules" / "@expo-google-fonts" / name)
    for name in (
        "noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf",
        "noto-sans-kr/700Bold/NotoSansKR_700Bold.ttf",
        "noto-sans-symbols-2/400Regular/NotoSansSymbols2_400Regular.ttf",
        "noto-emoji/400Regular/NotoEmoji_400Regular.ttf",
    )
]


@dataclass(frozen=True)
class ChartBar:
    """A bar as it is drawn: its upper edge, its length, and the texts beside it."""

    name: str
    label: str
    value: str
    y: int
    length: int

    @property
    def line(self) -> int:
        """The base line of the texts."""
        return self.y + 15

    @property
    def end(self) -> int:
        """Where the bar ends, after which its value is written."""
        return LEFT + self.length + 6


def chart_size(chart: Chart) -> tuple[int, int]:
    """Return a chart's width and height, which grows with the number of its bars."""
    return WIDTH, TOP + STEP * len(chart.bars) + BOTTOM


def chart_svg(chart: Chart) -> str:
    """Return a chart as SVG."""
    width, height = chart_size(chart)
    context = {
        "title": shortened(clean(chart.title), TITLE),
        "alt": clean(chart.alt),
        "bars": [*chart_bars(chart)],
        "marks": [(mark, LEFT + LENGTH * mark // 100) for mark in MARKS],
        "width": width,
        "height": height,
        "left": LEFT,
        "length": LENGTH,
        "top": TOP,
        "floor": height - BOTTOM,
        "bar": BAR,
    }
    return render_to_string("reports/chart.svg", context)


def chart_png(chart: Chart) -> bytes:
    """Return a chart as PNG, at twice the SVG's size, with a white background."""
    png = resvg_py.svg_to_bytes(
        svg_string=chart_svg(chart),
        background="#ffffff",
        zoom=ZOOM,
        skip_system_fonts=True,
        font_files=FONTS,
        sans_serif_family="Noto Sans KR",
    )
    return bytes(png)


def chart_bars(chart: Chart) -> Iterator[ChartBar]:
    """Yield the chart's bars from top to bottom; one beyond 0 to 100 is drawn as long as these."""
    for at, (label, value) in enumerate(chart.bars):
        name = clean(label)
        shown = grouped(value.quantize(Decimal("0.1"), ROUND_HALF_UP))
        share = min(max(value, Decimal(0)), Decimal(100))
        yield ChartBar(
            name=name,
            label=shortened(name, LABEL),
            value=f"{shown}%",
            y=TOP + STEP * at + (STEP - BAR) // 2,
            length=round(LENGTH * share / 100),
        )
