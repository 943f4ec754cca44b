"""HWPX and HWP 5 files for tests, written by python-hwpx, and damaged on purpose."""

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Literal
from zipfile import ZIP_DEFLATED, ZipFile

from hwpx import HwpxDocument

Format = Literal["hwpx", "hwp"]
SECTION = "Contents/section0.xml"
MANIFEST = "META-INF/manifest.xml"
LOCKED_MANIFEST = (
    b'<odf:manifest xmlns:odf="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    b'<odf:file-entry full-path="Contents/section0.xml"><odf:encryption-data/></odf:file-entry>'
    b"</odf:manifest>"
)
# Bits of the properties in the header of an HWP 5 file.
PASSWORD, DISTRIBUTION, DRM = 2, 4, 16


def file_of(lines: Iterable[str], kind: Format = "hwpx") -> bytes:
    """Return a document with a paragraph for each line."""
    document = HwpxDocument.new()
    for line in lines:
        document.add_paragraph(line)
    return document.to_bytes(format=kind)


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return an HWPX file with one of its parts changed."""
    packed = BytesIO()
    with ZipFile(BytesIO(data)) as before, ZipFile(packed, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, change(content) if name == part else content)
    return packed.getvalue()


def with_entity(data: bytes, encoding: str, before: str = "") -> bytes:
    """Return an HWPX file whose first 구 is an entity that names a file of the server."""

    def change(content: bytes) -> bytes:
        body = content.decode().split("?>", 1)[1].replace("구", "&secret;", 1)
        doctype = '<!DOCTYPE sec [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
        head = f'<?xml version="1.0" encoding="{encoding}"?>'
        return f"{head}{before}{doctype}{body}".encode(encoding)

    return changed(data, SECTION, change)


def flagged(data: bytes, flag: int) -> bytes:
    """Return an HWP 5 file whose header has one more property."""
    at = data.index(b"HWP Document File") + 36
    return data[:at] + bytes([data[at] | flag]) + data[at + 1 :]
