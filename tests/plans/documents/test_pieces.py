import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.documents.pieces import clean, cut, locate


def titles(text: str, *, colon: bool) -> list[str]:
    return [clean(title) for _lead, title in cut(text, colon=colon)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("과제 : 순찰, 점검", ["과제", "순찰", "점검"]),
        ("과제: 순찰，점검、캠페인", ["과제", "순찰", "점검", "캠페인"]),
        ("과제, 그리고 또", ["과제, 그리고 또"]),
        ("과제 : 「가, 나」, 다(라, 마)", ["과제", "「가, 나」", "다(라, 마)"]),
        ("과제(10:30, 1회) : 순찰", ["과제(10:30, 1회)", "순찰"]),
        ("10:30 순찰 운영", ["10:30 순찰 운영"]),
        ("과제 : 1,000그루 심기, 2부", ["과제", "1,000그루 심기", "2부"]),
        ("과제 : 순찰, ", ["과제", "순찰"]),
        ("과제 :", ["과제"]),
        ("과제(열린 괄호 : 순찰, 점검", ["과제(열린 괄호", "순찰", "점검"]),
        ("민·관·경 : 가·나, 다", ["민·관·경", "가·나", "다"]),
    ],
)
def test_an_initiatives_list_is_split_into_titles(text: str, expected: list[str]) -> None:
    assert titles(text, colon=True) == expected


def test_a_list_in_a_line_is_split_at_commas_only() -> None:
    assert titles("가: 나, 다(월 1회, 2회), 라", colon=False) == ["가: 나", "다(월 1회, 2회)", "라"]


ODD = st.text(alphabet="가나A1 ,:：，、()「」[]·\u3000\n", max_size=60)


@given(ODD, st.booleans())
def test_the_pieces_joined_are_the_line(text: str, colon: bool) -> None:
    pieces = cut(text, colon=colon)

    if clean(text):
        assert "".join(lead + title for lead, title in pieces) == text or text.strip() != text
        assert all(clean(title) for _lead, title in pieces) or not colon


@pytest.mark.parametrize(
    ("text", "named", "expected"),
    [
        ("가 및 나 운영", ["가", "나 운영"], [("", "가"), (" 및 ", "나 운영")]),
        ("가  나, 다", ["가 나", "다"], [("", "가  나"), (", ", "다")]),
    ],
)
def test_a_line_is_split_at_the_titles_that_notes_name(
    text: str, named: list[str], expected: list[tuple[str, str]]
) -> None:
    assert locate(text, named) == expected


@pytest.mark.parametrize("named", [["가"], ["가", "다"], ["나", "가"], []])
def test_named_titles_must_cover_the_whole_line(named: list[str]) -> None:
    assert locate("가 및 나", named) is None
