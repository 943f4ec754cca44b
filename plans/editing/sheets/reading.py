"""Reader of a filled-in workbook: the rows of each level's sheet."""

from typing import BinaryIO

from gwonseon.refusals import RefusedError
from gwonseon.tables.cells import Problem
from gwonseon.tables.rows import TableRow, rows_of
from gwonseon.tables.workbooks import LISTS, read_workbook
from plans.editing.sheets.columns import KEY, PARENT, VERSION, columns_of, sheet_of
from plans.tree.access import LEVELS


def read_levels(file: BinaryIO) -> tuple[dict[str, list[TableRow]], list[Problem]]:
    """Return the rows of each level's sheet, and the cells that cannot be read.

    Raises RefusedError where the file as a whole cannot be read.
    """
    sheets = read_workbook(file)
    levels = {sheet_of(level): level for level in LEVELS}
    if unknown := [name for name in sheets if name not in {*levels, LISTS}]:
        raise RefusedError(
            f"모르는 시트 「{unknown[0][:50]}」이(가) 있습니다. "
            f"시트는 {', '.join(levels)}만 두고 이름을 되돌리세요."
        )
    found: dict[str, list[TableRow]] = {}
    problems: list[Problem] = []
    for name, level in levels.items():
        if lines := sheets.get(name):
            known = known_columns(level)
            found[level], wrong = rows_of(lines, known=known, needed=(KEY, VERSION), sheet=name)
            problems += wrong
    if not any(found.values()) and not problems:
        raise RefusedError("표에 항목이 없습니다. 표를 새로 받아 채운 뒤 올리세요.")
    return found, problems


def known_columns(level: str) -> set[str]:
    """Return the column names that a level's sheet may have."""
    model = LEVELS[level]
    return {KEY, VERSION, *([PARENT] if model.PARENT else []), *columns_of(model)}
