"""Reader of table rows as ledger entries: each row fills in the forms of one record.

A column is a field of the kind's forms, found by its label, so a cell is checked exactly as form
input is. Choices are written as their labels. Findings and files cannot be given in a table.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from gwonseon.fields.display import NO, YES, displayed
from gwonseon.fields.names import Names
from gwonseon.office.models import User
from gwonseon.office.names import names_of
from gwonseon.refusals import RefusedError
from gwonseon.tables.cells import Problem
from gwonseon.tables.rows import TableRow
from plans.amendments.force import beginning_of
from plans.facilities.models import Facility
from plans.ledger.actions import RecordEntry, new_record, refuse_day, said_by
from plans.ledger.forms.entries import EntryForms
from plans.ledger.forms.records import ASKED_OF_THE_UNUSUAL, RecordForm
from plans.ledger.queries import facilities_for
from plans.tree.models import Activity

# A line for each day of a leap year, and some to spare.
MOST_LINES = 400
FACILITY = "시설"
# Other column names that are accepted, by the field that the column fills in.
SYNONYMS = {
    "happened_on": ("날짜", "일자", "한 날", "추진일", "일시", "실시일", "실시일자", "점검일"),
    "facility": ("시설명", "시설 이름"),
    "starts": ("시작", "시작시간"),
    "ends": ("끝", "종료", "종료 시각", "종료시간"),
    "people": ("인원", "참여 인원", "참석 인원"),
    "quantity": ("수량", "실적"),
    "dong": ("동명", "행정동"),
    "note": ("내용", "추진내용"),
}
# Fields that a table never has; hidden fields are left out, too.
NO_COLUMN = {"files", "kept"}
# Fields that every line must fill in: the day of past work must not default to today.
NEVER_GUESSED = {"happened_on"}
# The names of the forms of one record that have columns.
PARTS = ("record", "detail")
NO_FINDINGS = {"findings-TOTAL_FORMS": "0", "findings-INITIAL_FORMS": "0"}
# Namespace of the lines' tokens: the same line by the same person always gets the same token.
LINES = UUID("5f0b9d3e-55d0-4f0f-8f5b-2b8a8e9f1c7d")


class BulkColumn(NamedTuple):
    """A column of the table: the form and the field that it fills in."""

    header: str
    part: str
    name: str


@dataclass
class Taken:
    """A row with what a record needs; `shown` has the values as they were read, by column name."""

    row: TableRow
    entry: RecordEntry
    shown: dict[str, str]


class KnownField(forms.Field):
    """A field that finds a row of another model by name, among rows read once for all lines."""

    def __init__(self, field: forms.ModelChoiceField, there: Names[Model]) -> None:
        super().__init__(required=field.required, label=field.label)
        self.error_messages = field.error_messages
        self.there = there

    def to_python(self, value: Any) -> Model | None:
        """Return the row that a cell names, or None if it is empty."""
        return None if value in self.empty_values else self.there.find(value)


class TableReader:
    """Reader for the columns and allowed values of an activity's records (3 queries at most)."""

    def __init__(self, *, user: User, activity: Activity) -> None:
        self.user, self.activity = user, activity
        blank = EntryForms(user=user, activity=activity, begins=False)
        self.asked = blank.record["asked"].value()
        self.fields = {
            column: fields_of(blank, column.part)[column.name] for column in columns_of(blank)
        }
        self.begins = {column: default_of(blank, column) for column in self.fields}
        self.known = {
            column: names_of(field.queryset)
            for column, field in self.fields.items()
            if isinstance(field, forms.ModelChoiceField)
        }
        has_facilities = bool(blank.kind.facilities)
        self.facilities = names_of_facilities(facilities_for(activity) if has_facilities else [])
        self.columns = {column.header: column for column in self.fields}
        self.headers = [*([FACILITY] if has_facilities else []), *self.columns]

    @cached_property
    def begins_on(self) -> date:
        """The activity's first day, queried once for all lines."""
        return beginning_of(self.activity)

    @property
    def needed(self) -> list[str]:
        """The columns that a table must have: required, or never without a value."""
        asked = [
            column.header
            for column, field in self.fields.items()
            if (field.required and self.begins[column] in (None, "", []))
            or always_has_value(column, field)
        ]
        return [*([FACILITY] if FACILITY in self.headers else []), *asked]

    @property
    def several(self) -> set[str]:
        """The columns whose cells may hold several values, separated by commas."""
        return {
            column.header
            for column, field in self.fields.items()
            if isinstance(field, forms.MultipleChoiceField)
        }

    @property
    def lists(self) -> dict[str, list[str]]:
        """The allowed values of cells, by column."""
        facilities = {FACILITY: [*self.facilities.things]} if FACILITY in self.headers else {}
        offered = {
            column.header: self.offered(column, field) for column, field in self.fields.items()
        }
        return facilities | {header: words for header, words in offered.items() if words}

    def offered(self, column: BulkColumn, field: forms.Field) -> list[str]:
        """Return the allowed values of a column; empty where any text is allowed."""
        if isinstance(field, forms.ModelChoiceField):
            return [*self.known[column].things]
        if isinstance(field, forms.BooleanField):
            return [YES, NO]
        return (
            [*Names.of_choices(field.choices).things]
            if isinstance(field, forms.ChoiceField)
            else []
        )

    @property
    def texts(self) -> set[str]:
        """The columns whose cells are read as text, even if they look like a number or a date."""
        return {
            column.header
            for column, field in self.fields.items()
            if isinstance(field, forms.CharField)
        }

    @property
    def synonyms(self) -> dict[str, Sequence[str]]:
        """Other accepted names for the columns."""
        names = {column.header: column.name for column in self.fields} | {FACILITY: "facility"}
        return {header: SYNONYMS.get(name, ()) for header, name in names.items()}

    def read(self, rows: Sequence[TableRow]) -> tuple[list[Taken], list[Problem]]:
        """Return the rows that could be read, and the cells that are wrong.

        A row is checked as a form is, with a few queries for its constraints and choices: a year of
        days takes about a second.
        """
        if len(rows) > MOST_LINES:
            raise RefusedError(f"한 번에 {MOST_LINES}줄까지 씁니다. 표를 나누어 차례로 올리세요.")
        taken: list[Taken] = []
        problems: list[Problem] = []
        seen: dict[str, int] = {}
        for row in rows:
            one, wrong = self.taken(row)
            problems += wrong
            if one:
                one.entry.token = self.token_of(one.entry, seen)
                taken.append(one)
        return taken, problems

    def taken(self, row: TableRow) -> tuple[Taken | None, list[Problem]]:
        """Return a row's values for a record, or None and the problems of its cells."""
        try:
            facility = self.facility_of(row)
        except ValidationError as error:
            return None, [row.problem(FACILITY, error.message)]
        filled, misread = self.filled(row, facility)
        wrong = [row.problem(header, sentence) for header, sentence in misread.items()]
        for part in PARTS:
            for name, sentences in errors_of(getattr(filled, part)):
                header = self.header_of(part, name)
                # A value that could not be read was left out; do not report the cell twice.
                found = [] if header in misread else sentences
                wrong += [row.problem(header, sentence) for sentence in found]
        if wrong:
            in_order = [*row.letters]
            return None, sorted(wrong, key=lambda one: (*in_order, one.column).index(one.column))
        entry = filled.entry()
        try:
            refuse_day(self.activity, entry.facts["happened_on"], self.begins_on)
        except RefusedError as refusal:
            return None, [row.problem(self.header_of("record", "happened_on"), str(refusal))]
        return Taken(row, entry, self.shown(filled)), []

    def facility_of(self, row: TableRow) -> Facility | None:
        """Return the facility that a row names, where the kind is about one."""
        if FACILITY not in self.headers:
            return None
        if not row.cells[FACILITY]:
            raise ValidationError(_("어느 시설인지 적으세요."))
        return self.facilities.find(row.cells[FACILITY])

    def shown(self, filled: EntryForms) -> dict[str, str]:
        """Return a row's values as they were read, by column name."""
        facility = {FACILITY: str(filled.facility)} if filled.facility else {}
        read = {
            column: displayed(field, getattr(filled, column.part).cleaned_data.get(column.name))
            for column, field in self.fields.items()
        }
        starts, ends = (filled.record.cleaned_data.get(name) for name in ("starts", "ends"))
        overnight = _(" (다음 날)") if starts and ends and ends < starts else ""
        return facility | {
            column.header: text + (overnight if column.name == "ends" else "")
            for column, text in read.items()
        }

    def filled(self, row: TableRow, facility: Facility | None) -> tuple[EntryForms, dict[str, str]]:
        """Return the forms filled in from a row, and errors for unknown names, by column name."""
        data: dict[str, Any] = {"token": str(LINES), "version": "0", "state": "draft"}
        data |= NO_FINDINGS | {"asked": self.asked}
        misread: dict[str, str] = {}
        filled = EntryForms(
            user=self.user, activity=self.activity, facility=facility, begins=False, data=data
        )
        # The allowed words of a cell can depend on the facility, so the forms are made first and
        # get their data afterwards.
        for column in self.fields:
            form = getattr(filled, column.part)
            text = row.cells.get(column.header)
            field = self.field_in(form, column)
            try:
                value = self.begins[column] if text is None else typed(field, text)
            except ValidationError as error:
                misread[column.header] = error.message
                continue
            if value not in (None, ""):
                data[form.add_prefix(column.name)] = value
        filled.is_valid()
        return filled, misread

    def field_in(self, form: forms.BaseForm, column: BulkColumn) -> forms.Field:
        """Return a column's field in a form, changed so that it makes no query."""
        field = form.fields.get(column.name, self.fields[column])
        there = self.known.get(column)
        if there is not None:
            field = form.fields[column.name] = KnownField(field, there)
        return field

    def header_of(self, part: str, name: str) -> str:
        """Return the column of a field; the first column for errors that belong to no field."""
        for column in self.fields:
            if (column.part, column.name) == (part, name):
                return column.header
        return self.headers[0]

    def token_of(self, entry: RecordEntry, seen: dict[str, int]) -> UUID:
        """Return a line's token: made from its values as read, and counted among equal lines."""
        facts = said_by(new_record(self.activity, entry, self.user), entry)
        said = json.dumps([self.activity.pk, self.user.pk, facts], sort_keys=True)
        seen[said] = seen.get(said, 0) + 1
        return uuid5(LINES, f"{seen[said]} {said}")


def columns_of(blank: EntryForms) -> list[BulkColumn]:
    """Return the columns of a kind of record: the fields of its forms, by their labels."""
    return [
        BulkColumn(str(field.label), part, name)
        for part in PARTS
        for name, field in fields_of(blank, part).items()
        if name not in NO_COLUMN and not field.widget.is_hidden
    ]


def fields_of(blank: EntryForms, part: str) -> dict[str, forms.Field]:
    """Return the fields of one of the forms, with those asked only for unusual numbers."""
    form = getattr(blank, part)
    found = dict(form.fields) if form else {}
    if part == "record" and "people" in found:
        found["sure"] = RecordForm.base_fields["sure"]
    return found


def always_has_value(column: BulkColumn, field: forms.Field) -> bool:
    """Return whether a field always has a value, because it has no empty choice."""
    if column.name in ASKED_OF_THE_UNUSUAL:
        return False
    if isinstance(field, forms.ModelChoiceField):
        return field.required
    if isinstance(field, forms.ChoiceField):
        return all(code not in (None, "") for code, _label in field.choices)
    return isinstance(field, forms.BooleanField)


def default_of(blank: EntryForms, column: BulkColumn) -> Any:
    """Return a field's value where the table lacks its column."""
    form = getattr(blank, column.part)
    if column.name not in form.fields or column.name in NEVER_GUESSED:
        return None
    return form.get_initial_for_field(form.fields[column.name], column.name)


def typed(field: forms.Field, text: str) -> Any:
    """Return what a browser would send for a cell.

    Raises ValidationError where the cell matches none of the field's choices.
    """
    if not text:
        return text
    if isinstance(field, forms.BooleanField):
        return yes_or_no().find(text)
    if not isinstance(field, forms.ChoiceField):
        return text
    names = Names.of_choices(field.choices)
    if isinstance(field, forms.MultipleChoiceField):
        words = [word.strip() for word in text.split(",") if word.strip()]
        named = {names.find(word) for word in words}
        return [code for code, _label in field.choices if code in named]
    return names.find(text)


@cache
def yes_or_no() -> Names[str]:
    """Return the values that a browser sends for a checkbox, by the words for yes and no."""
    names: Names[str] = Names()
    names.add("on", YES, ("네", "O", "Y", "yes", "TRUE", "○", "✓"))
    names.add("", NO, ("아니요", "X", "N", "no", "FALSE", "×"))
    return names


def names_of_facilities(facilities: Sequence[Facility]) -> Names[Facility]:
    """Return facilities by name, with the dong added where several share a name."""
    counts = Counter(one.name for one in facilities)
    names: Names[Facility] = Names()
    for one in facilities:
        in_dong = f"{one.name} ({one.dong})"
        names.add(one, one.name if counts[one.name] == 1 else in_dong, [one.name, in_dong])
    return names


def errors_of(form: forms.BaseForm | None) -> Iterator[tuple[str, list[str]]]:
    """Yield each field's name with its errors."""
    if form:
        yield from ((name, [str(one) for one in found]) for name, found in form.errors.items())
