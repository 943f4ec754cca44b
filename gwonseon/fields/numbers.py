"""Numbers, read in one way wherever they are typed: in forms, in tables, in addresses.

Commas are taken only where they group by three; full-width digits and the field's own unit are
taken; everything else gets a sentence that repeats what was typed.
"""

import re
import unicodedata
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.fields.words import plain, shown

DIGITS = re.compile(r"[0-9]+(\.[0-9]+)?")
GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
# A label names its unit at the end: 「수량(개소)」.
UNIT = re.compile(r"\(([^()]+)\)$")
# Korean tables write what is below zero with a triangle.
MINUS = "-−△▲"
# More digits than any column holds.
MOST_CHARACTERS = 40
# Amounts of money are told in these; a field in 원 takes them all.
WON = {"원": 1, "천원": 10**3, "만원": 10**4, "백만원": 10**6, "천만원": 10**7, "억원": 10**8}


def read_number(text: str, unit: str = "") -> Decimal:
    """Return the number that a text says, in the unit of its field.

    Raises ValidationError with a sentence that repeats what was typed.
    """
    typed = plain(text)
    digits = typed.lstrip(MINUS)
    factor = 1
    for name, size in units_of(unit).items():
        if digits.endswith(name):
            digits, factor = digits.removesuffix(name).rstrip(), size
            break
    is_number = DIGITS.fullmatch(digits) or GROUPED.fullmatch(digits)
    if not is_number or len(typed) > MOST_CHARACTERS or typed.count("-") > 1:
        raise ValidationError(unread(typed, digits, unit), code="invalid")
    number = Decimal(digits.replace(",", "")) * factor
    return -number if typed[0] in MINUS else number


def written(number: float | Decimal) -> str:
    """Return a number without spare zeros, as it is typed and compared."""
    return f"{Decimal(str(number)).normalize():f}"


def grouped(number: int | Decimal) -> str:
    """Return a number without spare zeros and with commas, as people read it."""
    return f"{Decimal(number).normalize():,f}"


def units_of(unit: str) -> dict[str, int]:
    """Return the units that a field takes after a number, the longest first, with their sizes."""
    if unit == "원":
        return dict(sorted(WON.items(), key=lambda one: -len(one[0])))
    # ㎡ is typed as m2, too. A unit that begins with a digit cannot be told from the number's own.
    words = (unit, unicodedata.normalize("NFKC", unit))
    return {one: 1 for one in words if one and not one[0].isdecimal()}


def unread(typed: str, digits: str, unit: str) -> str:
    """Return the sentence for a text that is no number."""
    if "," in digits and not set(digits) - set("0123456789.,"):
        sentence = _(
            "「%(typed)s」의 쉼표가 맞지 않습니다. 쉼표는 1,500처럼 세 자리마다, "
            "소수는 1.5처럼 점으로 적어 주세요."
        )
    elif unit and digits[:1].isdecimal():
        sentence = _(
            "「%(typed)s」을(를) 수로 읽을 수 없습니다. 단위는 %(unit)s입니다. "
            "12처럼 수만 적어 주세요."
        )
    else:
        sentence = _("「%(typed)s」을(를) 수로 읽을 수 없습니다. 12처럼 수만 적어 주세요.")
    return sentence % {"typed": shown(typed), "unit": unit}


class NumberField(forms.DecimalField):
    """A number. Its unit is given, or is the one that its label names."""

    widget = forms.TextInput({"inputmode": "decimal"})
    default_error_messages = {
        "min_value": gettext_lazy("%(limit_value)s 이상의 수를 적어 주세요."),
        "max_value": gettext_lazy("%(limit_value)s 이하의 수를 적어 주세요."),
        "max_digits": gettext_lazy("너무 큰 수입니다. 자릿수를 확인해 주세요."),
        "max_whole_digits": gettext_lazy("너무 큰 수입니다. 자릿수를 확인해 주세요."),
        "max_decimal_places": gettext_lazy("소수점 아래는 %(max)s자리까지 적어 주세요."),
    }

    def __init__(self, *, unit: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.given_unit = unit

    @property
    def unit(self) -> str:
        """What is counted in."""
        named = UNIT.search(str(self.label or ""))
        return self.given_unit or (named[1] if named else "")

    def to_python(self, value: Any) -> Decimal | None:
        """Return the number that was typed."""
        if value in self.empty_values or not str(value).strip():
            return None
        return value if isinstance(value, Decimal) else read_number(str(value), self.unit)

    def prepare_value(self, value: Any) -> Any:
        """Return a number without spare zeros; what was typed stays as it is."""
        return written(value) if isinstance(value, Decimal) else value


class WholeNumberField(NumberField):
    """A number without a fraction."""

    widget = forms.TextInput({"inputmode": "numeric"})

    def to_python(self, value: Any) -> Decimal | None:
        """Return the number that was typed, and refuse one with a fraction."""
        number = super().to_python(value)
        if number is None:
            return None
        whole = number.to_integral_value()
        if whole != number:
            sentence = _("「%(typed)s」에 소수가 있습니다. 소수점 없이 적어 주세요.")
            raise ValidationError(sentence % {"typed": shown(str(value))}, code="invalid")
        return whole

    def clean(self, value: Any) -> int | None:
        """Return the checked number."""
        number = super().clean(value)
        return None if number is None else int(number)
