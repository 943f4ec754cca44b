"""Links in mails that turn a kind of reminder off, for who is not signed in."""

import pytest
from django.test import Client
from django.urls import reverse

from gwonseon.office.models import User
from plans.reminders.links import mute_token, read_mute_token
from plans.reminders.models import Mute
from tests.factories.office import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return UserFactory(email="person@portal.example")


def url_of(token: str) -> str:
    return reverse("reminders_public:mute", args=[token])


def test_a_token_is_read_back_and_cannot_be_made_up() -> None:
    token = mute_token(12, "updates-waiting")
    assert token.isascii()
    assert read_mute_token(token) == (12, "updates-waiting")
    signature = token.rpartition(".")[2]
    for wrong in ("", "예시", "12.updates", f"13.updates-waiting.{signature}", f"{token}x"):
        assert read_mute_token(wrong) is None


def test_opening_a_link_changes_nothing_and_names_nobody(client: Client, person: User) -> None:
    url = url_of(mute_token(person.pk, "updates"))
    page = client.get(url)

    assert "「추진상황 쓰기」 알림을 그만 받으시겠습니까?" in page.text
    assert person.name not in page.text
    assert person.email not in page.text
    assert client.head(url).status_code == 405
    assert not Mute.objects.exists()


def test_the_button_turns_one_kind_off_once(person: User) -> None:
    """A browser without cookies may do it, too."""
    client = Client(enforce_csrf_checks=True)
    url = url_of(mute_token(person.pk, "updates"))
    for _twice in range(2):
        assert client.post(url).status_code == 302

    assert list(Mute.objects.values_list("person", "rule")) == [(person.pk, "updates")]
    page = client.get(url)
    assert "「추진상황 쓰기」 알림을 껐습니다" in page.text
    assert reverse("reminders:settings") in page.text


def test_a_wrong_link_says_what_else_to_do(client: Client, person: User) -> None:
    closed = UserFactory(closed=True)
    tokens = (
        "예시",
        mute_token(person.pk, "updates")[:-1],
        mute_token(person.pk, "없는 것"),
        mute_token(closed.pk, "updates"),
        mute_token(0, "updates"),
    )
    for token in tokens:
        for answer in (client.get(url_of(token)), client.post(url_of(token))):
            assert answer.status_code == 404
            assert "로그인해서 「알림 설정」에서 끄세요" in answer.text
    assert not Mute.objects.exists()
