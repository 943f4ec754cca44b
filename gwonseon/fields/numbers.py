"""Read numbers that people type, in one way for forms, tables and URLs.

Accepts commas only between groups of three digits, full-width digits, and the field's own unit.
Anything else gets an error sentence that repeats what was typed.
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
# Signs of a negative number; Korean tables use a triangle.
MINUS = "-−△▲"
# More digits than any column holds.
MOST_CHARACTERS = 40
# Units of money and their size in 원; a field in 원 accepts all of them.
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
        raise ValidationError(sentence_for(typed, digits, unit), code="invalid")
    number = Decimal(digits.replace(",", "")) * factor
    return -number if typed[0] in MINUS else number


def written(number: float | Decimal) -> str:
    """Return a number as text without trailing zeros or commas, to type or compare."""
    return f"{Decimal(str(number)).normalize():f}"


def grouped(number: int | Decimal) -> str:
    """Return a number as text without trailing zeros and with commas, for people to read."""
    return f"{Decimal(number).normalize():,f}"


def units_of(unit: str) -> dict[str, int]:
    """Return the units that a field accepts after a number, with their size, longest name first."""
    if unit == "원":
        return dict(sorted(WON.items(), key=lambda one: -len(one[0])))
    # ㎡ may be typed as m2. A unit that begins with a digit cannot be told from the number.
    words = (unit, unicodedata.normalize("NFKC", unit))
    return {one: 1 for one in words if one and not one[0].isdecimal()}


def sentence_for(typed: str, digits: str, unit: str) -> str:
    """Return the error sentence for a text that is not a number."""
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
    """A form field for a number. Its unit is given, or comes from the label: 수량(개소)."""

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
        """The unit, or "" if neither the field nor its label has one."""
        named = UNIT.search(str(self.label or ""))
        return self.given_unit or (named[1] if named else "")

    def to_python(self, value: Any) -> Decimal | None:
        """Return the number that was typed."""
        if value in self.empty_values or not str(value).strip():
            return None
        return value if isinstance(value, Decimal) else read_number(str(value), self.unit)

    def prepare_value(self, value: Any) -> Any:
        """Return a Decimal as text without trailing zeros, and typed text unchanged."""
        return written(value) if isinstance(value, Decimal) else value


class WholeNumberField(NumberField):
    """A form field for a whole number."""

    widget = forms.TextInput({"inputmode": "numeric"})

    def to_python(self, value: Any) -> Decimal | None:
        """Return the number that was typed; raise ValidationError for one with a fraction."""
        number = super().to_python(value)
        if number is None:
            return None
        whole = number.to_integral_value()
        if whole != number:
            sentence = _("「%(typed)s」에 소수가 있습니다. 소수점 없이 적어 주세요.")
            raise ValidationError(sentence % {"typed": shown(str(value))}, code="invalid")
        return whole

    def clean(self, value: Any) -> int | None:
        """Return the checked number as an int."""
        number = super().clean(value)
        return None if number is None else int(number)
