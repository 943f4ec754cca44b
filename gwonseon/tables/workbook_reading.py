"""Read one workbook in a separate process, which the system kills if it uses too much.

`python -I workbook_reading.py SECONDS BYTES UNPACKED ROWS COLUMNS` reads a workbook from standard
input and writes its sheets as JSON: `{"sheets": {name: [[value, …], …]}}`, where the cell of a
formula is `{"computed": value}`. For a file that is not a workbook it writes
`{"unreadable": reason}`; one that needs more time or memory ends the process. It imports nothing of
the portal, so that it starts in some hundredths of a second.
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

# A cell that has a formula or an error; and the cell's address.
COMPUTED = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]*\bt=[\"']e[\"']|[^>]*[^/>]>\s*<(?:\w+:)?f[\s/>]|>\s*<(?:\w+:)?f[\s/>])"
    rb"([^>]*)>"
)
PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
ALPHABET = 26


def limit(seconds: int, most_bytes: int) -> None:
    """Set this process's limits: seconds of CPU time, bytes of memory, no core dump."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(content: bytes, most_unpacked: int, most_rows: int, most_columns: int) -> dict:
    """Return a workbook's sheets, each cut at one row and one column above the limits.

    So the caller sees that a sheet is too large.
    """
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
    """Refuse files that no spreadsheet program writes.

    Raises MemoryError if it unpacks to more than `most_unpacked` bytes, and ValueError if its XML
    has a DOCTYPE, which may define entities.
    """
    if sum(part.file_size for part in packed.infolist()) > most_unpacked:
        raise MemoryError
    for name in packed.namelist():
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in packed.read(name):
            raise ValueError(name)


def sheet_cells(sheet: calamine.CalamineSheet, most_rows: int, most_columns: int) -> list[list]:
    """Return a sheet's rows, with the empty ones before the first value."""
    if sheet.start is None:
        return []
    rows = sheet.to_python(skip_empty_area=False, nrows=most_rows + 1)
    return [[as_json(cell) for cell in islice(row, most_columns + 1)] for row in rows]


def mark(rows: list[list], row: int, column: int) -> None:
    """Mark a cell as computed; add it if it is outside of the rows, because it has no value."""
    rows.extend([] for _missing in range(row + 1 - len(rows)))
    rows[row].extend("" for _missing in range(column + 1 - len(rows[row])))
    rows[row][column] = {"computed": rows[row][column]}


def as_json(value: object) -> object:
    """Return a cell's value for JSON; days and times as ISO text."""
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
    """Return row and column of a sheet's computed cells, counted from 0.

    Raises ValueError if one has no address: it would be read as an empty cell.
    """
    places = []
    for attributes in COMPUTED.findall(part):
        found = PLACE.search(attributes)
        if found is None:
            raise ValueError("a computed cell without its place")
        places.append((int(found[2]) - 1, column_of(found[1])))
    return places


def parts_of(packed: ZipFile) -> dict[str, str]:
    """Return the names of the files in the zip, by the name of the sheet."""
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
    """Read the workbook from standard input and write the answer to standard output."""
    seconds, most_bytes, *limits = map(int, sys.argv[1:])
    limit(seconds, most_bytes)
    try:
        answer = read(sys.stdin.buffer.read(), *limits)
    except calamine.PasswordError:
        answer = {"unreadable": "password"}
    except (calamine.CalamineError, BadZipFile, ET.ParseError, KeyError, ValueError) as error:
        answer = {"unreadable": str(error)}
    # Not json.dump: writing in small pieces takes five times as long.
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
