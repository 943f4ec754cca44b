"""Marking of found words in a text."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from plans.tree.search import SEPARATORS, squeeze


def mark(text: str, words: list[str]) -> SafeString:
    """Return the text, escaped, with every occurrence of a word in <mark>.

    Words are compared as in the search: without case, and with any spacing between letters.
    """
    between = SEPARATORS.replace("+", "*")
    spaced = (between.join(map(re.escape, squeeze(word))) for word in words)
    pattern = "|".join(word for word in spaced if word)
    if not pattern:
        return format_html("{}", text)
    parts = re.split(f"({pattern})", text, flags=re.IGNORECASE)
    # With one group, every second part is a match.
    marked = ((format_html("<mark>{}</mark>", p) if at % 2 else p,) for at, p in enumerate(parts))
    return format_html_join("", "{}", marked)


def found_in(text: str, words: list[str]) -> bool:
    """Return whether the text contains each of the words."""
    return all(squeeze(word) in squeeze(text) for word in words)
