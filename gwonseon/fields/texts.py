"""What people type: text that can be seen."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Tab and line break are text; the rest of the control characters, those that have no width or turn
# the direction of writing, and what stands for a broken one come from careless copying and hide
# what is really there.
CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    r"\u00ad\u034f\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\u2800\u3164\ufeff"
    r"\uffa0\ufffd]"
)
# They join or part letters and signs, as in an emoji of a family; alone they are nothing to see.
JOINERS = re.compile(r"[\u200c\u200d\ufe00-\ufe0f\s]+")


def visible(text: str) -> None:
    """Refuse what cannot be seen in a text."""
    if found := CONTROL.search(text) or (text.strip() and JOINERS.fullmatch(text)):
        raise ValidationError(
            _("보이지 않거나 깨진 글자(%(code)s)가 있습니다. 지우고 다시 저장하세요."),
            params={"code": f"U+{ord(found[0]):04X}"},
        )


def one_line(text: str) -> str:
    """Return a text on one line, with single spaces."""
    return " ".join(text.split())


class PlainFormMixin:
    """Text without surprises: no character that hides, and one line where the field is one line."""

    def clean(self) -> dict[str, Any]:
        """Refuse what hides in text."""
        values = super().clean()
        for name, value in list(values.items()):
            if not isinstance(value, str):
                continue
            try:
                visible(value)
            except ValidationError as error:
                self.add_error(name, error)
            is_long = isinstance(self.fields[name].widget, forms.Textarea)
            values[name] = value.replace("\r\n", "\n").strip() if is_long else one_line(value)
        return values
