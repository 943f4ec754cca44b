"""Native date and time fields: every browser has a picker that keyboards and readers can use."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DateInput(forms.DateInput):
    """A day. Browsers exchange it as ISO whatever they show."""

    input_type = "date"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """A time of day, to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DateTimeInput(forms.SplitDateTimeWidget):
    """A day and a time of it, for `forms.SplitDateTimeField`."""

    def __init__(self, attrs: dict | None = None) -> None:
        forms.MultiWidget.__init__(
            self,
            [DateInput({"data-label": _("날짜")}), TimeInput({"data-label": _("시각")})],
            attrs,
        )
