"""The content of a record as plain JSON values: stored per version, compared, shown as text.

    {"facts": {column: value}, "detail": {column: value}, "findings": [{column: value}],
     "evidence": [{"name", "digest"}]}

A value is a string, an integer, a boolean, a list of these, or None.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from gwonseon.fields.numbers import written
from gwonseon.versions import Difference
from plans.ledger.kinds import kind_of
from plans.ledger.models import Evidence, Finding, Record, column_in_words

Said = dict[str, Any]

# Columns that a user fills in; the others are set by the portal.
FACTS = (
    "happened_on",
    "starts_at",
    "ends_at",
    "dong_id",
    "facility_id",
    "quantity",
    "people",
    "note",
)
OF_A_FINDING = ("category", "what", "spot", "department_id", "due_on")


def said_of(
    record: Record,
    detail: models.Model | None,
    findings: Iterable[Finding],
    evidence: Iterable[Evidence],
) -> Said:
    """Return the content of a record with its related rows (no queries)."""
    columns = [field.attname for field in fields_of(detail)] if detail else []
    return {
        "facts": plain_values(record, FACTS),
        "detail": plain_values(detail, columns),
        "findings": [plain_values(one, OF_A_FINDING) for one in findings],
        "evidence": [{"name": one.name, "digest": one.digest} for one in evidence],
    }


def said_now(record: Record) -> Said:
    """Return the content of a record as it is saved (3 queries)."""
    kind = kind_of(record.kind)
    detail = kind.detail.objects.filter(record=record).first() if kind.detail else None
    findings = record.findings.order_by("pk")
    return said_of(record, detail, findings, record.evidence.all())


def plain_values(row: models.Model | None, columns: Sequence[str]) -> dict[str, Any]:
    """Return columns of a row as plain values; equal whether just typed or read back."""
    return {name: plain_value(field_of(row, name), getattr(row, name)) for name in columns}


def plain_value(field: models.Field, value: Any) -> Any:
    """Return a column's value as JSON can hold it."""
    if value is None:
        return None
    if isinstance(field, ArrayField):
        return [plain_value(field.base_field, one) for one in value]
    value = field.to_python(value)
    if isinstance(value, Decimal):
        return written(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date | time) else value


def fields_of(detail: models.Model | type[models.Model]) -> list[models.Field]:
    """Return the fields of a detail, without the link to its record."""
    return [field for field in detail._meta.fields if field.name != "record"]


def field_of(model: models.Model | type[models.Model], column: str) -> models.Field:
    """Return the field of a column, by its name in the row."""
    return next(field for field in model._meta.fields if field.attname == column)


def differences(before: Said, after: Said, record: Record) -> list[Difference]:
    """Return the facts of two versions of a record side by side, without those empty in both."""
    words = Words(record, [before, after])
    return side_by_side(words.told(before), words.told(after))


def side_by_side(
    before: dict[tuple, tuple[str, str]], after: dict[tuple, tuple[str, str]]
) -> list[Difference]:
    """Pair the facts of two versions."""
    nothing = ("", "")
    pairs = [(before.get(key, nothing), after.get(key, nothing)) for key in before | after]
    sides = [Difference(old[0] or new[0], old[1], new[1]) for old, new in pairs]
    return [one for one in sides if one.before or one.after]


class Words:
    """Display texts for the versions of a record.

    Related rows (dong, facilities, departments) are read once for each model.
    """

    def __init__(self, record: Record, versions: Iterable[Said]) -> None:
        self.kind, self.unit = kind_of(record.kind), record.activity.unit
        named: dict[type[models.Model], set[int]] = {}
        for said in versions:
            for field, value in self.values_of(said):
                if field.is_relation and value is not None:
                    named.setdefault(field.related_model, set()).add(value)
        self.names = {
            (model, key): str(row)
            for model, keys in named.items()
            for key, row in model.objects.in_bulk(keys).items()
        }

    def values_of(self, said: Said) -> Iterator[tuple[models.Field, Any]]:
        """Yield every value of a version with its model field."""
        parts = [(Record, said["facts"]), *((Finding, one) for one in said["findings"])]
        if self.kind.detail:
            parts.append((self.kind.detail, said["detail"]))
        for model, values in parts:
            for field in model._meta.fields:
                if field.attname in values:
                    yield field, values[field.attname]

    def told(self, said: Said) -> dict[tuple, tuple[str, str]]:
        """Return the label and the text of each fact of a version, in column order.

        Values of columns that no longer exist are left out.
        """
        facts: dict[tuple, tuple[str, str]] = {}
        for name in FACTS:
            word = self.word(field_of(Record, name), said["facts"].get(name))
            facts["facts", name] = (self.label(name), word)
        for field in fields_of(self.kind.detail) if self.kind.detail else []:
            word = self.word(field, said["detail"].get(field.attname))
            facts["detail", field.attname] = (str(field.verbose_name), word)
        found = "\n".join(self.finding(one) for one in said["findings"])
        shown = "\n".join(one["name"] for one in said["evidence"])
        return facts | {
            ("findings",): (str(self.kind.findings or _("찾은 것")), found),
            ("evidence",): (_("증빙"), shown),
        }

    def label(self, column: str) -> str:
        """Return the label of a record's column for this kind."""
        if column == "quantity" and self.kind.quantity:
            unit = f"({self.unit})" if self.unit else ""
            return f"{self.kind.quantity}{unit}"
        if column == "people" and self.kind.people:
            return f"{self.kind.people}({_('명')})"
        return str(field_of(Record, column).verbose_name)

    def word(self, field: models.Field, value: Any) -> str:
        """Return a plain value as display text."""
        if value in (None, "", []):
            return ""
        if isinstance(field, models.DateTimeField):
            return f"{timezone.localtime(parse_datetime(value)):%H:%M}"
        if field.is_relation:
            return self.names.get((field.related_model, value), _("지워진 값"))
        return column_in_words(field, field.to_python(value))

    def finding(self, said: dict[str, Any]) -> str:
        """Return one finding as a line of text."""
        categories = {code: str(label) for code, label in self.kind.categories}
        category = categories.get(said["category"], said["category"])
        words = [self.word(field_of(Finding, name), said[name]) for name in OF_A_FINDING[1:]]
        return " · ".join(word for word in [category, *words] if word)
