"""Names of things that are known, read in one way wherever they are typed.

A name is found whatever its spaces and capitals, also by another word for it that only one thing
has: 「입북」 is 입북동, the only 「김철수」 is he. Where several have it, all are offered.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Generic, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gwonseon.fields.words import shown, squeezed

Thing = TypeVar("Thing")
MOST_OFFERED = 5
# A table whose names are all misspelled would take seconds to be compared with many names: of more
# than so many, only the first few words that name nothing are, and none that is long.
FEW_NAMES, MOST_COMPARED, LONGEST_COMPARED = 100, 20, 100


class Names(Generic[Thing]):
    """Things by their full names, each of which only one thing has, and by other words."""

    def __init__(self) -> None:
        self.things: dict[str, Thing] = {}
        self.full: dict[str, list[str]] = {}
        self.others: dict[str, list[str]] = {}
        self.about: dict[str, str] = {}
        self.compared = 0

    @classmethod
    def of_choices(cls, choices: Iterable[tuple[Thing, object]]) -> "Names[Thing]":
        """Return the codes of choices by their labels; the empty choice has no name."""
        names = cls()
        for code, label in choices:
            if code not in (None, ""):
                names.add(code, str(label))
        return names

    def add(self, thing: Thing, full: str, others: Iterable[str] = (), about: str = "") -> None:
        """Take a thing in.

        `others` are other words for it, which more things may have; `about` tells it apart.
        """
        self.things[full] = thing
        self.about[full] = about
        self.full.setdefault(squeezed(full), []).append(full)
        for word in {squeezed(one) for one in others if one}:
            self.others.setdefault(word, []).append(full)

    def find(self, text: str) -> Thing:
        """Return the thing that a text names.

        Raises ValidationError with a sentence that says which names there are.
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
        """Return the names that are nearly a word, as far as they are looked for."""
        words = self.others | self.full
        self.compared += len(words) > FEW_NAMES
        if self.compared > MOST_COMPARED or len(word) > LONGEST_COMPARED:
            return []
        return [words[one][0] for one in get_close_matches(word, words, MOST_OFFERED)]

    def several(self, text: str, found: list[str]) -> str:
        """Return the sentence for a text that names several things."""
        sentence = _("「%(typed)s」은(는) 여럿입니다. %(found)s 가운데 하나를 그대로 적어 주세요.")
        offered = [f"「{full}」 {self.about[full]}".strip() for full in found[:MOST_OFFERED]]
        return sentence % {"typed": shown(text), "found": ", ".join(offered)}

    def unknown(self, text: str) -> str:
        """Return the sentence for a text that names nothing."""
        close = self.close_to(squeezed(text))
        if not close:
            sentence = _(
                "「%(typed)s」은(는) 없는 이름입니다. 「목록」 시트에 있는 대로 적어 주세요."
            )
            return sentence % {"typed": shown(text)}
        sentence = _("「%(typed)s」은(는) 없는 이름입니다. 혹시 %(close)s입니까?")
        offered = ", ".join(f"「{one}」" for one in sorted(set(close)))
        return sentence % {"typed": shown(text), "close": offered}
