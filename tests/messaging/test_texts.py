"""Lengths of texts, as gateways count them, and what cannot be sent."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gwonseon.messaging.texts import TextKind, is_sendable, length, measure, normal, sendable


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("가", 2),
        ("a1 ", 3),
        ("가나다 abc", 10),
        ("가\n나", 5),
        ("가\r\n나", 5),
        ("가\r나", 5),
        ("“권선구”", 10),
        ("㎍/㎥", 5),
        ("①", 2),
        ("a\N{IDEOGRAPHIC SPACE}", 3),
        (unicodedata.normalize("NFD", "권선구"), 6),
    ],
)
def test_bytes_are_those_of_cp949(text: str, size: int) -> None:
    assert measure(text).bytes == size
    assert not measure(text).problems


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("가" * 45, TextKind.SMS),
        ("가" * 45 + "a", TextKind.LMS),
        ("a" * 90, TextKind.SMS),
        ("a" * 91, TextKind.LMS),
        ("가" * 44 + "\r\n\r\n", TextKind.SMS),
        ("가" * 1_000, TextKind.LMS),
    ],
)
def test_a_text_above_90_bytes_is_a_long_one(text: str, kind: TextKind) -> None:
    assert measure(text).kind is kind
    assert not measure(text).problems


def test_a_text_above_2000_bytes_says_by_how_much() -> None:
    (problem,) = measure("가" * 1_000 + "나다").problems

    assert problem.sentence == "문자는 2,000바이트까지 보낼 수 있습니다. 4바이트를 줄여 주세요."


def test_a_title_has_at_most_40_bytes() -> None:
    long = "가" * 46

    assert not measure(long, "제" * 20).problems
    (problem,) = measure(long, "제" * 20 + "!").problems
    assert problem.sentence == "제목은 40바이트까지 보낼 수 있습니다. 1바이트를 줄여 주세요."


def test_a_short_text_has_no_title() -> None:
    assert not measure("가", "제" * 30).problems


def test_a_title_with_what_cannot_be_sent_is_named() -> None:
    (problem,) = measure("가" * 46, "알림 – 봄").problems

    assert problem.character == "–"


@pytest.mark.parametrize("text", ["", "  ", "\r\n"])
def test_an_empty_text_is_refused(text: str) -> None:
    assert any("글을 적어" in problem.sentence for problem in measure(text).problems)


@pytest.mark.parametrize(
    ("character", "offer"),
    [
        ("\N{NO-BREAK SPACE}", " "),
        ("\t", " "),
        ("\N{THIN SPACE}", " "),
        ("–", "-"),
        ("—", "-"),
        ("‑", "-"),
        ("•", "·"),
        ("・", "·"),
        ("„", '"'),
        ("é", "e"),
        ("Ü", "U"),
        ("ﬁ", "fi"),
        ("₩", "￦"),
        ("©", "(c)"),
        ("〜", "～"),
        ("\N{LINE SEPARATOR}", "\n"),
        ("\N{ZERO WIDTH SPACE}", ""),
        ("\N{ZERO WIDTH NO-BREAK SPACE}", ""),
        ("\x00", ""),
        ("😀", ""),
        ("👨‍👩‍👧", ""),
        ("❤️", ""),
        ("🇰🇷", ""),
        ("똠", None),
        ("펲", None),
        ("𠀀", None),
        ("\ue000", None),
    ],
)
def test_what_cannot_be_sent_is_named_with_a_near_one(character: str, offer: str | None) -> None:
    (problem,) = measure(f"가{character}나{character}다").problems

    assert (problem.character, problem.offer) == (character, offer)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a–b", "「–」 글자는 문자로 보낼 수 없습니다. 「-」 글자로 바꿔 주세요."),
        (
            "a\N{NO-BREAK SPACE}b",
            "「묶는 빈칸」 글자는 문자로 보낼 수 없습니다. 「빈칸」 글자로 바꿔 주세요.",
        ),
        ("a😀b", "「😀」 글자는 문자로 보낼 수 없습니다. 빼 주세요."),
        ("a\u200db", "「U+200D」 글자는 문자로 보낼 수 없습니다. 빼 주세요."),
        ("똠양꿍", "「똠」 글자는 문자로 보낼 수 없습니다. 다른 말로 바꿔 주세요."),
    ],
)
def test_the_sentence_says_how_to_put_it_right(text: str, sentence: str) -> None:
    assert [problem.sentence for problem in measure(text).problems] == [sentence]


def test_a_syllable_outside_of_ks_x_1001_is_not_counted_as_eight_bytes() -> None:
    assert measure("똠").bytes == 2


def test_a_text_with_its_offers_can_be_sent() -> None:
    assert sendable("봄\N{NO-BREAK SPACE}– café 😀•끝\r\n") == "봄 - cafe ·끝\n"


@given(st.text())
def test_what_is_offered_can_be_sent_and_counts_as_much(text: str) -> None:
    offered = sendable(text)

    assert measure(text).bytes == measure(offered).bytes
    for problem in measure(offered).problems:
        assert problem.offer is None


@given(st.text())
def test_what_has_no_problem_is_cp949_of_the_same_length(text: str) -> None:
    if measure(text).problems:
        return
    assert len(normal(text).encode("cp949")) == measure(text).bytes
    assert all(map(is_sendable, normal(text)))


@given(st.text(), st.text())
def test_lengths_add_up(one: str, other: str) -> None:
    assert length(one + other) == length(one) + length(other)
