"""One-time codes: set-up, sign-in, lost phone, removal."""

import logging
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from gwonseon.office import roles
from gwonseon.office.models import District, User
from tests.factories.office import UserFactory, staff
from tests.krds.markup import Markup
from tests.office.codes import SET_UP, begin_set_up, code_of, set_up

ACCOUNT = reverse("office:account")
CODE = reverse("office:code")
PICTURE = reverse("office:code_picture")
REMOVE = reverse("office:code_remove")
WRONG = "번호가 맞지 않습니다. 인증 앱에 지금 보이는 번호를 다시 입력해 주세요."


@pytest.fixture
def user(db: None, client: Client) -> User:
    user = UserFactory()
    client.force_login(user)
    return user


def error(html: str) -> str:
    page = Markup(html)
    return page.words(page.with_id("id_code_error"))


@pytest.mark.parametrize("url", [CODE, SET_UP, PICTURE])
def test_an_anonymous_visitor_is_redirected_to_the_sign_in(
    db: None, client: Client, url: str
) -> None:
    assert client.get(url)["Location"] == f"/staff/sign-in/?next={url}"


def test_codes_are_set_up_by_a_first_code(user: User, client: Client) -> None:
    assert "설정 시작하기" in client.get(SET_UP).text
    assert not TOTPDevice.objects.exists()

    device = begin_set_up(client)
    page = Markup(client.get(SET_UP).text)
    shown = [one.text for one in page.all("span", class_="secret")]
    assert len(shown[0].replace(" ", "")) == 32
    assert {len(group) for group in shown[0].split()} == {4}

    response = client.post(SET_UP, {"code": f" {code_of(device)[:3]} {code_of(device)[3:]} "})
    page = Markup(response.text)
    codes = [one.text for one in page.all("li", class_="secret")]
    assert len(set(codes)) == 10
    assert set(codes) == set(StaticToken.objects.values_list("token", flat=True))
    assert page.one("a", class_="krds-btn primary").attrs["href"] == ACCOUNT
    assert TOTPDevice.objects.get().confirmed
    assert client.get(ACCOUNT).status_code == 200
    assert codes[0] not in client.get(ACCOUNT).text


def test_the_qr_code_is_shown_only_during_set_up(user: User, client: Client) -> None:
    assert client.get(PICTURE).status_code == 404
    begin_set_up(client)

    response = client.get(PICTURE)
    assert response["Content-Type"] == "image/svg+xml"
    assert "no-store" in response["Cache-Control"]
    assert response.content.startswith(b"<?xml")
    assert b"style=" not in response.content

    elsewhere = Client()
    elsewhere.force_login(user)
    assert elsewhere.get(PICTURE).status_code == 404
    assert "설정 시작하기" in elsewhere.get(SET_UP).text


def test_a_wrong_first_code_sets_up_nothing(user: User, client: Client) -> None:
    begin_set_up(client)

    assert error(client.post(SET_UP, {"code": "abc"}).text) == f"오류: {WRONG}"
    assert not TOTPDevice.objects.filter(confirmed=True).exists()
    assert client.get(ACCOUNT).status_code == 200
    assert "번호를 입력해 주세요." in error(client.post(SET_UP, {"code": ""}).text)


def test_after_the_password_the_code_is_asked_for(user: User, client: Client) -> None:
    set_up(user)

    assert client.get(ACCOUNT)["Location"] == f"{CODE}?next={ACCOUNT.replace('/', '%2F')}"
    response = client.post(f"{CODE}?next=/2021/", {"code": code_of(TOTPDevice.objects.get())})

    assert response["Location"] == "/2021/"
    assert client.get(ACCOUNT).status_code == 200
    assert client.get(CODE)["Location"] == ACCOUNT


def test_a_code_works_only_once(user: User, client: Client) -> None:
    set_up(user)
    code = code_of(TOTPDevice.objects.get())
    client.post(CODE, {"code": code})
    elsewhere = Client()
    elsewhere.force_login(user)

    assert error(elsewhere.post(CODE, {"code": code}).text) == f"오류: {WRONG}"
    assert elsewhere.get(ACCOUNT).status_code == 302


def test_a_recovery_code_works_only_once(user: User, client: Client) -> None:
    code = set_up(user)[0]
    written = f"{code[:4].upper()}-{code[4:]}"

    assert client.post(CODE, {"code": written})["Location"] == ACCOUNT
    assert client.get(ACCOUNT).status_code == 200
    elsewhere = Client()
    elsewhere.force_login(user)
    assert error(elsewhere.post(CODE, {"code": written}).text) == f"오류: {WRONG}"


@pytest.mark.parametrize("typed", ["000000", "틀린 번호", "\ufeff", "²³⁴⁵⁶⁷", "-"])
def test_each_wrong_code_doubles_the_wait(user: User, client: Client, typed: str) -> None:
    set_up(user)

    assert WRONG in error(client.post(CODE, {"code": typed}).text)
    again = error(client.post(CODE, {"code": typed}).text)
    assert again in {
        f"오류: 틀린 번호가 이어져 {seconds}초 동안 번호를 받지 않습니다. "
        "기다렸다가 다시 입력해 주세요."
        for seconds in (1, 2)
    }


def test_a_long_wait_is_told_in_minutes_and_passes(user: User, client: Client) -> None:
    set_up(user)
    device = TOTPDevice.objects.filter(user=user)
    device.update(throttling_failure_count=10, throttling_failure_timestamp=timezone.now())
    assert "9분 동안 번호를 받지 않습니다." in error(client.post(CODE, {"code": "000000"}).text)

    device.update(throttling_failure_timestamp=timezone.now() - timedelta(minutes=10))
    assert client.post(CODE, {"code": code_of(device.get())})["Location"] == ACCOUNT


def test_a_recovery_code_works_during_the_wait(user: User, client: Client) -> None:
    recovery = set_up(user)
    client.post(CODE, {"code": "000000"})

    assert client.post(CODE, {"code": recovery[3]}).status_code == 302


def test_a_new_phone_takes_the_place_of_the_old(user: User, client: Client) -> None:
    old_recovery = set_up(user)
    old = TOTPDevice.objects.get()
    client.post(CODE, {"code": code_of(old)})
    device = begin_set_up(client)

    client.post(SET_UP, {"code": code_of(device)})

    assert TOTPDevice.objects.get().pk == device.pk
    assert not StaticToken.objects.filter(token__in=old_recovery).exists()
    assert client.get(ACCOUNT).status_code == 200


def test_a_second_phone_needs_a_code_from_the_first(user: User, client: Client) -> None:
    set_up(user)

    assert client.post(SET_UP)["Location"].startswith(CODE)
    assert client.post(REMOVE)["Location"].startswith(CODE)
    assert TOTPDevice.objects.count() == 1


def test_codes_can_be_removed_unless_a_role_asks_for_them(db: None, client: Client) -> None:
    user = staff(roles.HEAD)
    client.force_login(user)
    recovery = set_up(user)
    client.post(CODE, {"code": recovery[0]})
    District.objects.get().code_roles.add(Group.objects.get(name=roles.HEAD.name))

    assert REMOVE not in client.get(ACCOUNT).text
    assert "관리자에게 문의하세요." in client.post(REMOVE, follow=True).text
    assert TOTPDevice.objects.exists()

    District.objects.get().code_roles.clear()
    assert REMOVE in client.get(ACCOUNT).text
    assert "일회용 번호를 껐습니다." in client.post(REMOVE, follow=True).text
    assert not TOTPDevice.objects.exists()
    assert not StaticDevice.objects.exists()


def test_the_log_contains_keys_but_no_names(
    user: User, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "gwonseon.office")

    recovery = set_up(user)
    client.post(CODE, {"code": "000000"})
    client.post(CODE, {"code": recovery[0]})

    assert [record.getMessage() for record in caplog.records] == [
        f"User {user.pk} set up one-time codes.",
        f"A one-time code of user {user.pk} was refused.",
        f"User {user.pk} gave a recovery code.",
    ]


def test_an_administrator_says_which_roles_need_codes(db: None, client: Client) -> None:
    client.force_login(staff(roles.ADMINISTRATOR))
    Group.objects.create(name="예시 다른 모임")

    page = Markup(client.get("/admin/office/district/1/change/").text)

    offered = {
        one.text.strip() for one in page.all("label") if "code_roles_" in one.attrs.get("for", "")
    }
    assert roles.HEAD.name in offered
    assert "예시 다른 모임" not in offered
