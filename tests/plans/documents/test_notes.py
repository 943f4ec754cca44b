from collections.abc import Callable
from pathlib import Path

import pytest

from plans.documents.errors import DocumentError
from plans.documents.markers import DEFAULTS, Rank
from plans.documents.notes import Notes, read_notes, with_notes
from plans.documents.outline import Outline, parse
from plans.documents.reading import read_document

Write = Callable[[str], Path]

LINES = ["1 축", "□ 목표", "- ▶ 방법 순찰 및 점검 운영", "- ▶ 청소"]

NOTES = """
[[pillar]]
line = 1
title = "축"
slug = "pillar"
code = "safety"

[[initiative]]
line = 3
title = "방법 순찰"
slug = "patrol"
corrected = "방범 순찰"
certainty = "high"
note = "글자를 바로잡았습니다."

[[activity]]
line = 3
title = "점검 운영"
slug = "check"
kind = "inspection"
counted = "점검 횟수"
unit = "회"
target = 12

[[activity]]
line = 4
title = "청소"
slug = "cleaning"
derived = true
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_notes(text: str) -> Path:
        path = tmp_path / "plan.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write_notes


def annotated(notes: Notes) -> Outline:
    outline = parse(LINES, DEFAULTS[0], notes)
    notes.apply(outline)
    return outline


def test_notes_are_added_to_the_outline(write: Write) -> None:
    outline = annotated(read_notes(write(NOTES)))

    found = [(item.rank, item.title, item.known.get("slug")) for item in outline.items()]
    assert found == [
        (Rank.PILLAR, "축", "pillar"),
        (Rank.GOAL, "목표", None),
        (Rank.INITIATIVE, "방법 순찰", "patrol"),
        (Rank.ACTIVITY, "점검 운영", "check"),
        (Rank.INITIATIVE, "청소", None),
        (Rank.ACTIVITY, "청소", "cleaning"),
    ]
    patrol = outline.of_rank(Rank.INITIATIVE)[0]
    assert patrol.known["corrected_title"] == "방범 순찰"
    assert patrol.known["certainty"] == "high"
    assert outline.of_rank(Rank.ACTIVITY)[1].known["is_derived"] is True


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("line = 1\n", "line = 2\n", "2행의 축 「축」이\\(가\\) 문서와 맞지 않습니다"),
        ('title = "방법 순찰"', 'title = "방범 순찰"', "3행이 자료 파일에 적힌"),
        ('title = "청소"', 'title = "청소하기"', "4행의 활동 「청소하기」이"),
        ('slug = "check"', 'slug = "cleaning"', "slug 「cleaning」을"),
        ('slug = "patrol"', 'slug = "a b"', "slug = 'a b'"),
        ('code = "safety"', 'code = "zoo"', "code = 'zoo'"),
        ('kind = "inspection"', 'kind = "dancing"', "kind = 'dancing'"),
        ('kind = "inspection"', "kind = 3", "kind = 3"),
        ('certainty = "high"\n', "", "corrected와 certainty를 함께"),
        ('unit = "회"\n', "", "target을 세는 unit"),
        ("target = 12", "target = 0", "target = 0"),
        ("target = 12", "target = true", "target = True"),
        ("target = 12", 'target = "열둘"', "target = '열둘'"),
        ('code = "safety"', 'unit = "회"', "unit = '회'"),
        ("[[pillar]]", "[[tower]]", "tower"),
        ("line = 1", "line = ", "TOML 형식"),
        ("line = 1\n", "", "line\\(줄 번호\\)과 title"),
        ('code = "safety"', 'colour = "red"', "colour = 'red'"),
    ],
)
def test_an_entry_that_does_not_fit_is_an_error(
    write: Write, before: str, after: str, sentence: str
) -> None:
    text = NOTES.replace(before, after, 1)
    assert text != NOTES

    with pytest.raises(DocumentError, match=sentence):
        annotated(read_notes(write(text)))


def test_the_notes_file_is_found_beside_the_plan_or_the_shipped_one(tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text("\n".join(LINES), encoding="utf-8")
    assert with_notes(read_document(plan), beside=plan)[1] is None

    plan.with_suffix(".toml").write_text(NOTES, encoding="utf-8")
    assert with_notes(read_document(plan), beside=plan)[1].entries

    shipped = read_document(Path("plans/data/plan-2021.txt"))
    copy = tmp_path / "copy.txt"
    copy.write_text("\n".join(shipped.lines), encoding="utf-8")
    assert with_notes(read_document(copy), beside=copy)[1].file == "plan-2021.toml"
