"""Texts of messages: how long they are, and which characters cannot be sent.

Gateways count bytes of cp949: two for a Korean syllable, one for a letter, a digit or a line break.
Of cp949 only what KS X 1001 has can be sent: other syllables (똠, 펲) are refused on the way, or
arrive as question marks. Python's `euc-kr` counts eight bytes for them and is of no use here.
"""

import unicodedata
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from django.utils.translation import gettext as _

SMS_BYTES, LMS_BYTES, TITLE_BYTES = 90, 2_000, 40
# What a character is counted as that cannot be sent and has none near it.
UNSENDABLE_BYTES = 2
# Both bytes of a character of KS X 1001 are at least this.
KS_X_1001 = 0xA1

# Characters that cannot be sent, and what can stand in their place. Accents and compatibility
# forms are not listed: Unicode knows what lies under them.
NEAR = (
    dict.fromkeys("\t\N{OGHAM SPACE MARK}\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}", " ")
    | dict.fromkeys("\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}\N{NEXT LINE}\f\v", "\n")
    | dict.fromkeys("‐‑‒–—−﹘", "-")
    | dict.fromkeys("•‣․‧∙⋅・･◦⁃", "·")
    | dict.fromkeys("„‟", '"')
    | dict.fromkeys("‚‛", "'")
    | dict.fromkeys("〜∼", "～")
    | {"«": "《", "»": "》", "‹": "〈", "›": "〉", "₩": "￦", "©": "(c)", "⁄": "/", "∕": "/"}
)
INVISIBLE = {
    "\t": "탭",
    " ": "빈칸",
    "\n": "줄바꿈",
    "\N{NO-BREAK SPACE}": "묶는 빈칸",
    "\N{NARROW NO-BREAK SPACE}": "좁은 묶는 빈칸",
    "\N{ZERO WIDTH SPACE}": "폭 없는 빈칸",
}
# Control and format characters, pictures, and marks that belong to the character before.
LEFT_OUT = {"Cc", "Cf", "So", "Sk", "Mn", "Me"}


class TextKind(Enum):
    """As what a text is sent."""

    SMS = "SMS"
    LMS = "LMS"


@dataclass(frozen=True)
class TextProblem:
    """Why a text cannot be sent as it is, and how to put it right, as one sentence.

    With `character` it is about a character, or several that make one picture; `offer` can stand
    in its place: nothing at all if it is empty, and None if there is none.
    """

    sentence: str
    character: str = ""
    offer: str | None = None


@dataclass(frozen=True)
class TextMeasure:
    """How a text would be sent, its length, and what keeps it from being sent."""

    kind: TextKind
    bytes: int
    problems: tuple[TextProblem, ...]


def measure(text: str, title: str = "") -> TextMeasure:
    """Return how a text would be sent. The title goes only with a long one."""
    text, title = normal(text), normal(title)
    size = length(text)
    kind = TextKind.SMS if size <= SMS_BYTES else TextKind.LMS
    problems = unsendable(text)
    if not text.strip():
        problems.append(TextProblem(_("보낼 글이 없습니다. 글을 적어 주세요.")))
    if size > LMS_BYTES:
        problems.append(too_long(_("문자는"), size, LMS_BYTES))
    if kind is TextKind.LMS:
        problems += unsendable(title)
        if length(title) > TITLE_BYTES:
            problems.append(too_long(_("제목은"), length(title), TITLE_BYTES))
    return TextMeasure(kind, size, tuple(problems))


def normal(text: str) -> str:
    """Return a text as gateways are given it: composed (NFC), with plain line breaks."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")


def length(text: str) -> int:
    """Return the bytes that a gateway counts.

    A character that cannot be sent counts as what is offered for it.
    """
    return sum(map(character_length, text))


def sendable(text: str) -> str:
    """Return a text with each unsendable character replaced, if it has a replacement."""
    return "".join(one if offer is None else offer for one, offer in offers(normal(text)))


def is_sendable(character: str) -> bool:
    """Return whether every gateway and phone takes a character."""
    if character == "\n" or " " <= character <= "~":
        return True
    try:
        code = character.encode("cp949")
    except UnicodeEncodeError:
        return False
    return len(code) > 1 and min(code) >= KS_X_1001


def near(character: str) -> str | None:
    """Return the replacement for a character that cannot be sent; None if it has none."""
    if character in NEAR:
        return NEAR[character]
    for form in ("NFKC", "NFKD"):
        parts = unicodedata.normalize(form, character)
        plain = "".join(part for part in parts if not unicodedata.combining(part))
        if plain and all(map(is_sendable, plain)):
            return plain
    return "" if unicodedata.category(character) in LEFT_OUT else None


def offers(text: str) -> list[tuple[str, str | None]]:
    """Return each character with its replacement: itself if it can be sent, None without one."""
    return [(one, one if is_sendable(one) else near(one)) for one in text]


def character_length(character: str) -> int:
    """Return the bytes of one character, or of what is offered for it."""
    if is_sendable(character):
        return len(character.encode("cp949"))
    offer = near(character)
    return UNSENDABLE_BYTES if offer is None else length(offer)


def unsendable(text: str) -> list[TextProblem]:
    """Return a problem for each character that cannot be sent, in the order of the text."""
    found: dict[str, str | None] = {}
    for is_left_out, run in groupby(offers(text), key=lambda pair: pair[1] == ""):
        characters = [(one, offer) for one, offer in run if one != offer]
        if is_left_out:
            # A picture is often several characters.
            characters = [("".join(one for one, _offer in characters), "")]
        found |= dict(characters)
    return [TextProblem(advice(one, offer), one, offer) for one, offer in found.items()]


def advice(character: str, offer: str | None) -> str:
    """Return the sentence about a character that cannot be sent."""
    cannot = _("「%s」 글자는 문자로 보낼 수 없습니다.") % shown(character)
    if offer:
        return f"{cannot} {_('「%s」 글자로 바꿔 주세요.') % shown(offer)}"
    if offer == "":
        return f"{cannot} {_('빼 주세요.')}"
    return f"{cannot} {_('다른 말로 바꿔 주세요.')}"


def shown(character: str) -> str:
    """Return a character as a sentence can name it: by its name, if it cannot be seen."""
    if character in INVISIBLE:
        return INVISIBLE[character]
    if all(unicodedata.category(one)[0] in "CMZ" for one in character):
        return " ".join(f"U+{ord(one):04X}" for one in character)
    return character


def too_long(what: str, size: int, most: int) -> TextProblem:
    """Return the problem of a text or a title that is too long."""
    return TextProblem(
        _("%(what)s %(most)s바이트까지 보낼 수 있습니다. %(over)s바이트를 줄여 주세요.")
        % {"what": what, "most": f"{most:,}", "over": f"{size - most:,}"}
    )
