"""Read one HWPX or HWP 5 document in a separate process, which the system kills if it hangs.

`python -I program.py SECONDS BYTES UNPACKED LETTERS` reads a document from standard input and
writes its paragraphs as JSON: `{"paragraphs": [text, …]}`, where U+2028 is a line break within a
paragraph. For a file that it cannot read it writes `{"unreadable": reason}`; one that needs more
time or memory ends the process. It imports nothing of the portal.

A paragraph's automatic bullet or number stands before its text. The paragraphs of tables, text
boxes and captions are at their place in the text. Headers, footers, footnotes and memos are left
out, and so is text that a tracked change deletes.
"""

import json
import re
import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from hwpx import Hwp5Error, HwpxDocument
from hwpx.tools.exporter import export_text

HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"
HH = "{http://www.hancom.co.kr/hwpml/2011/head}"
ZIP = b"PK\x03\x04"
LINE_BREAK = "\u2028"
# Stands in a paragraph without text; Unicode keeps it for such use within a program.
BLANK = "\ufdd0"
# What stands for an element within text; a hyphen is one that only shows at the end of a line.
SIGNS = {"lineBreak": LINE_BREAK, "tab": "\t", "hyphen": ""}
# Characters that no XML has: they end a paragraph of the body, and a cell of a table.
PARAGRAPH_END = "\x1e"
CELL_END = "\x1f"
NUMBER = re.compile(r"(?:\d{1,2}|[IVX]{1,4}|[Ⅰ-Ⅻ])[.)]?")
# Private use characters and the Unicode characters that stand for them. Those from U+F020 to U+F0FF
# are the font Wingdings: from Unicode's document L2/11-344, or the nearest that most fonts have.
# U+F53A is the first syllable of 「ᄒᆞᆫ글」 in Hanyang's table of old syllables.
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
    }
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
        join_titles(section.element)
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


def write_signs(section) -> None:  # noqa: ANN001  an lxml element
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


def join_titles(section) -> None:  # noqa: ANN001  an lxml element
    """Put the number of a title before it, where the two are cells of a table with one row."""
    for table in section.iter(f"{HP}tbl"):
        cells = [cell for cell in table.iterfind(f"{HP}tr/{HP}tc") if text_of(cell)]
        if len(table.findall(f"{HP}tr")) == 1 and len(cells) == len(("number", "title")):
            number, title = cells
            if NUMBER.fullmatch(text_of(number)):
                first = next(one for one in title.iter(f"{HP}p") if text_of(one))
                write_before(first, f"{text_of(number)} ")
                number.getparent().remove(number)


def mark_blanks(section) -> None:  # noqa: ANN001  an lxml element
    """Mark paragraphs without text, which would be left out, or be a bullet alone."""
    for paragraph in section.iter(f"{HP}p"):
        if not text_of(paragraph):
            write_before(paragraph, BLANK)


def text_of(element) -> str:  # noqa: ANN001  an lxml element
    """Return all text in an element, without blanks at its ends."""
    return "".join(element.itertext()).strip()


def write_before(paragraph, text: str) -> None:  # noqa: ANN001  an lxml element
    """Write text at the beginning of a paragraph."""
    run = paragraph.makeelement(f"{HP}run", {})
    run.append(run.makeelement(f"{HP}t", {}))
    run[0].text = text
    paragraph.insert(0, run)


def drop_deleted(section) -> None:  # noqa: ANN001  an lxml element
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
    """Yield the text of each paragraph, also of those in tables; empty ones are empty texts."""
    text = export_text(
        document,
        paragraph_separator=PARAGRAPH_END,
        section_separator=PARAGRAPH_END,
        tab_token=CELL_END,
        list_labels=True,
    )
    for end in (CELL_END, "\n"):
        text = text.replace(end, PARAGRAPH_END)
    for paragraph in text.translate(SYMBOLS).split(PARAGRAPH_END):
        yield "" if BLANK in paragraph else paragraph


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
