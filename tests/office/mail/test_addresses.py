"""Addresses of staff: typed, refused by a server, tried again."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from gwonseon.fields.mails import read_address
from gwonseon.office import roles
from gwonseon.office.mail.addresses import mark_refused
from gwonseon.office.models import User
from tests.factories.office import UserFactory, staff
from tests.krds.markup import Markup

PEOPLE = reverse("office:people")
ADDRESS = "hong@office.example"


@pytest.fixture
def admin(db: None, client: Client) -> User:
    user = staff(roles.ADMINISTRATOR, name="예시 관리자")
    client.force_login(user)
    return user


@pytest.fixture
def refused(db: None) -> User:
    person = UserFactory(email=ADDRESS)
    assert mark_refused(person=person, address=ADDRESS, code="550")
    person.refresh_from_db()
    return person


def save(client: Client, person: User, email: str) -> str:
    """Save the form of a person with another address; return the page that follows."""
    typed = {"name": person.name, "email": email, "version": person.version}
    answer = client.post(reverse("office:person", args=[person.pk]), typed, follow=True)
    person.refresh_from_db()
    return answer.text


def names(client: Client, **asked: str) -> list[str]:
    page = Markup(client.get(PEOPLE, asked).text)
    return [one.text.strip() for one in page.all("th", scope="row")]


def test_an_address_is_typed_once_and_read_in_one_way(admin: User, client: Client) -> None:
    typed = {"username": "hong", "name": "예시 홍길동", "email": " Hong＠Office.EXAMPLE "}
    client.post(reverse("office:person_add"), typed)
    person = User.objects.get(username="hong")
    assert person.email == "Hong@office.example"

    assert "저장했습니다" in save(client, person, "")
    assert person.email == ""


def test_what_is_no_address_gets_its_sentence(admin: User, client: Client) -> None:
    person = UserFactory(email=ADDRESS)

    page = save(client, person, "홍길동 <hong@office.example>")

    assert "메일 주소가 아닙니다. 이름 없이 주소 하나만" in page
    assert person.email == ADDRESS
    with pytest.raises(Exception, match="메일 주소가 아닙니다"):
        read_address("a@b.example, c@b.example")


def test_a_refused_address_is_found_and_changed(admin: User, client: Client, refused: User) -> None:
    assert names(client, mail="refused") == [refused.name]
    assert names(client, mail="none") == ["예시 관리자"]
    assert "거절됨(코드 550)" in client.get(reverse("office:person", args=[refused.pk])).text

    save(client, refused, ADDRESS)
    assert refused.email_refused_code == "550"

    save(client, refused, "gil-dong@office.example")
    assert (refused.email_refused_at, refused.email_refused_code) == (None, "")
    assert names(client, mail="refused") == []


def test_a_refused_address_is_tried_again(admin: User, client: Client, refused: User) -> None:
    client.post(reverse("office:person_mail_again", args=[refused.pk]))

    refused.refresh_from_db()
    assert refused.email == ADDRESS
    assert (refused.email_refused_at, refused.email_refused_code) == (None, "")


def test_an_address_of_somebody_else_is_not_marked(db: None) -> None:
    person, nobody = UserFactory(email="new@office.example"), UserFactory()

    assert not mark_refused(person=person, address=ADDRESS, code="550")
    assert not mark_refused(person=nobody, address="", code="550")

    assert not User.objects.exclude(email_refused_at=None).exists()


@pytest.mark.parametrize("facts", [{"email": ""}, {"email_refused_at": None}])
def test_a_refusal_is_of_an_address_and_has_a_moment(refused: User, facts: dict[str, None]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=refused.pk).update(**facts)
