"""The residents' pages below /my/: a door, a code, a copy, and stopping, without an account."""

import json
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from gwonseon.messaging.models import Message, Suppression
from gwonseon.messaging.sealing import digest
from gwonseon.messaging.stop_links import token_of
from gwonseon.office.models import Dong
from gwonseon.residents.models import Resident, Visit
from tests.factories.residents import (
    NUMBER,
    begun_visit,
    last_code,
    messages_to,
    resident,
    sender,
    subscriber,
    to_many,
    wrong_code,
)

pytestmark = pytest.mark.django_db

DOOR, CODE, HOME, CHOOSE = "/my/number/", "/my/code/", "/my/", "/my/choose/"
COPY, STOP, STOPPED, LEAVE = "/my/copy/", "/my/stop/", "/my/stopped/", "/my/leave/"
CHOICES = {"pillars": ["safety"], "news": ["notice"], "agree_collect": "on", "agree_age": "on"}


def sign_in(client: Client, number: str = NUMBER) -> HttpResponse:
    """Go through the door with a number; return the answer to the code."""
    sender()
    client.post(DOOR, {"number": number})
    return client.post(CODE, {"code": last_code(number)})


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_a_resident_signs_in_chooses_sees_changes_copies_and_stops(client: Client) -> None:
    sender()
    answer = client.post(DOOR, {"number": "010-0000-1234"})
    assert answer["Location"] == CODE
    assert "010-****-1234" in text_of(client.get(CODE))
    assert sign_in(client)["Location"] == HOME
    assert client.get(HOME)["Location"] == CHOOSE

    dong = Dong.objects.first()
    answer = client.post(CHOOSE, CHOICES | {"dong": dong.pk, "agree_dong": "on"})
    assert answer["Location"] == f"{HOME}?saved"
    page = text_of(client.get(answer["Location"]))
    assert "저장했습니다" in page
    assert "010-****-1234" in page
    assert NUMBER not in page
    assert dong.name in page

    client.post(CHOOSE, CHOICES | {"pillars": ["culture"]})
    assert dong.name not in text_of(client.get(HOME))

    copy = client.get(COPY)
    assert copy["Content-Disposition"] == 'attachment; filename="my.json"'
    known = json.loads(copy.content)
    assert known["휴대전화번호"] == NUMBER
    assert known["받아 보는 소식"]["분야"] == ["문화"]
    assert [line["한 일"] for line in known["동의 이력"]] == ["동의", "동의", "동의", "철회"]

    assert client.get(STOP).status_code == HTTPStatus.OK
    assert Resident.objects.exists()
    assert client.post(STOP)["Location"] == STOPPED
    assert "멈추었습니다" in text_of(client.get(STOPPED))
    assert not Resident.objects.exists()
    assert client.get(HOME)["Location"] == DOOR


def test_no_number_and_no_code_is_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    sign_in(client)
    code = last_code()
    client.post(CHOOSE, CHOICES)
    client.post(DOOR, {"number": "031-228-6114"})
    client.post(STOP)
    said = [one.getMessage() for one in caplog.records if one.name != "django.db.backends"]
    assert not [one for one in said if NUMBER[3:] in one or code in one or "228-6114" in one]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "휴대전화번호를 적어 주세요."),
        ("031-228-6114", "문자를 받을 수 없는 번호"),
        ("+1 202 555 0123", "외국 번호"),
        ("011-234-5678", "더 쓰이지 않습니다"),
        ("016-234-5678", "더 쓰이지 않습니다"),
        ("017-234-5678", "더 쓰이지 않습니다"),
        ("010-1234-567", "숫자 여덟 자리"),
        ("전화번호", "휴대전화번호가 아닙니다"),
        ("1" * 60, "휴대전화번호가 아닙니다"),
    ],
)
def test_a_number_that_no_message_reaches_gets_a_sentence(
    client: Client, typed: str, said: str
) -> None:
    sender()
    answer = client.post(DOOR, {"number": typed})
    assert said in text_of(answer)
    assert not Message.objects.exists()
    assert "my" not in answer.cookies


@pytest.mark.parametrize(
    "typed", ["01000001234", "+82 10 0000 1234", "010 0000 1234", "０１０－００００－１２３４"]
)
def test_a_number_is_understood_as_people_write_it(client: Client, typed: str) -> None:
    sender()
    client.post(DOOR, {"number": typed})
    assert messages_to(NUMBER).count() == 1


def test_a_known_number_gets_the_same_page_with_the_same_queries(client: Client) -> None:
    sender()

    def asked(number: str) -> tuple[int, str, str, int]:
        visitor = Client()
        with CaptureQueriesContext(connection) as queries:
            answer = visitor.post(DOOR, {"number": number})
            page = visitor.get(CODE)
        text = text_of(page).replace(number[-4:], "").split("csrfmiddlewaretoken")
        return len(queries), answer["Location"], text[0] + text[1][80:], page.status_code

    unknown = asked("01000005555")
    resident()
    assert asked(NUMBER) == unknown


def test_a_portal_to_try_says_where_the_code_can_be_read(client: Client) -> None:
    sender()
    client.post(DOOR, {"number": NUMBER})
    page = text_of(client.get(CODE))
    assert "010-****-1234 번호로 문자를 보내지 않고 적어 두기만 했으니" in page
    assert '<a href="/staff/messages/">「문자 발송」</a>' in page
    assert "보냈습니다" not in page
    assert "스팸 문자함" not in page


def test_a_portal_that_sends_says_that_it_sent_the_code(client: Client, settings: Settings) -> None:
    settings.SMS_GATEWAY = "bizgo"
    sender()
    client.post(DOOR, {"number": NUMBER})
    page = text_of(client.get(CODE))
    assert "010-****-1234 번호로 인증번호를 보냈습니다." in page
    assert "스팸 문자함" in page
    assert "시험하는 포털" not in page
    assert "/staff/messages/" not in page


def test_a_wrong_code_gets_a_sentence_and_opens_nothing(client: Client) -> None:
    sender()
    client.post(DOOR, {"number": NUMBER})
    assert "맞지 않습니다" in text_of(client.post(CODE, {"code": wrong_code()}))
    assert "숫자 여섯 자리" in text_of(client.post(CODE, {"code": "12345"}))
    assert client.get(HOME)["Location"] == DOOR
    assert client.post(CODE, {"code": f"{last_code()[:3]} {last_code()[3:]}"})["Location"] == HOME


def test_a_limit_is_said_in_a_sentence(client: Client) -> None:
    for _time in range(3):
        begun_visit()
    assert "여러 번" in text_of(client.post(DOOR, {"number": NUMBER}))


def test_without_a_sender_number_the_door_says_so(client: Client) -> None:
    assert "발신번호" in text_of(client.post(DOOR, {"number": NUMBER}))


@pytest.mark.parametrize("https", [False, True])
def test_the_cookie_is_of_these_pages_only(client: Client, settings, https: bool) -> None:  # noqa: ANN001
    sender()
    settings.HTTPS = https
    cookie = client.post(DOOR, {"number": NUMBER}).cookies["my"]
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == ("/my/", "Lax", True)
    assert bool(cookie["secure"]) == https
    assert not cookie["max-age"]


def test_a_verified_visitor_has_another_key_than_before(client: Client) -> None:
    sender()
    before = client.post(DOOR, {"number": NUMBER}).cookies["my"].value
    after = client.post(CODE, {"code": last_code()}).cookies["my"].value
    assert before != after
    stranger = Client()
    stranger.cookies["my"] = before
    assert stranger.get(HOME)["Location"] == DOOR


def test_residents_never_get_djangos_session(client: Client) -> None:
    sign_in(client)
    client.post(CHOOSE, CHOICES)
    client.get(HOME)
    client.get(COPY)
    client.post(STOP)
    assert settings.SESSION_COOKIE_NAME not in client.cookies
    assert "messages" not in client.cookies
    assert not settings.CSRF_USE_SESSIONS


def test_published_pages_are_kept_for_residents(client: Client) -> None:
    with_settings = client.get("/privacy/")
    sign_in(client)
    client.post(CHOOSE, CHOICES)
    client.get(CHOOSE)
    assert {"my", "csrftoken"} <= set(client.cookies)
    answer = client.get("/privacy/", headers={"If-None-Match": with_settings["ETag"]})
    assert answer.status_code == HTTPStatus.NOT_MODIFIED


@pytest.mark.parametrize("url", [DOOR, CODE, HOME, CHOOSE, COPY, STOP, STOPPED])
def test_no_page_is_stored_by_anybody(client: Client, url: str) -> None:
    assert "no-store" in client.get(url)["Cache-Control"]
    sign_in(client)
    client.post(CHOOSE, CHOICES)
    assert "no-store" in client.get(url)["Cache-Control"]


@pytest.mark.parametrize("url", [HOME, CHOOSE, COPY, STOP, LEAVE])
def test_a_number_that_is_not_verified_opens_nothing(client: Client, url: str) -> None:
    sender()
    subscriber()
    client.post(DOOR, {"number": NUMBER})
    for method in (client.get, client.post):
        answer = method(url)
        if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            assert answer["Location"] == DOOR
    assert Resident.objects.exists()


def test_a_visit_ends_after_half_an_hour_without_a_request(client: Client) -> None:
    sign_in(client)
    Visit.objects.update(seen_at=timezone.now() - timedelta(minutes=29))
    assert client.get(CHOOSE).status_code == HTTPStatus.OK
    assert timezone.now() - Visit.objects.get().seen_at < timedelta(minutes=1)
    Visit.objects.update(seen_at=timezone.now() - timedelta(minutes=30))
    assert client.get(CHOOSE)["Location"] == DOOR


def test_who_leaves_must_verify_again(client: Client) -> None:
    sign_in(client)
    key = client.cookies["my"].value
    assert client.post(LEAVE)["Location"] == "/"
    client.cookies["my"] = key
    assert client.get(HOME)["Location"] == DOOR


def test_forms_need_their_token() -> None:
    sender()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(DOOR, {"number": NUMBER}).status_code == HTTPStatus.FORBIDDEN
    assert not Message.objects.exists()


def link_of(number: str = NUMBER) -> str:
    """Return the stop link of a new message to many."""
    message = to_many(number).messages.get()
    return f"/my/stop/{token_of(message.pk)}/"


def test_a_link_stops_without_a_code_once() -> None:
    subscriber()
    url = link_of()
    phone = Client(enforce_csrf_checks=True)
    assert 'type="submit">그만 받기' in text_of(phone.get(url))
    assert Resident.objects.exists()
    assert phone.post(url)["Location"] == url
    assert not Resident.objects.exists()
    page = text_of(phone.get(url))
    assert "멈추었습니다" in page
    assert 'type="submit">그만 받기' not in page

    subscriber()
    assert phone.post(url)["Location"] == url
    assert Resident.objects.exists()


def test_a_link_stops_a_number_that_is_no_residents(client: Client) -> None:
    url = link_of("01000008888")
    assert 'type="submit">그만 받기' in text_of(client.get(url))
    client.post(url)
    assert bytes(Suppression.objects.get().mac) == digest("01000008888")
    assert "멈추었습니다" in text_of(client.get(url))


def test_a_link_names_a_message_and_not_a_number() -> None:
    assert NUMBER[3:] not in link_of()
    assert link_of() != link_of()


@pytest.mark.parametrize("token", ["x", "000000001AAAAAAAAAAAA", "000000001" + "가" * 12])
def test_a_link_that_we_did_not_make_is_not_found(client: Client, token: str) -> None:
    assert client.get(f"/my/stop/{token}/").status_code == HTTPStatus.NOT_FOUND
    assert client.post(f"/my/stop/{token}/").status_code == HTTPStatus.NOT_FOUND


def test_a_link_of_a_message_whose_number_is_forgotten_leads_to_the_door(client: Client) -> None:
    url = link_of()
    Message.objects.update(mac=None)
    assert DOOR in text_of(client.get(url))
    assert client.post(url)["Location"] == url
