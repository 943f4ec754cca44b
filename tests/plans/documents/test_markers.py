import pytest

from plans.documents.markers import DEFAULTS, Markers, MarkersError, Rank, guess

THIS_DOCUMENT, USUAL = DEFAULTS


@pytest.mark.parametrize(
    ("line", "lead", "rank", "text"),
    [
        ("□ 목표", "□ ", Rank.GOAL, "목표"),
        ("ㅁ 목표", "ㅁ ", Rank.GOAL, "목표"),
        ("  □목표", "  □", Rank.GOAL, "목표"),
        ("○ 과제", "○ ", Rank.INITIATIVE, "과제"),
        ("ㅇ 과제", "ㅇ ", Rank.INITIATIVE, "과제"),
        ("◦ 과제", "◦ ", Rank.INITIATIVE, "과제"),
        ("o 과제", "o ", Rank.INITIATIVE, "과제"),
        (" - 활동", " - ", Rank.ACTIVITY, "활동"),
        ("– 활동", "– ", Rank.ACTIVITY, "활동"),
        ("‐ 활동", "‐ ", Rank.ACTIVITY, "활동"),
        ("· 활동", "· ", Rank.ACTIVITY, "활동"),
        ("ㆍ활동", "ㆍ", Rank.ACTIVITY, "활동"),
        ("※ 참고", "※ ", Rank.NOTE, "참고"),
        ("  * 참고", "  * ", Rank.NOTE, "참고"),
    ],
)
def test_similar_signs_have_the_usual_markers_rank(
    line: str, lead: str, rank: Rank, text: str
) -> None:
    assert USUAL.split(line) == (lead, rank, text)


def test_a_dash_before_a_marker_is_a_list_sign() -> None:
    assert THIS_DOCUMENT.split("- ▶ 과제") == ("- ▶ ", Rank.INITIATIVE, "과제")
    assert THIS_DOCUMENT.split(" - 활동") == (" - ", Rank.ACTIVITY, "활동")


@pytest.mark.parametrize("line", ["제목", "ㅇㅇ동 행사", "office", "-5도 이하", "□", "- -", ""])
def test_a_letter_a_minus_or_a_bare_sign_is_no_marker(line: str) -> None:
    assert USUAL.split(line) is None


@pytest.mark.parametrize(
    ("signs", "sentence"),
    [
        ("□ ○", "3개나 4개"),
        ("□ ○ - ※ *", "3개나 4개"),
        ("□ □ -", "두 번"),
        ("□ 가 -", "기호 한 글자"),
        ("□ ○○ -", "기호 한 글자"),
    ],
)
def test_invalid_marker_lists_are_refused(signs: str, sentence: str) -> None:
    with pytest.raises(MarkersError, match=sentence):
        Markers.of(signs)


def test_the_markers_are_guessed_by_the_initiatives_sign() -> None:
    assert guess(["□ 목표", "- ▶ 과제"]) is THIS_DOCUMENT
    assert guess(["□ 목표", " ㅇ 과제", "  - 활동"]) is USUAL
