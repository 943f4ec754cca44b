"""Read times of day that people type: 21:00, 21시 30분, 오후 9시, 2130."""

import re
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.fields.days import DayField
from gwonseon.fields.words import plain, shown
from gwonseon.krds.widgets import DateTimeInput, TimeInput

NOON = 12
HALVES = {"오전": 0, "am": 0, "a.m.": 0, "오후": NOON, "pm": NOON, "p.m.": NOON}
NAMED = {"정오": time(12), "자정": time(0)}
HALF = "|".join(map(re.escape, HALVES))
CLOCK = re.compile(
    rf"(?P<before>{HALF})?\s*(?P<hour>[0-9]{{1,2}})"
    r"(?:\s*:\s*(?P<minute>[0-9]{2})(?::[0-9]{2})?|\s*시(?:\s*(?P<minutes>[0-9]{1,2})\s*분)?"
    r"|\s*시\s*(?P<half>반))?"
    rf"\s*(?P<after>{HALF})?",
    re.IGNORECASE,
)
DAY = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T](?=[0-9])")
RUN = re.compile(r"([0-9]{2})([0-9]{2})")


def read_time(text: str) -> time:
    """Return the time of day that a text says; seconds are ignored.

    Raises ValidationError with a sentence that repeats what was typed.
    """
    # A spreadsheet may write a day before the time.
    typed = DAY.sub("", plain(text))
    if typed in NAMED:
        return NAMED[typed]
    try:
        if found := RUN.fullmatch(typed):
            return time(int(found[1]), int(found[2]))
        if found := CLOCK.fullmatch(typed):
            return time_of(found)
    except ValueError:
        pass
    sentence = _("「%(typed)s」을(를) 시각으로 읽을 수 없습니다. 19:30처럼 적어 주세요.")
    raise ValidationError(sentence % {"typed": shown(typed)}, code="invalid")


def time_of(found: re.Match) -> time:
    """Return the time of a CLOCK match. Raise ValueError if it is not a time, or could be two."""
    parts = found.groupdict()
    half = (parts["before"] or parts["after"] or "").lower()
    hour = int(parts["hour"])
    minute = 30 if parts["half"] else int(parts["minute"] or parts["minutes"] or 0)
    if parts["before"] and parts["after"]:
        raise ValueError(half)
    if not half:
        if found[0].isdecimal():
            raise ValueError(hour)
        return time(hour, minute)
    # Some people mean midnight by 오전 12시, others noon.
    if not 1 <= hour <= NOON or (hour == NOON and not HALVES[half]):
        raise ValueError(hour)
    return time(hour % NOON + HALVES[half], minute)


class TimeField(forms.TimeField):
    """A form field for a time of day, to the minute."""

    widget = TimeInput

    def to_python(self, value: Any) -> time | None:
        """Return the time that was typed."""
        if not isinstance(value, str):
            return super().to_python(value)
        return read_time(value) if value.strip() else None

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return the typed time as a time, so that the browser's time field can show it again."""
        try:
            return self.to_python(data) or data
        except ValidationError:
            return super().bound_data(data, initial)


class MomentField(forms.SplitDateTimeField):
    """A form field for a date and time, with an input for each."""

    widget = DateTimeInput
    default_error_messages = {
        "invalid_date": gettext_lazy("날짜도 적어 주세요. 예: 2021-03-01"),
        "invalid_time": gettext_lazy("시각도 적어 주세요. 예: 19:30"),
    }

    def __init__(self, **options: Any) -> None:
        # SplitDateTimeField's own __init__ would make Django's fields.
        forms.MultiValueField.__init__(self, (DayField(), TimeField()), **options)
