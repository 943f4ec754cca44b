"""Read mail addresses: hong@office.example."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gwonseon.fields.words import plain, shown
from gwonseon.mail_addresses import LONGEST_ADDRESS, is_mail_address, tidy_address


def read_address(text: str) -> str:
    """Return a mail address, its domain in small letters.

    Raises ValidationError with a sentence that repeats what was typed.
    """
    address = tidy_address(plain(text))
    if is_mail_address(address):
        return address
    sentence = _(
        "「%(typed)s」은(는) 메일 주소가 아닙니다. 이름 없이 주소 하나만, hong@office.example처럼 "
        "영문으로 적어 주세요."
    )
    raise ValidationError(sentence % {"typed": shown(text)}, code="invalid")


class MailField(forms.CharField):
    """A form field for one mail address."""

    widget = forms.TextInput(
        {"inputmode": "email", "autocomplete": "off", "autocapitalize": "none"}
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": LONGEST_ADDRESS} | options)

    def to_python(self, value: Any) -> str:
        """Return the address that was typed."""
        text = super().to_python(value)
        return read_address(text) if text else text
