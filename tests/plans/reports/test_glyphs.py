"""Texts in characters that the fonts of a PDF have."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.reports.formats.glyphs import CLUSTER, MARKS, REPLACEMENT, characters, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "2021년 「권선」 權善區 ㎡ ㎍/㎥ ① ❍ ► ☑ ☐ ✔ ｢｣ 🙂",
            "2021년 「권선」 權善區 ㎡ ㎍/㎥ ① ❍ ► ☑ ☐ ✔ ｢｣ 🙂",
        ),
        ("\uf06c 가 \uf09f 나 \uf0fe", "● 가 • 나 ☑"),
        ("\uf53a글", "\u1112\u119e\u11ab글"),
        ("\ue000가\U000f0000", "〓가〓"),
        ("한글", "한글"),
        ("가\r\n나\r다\u2028라\v마", "가\n나\n다\n라\n마"),
        ("가\t나\u00a0다\u2009라", "가 나\u00a0다 라"),
        ("가\u200b나\ufeff다\u00ad라\u202e마", "가나다라마"),
        ("☑\ufe0f 1\ufe0f\u20e3", "☑ 1\u20e3"),
        ("👨\u200d👩", "👨👩"),
        ("\0\x07가\ud800", "가〓"),
        ("สวัสดี", "〓〓〓〓"),
        ("가\u0e31", "가"),
        ("", ""),
    ],
)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text())
def test_every_character_has_a_glyph_in_one_font_with_its_marks(text: str) -> None:
    shown = printable(text)
    for cluster in CLUSTER.findall(shown):
        assert any(family.issuperset(cluster) for family in characters()) or cluster == ""
    assert printable(shown) == shown


def test_all_of_hangul_and_no_private_character() -> None:
    korean = characters()[0]
    assert korean.issuperset(map(chr, range(0xAC00, 0xD7A4)))
    assert korean.issuperset(REPLACEMENT + "□○-※…")
    assert not any(unicodedata.category(one) == "Co" for family in characters() for one in family)
    assert not any(unicodedata.category(one).startswith("M") for one in korean - set(MARKS))
