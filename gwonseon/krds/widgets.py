"""The browser's own date and time inputs, whose pickers work with keyboards and screen readers."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DateInput(forms.DateInput):
    """An input for a day. Browsers send it as ISO text, however they show it."""

    input_type = "date"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """An input for a time of day, to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DateTimeInput(forms.SplitDateTimeWidget):
    """Two inputs, for a date and a time; the widget of `forms.SplitDateTimeField`."""

    def __init__(self, attrs: dict | None = None) -> None:
        forms.MultiWidget.__init__(
            self,
            [DateInput({"data-label": _("날짜")}), TimeInput({"data-label": _("시각")})],
            attrs,
        )
