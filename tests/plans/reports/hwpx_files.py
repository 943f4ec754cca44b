"""Read HWPX files back: by the library that wrote them, by another program, and as XML."""

import json
from io import BytesIO
from zipfile import ZipFile

import hwpforge
from hwpx import HwpxDocument
from lxml import etree

EMPTY = {"segments": ()}
SECTION, HEADER = "Contents/section0.xml", "Contents/header.xml"


def part(content: bytes, name: str = SECTION) -> etree._Element:
    """Return a part of the package as a tree."""
    with ZipFile(BytesIO(content)) as package:
        return etree.fromstring(package.read(name))


def check(content: bytes) -> None:
    """Check a file with python-hwpx and with hwpforge; fail on an error or a warning."""
    report = HwpxDocument.open(BytesIO(content)).validate()
    assert report.ok, report.issues
    other = hwpforge.Document.from_bytes(content).validate()
    assert other["ok"], other["errors"]
    assert not other["warnings"]


def paragraphs(content: bytes) -> list[str]:
    """Return the texts of the body's paragraphs, those of tables and pictures empty."""
    document = HwpxDocument.open(BytesIO(content))
    return [one.text for one in document.paragraphs]


def paragraphs_by_hwpforge(content: bytes) -> list[str]:
    """Return the texts of the body's paragraphs as hwpforge reads them."""
    section = json.loads(hwpforge.Document.from_bytes(content).to_json().text)["document"]
    return [text_of(one) for one in section["sections"][0]["paragraphs"]]


def tables_by_hwpforge(content: bytes) -> list[list[list[str]]]:
    """Return the texts of the body's tables, by row and cell, as another program reads them."""
    section = json.loads(hwpforge.Document.from_bytes(content).to_json().text)["document"]
    return [
        [
            ["\n".join(map(text_of, cell["paragraphs"])) for cell in row["cells"]]
            for row in run["content"]["Table"]["rows"]
        ]
        for one in section["sections"][0]["paragraphs"]
        for run in one["runs"]
        if "Table" in run["content"]
    ]


def text_of(paragraph: dict) -> str:
    """Return the text of a paragraph in the other program's notation."""
    contents = [run["content"] for run in paragraph["runs"]]
    return "".join(
        one.get("Text", "")
        + "".join(map(text_of_segment, one.get("InlineText", EMPTY)["segments"]))
        for one in contents
    )


def text_of_segment(segment: dict | str) -> str:
    """Return the text of a part of a paragraph that has tabs or line breaks."""
    if isinstance(segment, str):
        return {"LineBreak": "\n"}[segment]
    return segment.get("Plain", "\t")
