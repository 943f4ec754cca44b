from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.documents.errors import DocumentError
from plans.documents.markers import DEFAULTS, Rank, guess
from plans.documents.notes import SHIPPED, read_notes
from plans.documents.outline import Outline, parse
from plans.documents.reading import read_document

USUAL = DEFAULTS[1]

PLAN = """\
2030. 비전
살기 좋은 곳
안전한 도시
- 순찰 강화
- 재해 대비
따뜻한 도시
- 이웃 돌봄
2030. 업무 계획
1 안전 도시
□ 순찰을 강화한다
 ○ 밤길 지키기 : 순찰, 점검
   - 학교 앞 순찰, 공원 순찰
□ 재해에 대비한다
 ○ 눈 치우기
※ 예산은 따로 정함
2 따뜻한 도시
□ 이웃을 돌본다
 ○ 안부 묻기
"""


def read(text: str) -> Outline:
    return parse(text.split("\n"), USUAL)


def tree(outline: Outline) -> list[str]:
    return ["  " * item.rank + item.title for item in outline.items()]


def refusal(text: str) -> str:
    with pytest.raises(DocumentError) as error:
        read(text)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_reads_both_parts_and_matches_them() -> None:
    outline = read(PLAN)

    assert outline.vision.title == "살기 좋은 곳"
    assert tree(outline) == [
        "안전 도시",
        "  순찰을 강화한다",
        "    밤길 지키기",
        "      순찰",
        "      점검",
        "      학교 앞 순찰",
        "      공원 순찰",
        "  재해에 대비한다",
        "    눈 치우기",
        "따뜻한 도시",
        "  이웃을 돌본다",
        "    안부 묻기",
    ]
    assert [(item.title, item.vision.title) for item in outline.items() if item.vision] == [
        ("안전 도시", "안전한 도시"),
        ("순찰을 강화한다", "순찰 강화"),
        ("재해에 대비한다", "재해 대비"),
        ("따뜻한 도시", "따뜻한 도시"),
        ("이웃을 돌본다", "이웃 돌봄"),
    ]
    assert [(line.line, line.kind) for line in outline.frame] == [
        (1, "heading"),
        (8, "heading"),
        (15, "note"),
    ]
    assert outline.lines == len(PLAN.strip().split("\n"))


def test_the_2021_plan() -> None:
    document = read_document(SHIPPED / "plan-2021.txt")
    notes = read_notes(SHIPPED / "plan-2021.toml")
    outline = parse(document.lines, guess(document.lines), notes)
    notes.apply(outline)

    assert outline.vision.title == "수원의 미래, 함께하는 권선"
    assert Counter(item.rank for item in outline.items()) == {
        Rank.PILLAR: 4,
        Rank.GOAL: 12,
        Rank.INITIATIVE: 28,
        Rank.ACTIVITY: 57,
    }
    assert not outline.framed("not_understood")
    assert outline.lines == sum(1 for line in document.lines if line.strip()) == 70
    assert all(item.vision for item in outline.items() if item.rank < Rank.INITIATIVE)
    assert sum(1 for item in outline.items() if item.known.get("is_derived")) == 8
    assert all(item.known.get("slug") for item in outline.items())


def test_an_indented_line_without_a_marker_continues_the_line_above() -> None:
    outline = read("1 축\n□ 목표가\n   길다\n ○ 과제 : 가,\n   나, 다\n")

    assert tree(outline) == ["축", "  목표가 길다", "    과제", "      가", "      나", "      다"]
    assert outline.continuations == 2
    assert outline.lines == 5


def test_lines_that_are_not_understood_are_listed() -> None:
    outline = read("1 축\n□ 목표\n그냥 글\n\n   떨어진 글\n ○ 과제\n")

    lost = [(line.line, line.text) for line in outline.framed("not_understood")]
    assert lost == [(3, "그냥 글"), (5, "   떨어진 글")]
    assert outline.lines == 5


def test_lines_of_a_table_of_contents_are_no_items() -> None:
    contents = ["1 안전 도시\t 3", "  1-1. 순찰을 강화한다 ·········· 12", "2 따뜻한 도시 …… 21"]

    outline = read("\n".join([*contents, PLAN]))

    assert [item.title for item in outline.pillars] == ["안전 도시", "따뜻한 도시"]
    lost = outline.framed("not_understood")
    assert "\n".join(line.text for line in lost) == "\n".join(contents)
    assert outline.lines == len(contents) + read(PLAN).lines


def test_a_vision_wording_that_fits_nothing_is_not_understood() -> None:
    outline = read(PLAN.replace("2 따뜻한 도시\n□ 이웃을 돌본다\n ○ 안부 묻기\n", ""))

    lost = [line.text for line in outline.framed("not_understood")]
    assert lost == ["따뜻한 도시", "- 이웃 돌봄"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1 축\n ○ 과제", "2행의 추진과제 「과제」 위에 목표이(가) 없습니다"),
        ("1 축\n□ 목표\n - 활동", "3행의 활동 「활동」 위에 추진과제이(가) 없습니다"),
        ("□ 목표", "1행의 목표 「목표」 위에 축이(가) 없습니다"),
        ("1 축\n□ 목표\n○ 과제 : 가, 나, 가", "3행의 활동 「가」이(가) 3행에 이미"),
        ("1 축\n□ 목표\n○ 과제 : 가\n - 가", "4행의 활동 「가」이(가) 3행에 이미"),
        ("1 축\n□ 목표\n□ 목표", "3행의 목표 「목표」이(가) 2행에 이미"),
        ("1 축\n2 축", "2행의 축 「축」이(가) 1행에 이미"),
        ("1 축\n□ " + "가" * 501, "2행의 제목이 501자입니다"),
        ("그냥 글\n또 글", "축이 하나도 없습니다"),
    ],
)
def test_an_invalid_outline_is_refused(text: str, sentence: str) -> None:
    assert sentence in refusal(text)


LINES = st.lists(
    st.sampled_from(
        [
            *("", "  ", "1 축", "2 다른 축", "Ⅲ. 셋째", "□ 목표", "□ 둘째 목표", "○ 과제"),
            *("ㅇ 다른 과제", "○ 과제 : 가, 나", " - 활동", "– 다른 활동", "※ 참고", "○"),
            *(
                "   이어지는 글",
                "그냥 글",
                "2030. 비전",
                "2030. 업무 계획",
                "2030년",
                "살기 좋은 곳",
            ),
        ]
    ),
    max_size=25,
)


@given(LINES)
def test_every_line_is_accounted_for_or_the_document_is_refused(lines: list[str]) -> None:
    try:
        outline = parse(lines, USUAL)
    except DocumentError:
        return

    framed = {line.line for line in outline.frame}
    assert outline.lines == sum(1 for line in lines if line.strip())
    assert framed.isdisjoint(outline.node_lines)
    assert len(framed) == len(outline.frame)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse(text.split("\n"), USUAL)
    except DocumentError as error:
        assert str(error)
