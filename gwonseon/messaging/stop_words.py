"""Whether a reply asks for no more messages.

It does if it begins with a word that says so, which may have a verb's ending (거부합니다). A reply
does not if it begins with another word or a longer one (그만큼, 중지된), or takes the word back
(수신거부 취소). 그만 means 「just then」 as well: what follows it must ask for something.
"""

import re

from gwonseon.fields.words import composed

SUBJECTS = "수신|문자|문자수신|발송|구독"
WORDS = f"stop|unsubscribe|(?:{SUBJECTS})?(?:거부|거절|중지|중단|해지)"
JUST_THEN = "그만"
ENDINGS = (
    "를|요|이요|임|입니다|함|합니다|해|해요|해라|해줘|해줘요|해주세요|해주십시오|하세요|하십시오|하라|"
    "할게요|할래요|하겠습니다|바람|바랍니다|원함|원합니다|"
    "(?:부탁|요청|신청|희망)(?:해요|함|합니다|드려요|드립니다)?"
)
STOP = re.compile(f"(?:{WORDS}|{JUST_THEN})(?:{ENDINGS})?")
# How a reply goes on that takes the word back.
TAKEN_BACK = re.compile(
    "(?:신청|요청|처리)?"
    "(?:취소|해제|철회|아니|아닙|아님|없|않|하지(?:마|말|않)|안(?:하|함|합|할|해))"
)
# How a reply goes on that asks for something.
ASKING = re.compile(
    "그만|좀|제발|문자|알림|연락|소식|보내|보냅|받|오게|와요|주세요|하고|하세요|하시|할게|할래|합시|해요|"
    "해주|해줘|부탁|요청|바랍|원합|원해"
)
# Letters and digits, without the two that cannot be seen.
PART = re.compile(r"[^\W_\N{HANGUL CHOSEONG FILLER}\N{HANGUL JUNGSEONG FILLER}]+")
# No word is longer, even with a blank after each of its letters.
MOST_PARTS = 12


def asks_to_stop(text: str) -> bool:
    """Return whether a reply asks for no more messages, however it is spaced and punctuated."""
    parts = PART.findall(composed(text, "NFKC").casefold())
    return any(
        is_stop("".join(parts[:length]), "".join(parts[length:]))
        for length in range(1, min(len(parts), MOST_PARTS) + 1)
    )


def is_stop(beginning: str, rest: str) -> bool:
    """Return whether the beginning is a word that stops, and the rest does not take it back."""
    word = STOP.fullmatch(beginning)
    if word is None or TAKEN_BACK.match(rest):
        return False
    return beginning != JUST_THEN or not rest or bool(ASKING.match(rest))
