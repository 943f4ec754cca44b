"""Reads one workbook in a process of its own, which the system ends where it costs too much.

`python -I workbook_reading.py SECONDS BYTES UNPACKED ROWS COLUMNS` takes a workbook from standard
input and writes what its sheets hold as JSON: `{"sheets": {name: [[value, …], …]}}`, where a
computed cell is `{"computed": value}`. For a file that cannot be read as a workbook it writes
`{"unreadable": reason}`; one that asks for more time or memory ends the process. It imports nothing
of the portal, so that it starts in some hundredths of a second.
"""

import json
import re
import resource
import sys
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import islice
from posixpath import join, normpath
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

import python_calamine as calamine

# A cell that a formula computed, or that ends in an error; and where it stands.
COMPUTED = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]*\bt=[\"']e[\"']|[^>]*[^/>]>\s*<(?:\w+:)?f[\s/>]|>\s*<(?:\w+:)?f[\s/>])"
    rb"([^>]*)>"
)
PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
ALPHABET = 26


def limit(seconds: int, most_bytes: int) -> None:
    """Let the system end this process where it asks for more."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(content: bytes, most_unpacked: int, most_rows: int, most_columns: int) -> dict:
    """Return what a workbook's sheets hold, each up to one row and one column too many."""
    sheets = {}
    with ZipFile(BytesIO(content)) as packed:
        refuse_hostile(packed, most_unpacked)
    with ZipFile(BytesIO(content)) as packed, calamine.load_workbook(BytesIO(content)) as book:
        parts = parts_of(packed)
        for sheet in book.sheets_metadata:
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet:
                rows = sheet_cells(book.get_sheet_by_name(sheet.name), most_rows, most_columns)
                for row, column in computed_in(packed.read(parts[sheet.name])):
                    mark(rows, min(row, most_rows), min(column, most_columns))
                sheets[sheet.name] = rows
    return {"sheets": sheets}


def refuse_hostile(packed: ZipFile, most_unpacked: int) -> None:
    """Refuse what no spreadsheet writes.

    Raises MemoryError where it unpacks to too much, ValueError where XML declares its own words.
    """
    if sum(part.file_size for part in packed.infolist()) > most_unpacked:
        raise MemoryError
    for name in packed.namelist():
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in packed.read(name):
            raise ValueError(name)


def sheet_cells(sheet: calamine.CalamineSheet, most_rows: int, most_columns: int) -> list[list]:
    """Return a sheet's rows from its first cell on."""
    if sheet.start is None:
        return []
    rows = sheet.to_python(skip_empty_area=False, nrows=most_rows + 1)
    return [[as_json(cell) for cell in islice(row, most_columns + 1)] for row in rows]


def mark(rows: list[list], row: int, column: int) -> None:
    """Mark a cell as computed; one without a value may stand outside of all that have one."""
    rows.extend([] for _missing in range(row + 1 - len(rows)))
    rows[row].extend("" for _missing in range(column + 1 - len(rows[row])))
    rows[row][column] = {"computed": rows[row][column]}


def as_json(value: object) -> object:
    """Return a cell's value as JSON knows it; days and times as ISO writes them."""
    if isinstance(value, str | float):
        return value
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value) if isinstance(value, date | timedelta) else value


def computed_in(part: bytes) -> list[tuple[int, int]]:
    """Return the places of a sheet's computed cells, counted from 0.

    Raises ValueError where one does not say its place: it would be taken for an empty cell.
    """
    places = []
    for attributes in COMPUTED.findall(part):
        found = PLACE.search(attributes)
        if found is None:
            raise ValueError("a computed cell without its place")
        places.append((int(found[2]) - 1, column_of(found[1])))
    return places


def parts_of(packed: ZipFile) -> dict[str, str]:
    """Return the files of a workbook's sheets by the sheets' names."""
    book = next((one for one in packed.namelist() if one.endswith("xl/workbook.xml")), "")
    folder = book.removesuffix("workbook.xml")
    relations = ET.fromstring(packed.read(f"{folder}_rels/workbook.xml.rels"))  # noqa: S314
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    found = {}
    for sheet in ET.fromstring(packed.read(book)).iter():  # noqa: S314
        key = next((text for name, text in sheet.attrib.items() if name.endswith("}id")), None)
        if sheet.tag.endswith("}sheet") and key in targets:
            part = normpath(join(f"/{folder}", targets[key])).lstrip("/")
            if part in packed.namelist():
                found[sheet.get("name", "")] = part
    return found


def column_of(letters: bytes) -> int:
    """Return a column's number, counted from 0."""
    number = 0
    for letter in letters:
        number = number * ALPHABET + letter - ord("A") + 1
    return number - 1


def main() -> None:
    """Read the workbook of standard input."""
    seconds, most_bytes, *limits = map(int, sys.argv[1:])
    limit(seconds, most_bytes)
    try:
        answer = read(sys.stdin.buffer.read(), *limits)
    except calamine.PasswordError:
        answer = {"unreadable": "password"}
    except (calamine.CalamineError, BadZipFile, ET.ParseError, KeyError, ValueError) as error:
        answer = {"unreadable": str(error)}
    # In one piece: writing it bit by bit takes five times as long.
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
