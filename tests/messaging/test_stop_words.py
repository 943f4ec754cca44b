"""Which replies ask for no more messages, and which only look as if they did."""

import unicodedata

import pytest

from gwonseon.messaging.stop_words import asks_to_stop


@pytest.mark.parametrize(
    "text",
    [
        "STOP",
        "stop",
        " Stop. ",
        "ＳＴＯＰ",
        "STOP\n",
        "S\u200bTOP",
        "Stop sending me these",
        "unsubscribe",
        "수신거부",
        "수신 거부",
        "수 신 거 부",
        "「수신거부」!!",
        "수신거부ㅤ",
        "거부",
        "그만",
        "그만.",
        "중지",
        "중단",
        "해지",
        "수신거절",
        "구독 해지",
        "문자 수신 거부",
        unicodedata.normalize("NFD", "수신거부"),
    ],
)
def test_a_word_that_stops_may_be_written_as_one_likes(text: str) -> None:
    assert asks_to_stop(text)


@pytest.mark.parametrize(
    "text",
    [
        "수신거부요",
        "거부합니다",
        "중지해주세요",
        "중지해 주세요",
        "중지 부탁드립니다",
        "해지요청",
        "해지를 요청합니다",
        "수신거부 010-0000-1234 예시",
        "수신거부, 더 이상 보내지 마세요",
        "그만요",
        "그만 좀 보내세요",
        "그만 보내 주세요",
        "그만 보내",
        "그만 받을게요",
        "그만, 그만!",
        "그만해",
        "그만하세요",
        "그만 해 주세요",
        "STOP 바랍니다",
    ],
)
def test_a_reply_may_go_on_after_the_word(text: str) -> None:
    assert asks_to_stop(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "ㅤ",
        "...",
        "감사합니다",
        "1",
        "그만큼 좋아졌습니다",
        "그만 깜빡했네요. 언제 하나요?",
        "그만두신 분은 누구인가요",
        "어제 그만 넘어졌어요",
        "비가 그만 왔으면 좋겠네요",
        "중지된 사업은 언제 다시 하나요",
        "공사가 중지되었나요",
        "해지면 불이 켜지나요",
        "stopped",
        "non-stop 버스가 있나요",
        "버스 stop이 어디인가요",
        "거부감이 드는 말입니다",
        "주민이 거부하면 어떻게 되나요",
        "왜 중단했나요",
    ],
)
def test_a_sentence_that_has_the_word_in_another_sense_stops_nothing(text: str) -> None:
    assert not asks_to_stop(text)


@pytest.mark.parametrize(
    "text",
    [
        "수신거부 취소",
        "수신거부취소",
        "수신거부 신청 취소해 주세요",
        "수신거부를 철회합니다",
        "수신거부 아닙니다",
        "거부 안 합니다",
        "해지하지 않습니다",
        "중지 하지 마세요",
        "중단 없이 보내 주세요",
    ],
)
def test_a_reply_that_takes_the_word_back_stops_nothing(text: str) -> None:
    assert not asks_to_stop(text)


@pytest.mark.parametrize(
    "text", ["그만두 " * 50_000, "가\u0301" * 50_000, "거" * 100_000, " " * 99_999]
)
def test_a_long_reply_costs_no_time(text: str) -> None:
    assert not asks_to_stop(text)
