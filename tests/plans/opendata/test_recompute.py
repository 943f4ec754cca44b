"""The stranger's program, which shares no code with the portal, follows the same rules."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from docs import recompute
from plans.progress import arithmetic
from plans.tracking.closing.freezing import number

amounts = st.decimals(0, 5000, places=2)
targets = st.decimals(Decimal("0.01"), 5000, places=2)
days = st.dates(date(2020, 6, 1), date(2022, 6, 1))
ends = st.sampled_from([arithmetic.quarter(2021, one)[1] for one in range(4)])


@st.composite
def promises(draw: st.DrawFn) -> arithmetic.Promise:
    """Return a random promise for 2021: with or without a target, quarters and a period."""
    if draw(st.booleans()):
        quarters = draw(st.lists(amounts, min_size=4, max_size=4).filter(any))
        return arithmetic.Promise(sum(quarters), 2021, quarters=quarters)
    first, last = sorted(draw(st.tuples(days, days)))
    return arithmetic.Promise(draw(st.none() | targets), 2021, first, last)


@given(promises(), amounts, ends)
def test_figures_of_an_activity(promise: arithmetic.Promise, counted: Decimal, on: date) -> None:
    expected = arithmetic.expected(promise, on)
    frozen = {
        "counted": number(counted),
        "yearly_target": number(promise.target),
        "expected": number(expected),
        "hold": "",
        "rate": number(arithmetic.percent(counted, promise.target) if promise.target else None),
        "pace": number(arithmetic.percent(counted, expected) if expected else None),
    }

    assert recompute.rate_of(frozen) == frozen["rate"]
    assert frozen["pace"] in recompute.paces_of(frozen)
    status = arithmetic.status(promise, counted, on, on_hold=False)
    assert status.value in recompute.statuses_of(frozen, on.isoformat())
    assert len(set(recompute.statuses_of(frozen, on.isoformat()))) <= 2
    assert recompute.statuses_of(frozen | {"hold": "예시"}, on.isoformat()) == ["on-hold"]


@given(promises().filter(lambda one: one.target is not None), ends)
def test_what_is_expected(promise: arithmetic.Promise, on: date) -> None:
    same = recompute.Promise(promise.target, list(promise.quarters), promise.first, promise.last)

    assert same.expected(on) == arithmetic.expected(promise, on)
    assert recompute.hundredths(same.expected(on)) == number(arithmetic.expected(promise, on))


rates = st.none() | st.decimals(0, 300, places=1)
weights = st.decimals(Decimal("0.01"), 99, places=2)


@given(st.lists(st.tuples(weights, rates)))
def test_rates_of_a_group(parts: list[tuple[Decimal, Decimal | None]]) -> None:
    known = [(weight, rate) for weight, rate in parts if rate is not None]
    frozen = [{"weight": number(weight), "rate": number(rate)} for weight, rate in parts]

    assert recompute.rolled_up(frozen) == number(arithmetic.rolled_up(known))
