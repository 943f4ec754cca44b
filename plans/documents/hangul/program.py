"""Read one HWPX or HWP 5 document in a separate process, which the system kills if it hangs.

`python -I program.py SECONDS BYTES UNPACKED LETTERS` reads a document from standard input and
writes its paragraphs as JSON: `{"paragraphs": [text, …]}`, where U+2028 is a line break within a
paragraph. For a file that it cannot read it writes `{"unreadable": reason}`; one that needs more
time or memory ends the process. It imports nothing of the portal.

A paragraph's automatic bullet or number stands before its text. The paragraphs of frames, text
boxes and captions are at their place in the text; a row of a table is a paragraph `| cell | cell`.
Headers, footers, footnotes and memos are left out, and so is text that a tracked change deletes.
"""

import json
import re
import resource
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import groupby
from zipfile import ZipFile

from hwpx import Hwp5Error, HwpxDocument
from hwpx.tools.exporter import export_text
from lxml.etree import _Element as Element

HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"
HH = "{http://www.hancom.co.kr/hwpml/2011/head}"
ZIP = b"PK\x03\x04"
LINE_BREAK = "\u2028"
# Stand in a paragraph without text, and in those of a table's rows. Unicode keeps these two for use
# within a program.
BLANK = "\ufdd0"
IN_ROW = "\ufdd1"
LONGEST_ROW = 1_000
# What stands for an element within text; a hyphen is one that only shows at the end of a line.
SIGNS = {"lineBreak": LINE_BREAK, "tab": "\t", "hyphen": ""}
# Characters that no XML has: they end a paragraph of the body, and a cell of a table.
PARAGRAPH_END = "\x1e"
CELL_END = "\x1f"
NUMBER = re.compile(r"(?:\d{1,2}|[IVX]{1,4}|[Ⅰ-Ⅻ])[.)]?")
# Private use characters and the Unicode characters that stand for them. Those from U+F020 to U+F0FF
# are the font Wingdings: from Unicode's document L2/11-344, or the nearest that most fonts have.
# U+F53A is the first syllable of 「ᄒᆞᆫ글」 in Hanyang's table of old syllables. Those above U+F0000
# are signs of the fonts of 한글, and numbers in squares, which become circled ones.
SYMBOLS = str.maketrans(
    {
        "\uf046": "☞",
        "\uf06c": "●",
        "\uf06d": "❍",
        "\uf06e": "■",
        "\uf06f": "□",
        "\uf071": "❑",
        "\uf072": "❒",
        "\uf074": "◆",
        "\uf075": "◆",
        "\uf076": "❖",
        "\uf077": "◆",
        "\uf09e": "·",
        "\uf09f": "•",
        "\uf0a1": "○",
        "\uf0a7": "▪",
        "\uf0a8": "◻",
        "\uf0ab": "★",
        "\uf0d8": "➢",
        "\uf0e0": "→",
        "\uf0e8": "➔",
        "\uf0f0": "⇨",
        "\uf0fc": "✓",
        "\uf0fe": "☑",
        "\uf53a": "ᄒᆞᆫ",
        "\U000f003b": "↓",
        "\U000f02ef": "·",
        "\U000f0854": "《",
        "\U000f0855": "》",
    }
    | {chr(0xF02B1 + at): chr(ord("①") + at) for at in range(20)}
)


class UnreadableError(Exception):
    """The file cannot be read; the text is the reason's name."""


def limit(seconds: int, most_bytes: int) -> None:
    """Set this process's limits: seconds of CPU time, bytes of memory, no core dump."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(content: bytes, most_unpacked: int, most_letters: int) -> list[str]:
    """Return the text of a document's paragraphs. Raise UnreadableError, or a library's error."""
    if content.startswith(ZIP):
        refuse_other_zips(content, most_unpacked)
    document = HwpxDocument.open(content)
    for header in document.oxml.headers:
        for bullet in header.element.iter(f"{HH}bullet"):
            bullet.set("char", bullet.get("char", "").translate(SYMBOLS))
    for part in (*document.oxml.headers, *document.sections):
        if part.element.getroottree().docinfo.doctype:
            raise UnreadableError("damaged")
    for section in document.sections:
        drop_deleted(section.element)
        write_signs(section.element)
        mark_rows(section.element)
        mark_blanks(section.element)
    paragraphs = [*paragraphs_of(document)]
    if sum(map(len, paragraphs)) > most_letters:
        raise UnreadableError("large")
    return paragraphs


def refuse_other_zips(content: bytes, most_unpacked: int) -> None:
    """Raise UnreadableError for a ZIP that is no HWPX, is locked, or unpacks to too much."""
    with ZipFile(BytesIO(content)) as packed:
        names = set(packed.namelist())
        if "[Content_Types].xml" in names:
            raise UnreadableError("office")
        if "Contents/content.hpf" not in names:
            raise UnreadableError("zip")
        if sum(part.file_size for part in packed.infolist()) > most_unpacked:
            raise UnreadableError("large")
        manifest = "META-INF/manifest.xml"
        if manifest in names and b"encryption-data" in packed.read(manifest):
            raise UnreadableError("password")


def write_signs(section: Element) -> None:
    """Turn elements that stand for characters into text.

    Line breaks and tabs then differ from the ends of paragraphs and cells. A character composed of
    several (글자 겹침) becomes these.
    """
    for composed in [*section.iter(f"{HP}compose")]:
        del composed[:]
        composed.tag, composed.text = f"{HP}t", composed.get("composeText")
    for name, sign in SIGNS.items():
        for mark in [*section.iter(f"{HP}{name}")]:
            mark.tag, mark.text = f"{HP}t", sign


def mark_rows(section: Element) -> None:
    """Mark the paragraphs of tables with rows and columns: they are figures, and no outline.

    A table with one row or one column is a frame around text. If it has a number and a title, the
    number is put before the title.
    """
    for table in section.iter(f"{HP}tbl"):
        rows = [row for row in table.iterfind(f"{HP}tr") if text_of(row)]
        cells = [[cell for cell in row.iterfind(f"{HP}tc") if text_of(cell)] for row in rows]
        if len(rows) > 1 and max(map(len, cells)) > 1:
            for row in table.iterfind(f"{HP}tr"):
                for paragraph in row.iter(f"{HP}p"):
                    write_before(paragraph, IN_ROW)
        elif len(rows) == 1 and len(cells[0]) == len(("number", "title")):
            join_title(*cells[0])


def join_title(number: Element, title: Element) -> None:
    """Put the text of the first cell before that of the second, if it is a number."""
    text = text_of(number)
    if NUMBER.fullmatch(text):
        first = next(one for one in title.iter(f"{HP}p") if text_of(one))
        write_before(first, f"{text} ")
        number.getparent().remove(number)


def mark_blanks(section: Element) -> None:
    """Mark paragraphs without text; unmarked, they would be lost or exported as a lone bullet."""
    for paragraph in section.iter(f"{HP}p"):
        if not text_of(paragraph):
            write_before(paragraph, BLANK)


def text_of(element: Element) -> str:
    """Return the text of all paragraphs in an element, without blanks at its ends."""
    texts = ([one.text, *(mark.tail for mark in one)] for one in element.iter(f"{HP}t"))
    return "".join(text or "" for own in texts for text in own).strip()


def write_before(paragraph: Element, text: str) -> None:
    """Write text at the beginning of a paragraph."""
    run = paragraph.makeelement(f"{HP}run", {})
    run.append(run.makeelement(f"{HP}t", {}))
    run[0].text = text
    paragraph.insert(0, run)


def drop_deleted(section: Element) -> None:
    """Remove the text between the marks of tracked deletions."""
    deleted = False
    for text in section.iter(f"{HP}t"):
        if deleted:
            text.text = ""
        for mark in text:
            deleted = mark.tag == f"{HP}deleteBegin" or (deleted and mark.tag != f"{HP}deleteEnd")
            if deleted:
                mark.tail = ""


def paragraphs_of(document: HwpxDocument) -> Iterator[str]:
    """Yield the text of each paragraph; an empty one is an empty text, a table's row is one."""
    text = export_text(
        document,
        paragraph_separator=PARAGRAPH_END,
        section_separator=PARAGRAPH_END,
        tab_token=CELL_END,
        list_labels=True,
    )
    for part in text.translate(SYMBOLS).split(PARAGRAPH_END):
        pieces = part.replace("\n", CELL_END).split(CELL_END)
        for in_row, group in groupby(pieces, lambda piece: IN_ROW in piece):
            if in_row:
                yield from row_of(group)
            else:
                yield from ("" if BLANK in piece else piece for piece in group)


def row_of(pieces: Iterable[str]) -> Iterator[str]:
    """Yield a table's row as one text that begins with |; if it is too long, yield each cell."""
    texts = [piece.replace(IN_ROW, "").replace(LINE_BREAK, " ").strip() for piece in pieces]
    cells = [f"| {text}" for text in texts if text]
    row = " ".join(cells)
    yield from [row] if row and len(row) <= LONGEST_ROW else cells


def main() -> None:
    """Read the document from standard input and write the answer to standard output."""
    seconds, most_bytes, *limits = map(int, sys.argv[1:])
    limit(seconds, most_bytes)
    try:
        answer = {"paragraphs": read(sys.stdin.buffer.read(), *limits)}
    except UnreadableError as error:
        answer = {"unreadable": str(error)}
    except Hwp5Error as error:
        answer = {"unreadable": error.code}
    except MemoryError:
        answer = {"unreadable": "large"}
    except Exception:  # noqa: BLE001  whatever a library raises over a broken file
        answer = {"unreadable": "damaged"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
