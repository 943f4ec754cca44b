"""Notes on a document: facts that are not in its text, kept in a TOML file beside it.

`plan-2021.toml` beside `plan-2021.txt` names lines and their exact titles, and gives for each its
slug, kind of work, correction and so on. An entry that matches no line is an error, so that the
file cannot be used with another document.
"""

import re
import tomllib
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from plans.documents.errors import DocumentError
from plans.documents.markers import Markers, Rank, guess
from plans.documents.outline import LEVEL_NAMES, Item, Outline, Splits, Wording, parse
from plans.documents.pieces import clean
from plans.documents.reading import SourceDocument, read_document
from plans.tree.choices import ActivityKind, Certainty, Measure
from plans.tree.measures import record_kinds
from plans.tree.models import SLUG_LENGTH, Pillar

SHIPPED = Path(__file__).resolve().parent.parent / "data"
HEADING = "heading"
LEVELS = {
    "pillar": Rank.PILLAR,
    "goal": Rank.GOAL,
    "initiative": Rank.INITIATIVE,
    "activity": Rank.ACTIVITY,
}
# The keys of the file and the columns of the tree that they fill.
FIELDS = {
    "slug": "slug",
    "code": "code",
    "kind": "kind",
    "corrected": "corrected_title",
    "certainty": "certainty",
    "note": "source_note",
    "derived": "is_derived",
    "records": "record_kind",
    "measure": "measure",
    "counted": "counted",
    "unit": "unit",
    "target": "target",
}
CHOICES = {
    "code": Pillar.Code,
    "kind": ActivityKind,
    "measure": Measure,
    "certainty": Certainty,
}
ONLY_OF = {"code": "pillar"} | dict.fromkeys(
    ["kind", "derived", "records", "measure", "counted", "unit", "target"], "activity"
)
TYPES = {"derived": bool, "target": int}


@dataclass(frozen=True)
class Note:
    """One entry: a line number, the title on that line, and the facts about it."""

    level: str
    line: int
    title: str
    known: dict[str, Any]

    @property
    def name(self) -> str:
        """The name of the entry in error sentences."""
        level = "제목" if self.level == HEADING else LEVEL_NAMES[LEVELS[self.level]]
        return f"{self.line}행의 {level} 「{self.title}」"


@dataclass
class Notes:
    """All entries of one file."""

    file: str = ""
    entries: list[Note] = field(default_factory=list)

    def titles_on(self, number: int, text: str) -> list[str] | None:  # noqa: ARG002
        """Return the titles named for a line, or None.

        They are in the order of the file, where initiatives come before activities.
        """
        return self.titles.get(number)

    @cached_property
    def titles(self) -> dict[int, list[str]]:
        """The titles that the entries name, by line number."""
        found: dict[int, list[str]] = {}
        for note in self.entries:
            if note.level in {"initiative", "activity"} and not note.known.get("is_derived"):
                found.setdefault(note.line, []).append(note.title)
        return found

    def apply(self, outline: Outline) -> None:
        """Add the facts to the outline. Raise DocumentError if an entry matches no line."""
        items = {(item.rank, item.source.line, item.title): item for item in outline.items()}
        outline.annotated = True
        headings = {(line.line, clean(line.text)): line for line in outline.framed(HEADING)}
        for note in self.entries:
            if note.level == HEADING and (note.line, note.title) in headings:
                heading = headings[note.line, note.title]
                heading.corrected = note.known.get("corrected_title", "")
            elif note.known.get("is_derived"):
                self.derive(note, items)
            elif item := items.get((LEVELS.get(note.level), note.line, note.title)):
                item.known = dict(note.known)
            else:
                raise self.misfit(note)

    def derive(self, note: Note, items: dict[tuple, Item]) -> None:
        """Add an activity that is derived from the title of the initiative on its line."""
        for (rank, line, title), item in items.items():
            if rank is Rank.INITIATIVE and line == note.line and note.title in title:
                source = Wording(note.line, "", note.title)
                item.children.append(Item(Rank.ACTIVITY, source, known=dict(note.known)))
                return
        raise self.misfit(note)

    def misfit(self, note: Note) -> DocumentError:
        """Return the error for an entry that does not match the document."""
        return DocumentError(
            f"{self.file}: {note.name}이(가) 문서와 맞지 않습니다. 줄과 제목을 문서에 맞추세요."
        )


def with_notes(
    document: SourceDocument, *, beside: Path | None = None
) -> tuple[SourceDocument, Notes | None]:
    """Return the document and its notes: those beside its file, else those in `plans/data`.

    A document with the lines of one in `plans/data` gets the line numbers of that one, which its
    notes name; blank lines do not count. Returns None for the notes if there are none.
    """
    own = beside and beside.with_suffix(".toml")
    if own and own.is_file():
        return document, read_notes(own)
    for shipped in SHIPPED.glob("*.toml"):
        twin = read_document(shipped.with_suffix(".txt"))
        if written(twin) == written(document):
            return replace(document, lines=twin.lines), read_notes(shipped)
    return document, None


def written(document: SourceDocument) -> list[str]:
    """Return a document's lines that are not blank, without blanks at their ends."""
    return [line.rstrip() for line in document.lines if line.strip()]


def read_outline(
    document: SourceDocument,
    markers: Markers | None = None,
    notes: Notes | None = None,
    known: Splits | None = None,
) -> Outline:
    """Read a document's outline; `notes`, or else `known`, say how lines split into titles.

    Facts of the notes are added to the outline.
    """
    outline = parse(document.lines, markers or guess(document.lines), notes or known)
    if notes:
        notes.apply(outline)
    return outline


def read_notes(path: Path) -> Notes:
    """Read a file of notes. Raise DocumentError, which names the entry, if it is wrong."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DocumentError(
            f"{path.name}을(를) 읽을 수 없습니다({error}). TOML 형식을 확인하세요."
        ) from None
    entries = []
    for level, rows in content.items():
        if level not in {HEADING, *LEVELS} or not isinstance(rows, list):
            raise DocumentError(
                f"{path.name}: [[{level}]]은(는) 쓸 수 없습니다. "
                f"[[{']], [['.join([HEADING, *LEVELS])}]]만 쓰세요."
            )
        entries += [read_note(path.name, level, row) for row in rows]
    refuse_twins(path.name, entries)
    return Notes(path.name, entries)


def read_note(file: str, level: str, row: dict[str, Any]) -> Note:
    """Check one entry and return it."""
    line, title = row.pop("line", None), row.pop("title", None)
    if not isinstance(line, int) or not isinstance(title, str) or line < 1:
        raise DocumentError(f"{file}: [[{level}]]에 line(줄 번호)과 title(제목)을 적으세요.")
    note = Note(level, line, clean(title), {FIELDS.get(key, key): row[key] for key in row})
    for key, value in row.items():
        check_fact(file, note, key, value)
    if bool(row.get("corrected")) != bool(row.get("certainty")) and level != HEADING:
        raise DocumentError(f"{file}: {note.name}에 corrected와 certainty를 함께 적으세요.")
    if "target" in row and not row.get("unit"):
        raise DocumentError(f"{file}: {note.name}에 target을 세는 unit(단위)을 함께 적으세요.")
    return note


def check_fact(file: str, note: Note, key: str, value: str | bool | int) -> None:
    """Raise DocumentError for an unknown key, or a value that its column cannot hold."""
    wrong = DocumentError(f"{file}: {note.name}의 {key} = {value!r}을(를) 쓸 수 없습니다.")
    if key not in FIELDS or ONLY_OF.get(key, note.level) != note.level:
        raise wrong
    if type(value) is not TYPES.get(key, str) or (key == "target" and not 0 < value < 10**12):
        raise wrong
    if key in CHOICES and value not in CHOICES[key].values:
        raise wrong
    if key == "records" and value not in dict(record_kinds):
        raise wrong
    if key == "slug" and (not re.fullmatch(r"[-\w]+", value) or len(value) > SLUG_LENGTH):
        raise wrong


def refuse_twins(file: str, entries: list[Note]) -> None:
    """Raise DocumentError if two nodes of a level have the same slug."""
    seen: dict[tuple[str, str], Note] = {}
    for note in entries:
        slug = note.known.get("slug")
        if slug and (first := seen.setdefault((note.level, slug), note)) is not note:
            raise DocumentError(
                f"{file}: {note.name}의 slug 「{slug}」을(를) {first.name}이(가) 이미 씁니다. "
                "하나를 바꾸세요."
            )
