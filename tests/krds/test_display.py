"""The parts of every page, and the visitor's choice of contrast."""

import runpy

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import include, path

from gwonseon.krds import urls
from gwonseon.krds.styleguide import styleguide
from gwonseon.office.models import District
from tests.factories.office import UserFactory
from tests.krds.markup import Markup

MASTHEAD = "이 누리집은 대한민국 공식 전자정부 누리집입니다."
IDENTIFIER = "이 누리집은 권선구청에서 운영하는 누리집입니다."
HOST = "http://testserver"

# The styleguide is only routed with DEBUG, so it is added here.
urlpatterns = [path("styleguide/", styleguide), path("", include("gwonseon.urls"))]


def test_the_icon_is_found_where_browsers_look(
    settings: LazySettings, client: Client, db: None
) -> None:
    """Without it, each feed and file that a browser shows reports an error in its console."""
    found = client.get("/favicon.ico")["Location"]

    assert found.endswith(".svg")
    assert finders.find(found.removeprefix(settings.STATIC_URL))


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        (f"{HOST}/2021/search/?q=a%20b&page=2#x", "/2021/search/?q=a%20b&page=2"),
        (f"{HOST}/", "/"),
        ("", "/"),
        ("https://evil.example/2021/", "/"),
        ("//evil.example/", "/"),
        (f"{HOST}//evil.example/", "/"),
        (f"{HOST}/\\evil.example/", "/"),
        (f"{HOST}\\@evil.example/", "/"),
        ("http://testserver@evil.example/", "/"),
        ("http://testserver.evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("http://[evil", "/"),
    ],
)
def test_the_choice_redirects_back_within_the_portal(
    client: Client, referer: str, back: str
) -> None:
    response = client.post("/display/", {"contrast": "high"}, headers={"referer": referer})

    assert (response.status_code, response["Location"]) == (302, back)
    assert client.cookies["contrast"].value == "high"


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [("high", "high"), ("normal", "normal"), ("<script>", "normal"), ("", "normal")],
)
def test_only_the_two_choices_are_stored(client: Client, chosen: str, kept: str) -> None:
    client.post("/display/", {"contrast": chosen})

    cookie = client.cookies["contrast"]
    assert cookie.value == kept
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_the_choice_needs_no_token_and_no_session() -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post("/display/", {"contrast": "high"}).status_code == 302
    assert set(client.cookies) == {"contrast"}


def test_get_changes_nothing(client: Client) -> None:
    assert client.get("/display/", {"contrast": "high"}).status_code == 405
    assert not client.cookies


def test_a_page_has_the_chosen_contrast(db: None, client: Client) -> None:
    page = Markup(client.get("/guide/").content.decode())
    assert "data-krds-mode" not in page.one("html").attrs
    switch = page.one("button", name="contrast")
    assert (switch.attrs["value"], switch.attrs["aria-pressed"]) == ("high", "false")

    client.post("/display/", {"contrast": "high"})
    page = Markup(client.get("/guide/").content.decode())
    assert page.one("html").attrs["data-krds-mode"] == "high-contrast"
    switch = page.one("button", name="contrast")
    assert (switch.attrs["value"], switch.attrs["aria-pressed"]) == ("normal", "true")


def test_an_unofficial_portal_does_not_look_official(db: None, client: Client) -> None:
    html = client.get("/guide/").content.decode()

    assert MASTHEAD not in html
    assert IDENTIFIER not in html


def test_an_official_portal_says_so(db: None, client: Client) -> None:
    District.objects.update(is_official=True, office="권선구청")

    page = Markup(client.get("/guide/").content.decode())

    region = page.with_id("krds-masthead")
    assert page.words(region) == MASTHEAD
    assert (region.attrs["role"], region.attrs["aria-label"]) == ("region", "공식 누리집 안내")
    assert page.words(page.one("footer")).endswith(IDENTIFIER)


def test_a_portal_with_samples_says_so_in_a_landmark(db: None, client: Client) -> None:
    assert "sample-banner" not in client.get("/guide/").text
    District.objects.update(is_sample=True)

    page = Markup(client.get("/guide/").text)

    banner = page.one("aside", **{"class": "sample-banner"})
    assert banner.attrs["aria-label"] == "예시 자료 안내"
    assert page.words(banner).startswith("예시 자료 여기 보이는")


def test_an_anonymous_page_has_no_data_of_its_visitor(db: None, client: Client) -> None:
    response = client.get("/guide/?secret=1", headers={"referer": "http://testserver/secret"})

    html = response.content.decode()
    assert "csrfmiddlewaretoken" not in html
    assert "secret" not in html
    assert not response.cookies
    assert response["Vary"] == "Cookie"
    assert "직원 로그인" in html


def test_staff_see_their_name_and_the_way_out(db: None, client: Client) -> None:
    client.force_login(UserFactory(name="예시 담당자"))

    page = Markup(client.get("/guide/").content.decode())

    assert "예시 담당자 님" in page.words(page.one("footer"))
    form = page.one("form", action="/staff/sign-out/")
    assert form.attrs["method"] == "post"
    assert page.all("input", name="csrfmiddlewaretoken")


@pytest.mark.parametrize(
    ("debug", "names"), [(True, ["display", "icon", "styleguide"]), (False, ["display", "icon"])]
)
def test_the_styleguide_is_for_developers(
    settings: LazySettings, debug: bool, names: list[str]
) -> None:
    settings.DEBUG = debug

    routes = runpy.run_path(urls.__file__)

    assert [route.name for route in routes["urlpatterns"]] == names


def test_the_styleguide_shows_every_kind_of_field_twice(db: None, settings: LazySettings) -> None:
    settings.ROOT_URLCONF = __name__

    page = Markup(Client().get("/styleguide/").content.decode())

    assert len(page.all("h1")) == 1
    assert len(page.ids) == len(set(page.ids))
    for name in ("text", "several", "radio_0", "boxes_2", "moment_1", "birth_day", "new_file"):
        assert page.with_id(f"id_good-{name}")
        assert page.with_id(f"id_bad-{name}")
    targets = [link.attrs["href"][1:] for link in page.all("a") if "#id_" in link.attrs["href"]]
    assert len(targets) > 10
    assert set(targets) <= set(page.ids)


def test_the_styleguide_is_not_there_otherwise(db: None, client: Client) -> None:
    assert client.get("/styleguide/").status_code == 404
