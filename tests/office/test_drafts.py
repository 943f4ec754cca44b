"""Drafts of long texts, stored for their user only."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.test import Client
from django.urls import reverse

from gwonseon.office.actions import discard_drafts, save_draft
from gwonseon.office.drafts import AutosavedTextarea, saved_draft
from gwonseon.office.models import Draft, User
from tests.factories.office import UserFactory
from tests.krds.markup import Markup

URL = reverse("office:draft")
PLACE = "activity:1:story"
NO_PLACE = "어느 자리의 글인지 알 수 없습니다. 화면을 새로 연 뒤 다시 써 주세요."


@pytest.fixture
def user(db: None, client: Client) -> User:
    user = UserFactory()
    client.force_login(user)
    return user


def send(client: Client, text: str, place: str = PLACE) -> tuple[int, dict[str, str]]:
    response = client.post(URL, {"place": place, "text": text})
    assert response["Content-Type"] == "application/json"
    return response.status_code, json.loads(response.content)


def test_a_text_is_kept_and_replaced(user: User, client: Client) -> None:
    send(client, "처음\n")
    status, answer = send(client, " 예시 글\n둘째 줄 ")

    draft = Draft.objects.get()
    assert (status, draft.user, draft.text) == (200, user, " 예시 글\n둘째 줄 ")
    assert answer == {"saved_at": json.loads(DjangoJSONEncoder().encode(draft.saved_at))}


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_text_deletes_the_draft(user: User, client: Client, text: str) -> None:
    send(client, "예시")

    assert send(client, text) == (200, {"saved_at": None})
    assert not Draft.objects.exists()


def test_drafts_are_private_to_each_user(user: User, client: Client) -> None:
    other = UserFactory()
    save_draft(user=other, place=PLACE, text="남의 글")

    send(client, "내 글")
    send(client, "")

    assert saved_draft(user, PLACE) is None
    assert saved_draft(other, PLACE).text == "남의 글"


def test_an_anonymous_request_gets_a_json_answer(db: None, client: Client) -> None:
    assert send(client, "예시") == (401, {"error": "로그인이 끊겼습니다. 다시 로그인해 주세요."})
    assert not Draft.objects.exists()
    assert client.get(URL).status_code == 405
    assert Client(enforce_csrf_checks=True).post(URL, {"place": PLACE}).status_code == 403


@pytest.mark.parametrize("place", ["", "A", "자리", "a b", "../a", "a" * 101, "a\n"])
def test_an_invalid_place_is_refused(user: User, client: Client, place: str) -> None:
    expected = (200, None) if place == "a\n" else (400, NO_PLACE)  # space around it is cut off

    status, answer = send(client, "예시", place)

    assert (status, answer.get("error")) == expected


def test_a_too_long_text_is_refused(user: User, client: Client) -> None:
    assert send(client, "가" * 20_000)[0] == 200
    assert send(client, "가" * 20_001) == (
        400,
        {"error": "글이 20000자보다 길어 자동 저장하지 못합니다. 줄여 주세요."},
    )
    assert send(client, "\0")[0] == 400
    assert len(Draft.objects.get().text) == 20_000


def test_saving_deletes_only_the_saved_draft(user: User) -> None:
    for place in (PLACE, "other", "third"):
        save_draft(user=user, place=place, text="예시")

    discard_drafts(user=user, places=[PLACE, "other", "never"])

    assert Draft.objects.get().place == "third"


@pytest.mark.django_db(transaction=True)
def test_two_windows_saving_at_once_keep_one_draft() -> None:
    user = UserFactory()

    def save(number: int) -> None:
        try:
            save_draft(user=user, place=PLACE, text=f"예시 {number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(save, range(4)))

    assert Draft.objects.get().text.startswith("예시")


def test_the_field_has_its_draft(user: User) -> None:
    class StoryForm(forms.Form):
        story = forms.CharField()

    draft = save_draft(user=user, place=PLACE, text='예시 "글" <b>')
    form = StoryForm(initial={"story": "지금 글"})
    form.fields["story"].widget = AutosavedTextarea(place=PLACE, draft=draft)
    page = Markup(str(form["story"]))

    box = page.one("div", class_="draft")
    assert box.attrs["data-text"] == '예시 "글" <b>'
    assert (box.attrs["data-place"], box.attrs["data-url"]) == (PLACE, URL)
    assert page.one("textarea", name="story").text.strip() == "지금 글"
    assert "hidden" in page.one("div", class_="notice notice-warning draft-offer").attrs

    form.fields["story"].widget = AutosavedTextarea(place=PLACE)
    assert "data-text" not in Markup(str(form["story"])).one("div", class_="draft").attrs


def test_the_script_is_loaded_only_when_signed_in(user: User, client: Client) -> None:
    assert "autosave.js" in client.get(reverse("office:account")).text
    assert "autosave.js" not in Client().get(reverse("office:sign_in")).text
