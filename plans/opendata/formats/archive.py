"""Everything as one ZIP: the tables, their schemas, and the closed periods' canonical files.

It is made while it is sent, so its memory does not grow with what it holds. The same state gives
the same bytes: nothing in it has the day or the machine on which it was made.
"""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings

from gwonseon.office.models import District
from plans.opendata import licence
from plans.opendata.formats.files import csv_of, in_pieces
from plans.opendata.formats.schemas import table_schema
from plans.opendata.tables.every import TABLES
from plans.opendata.tables.periods import closings, file_of
from plans.tracking.closing.canonical import canonical
from plans.tracking.closing.reading import activities_of

# The first day that a ZIP can say.
NO_DAY = (1980, 1, 1, 0, 0, 0)
UNIX, READABLE = 3, 0o644 << 16
RECOMPUTE = settings.BASE_DIR / "docs" / "recompute.py"
README = """{title}

{attribution}
{name} {address}

tables/     표(CSV, UTF-8). 글이 = + - @로 시작하면 앞에 '를 붙였습니다.
schemas/    표마다 칸의 뜻(JSON Schema)
periods/    마감한 기간의 굳힌 자료. 지문(SHA-256)은 tables/periods.csv에 있습니다.
manifest.json   모든 파일의 크기와 SHA-256

다시 셈하기: python3 recompute.py 이_파일.zip
{sample}"""
SAMPLE = "\n예시 자료입니다. 실제 자료가 아닙니다.\n"

Files = Iterator[tuple[str, Iterable[bytes]]]


class Sink:
    """A write-only file object; `taken` returns what was written and removes it."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Keep some bytes until they are taken."""
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: nothing is kept elsewhere."""

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        found = b"".join(self.parts)
        self.parts.clear()
        return found


def archive() -> Iterator[bytes]:
    """Yield the ZIP with everything. Call it within `one_moment`, so that its parts agree."""
    district = District.objects.get()
    sink, listed = Sink(), []
    with ZipFile(sink, "w", ZIP_DEFLATED) as whole:
        for name, content in files(district):
            digest, size = sha256(), 0
            with whole.open(entry(name), "w") as file:
                for piece in content:
                    file.write(piece)
                    digest.update(piece)
                    size += len(piece)
                    yield sink.taken()
            listed.append({"name": name, "bytes": size, "sha256": digest.hexdigest()})
        whole.writestr(entry("manifest.json"), manifest(district, listed))
    yield sink.taken()


def files(district: District) -> Files:
    """Yield the name and the content of each file."""
    yield "README.txt", [readme(district).encode()]
    yield "recompute.py", [RECOMPUTE.read_bytes()]
    for table in TABLES:
        yield f"tables/{table.name}.csv", in_pieces(csv_of(table))
        yield f"schemas/{table.name}.json", [as_text(table_schema(table))]
    for closing in closings().iterator():
        yield file_of(closing), [canonical(closing.content, activities_of(closing))]


def readme(district: District) -> str:
    """Return the text of the archive's README.txt."""
    return README.format(
        title=f"{district.name} 구정계획 공공데이터",
        attribution=licence.attribution(district),
        name=licence.NAME,
        address=licence.ADDRESS,
        sample=SAMPLE if district.is_sample else "",
    )


def manifest(district: District, listed: list[dict[str, Any]]) -> bytes:
    """Return the list of all files with their SHA-256."""
    return as_text(
        {
            "version": licence.VERSION,
            "licence": licence.as_data(district),
            "is_sample": district.is_sample,
            "files": listed,
        }
    )


def entry(name: str) -> ZipInfo:
    """Return the ZIP header of a file, with a fixed date and without an owner."""
    found = ZipInfo(name, NO_DAY)
    found.compress_type = ZIP_DEFLATED
    found.create_system, found.external_attr = UNIX, READABLE
    return found


def as_text(data: dict[str, Any]) -> bytes:
    """Return data as JSON that people can read."""
    return f"{json.dumps(data, ensure_ascii=False, indent=1)}\n".encode()
