"""Differences between two texts, word by word."""

import time

import pytest
from django.template import Context, Template
from hypothesis import example, given
from hypothesis import strategies as st

from gwonseon.krds.words import value_changes, word_changes
from tests.krds.markup import Markup

# Few different words, so that two texts have many in common.
TEXTS = st.lists(st.sampled_from(["가", "나", "다", "가.", " ", "  ", "\n", "\t"])).map("".join)


@given(st.one_of(TEXTS, st.text()), st.one_of(TEXTS, st.text()))
@example("", "")
@example("가 나", "가 나")
def test_the_pieces_joined_are_the_two_texts(before: str, after: str) -> None:
    changes = word_changes(before, after)

    assert "".join(text for kind, text in changes if kind != "new") == before
    assert "".join(text for kind, text in changes if kind != "gone") == after
    assert all(text for _kind, text in changes)


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("합동 순찰", "합동 순찰", [("same", "합동 순찰")]),
        ("합동 순찰", "합동 순찰 대회", [("same", "합동 순찰"), ("new", " 대회")]),
        (
            "월 1회 합동 순찰",
            "월 2회 합동 순찰",
            [("same", "월 "), ("gone", "1회"), ("new", "2회"), ("same", " 합동 순찰")],
        ),
        (
            "봄 순찰 실시함",
            "봄 방문 점검함",
            [("same", "봄 "), ("gone", "순찰 실시함"), ("new", "방문 점검함")],
        ),
        ("", "새말", [("new", "새말")]),
        ("옛말", "", [("gone", "옛말")]),
    ],
)
def test_words_change(before: str, after: str, changes: list[tuple[str, str]]) -> None:
    assert word_changes(before, after) == changes


def test_a_value_changes_as_a_whole() -> None:
    assert value_changes("2021. 7. 1.", "2021. 8. 1.") == [
        ("gone", "2021. 7. 1."),
        ("new", "2021. 8. 1."),
    ]
    assert value_changes("", "12회") == [("new", "12회")]


def test_a_long_text_with_few_changes_is_compared_by_sentences() -> None:
    sentences = [f"{number}번 골목을 살핍니다." for number in range(900)]
    before = "\n".join(sentences)
    after = before.replace("3번 골목을", "3번 큰길을")

    changes = word_changes(before, after)

    gone = [text for kind, text in changes if kind == "gone"]
    assert len(gone) == 90
    assert {"103번 골목을 살핍니다.\n"} < set(gone)


WORST = [
    ("가 " * 10_000, "나 " * 10_000),
    ("가 " * 10_000, "나" + "가 " * 9_000 + "다"),
    ("가 나 " * 5_000, "다" + "가 다 " * 5_000),
    ("가." * 10_000, "나." + "가.나." * 5_000),
    (
        " ".join(str(n * 7_919 % 89) for n in range(6_500)),
        " ".join(str(n * 104_729 % 97) for n in range(6_500)),
    ),
    (" ".join(map(str, range(300))), " ".join(map(str, reversed(range(300))))),
    ("가 나 나 가 " * 900, "다 " + "가 나 가 다 " * 20),
]


@pytest.mark.parametrize(("before", "after"), WORST, ids=range(len(WORST)))
def test_the_worst_texts_are_compared_quickly(before: str, after: str) -> None:
    start = time.process_time()
    word_changes(before[:20_000], after[:20_000])

    assert time.process_time() - start < 1


def shown(before: str, after: str) -> str:
    template = Template("{% load krds %}{% word_changes before after %}")
    return template.render(Context({"before": before, "after": after}))


def test_the_tag_shows_changes_to_screen_readers_too() -> None:
    page = Markup(shown("월 1회 순찰", "월 2회 순찰"))

    assert page.words(page.one("span", class_="word-changes")) == "월 삭제: 1회추가: 2회 순찰"
    assert page.words(page.one("del")) == "삭제: 1회"
    assert page.words(page.one("ins")) == "추가: 2회"
    assert len(page.all("span", class_="visually-hidden")) == 2


def test_the_tag_escapes() -> None:
    html = shown("<b>", "<script>")

    assert "<script>" not in html
    assert "&lt;b&gt;" in html
    assert "&lt;script&gt;" in html
