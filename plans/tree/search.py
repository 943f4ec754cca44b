"""How titles are compared in a search: without case, spaces and the marks between words."""

import re

# Read by both PostgreSQL (the stored column) and Python (the question), so plain in both.
SEPARATORS = r"[\s·ㆍ‧・「」()\[\],.:]+"


def squeeze(text: str) -> str:
    """Return the text as the stored search column holds it: 「무더위 쉼터」 → 「무더위쉼터」."""
    return re.sub(SEPARATORS, "", text.lower())
