"""Read rows of several related tables in one query, also those to which nothing is related."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models
from django.db.utils import DEFAULT_DB_ALIAS


@dataclass(frozen=True)
class JoinedModel:
    """The rows of a model at the end of a path of relations; "" is the query's own model.

    Only `columns` are read, or all if there are none; generated columns never are.
    """

    model: type[models.Model]
    path: str = ""
    columns: tuple[str, ...] = ()

    @cached_property
    def names(self) -> list[str]:
        """The names of the columns that are read, in the table's order; the key is one of them."""
        return [
            one.attname
            for one in self.model._meta.concrete_fields
            if not one.generated and (not self.columns or one.attname in {"id", *self.columns})
        ]

    @cached_property
    def lookups(self) -> list[str]:
        """The look-ups of these columns from the query's own model."""
        return [f"{self.path}__{name}" if self.path else name for name in self.names]

    def key_in(self, values: Mapping[str, Any]) -> int | None:
        """Return the key of the part's row in a row of the query; None where there is none."""
        return values[self.lookups[self.names.index("id")]]

    def row_in(self, values: Mapping[str, Any]) -> models.Model:
        """Return the part's row in a row of the query."""
        found = [values[one] for one in self.lookups]
        return self.model.from_db(DEFAULT_DB_ALIAS, self.names, found)


def joined_rows(
    rows: models.QuerySet, parts: list[JoinedModel], *extra: str
) -> Iterator[tuple[Mapping[str, Any], list[models.Model | None]]]:
    """Yield each row of a query as a dict, and the row of each part or None (1 query).

    `extra` are names of annotations. A row that the query repeats is one object.
    """
    known: dict[tuple[JoinedModel, int], models.Model] = {}
    lookups = dict.fromkeys(name for part in parts for name in part.lookups)
    for values in rows.values(*lookups, *extra):
        found: list[models.Model | None] = []
        for part in parts:
            key = part.key_in(values)
            if key is not None and (part, key) not in known:
                known[part, key] = part.row_in(values)
            found.append(None if key is None else known[part, key])
        yield values, found
