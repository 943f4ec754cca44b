"""Bar charts, drawn as SVG by `krds/bar_chart.html`. A table beside the chart says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

# Sizes in SVG units.
BAR_WIDTH, BAR_STEP, BOTTOM, HIGHEST = 20, 30, 124, 100


@dataclass(frozen=True)
class Bar:
    """One bar of a chart that is 140 units high, with its label below and its number above."""

    label: str
    count: int | Decimal
    x: int
    height: float

    @property
    def y(self) -> float:
        """The y coordinate of the bar's top."""
        return BOTTOM - self.height

    @property
    def middle(self) -> int:
        """The x coordinate of the label."""
        return self.x + BAR_WIDTH // 2

    @property
    def above(self) -> float:
        """The y coordinate of the number."""
        return self.y - 4


def bars_of(counts: Sequence[tuple[str, int | Decimal]], *, full: int = 0) -> list[Bar]:
    """Return the bars of at most twelve numbers; the largest, or `full`, has the full height."""
    largest = max([full, *(count for _label, count in counts)]) or 1
    return [
        Bar(label, count, number * BAR_STEP + 5, round(float(count * HIGHEST / largest), 1))
        for number, (label, count) in enumerate(counts)
    ]
