"""Invisible characters are refused in texts."""

import pytest
from django.core.exceptions import ValidationError

from gwonseon.fields.texts import visible

HIDDEN = ["\u2800", "\u3164", "\u115f", "\u200b", "\u00ad", "\u200d", "가\u3164나"]


@pytest.mark.parametrize("text", HIDDEN)
def test_invisible_text_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="보이지 않거나 깨진 글자"):
        visible(text)


@pytest.mark.parametrize("text", ["", " ", "가 나\n다\t라", "👨\u200d👩\u200d👧", "☂\ufe0f"])
def test_visible_text_is_accepted(text: str) -> None:
    visible(text)
