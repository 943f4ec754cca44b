"""The field for mobile numbers: one reading, one widget and the same sentences in every form."""

import pytest
from django.core.exceptions import ValidationError

from gwonseon.messaging.fields import MobileField


@pytest.mark.parametrize(
    "typed",
    [
        "01000001234",
        " 010-0000-1234 ",
        "+82 10 0000 1234",
        "０１０－００００－１２３４",
        "010.0000.1234",
    ],
)
def test_a_mobile_number_becomes_eleven_digits(typed: str) -> None:
    assert MobileField().clean(typed) == "01000001234"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "휴대전화번호를 적어 주세요."),
        ("   ", "휴대전화번호를 적어 주세요."),
        ("031-228-6114", "문자를 받을 수 없는 번호"),
        ("010-1234-567", "숫자 여덟 자리"),
        ("1" * 60, "휴대전화번호가 아닙니다. 010-1234-5678처럼 적어 주세요."),
        ("가\u0301" * 50_000, "휴대전화번호가 아닙니다. 010-1234-5678처럼 적어 주세요."),
    ],
)
def test_what_is_no_mobile_number_gets_one_sentence(typed: str, said: str) -> None:
    with pytest.raises(ValidationError) as error:
        MobileField().clean(typed)
    (sentence,) = error.value.messages
    assert said in sentence


def test_a_number_that_need_not_be_typed_may_be_left_out() -> None:
    assert MobileField(required=False).clean("") == ""


def test_phones_show_digits_and_fill_in_their_own_number_only_where_it_is_asked_for() -> None:
    for field, autocomplete in (
        (MobileField(), "off"),
        (MobileField(autocomplete="tel-national"), "tel-national"),
    ):
        shown = field.widget.render("number", "")
        assert 'type="tel"' in shown
        assert 'maxlength="50"' in shown
        assert f'autocomplete="{autocomplete}"' in shown
