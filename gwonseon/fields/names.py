"""Find things by the names that people type.

Spaces and capitals do not matter. A thing is also found by another word for it, if no other thing
has that word: 「입북」 finds 입북동, and 「김철수」 finds the only person of that name. If several
things have it, the error lists them.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Generic, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gwonseon.fields.words import shown, squeezed

Thing = TypeVar("Thing")
MOST_OFFERED = 5
# Similar names are slow to find among many: a table with only misspelled names would take seconds.
# Above FEW_NAMES, only the first MOST_COMPARED unknown words are compared. A word longer than
# LONGEST_COMPARED never is.
FEW_NAMES, MOST_COMPARED, LONGEST_COMPARED = 100, 20, 100


class Names(Generic[Thing]):
    """A look-up of things by their full name (unique), or by other words (need not be unique)."""

    def __init__(self) -> None:
        self.things: dict[str, Thing] = {}
        self.full: dict[str, list[str]] = {}
        self.others: dict[str, list[str]] = {}
        self.about: dict[str, str] = {}
        self.compared = 0

    @classmethod
    def of_choices(cls, choices: Iterable[tuple[Thing, object]]) -> "Names[Thing]":
        """Return a look-up of the choices' codes by their labels; the empty choice is left out."""
        names = cls()
        for code, label in choices:
            if code not in (None, ""):
                names.add(code, str(label))
        return names

    def add(self, thing: Thing, full: str, others: Iterable[str] = (), about: str = "") -> None:
        """Add a thing.

        `others` are other words for it, which several things may have. `about` is a note that
        tells it from others of the same name.
        """
        self.things[full] = thing
        self.about[full] = about
        self.full.setdefault(squeezed(full), []).append(full)
        for word in {squeezed(one) for one in others if one}:
            self.others.setdefault(word, []).append(full)

    def find(self, text: str) -> Thing:
        """Return the thing that a text names.

        Raises ValidationError with a sentence that offers names, if any fit.
        """
        if text in self.things:
            return self.things[text]
        word = squeezed(text)
        found = self.full.get(word) or self.others.get(word, [])
        if len(found) == 1:
            return self.things[found[0]]
        sentence = self.several(text, found) if found else self.unknown(text)
        raise ValidationError(sentence, code="invalid")

    def close_to(self, word: str) -> list[str]:
        """Return the names that are similar to a word; none if the limits above are reached."""
        words = self.others | self.full
        self.compared += len(words) > FEW_NAMES
        if self.compared > MOST_COMPARED or len(word) > LONGEST_COMPARED:
            return []
        return [words[one][0] for one in get_close_matches(word, words, MOST_OFFERED)]

    def several(self, text: str, found: list[str]) -> str:
        """Return the error sentence for a text that several things are called."""
        sentence = _("「%(typed)s」은(는) 여럿입니다. %(found)s 가운데 하나를 그대로 적어 주세요.")
        offered = [f"「{full}」 {self.about[full]}".strip() for full in found[:MOST_OFFERED]]
        return sentence % {"typed": shown(text), "found": ", ".join(offered)}

    def unknown(self, text: str) -> str:
        """Return the error sentence for a text that nothing is called."""
        close = self.close_to(squeezed(text))
        if not close:
            sentence = _(
                "「%(typed)s」은(는) 없는 이름입니다. 「목록」 시트에 있는 대로 적어 주세요."
            )
            return sentence % {"typed": shown(text)}
        sentence = _("「%(typed)s」은(는) 없는 이름입니다. 혹시 %(close)s입니까?")
        offered = ", ".join(f"「{one}」" for one in sorted(set(close)))
        return sentence % {"typed": shown(text), "close": offered}
