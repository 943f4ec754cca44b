"""Actions for an uploaded workbook: compare with the plan, store for preview, write all or none."""

import logging
from copy import copy
from dataclasses import dataclass
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction

from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from gwonseon.tables.cells import as_text
from gwonseon.tables.rows import TableRow
from gwonseon.uploads.actions import Found, Place, take_upload
from gwonseon.uploads.models import Upload
from plans.amendments.models import Amendment
from plans.amendments.promised_fields import PROMISES
from plans.editing.nodes.actions import save_node
from plans.editing.nodes.forms import FORMS, NodeForm
from plans.editing.sheets.columns import (
    KEY,
    MANY,
    PARENT,
    VERSION,
    Choices,
    cell_of,
    columns_of,
    in_one_cell,
    key_of,
    parent_of,
    sheet_nodes,
)
from plans.editing.sheets.reading import read_levels
from plans.tree.access import LEVELS, may_edit
from plans.tree.models import Node, Plan
from plans.tree.writing import lock_plan

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CellChange:
    """One cell whose value differs from the plan."""

    place: str
    field: str
    column: str
    before: str
    after: str
    promised: bool


@dataclass(frozen=True)
class RowChange:
    """One node's changed cells."""

    level: str
    node: int
    title: str
    version: int
    cells: list[CellChange]

    def texts(self) -> dict[str, str]:
        """Return the changed cells' texts by field."""
        return {cell.field: cell.after for cell in self.cells}


def compare_sheet(plan: Plan, file: BinaryIO, by: User) -> Found:
    """Return the differences between a workbook and the plan, checked with the nodes' forms.

    Makes a constant number of queries for the plan, and some for each node that differs.
    Raises RefusedError where the file as a whole is refused.
    """
    found, problems = read_levels(file)
    comparer = SheetComparer(plan, by, Found(problems=problems))
    for level, rows in found.items():
        for row in rows:
            comparer.take(level, row)
    return comparer.found


class SheetComparer:
    """Comparison of a workbook's rows with a plan's nodes."""

    def __init__(self, plan: Plan, by: User, found: Found) -> None:
        self.plan, self.by, self.found = plan, by, found
        self.choices = Choices()
        self.nodes = {
            (level, key_of(plan, node)): node
            for level in LEVELS
            for node in sheet_nodes(plan, level)
        }
        self.seen: set[tuple[str, str]] = set()

    def take(self, level: str, row: TableRow) -> None:
        """Add a row's changes, or its errors, to the result."""
        known_by = (level, row.cells[KEY])
        node = self.nodes.get(known_by)
        if node is None:
            self.refuse(row, KEY, self.unknown_row(row.cells[KEY]))
            return
        if known_by in self.seen:
            self.refuse(row, KEY, "같은 항목이 두 번 있습니다. 한 줄만 남기세요.")
            return
        self.seen.add(known_by)
        if PARENT in row.cells and row.cells[PARENT] != as_text(parent_of(node)):
            sentence = "윗단계는 표로 바꿀 수 없습니다. 항목의 「옮기기」를 쓰세요."
            self.refuse(row, PARENT, sentence)
        changed = changed_cells(node, row)
        if not changed:
            return
        if not may_edit(self.by, node):
            self.refuse(row, KEY, "고칠 권한이 없는 항목입니다. 이 줄의 값을 되돌리거나 지우세요.")
        elif row.cells[VERSION] != str(node.version):
            sentence = (
                "표를 받은 뒤 바뀐 항목입니다. 표를 새로 받아 값을 옮겨 적거나 이 줄을 지우세요."
            )
            self.refuse(row, VERSION, sentence)
        else:
            self.check(row, node, changed)

    def unknown_row(self, key: str) -> str:
        """Return the error for a row that belongs to no node."""
        if key and not key.startswith(f"{self.plan.year}/"):
            return f"{self.plan}의 주소가 아닙니다. 이 계획의 표를 받아 채우세요."
        return "이 계획에 없거나 끝난 항목입니다. 주소를 되돌리거나 이 줄을 지우세요."

    def check(self, row: TableRow, node: Node, changed: dict[str, str]) -> None:
        """Check a row's changed cells with the form of the node's level."""
        columns = {name: column for column, name in columns_of(type(node)).items()}
        form, wrong = filled_in(node, changed, self.choices, self.by)
        for name, sentence in wrong:
            self.refuse(row, columns.get(name, KEY), sentence)
        cells = [
            CellChange(
                row.place(columns[name]),
                name,
                columns[name],
                as_text(cell_of(node, name)),
                value_read(form, name),
                is_promise(node, name),
            )
            for name in changed
            if name in form.changed_data
        ]
        if cells and not wrong:
            change = RowChange(
                node._meta.model_name, node.pk, node.shown_title, node.version, cells
            )
            self.found.rows.append(change)

    def refuse(self, row: TableRow, column: str, sentence: str) -> None:
        """Add the error of a cell to the result."""
        self.found.problems.append(row.problem(column, sentence))


def changed_cells(node: Node, row: TableRow) -> dict[str, str]:
    """Return the texts of a row's cells that differ from its node, by field."""
    changed = {}
    for column, name in columns_of(type(node)).items():
        if column not in row.cells:
            continue
        text = row.cells[column]
        if name in MANY:
            text = in_one_cell(filter(None, map(str.strip, text.split(","))))
        if text != as_text(cell_of(node, name)):
            changed[name] = text
    return changed


def value_read(form: NodeForm, name: str) -> str:
    """Return a cell's value as it was read, written as the workbook writes it."""
    if name in MANY:
        labels = dict(form.fields[name].choices) if name == "audiences" else {}
        return in_one_cell(labels.get(one, one) for one in form.cleaned_data.get(name) or [])
    return as_text(cell_of(form.instance, name))


def is_promise(node: Node, name: str) -> bool:
    """Return whether a field of the form is a promised column of the node."""
    return bool({name, f"{name}_id"} & set(PROMISES[type(node)]))


def filled_in(
    node: Node, texts: dict[str, str], choices: Choices, by: User
) -> tuple[NodeForm, list[tuple[str, str]]]:
    """Return a node's form filled in with changed cells, and the errors by field."""
    now = FORMS[type(node)](instance=copy(node), user=by)
    data = {name: now[name].value() for name in now.fields}
    wrong = []
    for name, text in texts.items():
        if name not in now.fields:
            wrong.append((name, "이 항목에는 적을 수 없는 칸입니다. 비우세요."))
            continue
        try:
            data[name] = choices.data_of(name, text)
        except ValidationError as error:
            wrong += [(name, sentence) for sentence in error.messages]
    form = FORMS[type(node)](data, instance=copy(node), user=by)
    wrong += [(name, sentence) for name, errors in form.errors.items() for sentence in errors]
    return form, wrong


def sheet_place(plan: Plan) -> Place:
    """Return the place under which uploads of a plan's workbook are stored."""
    return Place("sheet", str(plan.pk))


def kept_changes(upload: Upload) -> list[RowChange]:
    """Return the changes of a stored upload."""
    return [
        RowChange(**{**row, "cells": [CellChange(**cell) for cell in row["cells"]]})
        for row in upload.rows
    ]


@transaction.atomic
def write_sheet(*, plan: Plan, number: int, by: User) -> Amendment | None:
    """Write all of a stored upload, and return the amendment with the promised changes, or None.

    Raises RefusedError, and writes nothing, where any node cannot be written any more.
    """
    plan = lock_plan(plan.pk)
    upload = take_upload(sheet_place(plan), number, by)
    if plan.is_published and plan.published_at > upload.uploaded_at:
        raise RefusedError("표를 올린 뒤 계획이 공개되었습니다. 표를 다시 올려 확인해 주세요.")
    choices = Choices()
    amendment = None
    # Activities first: a department that gives its initiative away then still owns the activities.
    for change in reversed(kept_changes(upload)):
        try:
            amendment = write_row(plan, change, choices, by) or amendment
        except RefusedError as refusal:
            raise RefusedError(
                f"「{change.title}」: {refusal} 아무것도 반영하지 않았습니다."
            ) from refusal
    log.info("sheet of plan %s with %s rows written by %s", plan.pk, len(upload.rows), by.pk)
    return amendment


def write_row(plan: Plan, change: RowChange, choices: Choices, by: User) -> Amendment | None:
    """Save one node's changed cells."""
    node = LEVELS[change.level].objects.in_force().filter(plan=plan, pk=change.node).first()
    if node is None or node.version != change.version:
        raise RefusedError("표를 올린 뒤 다른 사람이 고친 항목입니다. 표를 새로 받아 주세요.")
    form, wrong = filled_in(node, change.texts(), choices, by)
    if wrong:
        raise RefusedError(wrong[0][1])
    return save_node(node=node, values=form.values(), version=change.version, by=by).amendment
