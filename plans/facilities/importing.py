"""Import facilities from an uploaded table: compare with the register, write all or nothing."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from gwonseon.constraints import refusing
from gwonseon.fields.names import Names
from gwonseon.fields.words import squeezed
from gwonseon.office.models import Dong, User
from gwonseon.office.names import names_of
from gwonseon.refusals import RefusedError
from gwonseon.tables.cells import Problem, as_text
from gwonseon.tables.csv_files import csv_file
from gwonseon.tables.files import read_table
from gwonseon.tables.rows import TableRow, rows_of
from gwonseon.tables.workbooks import blank_workbook
from gwonseon.uploads.actions import Found, Place, take_upload
from gwonseon.uploads.models import Upload
from plans.facilities.actions import refuse_reader
from plans.facilities.forms import LIKE_ANOTHER, FacilityForm
from plans.facilities.models import Facility, FacilityKind

log = logging.getLogger(__name__)

# The place of uploads of facilities.
PLACE = Place("facilities")
# The table's columns and the model's. Name and dong together identify a facility.
NAME, KINDS, DONG, CLOSED = "이름", "종류", "동", "폐쇄일"
COLUMNS = {NAME: "name", KINDS: "kinds", DONG: "dong", "주소": "address", "정원": "capacity"}
SYNONYMS = {NAME: ("시설명", "시설 이름", "명칭"), DONG: ("동명", "행정동"), "주소": ("소재지",)}
CODES = {str(label): code for code, label in FacilityKind.choices}


@dataclass(frozen=True)
class ChangedCell:
    """One cell that differs from the register."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class FacilityChange:
    """A row that adds a facility (`key` is None) or changes one; `facts` by the model's columns."""

    place: str
    key: int | None
    version: int
    name: str
    facts: dict[str, Any]
    cells: list[ChangedCell]


def blank_table() -> BytesIO:
    """Return a workbook to be filled in (1 query)."""
    lists = {KINDS: [*CODES], DONG: [str(dong) for dong in Dong.objects.open()]}
    return blank_workbook("시설", [*COLUMNS], lists, many={KINDS}, texts={NAME, "주소"})


def table_of(facilities: Iterable[Facility]) -> bytes:
    """Return facilities as a CSV file that can be uploaded again."""
    lines = [[*cells_of(one).values(), as_text(one.closed_on)] for one in facilities]
    return csv_file([[*COLUMNS, CLOSED], *lines])


def cells_of(facility: Facility) -> dict[str, str]:
    """Return the text of a facility's cells, by column."""
    return {column: fact_text(getattr(facility, name)) for column, name in COLUMNS.items()}


def fact_text(value: Any) -> str:
    """Return the text of a cell for a value; kinds are always in the same order."""
    if isinstance(value, list):
        return ", ".join(label for label, code in CODES.items() if code in value)
    return as_text(value)


def compare_facilities(file: BinaryIO) -> Found:
    """Return the rows of a table that differ from the register (2 queries), or its problems.

    Raises RefusedError if the file cannot be read as a whole.
    """
    known = {*COLUMNS, CLOSED}
    rows, problems = rows_of(read_table(file), known=known, needed=(NAME, DONG), synonyms=SYNONYMS)
    if not rows and not problems:
        raise RefusedError("표에 시설이 없습니다. 한 줄에 한 시설씩 적어 다시 올리세요.")
    comparer = RegisterComparer(Found(problems=problems))
    for row in rows:
        comparer.take(row)
    return comparer.found


class RegisterComparer:
    """Compares the rows of a table with the register."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.dongs = names_of(Dong.objects.order_by("-closed_on"))
        facilities = Facility.objects.select_related("dong")
        self.there = {(one.name, one.dong_id): one for one in facilities}
        self.alike = {(squeezed(name), dong): name for name, dong in self.there}
        self.seen: dict[tuple[str, int], TableRow] = {}

    def take(self, row: TableRow) -> None:
        """Add to `found` what a row adds or changes, or its problems."""
        facts, problems = self.read(row)
        if "name" in facts and "dong" in facts:
            known_by = facts["name"], facts["dong"].pk
            there = self.there.get(known_by)
            problems += self.misfits(row, facts["dong"], there, self.seen.get(known_by))
            problems += self.lookalikes(row, *known_by) if there is None else []
            self.seen.setdefault(known_by, row)
        self.found.problems += problems
        if not problems:
            self.compare(row, facts, there)

    def lookalikes(self, row: TableRow, name: str, dong: int) -> list[Problem]:
        """Return the problem of a new name that differs from another by spaces and signs only."""
        like = self.alike.setdefault((squeezed(name), dong), name)
        return [] if like == name else [row.problem(NAME, LIKE_ANOTHER % {"name": like})]

    def compare(self, row: TableRow, facts: dict[str, Any], there: Facility | None) -> None:
        """Add to `found` the cells of a correct row that differ from the register."""
        before = cells_of(there) if there else {}
        cells = [
            ChangedCell(column, before.get(column, ""), fact_text(facts[name]))
            for column, name in COLUMNS.items()
            if name in facts and fact_text(facts[name]) != before.get(column, "")
        ]
        if not cells:
            self.found.unchanged += 1
            return
        key, version = (there.pk, there.version) if there else (None, 0)
        name, dong = facts["name"], facts.pop("dong")
        change = FacilityChange(
            row.place(NAME), key, version, name, facts | {"dong_id": dong.pk}, cells
        )
        self.found.rows.append(change)

    def read(self, row: TableRow) -> tuple[dict[str, Any], list[Problem]]:
        """Return a row's values by the model's columns, and the problems of its cells."""
        facts: dict[str, Any] = {}
        problems = []
        for column, text in row.cells.items():
            if column not in COLUMNS:
                continue
            try:
                facts[COLUMNS[column]] = self.fact(column, text)
            except ValidationError as error:
                problems += [row.problem(column, sentence) for sentence in error.messages]
        return facts, problems

    def fact(self, column: str, text: str) -> Any:
        """Return the value of a cell, checked by the form's field.

        Raises ValidationError if it is wrong.
        """
        if column == DONG:
            return self.dong(text)
        value = codes_of(text) if column == KINDS else text
        return FacilityForm.base_fields[COLUMNS[column]].clean(value)

    def dong(self, text: str) -> Dong:
        """Return the dong with a name; raise ValidationError if there is none."""
        if not text:
            raise ValidationError(_("동을 적으세요."))
        return self.dongs.find(text)

    def misfits(
        self, row: TableRow, dong: Dong, there: Facility | None, before: TableRow | None
    ) -> list[Problem]:
        """Return the problems of a row whose name and dong are known.

        `there` is the facility in the register, and `before` an earlier row of the same facility;
        each may be None.
        """
        if before:
            sentence = _("%(place)s에 있는 시설이 또 있습니다. 한 줄만 남기세요.")
            return [row.problem(NAME, sentence % {"place": before.place(NAME)})]
        closed_on = as_text(there and there.closed_on)
        if row.cells.get(CLOSED, "") != closed_on:
            if CLOSED in row.cells:
                sentence = _("폐쇄일은 표로 바꾸지 않습니다. 시설 화면에서 폐쇄하거나 다시 여세요.")
                return [row.problem(CLOSED, sentence)]
            sentence = _("%(day)s에 폐쇄한 시설입니다. 시설 화면에서 다시 열거나 이 줄을 지우세요.")
            return [row.problem(NAME, sentence % {"day": closed_on})]
        if there is None and dong.closed_on:
            return [row.problem(DONG, _("폐지된 동입니다. 지금 있는 동을 적으세요."))]
        if there is None and KINDS not in row.cells:
            return [row.problem(NAME, _("새 시설입니다. 「종류」 열에 무엇인지 적으세요."))]
        return []


def codes_of(text: str) -> list[str]:
    """Return the codes of the kinds that a cell names.

    Raises ValidationError if it names anything else.
    """
    labels = [label.strip() for label in text.split(",") if label.strip()]
    return [*dict.fromkeys(kind_names().find(label) for label in labels)]


@cache
def kind_names() -> Names[str]:
    """Return a look-up of the codes of kinds by name."""
    return Names.of_choices(FacilityKind.choices)


def kept_changes(upload: Upload) -> list[FacilityChange]:
    """Return the changes in a kept upload."""
    return [
        FacilityChange(**{**row, "cells": [ChangedCell(**cell) for cell in row["cells"]]})
        for row in upload.rows
    ]


@transaction.atomic
def write_facilities(*, number: int, by: User) -> int:
    """Write all of a kept upload, and return how many facilities it added or changed.

    Makes a constant number of queries. Raises RefusedError and writes nothing if any of its
    facilities was changed meanwhile.
    """
    refuse_reader(by)
    changes = kept_changes(take_upload(PLACE, number, by))
    keys = [one.key for one in changes if one.key]
    there = Facility.objects.select_for_update().in_bulk(keys)
    changed = [changed_facility(there[one.key], one) for one in changes if one.key]
    fresh = [Facility(**one.facts) for one in changes if one.key is None]
    meanwhile = (
        "표를 올린 뒤 같은 이름의 시설이 등록되었습니다. 표를 다시 올려 확인하세요. "
        "아무것도 반영하지 않았습니다."
    )
    with refusing({"facility_once_in_a_dong": meanwhile}):
        Facility.objects.bulk_create(fresh)
        Facility.objects.bulk_update(changed, ["kinds", "address", "capacity", "version"])
    log.info("%s facilities imported by %s", len(changes), by.pk)
    return len(changes)


def changed_facility(facility: Facility, change: FacilityChange) -> Facility:
    """Set a change's values on a locked facility and return it, not saved.

    Raises RefusedError if the facility was changed meanwhile.
    """
    if facility.version != change.version:
        raise RefusedError(
            f"「{facility}」: 표를 올린 뒤 다른 사람이 고친 시설입니다. 표를 다시 올려 확인하세요. "
            "아무것도 반영하지 않았습니다."
        )
    for name, value in change.facts.items():
        setattr(facility, name, value)
    facility.version += 1
    return facility
