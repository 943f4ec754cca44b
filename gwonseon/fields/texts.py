"""Refuse invisible characters in text that people type."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Refused characters: control characters except tab and line break, characters that have no width
# or change the direction of writing, and the sign for a broken character. They come from copying
# and hide what the text really is.
CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    r"\u00ad\u034f\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\u2800\u3164\ufeff"
    r"\uffa0\ufffd]"
)
# Characters that join or separate others, as in the emoji of a family. A text of only these is
# invisible.
JOINERS = re.compile(r"[\u200c\u200d\ufe00-\ufe0f\s]+")


def visible(text: str) -> None:
    """Raise ValidationError if a text has an invisible character, or has nothing visible."""
    if found := CONTROL.search(text) or (text.strip() and JOINERS.fullmatch(text)):
        raise ValidationError(
            _("보이지 않거나 깨진 글자(%(code)s)가 있습니다. 지우고 다시 저장하세요."),
            params={"code": f"U+{ord(found[0]):04X}"},
        )


def one_line(text: str) -> str:
    """Return a text on one line, with single spaces."""
    return " ".join(text.split())


class PlainFormMixin:
    """A form that refuses invisible characters; text outside of a textarea becomes one line."""

    def clean(self) -> dict[str, Any]:
        """Check and tidy all text of the form."""
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
