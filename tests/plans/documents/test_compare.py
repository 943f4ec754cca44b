from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.documents.compare import ChangeKind, compare_outline, longest_increasing
from plans.documents.exporting import TreeSplits
from plans.documents.importing import import_outline
from plans.documents.markers import DEFAULTS
from plans.documents.outline import Outline, parse
from plans.tree.models import Plan
from plans.tree.queries import read_tree

Changes = Callable[..., list[tuple[ChangeKind, str]]]

TEXT = """\
2031. 비전
살기 좋은 곳
안전 도시
- 순찰 강화
2031. 업무 계획
1 안전 도시
□ 순찰을 강화한다
○ 밤길 지키기 : 학교 앞 순찰, 공원 순찰, 골목 순찰
○ 낮길 지키기 : 교통 지도
2 따뜻한 도시
□ 이웃을 돌본다
○ 안부 묻기 : 전화, 방문
"""


def outline_of(text: str, plan: Plan | None = None) -> Outline:
    splits = TreeSplits(read_tree(plan)) if plan else None
    return parse(text.split("\n"), DEFAULTS[1], splits)


@pytest.fixture
def plan(db: None) -> Plan:
    return import_outline(year=2031, outline=outline_of(TEXT), by=None)


@pytest.fixture
def changes(plan: Plan) -> Changes:
    def changes_of(*replacements: tuple[str, str]) -> list[tuple[ChangeKind, str]]:
        text = TEXT
        for before, after in replacements:
            assert before in text
            text = text.replace(before, after, 1)
        found = compare_outline(read_tree(plan), outline_of(text, plan)).changes
        return [(change.kind, change.title) for change in found]

    return changes_of


def test_the_same_outline_differs_in_nothing(changes: Changes) -> None:
    assert changes() == []


@pytest.mark.parametrize(
    ("replacements", "expected"),
    [
        ([("전화, 방문", "전화, 방문, 편지")], [(ChangeKind.ADDED, "편지")]),
        ([(", 골목 순찰", "")], [(ChangeKind.GONE, "골목 순찰")]),
        ([("밤길 지키기", "밤길을 지키기")], [(ChangeKind.REWORDED, "밤길 지키기")]),
        ([("살기 좋은 곳", "더 살기 좋은 곳")], [(ChangeKind.REWORDED, "살기 좋은 곳")]),
        ([("- 순찰 강화", "- 순찰을 강화")], [(ChangeKind.REWORDED, "순찰을 강화한다")]),
        (
            [("학교 앞 순찰, 공원 순찰, 골목 순찰", "공원 순찰, 골목 순찰, 학교 앞 순찰")],
            [(ChangeKind.MOVED, "학교 앞 순찰")],
        ),
        (
            [(", 골목 순찰", ""), ("교통 지도", "교통 지도, 골목 순찰")],
            [(ChangeKind.MOVED, "골목 순찰")],
        ),
        (
            [("○ 안부 묻기 : 전화, 방문\n", "")],
            [(ChangeKind.GONE, "안부 묻기"), (ChangeKind.GONE, "전화"), (ChangeKind.GONE, "방문")],
        ),
        (
            [("2031. 업무 계획", "2031. 주요 업무 계획")],
            [(ChangeKind.GONE, "2031. 업무 계획"), (ChangeKind.ADDED, "2031. 주요 업무 계획")],
        ),
    ],
)
def test_added_reworded_moved_and_removed_items_are_listed(
    changes: Changes, replacements: list[tuple[str, str]], expected: list[tuple[ChangeKind, str]]
) -> None:
    assert changes(*replacements) == expected


def test_an_initiative_moves_with_all_that_is_below_it(changes: Changes) -> None:
    line = "○ 낮길 지키기 : 교통 지도\n"
    found = changes((line, ""), ("○ 안부 묻기", line + "○ 안부 묻기"))

    assert found == [(ChangeKind.MOVED, "낮길 지키기")]


@given(st.lists(st.integers(0, 30), unique=True, max_size=20))
def test_the_longest_increasing_run_is_one(numbers: list[int]) -> None:
    run = [numbers[at] for at in sorted(longest_increasing(numbers))]
    longest = [0] * len(numbers)
    for i in range(len(numbers)):
        longest[i] = 1 + max((longest[j] for j in range(i) if numbers[j] < numbers[i]), default=0)

    assert run == sorted(run)
    assert len(run) == max(longest, default=0)
