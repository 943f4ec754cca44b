"""Steps that a user must finish first, and the pages that stay open before that."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import DjangoAssertNumQueries

from gwonseon.office import roles
from gwonseon.office.models import District, User
from tests.factories.office import UserFactory, staff
from tests.krds.markup import Markup
from tests.office.codes import code_of, set_up

ACCOUNT = reverse("office:account")
CODE = reverse("office:code")
PASSWORD_PAGE = reverse("office:password")
SET_UP = reverse("office:code_set_up")
LOST = "방금 보낸 내용은 저장하지 않았습니다."
NEW = {
    "old_password": "예시 비밀번호 1",
    "new_password1": "예시 새 비밀번호 2",
    "new_password2": "예시 새 비밀번호 2",
}


@pytest.fixture
def head(db: None, client: Client) -> User:
    """A head of department, signed in with the password alone."""
    user = staff(roles.HEAD)
    client.force_login(user)
    return user


def ask_for_codes() -> None:
    District.objects.get().code_roles.add(Group.objects.get(name=roles.HEAD.name))


def step(client: Client, url: str = ACCOUNT) -> str:
    """Return the address of the redirect, without its query string."""
    response = client.get(url)
    return response.get("Location", "").partition("?")[0]


def test_a_user_without_missing_steps_is_not_redirected(head: User, client: Client) -> None:
    assert step(client) == ""


def test_a_temporary_password_is_changed_first(head: User, client: Client) -> None:
    User.objects.update(must_change_password=True)

    response = client.get(f"{ACCOUNT}?예시=1")
    assert response["Location"].startswith(f"{PASSWORD_PAGE}?next=%2Fstaff%2Faccount%2F%3F")
    assert "no-store" in response["Cache-Control"]
    assert "먼저 비밀번호를 바꿔 주세요" in client.get(PASSWORD_PAGE).text
    for url in ("/", "/2021/", "/admin/", SET_UP, reverse("office:people")):
        assert step(client, url) == PASSWORD_PAGE, url

    assert client.post(f"{PASSWORD_PAGE}?next=/guide/", NEW)["Location"] == "/guide/"
    assert step(client) == ""


def test_a_role_requires_codes_of_signed_in_users_too(head: User, client: Client) -> None:
    ask_for_codes()

    assert step(client) == SET_UP
    client.post(SET_UP)
    assert client.get(reverse("office:code_picture")).status_code == 200
    device = TOTPDevice.objects.get()
    page = Markup(client.post(f"{SET_UP}?next=/guide/", {"code": code_of(device)}).text)
    assert page.one("a", class_="krds-btn primary").attrs["href"] == "/guide/"
    assert step(client) == ""


def test_the_steps_come_one_after_the_other(head: User, client: Client) -> None:
    User.objects.update(must_change_password=True)
    ask_for_codes()
    assert step(client) == PASSWORD_PAGE
    client.post(PASSWORD_PAGE, NEW)
    assert step(client) == SET_UP

    set_up(head)
    User.objects.update(must_change_password=True)
    assert step(client) == CODE
    assert step(client, PASSWORD_PAGE) == CODE


def test_a_blocked_post_says_that_it_was_not_saved(head: User, client: Client) -> None:
    set_up(head)

    response = client.post(
        reverse("office:sign_out_everywhere"), headers={"Referer": f"http://testserver{ACCOUNT}"}
    )
    assert response["Location"] == f"{CODE}?next={ACCOUNT.replace('/', '%2F')}"
    assert LOST in client.get(CODE).text
    assert LOST not in client.get(CODE).text
    head.refresh_from_db()
    assert head.session_number == 0


def test_some_pages_stay_open_before_the_step(head: User, client: Client) -> None:
    set_up(head)

    assert client.get("/health/").headers["Content-Type"] == "application/json"
    assert client.get(reverse("krds:icon"))["Location"].endswith("favicon.svg")
    assert client.post(reverse("krds:display"), {"contrast": "high"})["Location"] == "/"
    assert client.post(reverse("office:sign_out"))["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_foreign_next_addresses_are_ignored(head: User, client: Client) -> None:
    set_up(head)

    response = client.post(
        f"{CODE}?next=https://evil.example/", {"code": code_of(TOTPDevice.objects.get())}
    )
    assert response["Location"] == "/staff/"


def test_a_reset_device_is_no_longer_accepted(head: User, client: Client) -> None:
    recovery = set_up(head)
    client.post(CODE, {"code": recovery[0]})
    assert step(client) == ""
    ask_for_codes()
    assert step(client) == ""

    TOTPDevice.objects.all().delete()
    head.staticdevice_set.all().delete()
    assert step(client) == SET_UP


def test_a_step_costs_a_visitor_nothing_and_others_one_query(
    db: None, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = reverse("krds:display").replace("display", "does-not-exist")
    with django_assert_num_queries(1):  # the page of errors: the district
        client.get(address)

    client.force_login(UserFactory())
    sign_out_everywhere = reverse("office:sign_out_everywhere")
    with django_assert_num_queries(3):  # the session, the user, the missing step
        client.get(sign_out_everywhere)


def test_a_user_with_a_code_costs_one_query_too(
    head: User, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    set_up(head)
    client.post(CODE, {"code": code_of(TOTPDevice.objects.get())})

    with django_assert_num_queries(3):  # the session, the user, the device
        client.get(reverse("office:sign_out_everywhere"))
