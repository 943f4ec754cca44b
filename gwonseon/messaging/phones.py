"""Mobile numbers as people write them."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gwonseon.fields.words import composed

KOREA = 82
MOBILE = "010"
DIGITS = 11


def mobile_number(text: str) -> str:
    """Return a Korean mobile number as eleven digits (01012345678).

    Dashes, spaces, full-width digits and +82 are understood. Raises ValidationError with a sentence
    for anything that no text message reaches.
    """
    try:
        parsed = phonenumbers.parse(composed(text, "NFKC"), "KR")
    except phonenumbers.NumberParseException:
        raise ValidationError(
            _("휴대전화번호가 아닙니다. 010-1234-5678처럼 적어 주세요.")
        ) from None
    if parsed.country_code != KOREA:
        raise ValidationError(
            _("외국 번호로는 문자를 보내지 않습니다. 국내 휴대전화번호를 적어 주세요.")
        )
    number = f"0{parsed.national_number}"
    if parsed.extension or not number.startswith("01"):
        raise ValidationError(
            _("문자를 받을 수 없는 번호입니다. 010으로 시작하는 휴대전화번호를 적어 주세요.")
        )
    if not number.startswith(MOBILE):
        raise ValidationError(
            _("011, 016, 017, 018, 019 번호는 더 쓰이지 않습니다. 010 번호를 적어 주세요.")
        )
    if len(number) != DIGITS:
        raise ValidationError(
            _("010 다음에 숫자 여덟 자리가 있어야 합니다. 010-1234-5678처럼 적어 주세요.")
        )
    return number


def masked(number: str) -> str:
    """Return a mobile number without its middle (010-****-5678)."""
    return f"{number[:3]}-****-{number[-4:]}"
