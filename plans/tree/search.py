"""How titles are compared in a search: without case, spaces and the marks between words."""

import re

from django.db import models
from django.db.models import F, Value

# Read by both PostgreSQL (the stored column) and Python (the question), so plain in both.
SEPARATORS = r"[\s·ㆍ‧・「」()\[\],.:]+"


def squeeze(text: str) -> str:
    """Return the text as the stored search column holds it: 「무더위 쉼터」 → 「무더위쉼터」."""
    return re.sub(SEPARATORS, "", text.lower())


def squeezed(*fields: str) -> models.Func:
    """Return the SQL of the fields' text as search compares it: lower case, nothing between.

    A bar keeps the fields apart, so that no match runs from one into the next.
    """
    return models.Func(
        models.Func(*map(F, fields), template="LOWER(%(expressions)s)", arg_joiner=" || '|' || "),
        Value(SEPARATORS),
        Value(""),
        Value("g"),
        function="REGEXP_REPLACE",
        output_field=models.TextField(),
    )
