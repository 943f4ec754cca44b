"""The user's own account: password, sessions, and the previous sign-in."""

import datetime as dt

import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gwonseon import environment
from gwonseon.office import roles
from gwonseon.office.models import User
from tests.factories.office import DepartmentFactory, UserFactory, staff
from tests.krds.markup import Markup

ACCOUNT = reverse("office:account")
PASSWORD_PAGE = reverse("office:password")
PASSWORD = "예시 비밀번호 1"
NEW = "예시 새 비밀번호 2"


@pytest.fixture
def user(db: None, client: Client) -> User:
    user = UserFactory(username="예시직원")
    client.force_login(user)
    return user


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str = NEW) -> Markup | str:
    """Send the form; return the page, or the address of a redirect."""
    data = {"old_password": old, "new_password1": new, "new_password2": again}
    response = client.post(PASSWORD_PAGE, data)
    if response.status_code == 302:
        return response["Location"]
    return Markup(response.content.decode())


def is_signed_in(client: Client) -> bool:
    return client.get(ACCOUNT).status_code == 200


@pytest.mark.parametrize("url", [ACCOUNT, PASSWORD_PAGE])
def test_an_anonymous_visitor_is_redirected_to_the_sign_in(
    db: None, client: Client, url: str
) -> None:
    assert client.get(url)["Location"] == f"/staff/sign-in/?next={url}"


def test_the_account_shows_the_users_own_data(db: None, client: Client) -> None:
    user = staff(roles.EDITOR, roles.READER, department=DepartmentFactory(name="예시과"))
    client.force_login(user)

    response = client.get(ACCOUNT)

    page = Markup(response.content.decode())
    facts = [page.words(one) for one in page.all("dd")]
    assert facts[:4] == [user.name, user.username, "예시과", "부서 담당자, 열람"]
    assert page.one("a", href=ACCOUNT, aria_current="page").text == "내 계정"
    assert [one.text for one in page.all("a", href=ACCOUNT)] == ["내 계정", f"{user.name} 님"]
    assert "no-store" in response["Cache-Control"]


def test_the_menu_links_to_staff_accounts_only_for_administrators(
    user: User, client: Client
) -> None:
    assert "직원" not in [one.text for one in Markup(client.get(ACCOUNT).text).all("a")]

    client.force_login(staff(roles.ADMINISTRATOR))
    assert "직원" in [one.text for one in Markup(client.get(ACCOUNT).text).all("a")]


def test_the_password_changes_and_other_sessions_end(user: User, client: Client) -> None:
    elsewhere = Client()
    elsewhere.force_login(user)

    assert change(client) == ACCOUNT

    user.refresh_from_db()
    assert user.check_password(NEW)
    assert "비밀번호를 바꿨습니다." in client.get(ACCOUNT).text
    assert not is_signed_in(elsewhere)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"old": "틀림"}, "old_password", "지금 비밀번호가 맞지 않습니다. 다시 입력해 주세요."),
        (
            {"new": PASSWORD, "again": PASSWORD},
            "new_password1",
            "새 비밀번호가 지금 비밀번호와 같습니다. 다른 비밀번호를 정해 주세요.",
        ),
        (
            {"again": "다름"},
            "new_password2",
            "두 새 비밀번호가 서로 다릅니다. 같은 비밀번호를 적어 주세요.",
        ),
        (
            {"new": "아홉글자비밀번호임", "again": "아홉글자비밀번호임"},
            "new_password2",
            "최소 10자",
        ),
        ({"new": "1111122222", "again": "1111122222"}, "new_password2", "전부 숫자로"),
        ({"new": "", "again": ""}, "new_password1", "비밀번호를 입력해 주세요."),
    ],
)
def test_a_bad_password_gets_its_sentence(
    user: User, client: Client, typed: dict[str, str], field: str, sentence: str
) -> None:
    page = change(client, **typed)

    assert sentence in page.words(page.with_id(f"id_{field}_error"))
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert is_signed_in(client)


def test_signing_out_everywhere_leaves_this_browser(user: User, client: Client) -> None:
    elsewhere = Client()
    elsewhere.force_login(user)
    assert client.get(reverse("office:sign_out_everywhere")).status_code == 405
    assert is_signed_in(elsewhere)

    response = client.post(reverse("office:sign_out_everywhere"), follow=True)

    assert "다른 곳의 로그인을 모두 끝냈습니다." in response.text
    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)


def test_a_session_survives_a_secret_key_change_with_fallback(
    user: User, client: Client, settings: LazySettings
) -> None:
    old, settings.SECRET_KEY = settings.SECRET_KEY, "예시 새 열쇠"
    settings.SECRET_KEY_FALLBACKS = [old]

    assert is_signed_in(client)


def test_the_sign_in_before_this_one_is_shown(db: None, client: Client) -> None:
    before = dt.datetime(2021, 3, 2, 0, 5, tzinfo=dt.UTC)
    user = UserFactory(username="예시직원", last_login=before)

    client.post(reverse("office:sign_in"), {"username": "예시직원", "password": PASSWORD})

    assert "2021. 3. 2. 09:05" in client.get(ACCOUNT).text
    user.refresh_from_db()
    assert user.last_login > before


def test_the_first_sign_in_is_called_the_first(db: None, client: Client) -> None:
    UserFactory(username="예시직원", last_login=None)

    client.post(reverse("office:sign_in"), {"username": "예시직원", "password": PASSWORD})

    assert "이번이 처음입니다." in client.get(ACCOUNT).text


def test_a_session_ends_with_the_browser_and_after_eight_hours(
    db: None, client: Client, settings: LazySettings
) -> None:
    UserFactory(username="예시직원")
    client.post(reverse("office:sign_in"), {"username": "예시직원", "password": PASSWORD})

    assert settings.SESSION_COOKIE_AGE == 8 * 3600
    assert client.cookies["sessionid"]["max-age"] == ""
    assert client.session.get_expiry_age() <= 8 * 3600


@pytest.mark.parametrize("value", ["0", "25", "-1", "1.5", "여덟", "８", "08"])
def test_invalid_session_hours_stop_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SESSION_HOURS", value)

    with pytest.raises(ImproperlyConfigured, match="1에서 24 사이의 정수로, SESSION_HOURS=8처럼"):
        environment.number("SESSION_HOURS", default=8, allowed=range(1, 25))


def test_session_hours_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SESSION_HOURS", " 24 ")

    assert environment.number("SESSION_HOURS", default=8, allowed=range(1, 25)) == 24


def test_the_account_costs_a_few_queries(
    user: User, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    # Session, user, missing step, roles, codes, department; permissions of the user and the
    # roles for the menu; the district.
    with django_assert_num_queries(7):
        client.get(ACCOUNT)
