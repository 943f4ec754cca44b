"""Names and telephone numbers, read in the same way by every form."""

import pytest
from django.core.exceptions import ValidationError

from gwonseon.fields.names import Names
from gwonseon.fields.phones import PhoneField, read_phone
from gwonseon.office.models import Dong, User
from gwonseon.office.names import names_of
from tests.factories.office import DepartmentFactory, UserFactory


def test_a_name_is_found_whatever_its_spaces_and_capitals() -> None:
    names: Names[int] = Names()
    names.add(1, "Wi-Fi 존")
    assert names.find("wi-fi존") == names.find(" ＷＩ-ＦＩ 존 ") == 1


def test_names_that_differ_only_in_spaces_are_ambiguous() -> None:
    names: Names[int] = Names()
    names.add(1, "가2")
    names.add(2, "가 2")
    assert names.find("가 2") == 2
    with pytest.raises(ValidationError, match="「가2」, 「가 2」 가운데"):
        names.find("가  2")


def test_a_similar_name_is_suggested() -> None:
    names: Names[int] = Names()
    names.add(1, "권선1동")
    names.add(2, "서둔동")
    with pytest.raises(ValidationError, match="혹시 「권선1동」입니까"):
        names.find("권선1돈")
    with pytest.raises(ValidationError, match="「목록」 시트에 있는 대로"):
        names.find("없는 곳")


@pytest.mark.django_db
def test_a_dong_is_found_without_its_ending() -> None:
    names = names_of(Dong.objects.all())
    assert str(names.find("입북")) == str(names.find("입북동")) == "입북동"
    assert str(names.find("세류 1동")) == "세류1동"


@pytest.mark.django_db
def test_a_unique_person_is_found_and_several_are_listed_with_departments() -> None:
    one = UserFactory(name="예시 하나", username="one", department=DepartmentFactory(name="예시과"))
    assert names_of(User.objects.all()).find("예시 하나") == one
    other = UserFactory(
        name="예시 하나", username="two", department=DepartmentFactory(name="다른과")
    )
    people = User.objects.select_related("department").order_by("pk")

    with pytest.raises(ValidationError) as error:
        names_of(people).find("예시 하나")
    offered = "「예시 하나 (one)」 예시과, 「예시 하나 (two)」 다른과"
    assert offered in error.value.message
    assert names_of(people).find("예시 하나 (two)") == other
    assert names_of(people).find("예시 하나 (다른과)") == other

    User.objects.filter(pk=other.pk).update(is_active=False, closed_on="2021-01-01")
    assert names_of(people.all()).find("예시 하나") == one


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0312286114", "031-228-6114"),
        ("031) 228-6114", "031-228-6114"),
        ("０３１-２２８-６１１４", "031-228-6114"),
        ("02 120 1234", "02-120-1234"),
        ("01012345678", "010-1234-5678"),
        ("05051234567", "0505-123-4567"),
        ("1588-1234", "1588-1234"),
        ("120", "120"),
    ],
)
def test_telephone_numbers_are_written_in_one_way(text: str, number: str) -> None:
    assert read_phone(text) == number


@pytest.mark.parametrize("text", ["312286114", "31-228-6114", "21201234"])
def test_a_telephone_number_without_its_first_zero_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="맨 앞의 0이 빠진 번호 같습니다"):
        read_phone(text)


@pytest.mark.parametrize(
    "text", ["02-1234-567", "010-1234-567", "031-228-61141", "031-22-86114", "031-228-6114①"]
)
def test_a_telephone_number_with_a_digit_too_few_or_many_is_not_regrouped(text: str) -> None:
    with pytest.raises(ValidationError, match="전화번호로 읽을 수 없습니다"):
        read_phone(text)


@pytest.mark.parametrize("text", ["031-228-6114~5", "없음", "228", "+1 202 555 0100", "0" * 40])
def test_an_invalid_telephone_number_gets_a_sentence(text: str) -> None:
    with pytest.raises(ValidationError, match="전화번호로 읽을 수 없습니다"):
        PhoneField().clean(text)
