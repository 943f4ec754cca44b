"""Bar charts: how high the bars are."""

from decimal import Decimal

from gwonseon.krds.charts import BOTTOM, HIGHEST, bars_of


def test_the_largest_bar_has_the_full_height() -> None:
    assert [bar.height for bar in bars_of([("1월", 5), ("2월", 10), ("3월", 0)])] == [
        50,
        HIGHEST,
        0,
    ]
    assert bars_of([("1월", 10)])[0].y == BOTTOM - HIGHEST


def test_a_share_of_a_whole_has_its_share_of_the_height() -> None:
    rates = [("1분기", Decimal("20.1")), ("2분기", Decimal(100))]
    assert [bar.height for bar in bars_of(rates, full=100)] == [20.1, HIGHEST]


def test_nothing_has_no_height() -> None:
    assert [bar.height for bar in bars_of([("1월", 0)])] == [0]
    assert bars_of([], full=100) == []
