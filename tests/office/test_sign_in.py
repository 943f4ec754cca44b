"""Sign-in and sign-out of staff."""

import logging

import pytest
from django.conf import LazySettings
from django.test import Client

from gwonseon.office.models import User
from tests.factories.office import UserFactory
from tests.krds.markup import Markup

URL = "/staff/sign-in/"
PASSWORD = "예시 비밀번호 1"
REFUSAL = (
    "아이디나 비밀번호가 맞지 않습니다. 다시 입력하고, 그래도 안 되면 관리자에게 문의해 주세요."
)


@pytest.fixture
def staff(db: None) -> User:
    return UserFactory(username="예시직원", is_staff=True)


def post(client: Client, username: str, password: str = PASSWORD, wanted: str = "") -> Markup | str:
    """Send the form; return the page, or the address of a redirect."""
    data = {"username": username, "password": password, "next": wanted}
    response = client.post(URL, data)
    assert "no-store" in response["Cache-Control"]
    return (
        Markup(response.content.decode()) if response.status_code == 200 else response["Location"]
    )


def signed_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_staff_sign_in(staff: User, client: Client) -> None:
    assert post(client, "예시직원") == "/staff/"
    assert signed_in(client) == str(staff.pk)


def test_staff_are_sent_to_the_page_they_asked_for(staff: User, client: Client) -> None:
    page = Markup(client.get(URL, {"next": "/2021/plan/?x=1"}).content.decode())

    wanted = page.one("input", name="next").attrs["value"]
    assert post(client, "예시직원", wanted=wanted) == "/2021/plan/?x=1"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
        "\\\\x",
    ],
)
def test_foreign_next_addresses_are_ignored(staff: User, client: Client, wanted: str) -> None:
    assert post(client, "예시직원", wanted=wanted) == "/staff/"
    assert client.get(URL, {"next": wanted})["Location"] == "/staff/"


def test_markup_in_the_next_address_is_escaped(staff: User, client: Client) -> None:
    html = client.get(URL, {"next": "{% now 'Y' %}\"><script>"}).content.decode()

    assert "<script>" not in html.replace('<script src="', "")
    assert "{% now" in html


@pytest.mark.parametrize(
    ("username", "password"), [("예시직원", "틀림"), ("없는사람", PASSWORD), ("닫힌계정", PASSWORD)]
)
def test_a_wrong_password_an_unknown_and_a_closed_account_get_one_sentence(
    staff: User, client: Client, username: str, password: str
) -> None:
    UserFactory(username="닫힌계정", closed=True)

    page = post(client, username, password)

    lines = [page.words(line) for line in page.all("li") if line.text.strip() == REFUSAL]
    assert lines == [REFUSAL]
    assert page.words(page.one("title")).startswith("오류: 직원 로그인")
    assert page.one("input", name="username").attrs["value"] == username
    assert "value" not in page.one("input", name="password").attrs
    assert signed_in(client) is None


def test_missing_fields_are_named(staff: User, client: Client) -> None:
    page = post(client, "", "")

    errors = {
        name: page.words(page.with_id(f"id_{name}_error")) for name in ("username", "password")
    }
    assert errors == {
        "username": "오류: 아이디를 입력해 주세요.",
        "password": "오류: 비밀번호를 입력해 주세요.",
    }
    assert page.one("a", href="#id_username")


def test_the_page_keeps_the_next_address(staff: User, client: Client) -> None:
    page = post(client, "예시직원", "틀림", wanted="/2021/plan/")

    assert page.one("input", name="next").attrs["value"] == "/2021/plan/"


def test_signed_in_users_are_redirected(staff: User, client: Client) -> None:
    client.force_login(staff)

    assert client.get(URL)["Location"] == "/staff/"
    assert client.get(URL, {"next": "/2021/plan/"})["Location"] == "/2021/plan/"


def test_users_without_admin_access_are_told_so(db: None, client: Client) -> None:
    UserFactory(username="예시현장")

    assert post(client, "예시현장") == "/staff/"

    refused = client.get("/admin/", follow=True)
    assert refused.status_code == 403
    assert "관리자에게 권한을 요청하세요" in refused.content.decode()
    assert len(refused.redirect_chain) == 2


def test_the_session_gets_a_new_key(staff: User, client: Client) -> None:
    session = client.session
    session["before"] = True
    session.save()
    old = session.session_key

    post(client, "예시직원")

    assert client.session.session_key != old


def test_sign_out(staff: User, client: Client) -> None:
    client.force_login(staff)

    assert client.get("/staff/sign-out/").status_code == 405
    assert signed_in(client) == str(staff.pk)
    assert client.post("/staff/sign-out/")["Location"] == "/"
    assert signed_in(client) is None


def test_a_stranger_can_sign_out_without_harm(db: None, client: Client) -> None:
    assert client.post("/staff/sign-out/")["Location"] == "/"


def test_the_forms_need_their_token(staff: User) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post(URL, {"username": "예시직원", "password": PASSWORD}).status_code == 403
    client.force_login(staff)
    assert client.post("/staff/sign-out/").status_code == 403


def test_the_log_contains_keys_but_no_names(
    staff: User, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "gwonseon.office")

    post(client, "예시직원", "틀림")
    post(client, "비밀번호를여기에")
    post(client, "예시직원")
    client.post("/staff/sign-out/")

    said = [
        (record.levelname, record.getMessage())
        for record in caplog.records
        if record.name.startswith("gwonseon.office")
    ]
    assert said == [
        ("WARNING", "A sign-in was refused."),
        ("WARNING", "A sign-in was refused."),
        ("INFO", f"User {staff.pk} signed in."),
        ("INFO", f"User {staff.pk} signed out."),
    ]


@pytest.mark.parametrize("demo", [True, False])
def test_a_demo_says_that_it_is_one(
    db: None, client: Client, settings: LazySettings, demo: bool
) -> None:
    settings.DEMO = demo

    assert ("시연 환경" in client.get(URL).content.decode()) is demo


def test_the_page_is_not_cached_and_loads_only_from_our_server(db: None, client: Client) -> None:
    response = client.get(URL)

    policy = dict(
        part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";")
    )
    ours = ("script-src", "style-src", "img-src", "font-src", "connect-src", "form-action")
    assert policy == dict.fromkeys(ours, "'self'") | dict.fromkeys(
        ("default-src", "base-uri", "frame-ancestors"), "'none'"
    )
    headers = {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    assert headers.items() <= dict(response.items()).items()
    asked = response["Permissions-Policy"].split(", ")
    assert {"camera=()", "geolocation=()", "microphone=()"} <= {*asked}
    assert all(one.endswith("=()") for one in asked)
    assert "no-store" in response["Cache-Control"]


def test_a_password_manager_knows_the_fields(db: None, client: Client) -> None:
    page = Markup(client.get(URL).content.decode())

    fields = {name: page.one("input", name=name).attrs for name in ("username", "password")}
    assert {name: attrs["autocomplete"] for name, attrs in fields.items()} == {
        "username": "username",
        "password": "current-password",
    }
    assert "autofocus" in fields["username"]


def test_a_page_holds_no_script_or_style_of_its_own(staff: User, client: Client) -> None:
    pages = [client.get(URL).content.decode()]
    client.force_login(staff)
    pages.append(client.get("/admin/").content.decode())

    for html in pages:
        page = Markup(html)
        assert all(script.attrs.get("src") for script in page.all("script"))
        assert page.all("style") == []
        assert [one for one in page.elements if "style" in one.attrs] == []
        assert [name for one in page.elements for name in one.attrs if name.startswith("on")] == []


def test_the_admin_bears_the_districts_name_and_sign(staff: User, client: Client) -> None:
    client.force_login(staff)

    page = Markup(client.get("/admin/").content.decode())

    assert page.words(page.with_id("site-name")) == "권선구 구정계획 관리"
    assert page.words(page.one("title")).endswith("| 권선구 구정계획")
    assert page.one("link", rel="icon").attrs["href"].endswith("favicon.svg")
