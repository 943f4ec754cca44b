"""Write a plan's own document as HWPX: its lines, in the document's own characters."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from plans.reports.characters import clean, ems_of
from plans.reports.document import PlanLine
from plans.reports.formats.hwpx.layout import Page
from plans.reports.formats.hwpx.looks import SANS, Look
from plans.reports.formats.hwpx.package import Package

# How a line looks, by its kind.
TEXT = Look("계획 본문", 12, before=2, after=2)
LOOKS = {
    "heading": Look("계획 제목", 18, True, SANS, "CENTER", before=20, after=10, level=1),
    "vision": Look("계획 비전", 15, True, SANS, "CENTER", before=8, after=8),
    "vision-pillar": Look(
        "계획 비전의 축", 14, True, SANS, before=8, after=2, stays_with_next=True
    ),
    "vision-goal": Look("계획 비전의 목표", 12, left=1, before=1),
    "pillar": Look("계획 축", 16, True, SANS, before=16, after=4, level=2, stays_with_next=True),
    "goal": Look("계획 목표", 14, True, SANS, before=10, after=3, level=3, stays_with_next=True),
    "initiative": Look("계획 추진과제", 12, left=1, before=3, after=1),
    "activity": Look("계획 활동", 12, left=2, before=1),
    "note": Look("계획 참고", 11, left=1, before=1),
}
# The widest marker before a title, in em, by which the lines after the first are indented.
MOST_HANG = 4.0


def plan_hwpx(lines: Sequence[PlanLine], *, title: str, office: str) -> bytes:
    """Return the lines of a plan's document as an HWPX file; equal lines give equal bytes.

    The file's paragraphs are the lines of its outline as text, character by character. `title` and
    `office` are said of the file, and are not in its text.
    """
    looks = {kind: hanging(look, kind, lines) for kind, look in LOOKS.items()}
    package = Package(Page(), [TEXT, *looks.values()])
    paragraphs = [*paragraphs_of(lines, looks)] or [(TEXT, "")]
    return package.close(
        [package.writer.text(look, text) for look, text in paragraphs],
        title=title,
        creator=office,
        preview="\n".join(text for _look, text in paragraphs),
    )


def paragraphs_of(
    lines: Sequence[PlanLine], looks: Mapping[str, Look]
) -> Iterator[tuple[Look, str]]:
    """Yield a paragraph for each line of the text; a title may be continued on lines of its own."""
    for line in lines:
        look = looks.get(line.kind, TEXT)
        yield from ((look, text) for text in clean(line.text).split("\n"))


def hanging(look: Look, kind: str, lines: Sequence[PlanLine]) -> Look:
    """Return a kind's look with its lines after the first indented by the plan's usual marker."""
    markers = [line.marker for line in lines if line.kind == kind]
    return replace(look, hang=min(max(map(ems_of, markers), default=0), MOST_HANG))
