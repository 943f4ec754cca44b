"""The form field for mobile numbers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gwonseon.messaging.phones import mobile_number

# Longer than any number that somebody types, with all its signs.
LONGEST = 50


class MobileField(forms.CharField):
    """A form field for a mobile number; its value is eleven digits (see `mobile_number`)."""

    widget = forms.TextInput({"type": "tel"})
    default_error_messages = {
        "required": _("휴대전화번호를 적어 주세요."),
        "max_length": _("휴대전화번호가 아닙니다. 010-1234-5678처럼 적어 주세요."),
    }

    def __init__(self, *, autocomplete: str = "off", **options: Any) -> None:
        super().__init__(**({"label": _("휴대전화번호"), "max_length": LONGEST} | options))
        self.widget.attrs["autocomplete"] = autocomplete

    def clean(self, value: Any) -> str:
        """Return the number that was typed, read after its length is known."""
        text = super().clean(value)
        return mobile_number(text) if text else text
