"""Normalise text for search: lower case, without spaces and separating marks."""

import re

from django.db import models
from django.db.models import F, Value

# Used by PostgreSQL (the stored column) and Python (the search words), so it must work in both.
SEPARATORS = r"[\s·ㆍ‧・「」()\[\],.:]+"


def squeeze(text: str) -> str:
    """Return the text in the form of the search column: 「무더위 쉼터」 → 「무더위쉼터」."""
    return re.sub(SEPARATORS, "", text.lower())


def squeezed_column(*fields: str) -> models.Func:
    """Return the SQL of the search column: the text of the fields, in the form of `squeeze`.

    A | separates the fields, so that no match crosses from one field into the next.
    """
    return models.Func(
        models.Func(*map(F, fields), template="LOWER(%(expressions)s)", arg_joiner=" || '|' || "),
        Value(SEPARATORS),
        Value(""),
        Value("g"),
        function="REGEXP_REPLACE",
        output_field=models.TextField(),
    )
