"""Days and times, read in the same way by every form."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gwonseon.fields.days import DayField, MonthField, read_day
from gwonseon.fields.times import MomentField, TimeField, read_time


@pytest.mark.parametrize(
    "text",
    [
        "2021-03-02",
        "2021. 3. 2.",
        "2021.3.2",
        "2021. 03. 02",
        "2021/3/2",
        "20210302",
        "210302",
        "21.3.2",
        "21. 3. 2.(화)",
        "'21. 3. 2.",
        "21/3/2",
        "21-03-02",
        "3/2",
        "3. 2.",
        "3. 2",
        "3.2.",
        "3월 2일",
        "2021년 3월 2일",
        "2021년 3월 2일(화)",
        "2021년 3월 2일 화요일",
        "２０２１．３．２．",
        "2021-03-02 09:30:00",
        "2021-03-02T09:30",
        "2021. 3. 2. 오전 9:30",
    ],
)
def test_days_of_korean_offices_are_read(text: str) -> None:
    assert read_day(text, 2021) == dt.date(2021, 3, 2)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1/2/21", "「1/2/21」이(가) 어느 날인지 알 수 없습니다. 연도 네 자리부터 2021-03-01처럼"),
        ("03/02/21", "어느 날인지 알 수 없습니다."),
        ("3/2/2021", "어느 날인지 알 수 없습니다."),
        ("1.2.21", "어느 날인지 알 수 없습니다."),
        ("030221", "어느 날인지 알 수 없습니다."),
        ("3.1", "어느 날인지 알 수 없습니다."),
        ("3.10", "어느 날인지 알 수 없습니다."),
        ("3/1①", "날짜로 읽을 수 없습니다."),
        ("20.3.2", "어느 날인지 알 수 없습니다."),
        ("2021-02-30", "「2021-02-30」은(는) 없는 날입니다."),
        ("13/1", "없는 날입니다."),
        ("2021년 13월 1일", "없는 날입니다."),
        ("0021-03-02", "없는 날입니다."),
        ("21.3.3(목)", "2021-03-03은 수요일입니다."),
        ("44257", "엑셀이 수로 바꾼 날짜(2021-03-02) 같습니다."),
        ("어제", "「어제」을(를) 날짜로 읽을 수 없습니다. 2021-03-01처럼"),
        ("2021-3", "날짜로 읽을 수 없습니다."),
        ("2021.3/2", "날짜로 읽을 수 없습니다."),
    ],
)
def test_an_invalid_or_ambiguous_day_gets_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as error:
        read_day(text, 2021)
    assert sentence in error.value.message


def test_without_a_plan_two_digits_are_a_year_near_today() -> None:
    year = timezone.localdate().year
    assert read_day(f"{year % 100}. 12. 31.") == dt.date(year, 12, 31)
    assert read_day(f"{year}. 3. 2.") == dt.date(year, 3, 2)
    for text in ("3/4", "3월 4일"):
        with pytest.raises(ValidationError, match="에 연도가 없습니다"):
            read_day(text)


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2100, 12, 31)))
def test_days_are_read_as_the_portal_prints_them(day: dt.date) -> None:
    printed = f"{day:%Y}. {day.month}. {day.day}."
    assert read_day(printed) == read_day(day.isoformat()) == read_day(f"{day:%Y%m%d}") == day


@given(st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2099, 12, 31)))
def test_a_two_digit_year_is_read_correctly_or_refused(day: dt.date) -> None:
    try:
        assert read_day(f"{day:%y}. {day.month}. {day.day}.", day.year) == day
    except ValidationError as error:
        assert "어느 날인지" in error.message
        assert day.day == day.year % 100, "only then another order makes a day of that year"


@given(st.text(alphabet="0123456789.-/ 년월일()화T:", max_size=24), st.none() | st.just(2021))
def test_any_text_is_a_day_or_gets_a_sentence(text: str, year: int | None) -> None:
    try:
        day = read_day(text, year)
    except ValidationError as error:
        assert error.message
    else:
        assert day.year >= 1000


def test_a_field_shows_the_value_that_it_read() -> None:
    field = DayField(year=2021)
    assert field.bound_data("2021. 3. 2.", None) == dt.date(2021, 3, 2)
    assert field.bound_data("봄", None) == "봄"
    assert field.clean(dt.date(2021, 3, 2)) == dt.date(2021, 3, 2)
    assert DayField(required=False).clean(" ") is None


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("21:00", (21, 0)),
        ("9:05", (9, 5)),
        ("09:00:00", (9, 0)),
        ("오후 9시", (21, 0)),
        ("오후9:30", (21, 30)),
        ("21시 30분", (21, 30)),
        ("21시 반", (21, 30)),
        ("9시", (9, 0)),
        ("9:30 PM", (21, 30)),
        ("오후 12시", (12, 0)),
        ("2130", (21, 30)),
        ("２１：００", (21, 0)),
        ("2021-03-03 21:00:00", (21, 0)),
        ("정오", (12, 0)),
        ("자정", (0, 0)),
    ],
)
def test_times_of_korean_offices_are_read(text: str, time: tuple[int, int]) -> None:
    assert read_time(text) == dt.time(*time)


@pytest.mark.parametrize(
    "text", ["9", "24:00", "25시", "오전 12시", "오후 13시", "오전 9시 PM", "21:60", "밤", "21.30"]
)
def test_an_invalid_or_ambiguous_time_gets_a_sentence(text: str) -> None:
    with pytest.raises(ValidationError, match="시각으로 읽을 수 없습니다"):
        read_time(text)


@given(st.times())
def test_times_sent_by_browsers_are_read(time: dt.time) -> None:
    assert TimeField().clean(f"{time:%H:%M}") == time.replace(second=0, microsecond=0)


def test_a_moment_is_a_day_and_a_time() -> None:
    field = MomentField()
    moment = timezone.localtime(field.clean(["2021. 3. 2.", "오후 7시 30분"]))
    assert (moment.date(), moment.time()) == (dt.date(2021, 3, 2), dt.time(19, 30))
    with pytest.raises(ValidationError, match="날짜로 읽을 수 없습니다"):
        field.clean(["봄", "19:30"])


@pytest.mark.parametrize("text", ["2021-03", "2021. 3.", "2021년 3월", "2021/3", "２０２１-０３"])
def test_a_month_is_its_first_day(text: str) -> None:
    assert MonthField().clean(text) == dt.date(2021, 3, 1)


@pytest.mark.parametrize("text", ["3월", "2021-13", "202103", "21-03"])
def test_an_invalid_month_gets_a_sentence(text: str) -> None:
    with pytest.raises(ValidationError, match="달로 읽을 수 없습니다"):
        MonthField().clean(text)
