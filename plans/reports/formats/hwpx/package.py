"""An HWPX package: begun from an empty document, and closed with its body."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from hwpx import HwpxDocument
from lxml import etree

from plans.reports.characters import clean
from plans.reports.formats.hwpx.layout import EDGE_MM, NUMBER_MM, SIDE_MM, Page
from plans.reports.formats.hwpx.looks import Look, add_looks, parsed
from plans.reports.formats.hwpx.writing import Writer

SECTION, PREVIEW = "Contents/section0.xml", "Preview/PrvText.txt"
PAGE_NUMBER = '<hp:ctrl><hp:pageNum pos="BOTTOM_CENTER" formatType="DIGIT" sideChar="-"/></hp:ctrl>'


class Package:
    """An HWPX document that is being written, with a writer that knows its looks."""

    def __init__(self, page: Page, looks: Sequence[Look]) -> None:
        self.document = HwpxDocument.new()
        self.document.page.setup(
            paper_size="A4",
            orientation="LANDSCAPE" if page.is_landscape else "PORTRAIT",
            margin_left_mm=SIDE_MM,
            margin_right_mm=SIDE_MM,
            margin_top_mm=EDGE_MM,
            margin_bottom_mm=EDGE_MM,
            header_margin_mm=NUMBER_MM,
            footer_margin_mm=NUMBER_MM,
        )
        ids = add_looks(self.document, [one.scaled(page.scale) for one in looks])
        self.writer = Writer(ids, self.borders())

    def borders(self) -> dict[str, str]:
        """Add the borders of cells with their fills to the document; return their numbers."""
        ensure = partial(self.document.styles.ensure_border_fill, border_color="#000000")
        return {
            "plain": ensure(),
            "head": ensure(fill_color="#D9D9D9"),
            "strong": ensure(fill_color="#F2F2F2"),
            "title": ensure(fill_color="#F2F2F2", border_width="0.5 mm"),
        }

    def add_image(self, content: bytes, kind: str) -> str:
        """Store a picture in the package; return the name by which it is shown."""
        return str(self.document.media.add_image(content, kind))

    def close(self, body: Iterable[str], *, title: str, creator: str, preview: str) -> bytes:
        """Return the package's bytes with a body in pieces, of which there is at least one.

        The first piece begins with the first paragraph, which says how pages look.
        """
        section = self.document.sections[0].element
        setup = next(section.iter("{*}run"))
        setup.append(parsed(PAGE_NUMBER))
        first, *others = (one.encode() for one in body)
        first = first.replace(b">", f">{inner(setup)}".encode(), 1)
        self.document.parts.clear_document_metadata(keep=["language"], timestamp="")
        self.document.parts.set_document_metadata(title=clean(title), creator=clean(creator))
        parts = {
            SECTION: [opening(section).encode(), first, *others, b"</hs:sec>"],
            PREVIEW: [clean(preview).encode()],
        }
        return with_parts(self.document.to_bytes(), parts)


def with_parts(package: bytes, parts: Mapping[str, Iterable[bytes]]) -> bytes:
    """Return a package with some of its parts replaced, and all dates the same.

    The library would read a long body four times before it writes it.
    """
    buffer = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(buffer, "w") as new:
        for one in old.infolist():
            info = ZipInfo(one.filename)
            info.compress_type = one.compress_type
            with new.open(info, "w") as file:
                file.writelines(parts.get(one.filename) or [old.read(one)])
    return buffer.getvalue()


def inner(element: etree._Element) -> str:
    """Return an element as XML."""
    return etree.tostring(element, encoding="unicode", with_tail=False)


def opening(section: etree._Element) -> str:
    """Return the first tag of a section with all its namespaces."""
    names = "".join(f' xmlns:{name}="{uri}"' for name, uri in section.nsmap.items())
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes" ?><hs:sec{names}>'
