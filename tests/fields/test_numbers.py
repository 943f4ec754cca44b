"""Numbers, read in the same way by every form."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from gwonseon.fields.numbers import NumberField, WholeNumberField, read_number


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("12", "", "12"),
        (" 1,200 ", "", "1200"),
        ("1,234,567.5", "", "1234567.5"),
        ("１，２００", "", "1200"),
        ("0.5", "", "0.5"),
        ("-3", "", "-3"),
        ("△3", "", "-3"),
        ("12회", "회", "12"),
        ("1,200 명", "명", "1200"),
        ("16㎡", "㎡", "16"),
        ("3㎍/㎥", "㎍/㎥", "3"),
        ("1,200,000원", "원", "1200000"),
        ("1,200천원", "원", "1200000"),
        ("120만원", "원", "1200000"),
        ("1.5억원", "원", "150000000"),
    ],
)
def test_numbers_of_korean_offices_are_read(text: str, unit: str, number: str) -> None:
    assert read_number(text, unit) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "unit", "sentence"),
    [
        ("1,5", "", "「1,5」의 쉼표가 맞지 않습니다."),
        ("12,34", "", "「12,34」의 쉼표가 맞지 않습니다."),
        ("3,4", "명", "「3,4」의 쉼표가 맞지 않습니다."),
        ("1.234,5", "", "「1.234,5」의 쉼표가 맞지 않습니다."),
        ("1234,567", "", "「1234,567」의 쉼표가 맞지 않습니다."),
        ("1_0", "", "「1_0」을(를) 수로 읽을 수 없습니다."),
        ("1e3", "", "「1e3」을(를) 수로 읽을 수 없습니다."),
        ("1 200", "", "「1 200」을(를) 수로 읽을 수 없습니다."),
        ("٣", "", "「٣」을(를) 수로 읽을 수 없습니다."),
        ("12건", "회", "단위는 회입니다."),
        ("218L", "18L", "단위는 18L입니다."),
        ("12명", "", "「12명」을(를) 수로 읽을 수 없습니다."),
        ("3만 5천원", "원", "「3만 5천원」을(를) 수로 읽을 수 없습니다."),
        ("--3", "", "「--3」을(를) 수로 읽을 수 없습니다."),
        ("12①", "", "「12①」을(를) 수로 읽을 수 없습니다."),
        ("10²", "", "「10²」을(를) 수로 읽을 수 없습니다."),
        ("NaN", "", "「NaN」을(를) 수로 읽을 수 없습니다."),
        ("∞", "", "「∞」을(를) 수로 읽을 수 없습니다."),
        ("9" * 5000, "", "…」을(를) 수로 읽을 수 없습니다."),
    ],
)
def test_an_invalid_number_is_quoted_in_its_sentence(text: str, unit: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as error:
        read_number(text, unit)
    assert sentence in error.value.message


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_a_grouped_number_is_the_number(number: Decimal) -> None:
    assert read_number(f"{number:,}") == read_number(f"{number}") == number


@given(st.text(max_size=50))
def test_any_text_is_a_number_or_gets_a_sentence(text: str) -> None:
    try:
        number = read_number(text, "원")
    except ValidationError as error:
        assert error.message
    else:
        assert number.is_finite()


def test_the_unit_is_the_one_that_the_label_names() -> None:
    assert NumberField(label="수량(개소)").clean("3개소") == 3
    assert NumberField(label="연간 목표", unit="회").clean("3회") == 3
    with pytest.raises(ValidationError, match="「3명」"):
        NumberField(label="수량(개소)").clean("3명")


def test_a_whole_number_has_no_fraction() -> None:
    field = WholeNumberField(label="인원(명)", min_value=0)
    assert field.clean("1,200명") == 1200
    assert isinstance(field.clean("12.0"), int)
    with pytest.raises(ValidationError, match="소수점 없이"):
        field.clean("12.5")
    with pytest.raises(ValidationError, match="0 이상의 수를"):
        field.clean("-1")


def test_a_stored_number_is_shown_without_spare_zeros() -> None:
    assert NumberField().prepare_value(Decimal("1200.50")) == "1200.5"
    assert NumberField().prepare_value("1,200") == "1,200"
    assert not NumberField(required=False).has_changed(Decimal("12.00"), "12")
