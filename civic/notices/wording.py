"""The words of a notice: placeholders, and the text as it is sent.

A placeholder is written `#{일시}`, as templates of messages in Korea have it.
"""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.messaging.stop_links import TOKEN_LENGTH
from gwonseon.messaging.texts import TextMeasure, TextProblem, measure
from gwonseon.office.models import District

PLACEHOLDER = re.compile(r"#\{\s*([^{}#\s][^{}#\n]{0,19}?)\s*\}")
BROKEN = re.compile(r"#\{|\{[^{}\n]*\}")
MOST_PLACEHOLDERS = 10
# Stands in a preview for the token that each message has of its own.
ANY_TOKEN = "·" * TOKEN_LENGTH
STOP_WORDS = gettext_lazy("그만 받기")


def placeholders(text: str) -> list[str]:
    """Return the names of a text's placeholders, each once, in their order."""
    return list(dict.fromkeys(PLACEHOLDER.findall(text)))


def filled(text: str, words: Mapping[str, str]) -> str:
    """Return a text with the words of its placeholders; those without words stay as they are."""
    return PLACEHOLDER.sub(lambda found: words.get(found[1]) or found[0], text)


def body_of(text: str, words: Mapping[str, str]) -> str:
    """Return the text as it is sent: it begins with who sends it (1 query)."""
    return f"[{District.objects.get().name}] {filled(text, words)}"


def stop_line(portal: str) -> str:
    """Return what stands before the token at the end of each message.

    `portal` is the address of the residents' stop page.
    """
    return f"{STOP_WORDS} {portal}"


def measure_of(body: str, title: str, portal: str) -> TextMeasure:
    """Return how a body would be sent, with the last line that each message gets.

    Placeholders without words are problems, too.
    """
    measured = measure_whole(body, title, stop_line(portal))
    return TextMeasure(measured.kind, measured.bytes, (*unfilled(body), *measured.problems))


def measure_whole(body: str, title: str, stop_address: str) -> TextMeasure:
    """Return how a body is sent with a last line; `stop_address` is what precedes the token."""
    return measure(f"{body}\n{stop_address}{'0' * TOKEN_LENGTH}", title)


def unfilled(body: str) -> list[TextProblem]:
    """Return a problem for each placeholder without words, and for each that is written wrongly."""
    empty = placeholders(body)
    problems = [TextProblem(_("「%s」에 넣을 말을 적어 주세요.") % name) for name in empty]
    if BROKEN.search(PLACEHOLDER.sub("", body)):
        problems.append(TextProblem(_("바꿔 넣을 자리는 #{일시}처럼 적어 주세요.")))
    return problems
