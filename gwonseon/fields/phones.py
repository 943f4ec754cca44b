"""Read Korean telephone numbers and write them in one way: 031-228-6114, 1588-1234, 120."""

import re
from collections.abc import Iterable
from itertools import accumulate
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gwonseon.fields.words import plain, shown

SIGNS = re.compile(r"[\s().-]+")
# Area or service code, exchange, number. Only Seoul's code (02) has two digits.
WHOLE = re.compile(r"(02|050[0-9]|0[1-9][0-9])([0-9]{3,4})([0-9]{4})")
NATIONWIDE = re.compile(r"(1[5-9][0-9]{2})([0-9]{4})")
SPECIAL = re.compile(r"1[0-9]{2}")
# A spreadsheet that reads a telephone number as a number drops its first 0.
WITHOUT_ZERO = re.compile(r"[1-7][0-9]{7,9}")

# A mobile number anywhere in a text, but no part of a longer number or hexadecimal name.
MOBILE = re.compile(
    r"(?<![0-9A-Fa-f])(?:\+?82[ .-]?|0)1[0-9][ .-]?[0-9]{3,4}[ .-]?[0-9]{4}(?![0-9A-Fa-f])"
)


def without_mobile(text: str) -> None:
    """Raise ValidationError if a text has a mobile number; for what stays in the access log."""
    if MOBILE.search(plain(text)):
        raise ValidationError(
            _("휴대전화번호를 지우고 적어 주세요. 까닭은 접속기록에 남고, 나중에 고칠 수 없습니다.")
        )


def read_phone(text: str) -> str:
    """Return a telephone number with hyphens.

    Raises ValidationError with a sentence that repeats what was typed.
    """
    typed = plain(text)
    digits = SIGNS.sub("", typed)
    for shape in (WHOLE, NATIONWIDE):
        found = shape.fullmatch(digits)
        if found and ends_of(SIGNS.split(typed)) <= ends_of(found.groups()):
            return "-".join(found.groups())
    if SPECIAL.fullmatch(digits):
        return digits
    if WITHOUT_ZERO.fullmatch(digits):
        sentence = _(
            "「%(typed)s」은(는) 맨 앞의 0이 빠진 번호 같습니다. 031-228-6114처럼 적어 주세요."
        )
    else:
        sentence = _(
            "「%(typed)s」을(를) 전화번호로 읽을 수 없습니다. 031-228-6114처럼 적어 주세요."
        )
    raise ValidationError(sentence % {"typed": shown(typed)}, code="invalid")


def ends_of(groups: Iterable[str]) -> set[int]:
    """Return the positions, counted in digits, where groups of digits end.

    A telephone number whose groups end elsewhere has a digit too few or too many.
    """
    return {*accumulate(len(one) for one in groups)}


def hyphenated(number: str) -> str:
    """Return a stored telephone number with hyphens, or as it is if its shape is unknown."""
    try:
        return read_phone(number)
    except ValidationError:
        return number


class PhoneField(forms.CharField):
    """A form field for a telephone number."""

    widget = forms.TextInput({"inputmode": "tel"})

    def to_python(self, value: Any) -> str:
        """Return the telephone number that was typed."""
        text = super().to_python(value)
        return read_phone(text) if text else text
