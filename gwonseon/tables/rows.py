"""Read a table's lines as rows whose cells are found by column name.

A table that cannot be read as a whole raises RefusedError; a wrong cell becomes a Problem with the
cell's address.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from gwonseon.fields.words import shown, squeezed
from gwonseon.refusals import RefusedError
from gwonseon.tables.cells import Line, Problem, letter_of, place_of

# The unit after a column's name: 수량(개소).
UNIT = re.compile(r"\([^()]*\)$")


@dataclass(frozen=True)
class TableRow:
    """One row of a table: text and column letters of its cells, by column name."""

    number: int
    cells: dict[str, str]
    letters: dict[str, str]
    sheet: str = ""

    def place(self, column: str = "") -> str:
        """Return the address of a column's cell, as in a spreadsheet: 활동!L14, or L14."""
        return place_of(self.sheet, self.letters.get(column, "A"), self.number)

    def problem(self, column: str, sentence: str) -> Problem:
        """Return a problem in a column's cell."""
        return Problem(self.place(column), sentence, column, self.cells.get(column, ""))


def rows_of(
    lines: Sequence[Line],
    *,
    known: Collection[str],
    needed: Collection[str],
    synonyms: Mapping[str, Collection[str]] | None = None,
    sheet: str = "",
) -> tuple[list[TableRow], list[Problem]]:
    """Return a table's rows, and the problems of cells that cannot be read.

    The first line has the column names, in any order. `synonyms` are other words for a name. Raises
    RefusedError if a name is unknown or there twice, or if one of `needed` is missing.
    """
    given = [cell.text for cell in lines[0]] if lines else []
    headers = headers_of(given, words_for(known, synonyms or {}))
    check_headers(headers, given, known, needed, sheet)
    rows: list[TableRow] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines[1:], 2):
        if not any(cell.text for cell in line):
            continue
        names = [*headers, *[""] * (len(line) - len(headers))]
        if wrong := unreadable(names, line, sheet, number):
            problems += wrong
            continue
        cells = {name: cell.text for name, cell in zip(names, line, strict=False) if name}
        letters = {name: letter_of(at) for at, name in enumerate(names) if name}
        rows.append(TableRow(number, dict.fromkeys(letters, "") | cells, letters, sheet))
    return rows, problems


def words_for(known: Collection[str], synonyms: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Return the column name for each accepted header, also for names without their unit."""
    words: dict[str, str] = {}
    for name in known:
        for word in (UNIT.sub("", name), *synonyms.get(name, ())):
            words.setdefault(squeezed(word), name)
    return words | {squeezed(name): name for name in known}


def headers_of(given: Sequence[str], words: Mapping[str, str]) -> list[str]:
    """Return the column names for the given words; an unknown word stays as it is."""
    return [words.get(squeezed(header), header) for header in given]


def check_headers(
    headers: Sequence[str],
    given: Sequence[str],
    known: Collection[str],
    needed: Collection[str],
    sheet: str,
) -> None:
    """Raise RefusedError for an unknown, repeated or missing column name."""
    within = f"「{sheet}」 시트" if sheet else ""
    for at, header in enumerate(headers):
        place = f"{within} {letter_of(at)}1".strip()
        if header and header not in known:
            raise RefusedError(
                f"{place}의 열 이름 「{shown(header)}」을(를) 알 수 없습니다. "
                "받은 표의 이름으로 되돌리거나 열을 지우세요."
            )
        if header and headers.index(header) < at:
            names = "」, 「".join(dict.fromkeys([given[headers.index(header)], given[at]]))
            raise RefusedError(f"{place}의 열 「{names}」이(가) 두 번 있습니다. 하나를 지우세요.")
    for name in needed:
        if name not in headers:
            raise RefusedError(
                f"{within or '표'}에 「{name}」 열이 없습니다. 받은 표에 있던 대로 되돌리세요."
            )


def unreadable(names: Sequence[str], line: Line, sheet: str, number: int) -> list[Problem]:
    """Return problems for cells that come from a formula or have no column name."""
    problems = []
    for at, cell in enumerate(line):
        place = place_of(sheet, letter_of(at), number)
        if cell.is_computed:
            sentence = "수식이나 그 오류가 있습니다. 값을 적으세요."
            problems.append(Problem(place, sentence, names[at], cell.text))
        elif cell.text and not names[at]:
            sentence = "열 이름이 없는 칸에 값이 있습니다. 칸을 비우세요."
            problems.append(Problem(place, sentence, "", cell.text))
    return problems
