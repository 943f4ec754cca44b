"""Read days that people type, in one way for forms, tables and URLs.

Accepts what Korean offices write (2021. 3. 2., 2021년 3월 2일, 21.3.2(화), 3/4 if the year is
known), ISO dates, eight digits, and a date with a time as Excel writes it; the time is ignored. A
text that could mean several days is refused.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from gwonseon.fields.words import plain, shown
from gwonseon.krds.widgets import DateInput

WEEKDAYS = "월화수목금토일"
WEEKDAY = re.compile(rf"\s*(?:\(([{WEEKDAYS}])(?:요일)?\)|([{WEEKDAYS}])요일)$")
TIME = re.compile(r"[ T]+(?:오전 |오후 )?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?$")
KOREAN = re.compile(r"(?:([0-9]{2,4})\s*년)?\s*([0-9]{1,2})\s*월\s*([0-9]{1,2})\s*일")
WITH_YEAR = re.compile(r"['‘’]?([0-9]{1,4})\s*([./-])\s*([0-9]{1,2})\s*\2\s*([0-9]{1,4})\s*\.?")
# 3.1 is not accepted as a day: a spreadsheet shows both 3.10 and 3.1 in this way.
WITHOUT_YEAR = re.compile(r"([0-9]{1,2})\s*(?:[/-]\s*|\.\s+|\.(?=[0-9]+\.))([0-9]{1,2})\s*\.?")
TWO_NUMBERS = re.compile(r"[0-9]{1,2}\s*[./-]\s*[0-9]{1,2}\s*\.?")
RUN = re.compile(r"([0-9]{2}|[0-9]{4})([0-9]{2})([0-9]{2})")
MONTH = re.compile(r"([0-9]{4})\s*(?:[./-]|년)\s*([0-9]{1,2})\s*[월.]?")
SERIAL = re.compile(r"[1-9][0-9]{4}(\.[0-9]+)?")
# Excel's day 1 is 1 January 1900, and it also counts 29 February 1900, which did not exist.
EXCEL_BEGINS = date(1899, 12, 30)
YEAR_DIGITS = 4
# Longer than any day with its time and weekday; the patterns are slow on longer text.
MOST_CHARACTERS = 60
# If the year is not known, two digits mean a year from 10 before this one to 1 after it.
YEARS_BEFORE, YEARS_AFTER = 10, 1
# Years have four digits.
FIRST_YEAR = 1000


def day_text(day: date) -> str:
    """Return a day as offices write it."""
    return f"{day.year}. {day.month}. {day.day}."


def read_day(text: str, year: int | None = None) -> date:
    """Return the day that a text says. `year` is the plan's year, if the day belongs to a plan.

    Raises ValidationError with a sentence that repeats what was typed.
    """
    typed = plain(text)
    if len(typed) > MOST_CHARACTERS:
        raise refusal(_("「%(typed)s」을(를) 날짜로 읽을 수 없습니다."), typed, year)
    bare = TIME.sub("", typed)
    weekday = WEEKDAY.search(bare)
    bare = WEEKDAY.sub("", bare).strip()
    try:
        day = day_of(bare, year)
    except ValueError as error:
        raise refusal(_("「%(typed)s」은(는) 없는 날입니다."), typed, year) from error
    if day is None:
        raise refusal(sentence_for(bare, year), typed, year)
    if weekday and WEEKDAYS[day.weekday()] != (weekday[1] or weekday[2]):
        sentence = _("「%(typed)s」의 요일이 맞지 않습니다. %(day)s은 %(weekday)s요일입니다.")
        names = {"day": f"{day:%Y-%m-%d}", "weekday": WEEKDAYS[day.weekday()]}
        raise ValidationError(sentence % (names | {"typed": shown(typed)}), code="invalid")
    return day


def day_of(text: str, year: int | None) -> date | None:
    """Return the day that a text says, or None if it is not a day or could be several.

    Raises ValueError if the calendar has no such day.
    """
    if found := KOREAN.fullmatch(text):
        first, month, day = found.groups()
        if first is None:
            return date(year, int(month), int(day)) if year else None
        return date(full_year(first), int(month), int(day))
    if found := WITH_YEAR.fullmatch(text):
        first, _sign, month, day = found.groups()
        return day_of_three_numbers(first, month, day, year)
    if found := RUN.fullmatch(text):
        return day_of_three_numbers(*found.groups(), year)
    if year and (found := WITHOUT_YEAR.fullmatch(text)):
        return date(year, int(found[1]), int(found[2]))
    return None


def full_year(digits: str) -> int:
    """Return the year of two or four digits. Raise ValueError for any other number of them."""
    if len(digits) == YEAR_DIGITS and int(digits) >= FIRST_YEAR:
        return int(digits)
    if len(digits) == YEAR_DIGITS // 2:
        return 2000 + int(digits)
    raise ValueError(digits)


def day_of_three_numbers(first: str, second: str, third: str, year: int | None) -> date | None:
    """Return the day of three numbers, or None if the year is not first or the day is not clear.

    A first number of four digits is the year. One of two digits is the year only if no other order
    of the numbers gives a day within `years_of`.
    """
    if len(first) == YEAR_DIGITS:
        return date(full_year(first), int(second), int(third)) if len(third) <= len("31") else None
    if len(third) == YEAR_DIGITS or len(first) != len("21"):
        return None
    meant = set(possible_days(first, second, third, years_of(year)))
    wanted = date(full_year(first), int(second), int(third))
    return wanted if meant == {wanted} else None


def years_of(year: int | None) -> range:
    """Return the years that two digits can mean: the plan's year, or years around this one."""
    if year:
        return range(year, year + 1)
    this = timezone.localdate().year
    return range(this - YEARS_BEFORE, this + YEARS_AFTER + 1)


def possible_days(first: str, second: str, third: str, years: range) -> Iterator[date]:
    """Yield the days within `years` that three numbers can mean, in the usual orders."""
    orders = ((first, second, third), (third, first, second), (third, second, first))
    for year, month, day in orders:
        if len(year) == len("21") and 2000 + int(year) in years:
            with suppress(ValueError):
                yield date(2000 + int(year), int(month), int(day))


def sentence_for(bare: str, year: int | None) -> str:
    """Return the sentence for a text that is not a day, or could be several."""
    if SERIAL.fullmatch(bare):
        day = EXCEL_BEGINS + timedelta(days=int(float(bare)))
        sentence = _("「%(typed)s」은(는) 엑셀이 수로 바꾼 날짜(%(day)s) 같습니다.")
        return sentence % {"typed": "%(typed)s", "day": f"{day:%Y-%m-%d}"}
    if WITH_YEAR.fullmatch(bare) or RUN.fullmatch(bare):
        return _("「%(typed)s」이(가) 어느 날인지 알 수 없습니다. 연도 네 자리부터")
    if year and TWO_NUMBERS.fullmatch(bare):
        return _("「%(typed)s」이(가) 어느 날인지 알 수 없습니다.")
    if not year and (TWO_NUMBERS.fullmatch(bare) or KOREAN.fullmatch(bare)):
        return _("「%(typed)s」에 연도가 없습니다.")
    return _("「%(typed)s」을(를) 날짜로 읽을 수 없습니다.")


def refusal(sentence: str, typed: str, year: int | None) -> ValidationError:
    """Return an error with a sentence, followed by an example of how to write a day."""
    example = _("%(year)s-03-01처럼 적어 주세요.") % {"year": year or timezone.localdate().year}
    return ValidationError(f"{sentence % {'typed': shown(typed)}} {example}", code="invalid")


class DayField(forms.DateField):
    """A form field for a day. `year` is the plan's year, if the day belongs to a plan."""

    widget = DateInput

    def __init__(self, *, year: int | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.year = year

    def to_python(self, value: Any) -> date | None:
        """Return the day that was typed."""
        if not isinstance(value, str):
            return super().to_python(value)
        return read_day(value, self.year) if value.strip() else None

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return the typed day as a date, so that the browser's date field can show it again."""
        try:
            return self.to_python(data) or data
        except ValidationError:
            return super().bound_data(data, initial)


class MonthField(forms.DateField):
    """A form field for a month: 2021-03, 2021. 3., 2021년 3월. Its value is the first day."""

    widget = forms.DateInput({"type": "month"}, format="%Y-%m")

    def to_python(self, value: Any) -> date | None:
        """Return the first day of the month that was typed."""
        if not isinstance(value, str):
            return super().to_python(value)
        if not value.strip():
            return None
        with suppress(ValueError):
            if found := MONTH.fullmatch(plain(value)):
                return date(full_year(found[1]), int(found[2]), 1)
        sentence = _("「%(typed)s」을(를) 달로 읽을 수 없습니다. 2021-03처럼 적어 주세요.")
        raise ValidationError(sentence % {"typed": shown(value)}, code="invalid")
