"""From the rows of a table to entries of the ledger: each row fills in the forms of one record.

A column is a field of the kind's own forms, by its label, so that a cell is checked as what is
typed in a form is. What has choices is written in their words. Findings and files come by the form.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from gwonseon.sheets import LISTS, Problem, Row, ungrouped
from plans.ledger.actions import Entry, refuse_day
from plans.ledger.forms import EntryForms, RecordForm
from plans.ledger.models import Facility
from plans.ledger.queries import facilities_for
from plans.tree.models import Activity

# A line for each day of a leap year, and some to spare.
MOST_LINES = 400
FACILITY = "시설"
YES, NO = "예", "아니오"
# What a line never says: files, and what belongs to one form on the screen.
NO_COLUMN = {"files", "kept", "token", "version", "state"}
# What every line says itself: today is no day of last week's work.
NEVER_GUESSED = {"happened_on"}
# The names of the forms of one record that have columns.
PARTS = ("record", "detail")
NO_FINDINGS = {"findings-TOTAL_FORMS": "0", "findings-INITIAL_FORMS": "0"}
# Of the tokens of lines: the same line of the same person is the same record, whenever it comes.
LINES = UUID("5f0b9d3e-55d0-4f0f-8f5b-2b8a8e9f1c7d")


class Column(NamedTuple):
    """A column of the table: the form and the field that it fills in."""

    header: str
    part: str
    name: str


@dataclass
class Taken:
    """A row that says what a record needs."""

    row: Row
    entry: Entry


class KnownField(forms.Field):
    """A row of another table by its name, among those that were read once for all lines."""

    def __init__(self, field: forms.ModelChoiceField, there: Mapping[str, Model]) -> None:
        super().__init__(required=field.required, label=field.label)
        self.error_messages = field.error_messages
        self.there = there

    def to_python(self, value: Any) -> Model | None:
        """Return the row that a cell names."""
        if value in self.empty_values:
            return None
        if value not in self.there:
            raise ValidationError(unknown(value))
        return self.there[value]


class TableReader:
    """The columns of an activity's records, and what their cells may hold (3 queries at most)."""

    def __init__(self, *, user: User, activity: Activity) -> None:
        self.user, self.activity = user, activity
        blank = EntryForms(user=user, activity=activity, begins=False)
        self.fields = {
            column: fields_of(blank, column.part)[column.name] for column in columns_of(blank)
        }
        self.begins = {column: begin_of(blank, column) for column in self.fields}
        self.known = {
            column: {str(one): one for one in field.queryset}
            for column, field in self.fields.items()
            if isinstance(field, forms.ModelChoiceField)
        }
        has_facilities = bool(blank.kind.facilities)
        self.facilities = by_name(facilities_for(activity)) if has_facilities else {}
        self.columns = {column.header: column for column in self.fields}
        self.headers = [*([FACILITY] if has_facilities else []), *self.columns]

    @property
    def needed(self) -> list[str]:
        """The columns that every table has."""
        asked = [
            column.header
            for column, field in self.fields.items()
            if field.required and self.begins[column] in (None, "", [])
        ]
        return [*([FACILITY] if FACILITY in self.headers else []), *asked]

    @property
    def several(self) -> set[str]:
        """The columns whose cells may name several things, with commas between."""
        return {
            column.header
            for column, field in self.fields.items()
            if isinstance(field, forms.MultipleChoiceField)
        }

    @property
    def lists(self) -> dict[str, list[str]]:
        """What cells may hold, by column."""
        facilities = {FACILITY: [*self.facilities]} if FACILITY in self.headers else {}
        offered = {
            column.header: self.offered(column, field) for column, field in self.fields.items()
        }
        return facilities | {header: words for header, words in offered.items() if words}

    def offered(self, column: Column, field: forms.Field) -> list[str]:
        """Return what a cell may hold; nothing where anything can be typed."""
        if isinstance(field, forms.ModelChoiceField):
            return [*self.known[column]]
        if isinstance(field, forms.BooleanField):
            return [YES, NO]
        return [*codes_of(field)] if isinstance(field, forms.ChoiceField) else []

    def read(self, rows: Sequence[Row]) -> tuple[list[Taken], list[Problem]]:
        """Return what each row says, and the cells that are wrong.

        A row is checked as a form is, with the few queries that its constraints and its choices
        make: a year of days in about a second.
        """
        if len(rows) > MOST_LINES:
            raise RefusedError(f"한 번에 {MOST_LINES}줄까지 씁니다. 표를 나누어 차례로 올리세요.")
        taken: list[Taken] = []
        problems: list[Problem] = []
        seen: dict[str, int] = {}
        for row in rows:
            entry, wrong = self.entry_of(row)
            problems += wrong
            if entry:
                entry.token = self.token_of(row, seen)
                taken.append(Taken(row, entry))
        return taken, problems

    def entry_of(self, row: Row) -> tuple[Entry | None, list[Problem]]:
        """Return what a row says; None where any of its cells is wrong."""
        facility = self.facilities.get(row.cells.get(FACILITY, ""))
        if FACILITY in self.headers and facility is None:
            name = row.cells[FACILITY]
            sentence = unknown(name) if name else _("어느 시설인지 적으세요.")
            return None, [row.problem(FACILITY, sentence)]
        filled = self.filled(row, facility)
        wrong = [
            row.problem(self.header_of(part, name), sentence)
            for part in PARTS
            for name, sentences in errors_of(getattr(filled, part))
            for sentence in sentences
        ]
        if wrong:
            return None, wrong
        entry = filled.entry()
        try:
            refuse_day(self.activity, entry.facts["happened_on"])
        except RefusedError as refusal:
            return None, [row.problem(self.header_of("record", "happened_on"), str(refusal))]
        return entry, []

    def filled(self, row: Row, facility: Facility | None) -> EntryForms:
        """Return the forms that a row fills in."""
        data: dict[str, Any] = {"token": str(LINES), "version": "0", "state": "draft"}
        data |= NO_FINDINGS
        filled = EntryForms(
            user=self.user, activity=self.activity, facility=facility, begins=False, data=data
        )
        # Which words a cell may hold can depend on the facility: so the forms come first, and what
        # they read after them.
        for column in self.fields:
            form = getattr(filled, column.part)
            text = row.cells.get(column.header)
            field = self.field_in(form, column)
            value = self.begins[column] if text is None else typed(field, text)
            if value not in (None, ""):
                data[form.add_prefix(column.name)] = value
        filled.is_valid()
        return filled

    def field_in(self, form: forms.BaseForm, column: Column) -> forms.Field:
        """Return a column's field within a form, which looks nothing up in the database."""
        field = form.fields.get(column.name, self.fields[column])
        there = self.known.get(column)
        if there is not None:
            field = form.fields[column.name] = KnownField(field, there)
        return field

    def header_of(self, part: str, name: str) -> str:
        """Return a field's column; the first one for what concerns none."""
        for column in self.fields:
            if (column.part, column.name) == (part, name):
                return column.header
        return self.headers[0]

    def token_of(self, row: Row, seen: dict[str, int]) -> UUID:
        """Return the token of a line: of the same words, the first, the second …"""
        cells = {name: text for name, text in sorted(row.cells.items()) if text}
        said = json.dumps([self.activity.pk, self.user.pk, cells])
        seen[said] = seen.get(said, 0) + 1
        return uuid5(LINES, f"{seen[said]} {said}")


def columns_of(blank: EntryForms) -> list[Column]:
    """Return the columns of a kind of record: the fields of its forms, by their labels."""
    return [
        Column(str(field.label), part, name)
        for part in PARTS
        for name, field in fields_of(blank, part).items()
        if name not in NO_COLUMN
    ]


def fields_of(blank: EntryForms, part: str) -> dict[str, forms.Field]:
    """Return the fields of one of the forms, and what it asks only of unusual numbers."""
    form = getattr(blank, part)
    found = dict(form.fields) if form else {}
    if part == "record" and "people" in found:
        found["sure"] = RecordForm.base_fields["sure"]
    return found


def begin_of(blank: EntryForms, column: Column) -> Any:
    """Return what a field says where the table does not have its column."""
    form = getattr(blank, column.part)
    if column.name not in form.fields or column.name in NEVER_GUESSED:
        return None
    return form.get_initial_for_field(form.fields[column.name], column.name)


def typed(field: forms.Field, text: str) -> Any:
    """Return what a browser would send for a cell. Unknown words stay, for the field to refuse."""
    if isinstance(field, forms.BooleanField):
        return {YES: "on", NO: ""}.get(text, text)
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        return ungrouped(text)
    if isinstance(field, forms.MultipleChoiceField):
        words = [word.strip() for word in text.split(",") if word.strip()]
        return [codes_of(field).get(word, word) for word in words]
    if isinstance(field, forms.ChoiceField):
        return codes_of(field).get(text, text)
    return text


def codes_of(field: forms.ChoiceField) -> dict[str, Any]:
    """Return a field's codes by their words."""
    return {str(label): code for code, label in field.choices if code not in (None, "")}


def by_name(facilities: Sequence[Facility]) -> dict[str, Facility]:
    """Return facilities by their names, with the dong where several are called the same."""
    names = [one.name for one in facilities]
    return {
        one.name if names.count(one.name) == 1 else f"{one.name} ({one.dong})": one
        for one in facilities
    }


def unknown(text: str) -> str:
    """Return what is said of a word that is on no list."""
    sentence = _("「%(text)s」은(는) 없는 값입니다. 「%(lists)s」 시트에 있는 대로 적으세요.")
    return sentence % {"text": text, "lists": LISTS}


def errors_of(form: forms.BaseForm | None) -> Iterator[tuple[str, list[str]]]:
    """Yield what is wrong in a form, field by field."""
    if form:
        yield from ((name, [str(one) for one in found]) for name, found in form.errors.items())
