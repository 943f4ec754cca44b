"""Autosave of long texts, also when the session ends or the server is unreachable."""

import re
from collections.abc import Callable

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.context_processors import csrf
from django.urls import include, path
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.actions import discard_drafts, save_draft
from gwonseon.office.drafts import AutosavedTextarea, saved_draft
from gwonseon.office.models import Draft, User
from tests.browser.conftest import WIDTHS, Check, Complaints, sign_in
from tests.factories.office import UserFactory

Open = Callable[..., Page]

PLACE = "sample:1:story"
PAGE = (
    "{% extends 'base.html' %}{% block title %}예시{% endblock %}"
    "{% block main %}<h1>예시</h1>{{ form|safe }}{% endblock %}"
)


class StoryForm(forms.Form):
    """A form with a long text."""

    story = forms.CharField(label="긴 글", help_text="예시입니다.", required=False)

    def __init__(self, user: User, data: dict | None = None) -> None:
        super().__init__(data, initial={"story": "지금 글"})
        draft = saved_draft(user, PLACE)
        self.fields["story"].widget = AutosavedTextarea(place=PLACE, draft=draft)
        self.helper = KrdsHelper(self, submit="저장")


def story(request: HttpRequest) -> HttpResponse:
    """Show the form; saving it deletes the draft."""
    if request.method == "POST":
        discard_drafts(user=request.user, places=[PLACE])
    html = render_crispy_form(StoryForm(request.user), context=csrf(request))
    context = {"form": html.replace("<form", '<form action="/story/?saved"', 1)}
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


urlpatterns = [path("story/", story), path("", include("gwonseon.urls"))]


@pytest.fixture
def user(transactional_db: None) -> User:
    return UserFactory(username="demo-writer")


@pytest.fixture
def write(
    settings: LazySettings, user: User, live_server: LiveServer, open_page: Open
) -> Callable[..., Page]:
    """Return a function that opens the page in a browser where the user is signed in."""
    settings.ROOT_URLCONF = __name__

    def opened(width: int = 1280) -> Page:
        page = open_page(width)
        sign_in(page, user, live_server.url)
        page.goto(f"{live_server.url}/story/")
        return page

    return opened


def kept_here(page: Page) -> list[str]:
    """Return the texts in the browser's localStorage."""
    return page.evaluate("Object.values(localStorage).map(one => JSON.parse(one).text)")


def test_text_is_autosaved_and_its_draft_deleted_on_saving(
    write: Callable[..., Page], user: User
) -> None:
    page = write()
    field = page.get_by_label("긴 글")

    field.fill("첫째 줄\n둘째 줄")
    expect(page.locator("[data-state=saved]")).to_be_visible()
    expect(page.locator("[data-state=saved]")).to_have_text(re.compile(r"자동 저장됨 \d\d:\d\d"))
    assert saved_draft(user, PLACE).text == "첫째 줄\n둘째 줄"
    assert kept_here(page) == []

    page.get_by_role("button", name="저장", exact=True).click()
    expect(page.locator(".draft-offer")).to_be_hidden()
    assert not Draft.objects.exists()


@pytest.mark.parametrize("width", WIDTHS)
def test_an_unsaved_text_is_offered(
    write: Callable[..., Page], user: User, accessible: Check, width: int
) -> None:
    save_draft(user=user, place=PLACE, text="쓰다 만 글")
    page = write(width)

    expect(page.locator(".draft-offer")).to_be_visible()
    expect(page.locator(".draft-offer")).to_contain_text("저장하지 않은 글이 있습니다(")
    expect(page.get_by_label("긴 글")).to_have_value("지금 글")
    accessible(page)

    page.get_by_role("button", name="이어 쓰기").click()
    expect(page.get_by_label("긴 글")).to_have_value("쓰다 만 글")
    expect(page.get_by_label("긴 글")).to_be_focused()
    expect(page.locator(".draft-offer")).to_be_hidden()


def test_text_typed_while_a_draft_is_offered_is_not_lost(
    write: Callable[..., Page], user: User
) -> None:
    save_draft(user=user, place=PLACE, text="쓰다 만 글")
    page = write()

    page.get_by_label("긴 글").fill("새로 쓴 글")
    page.get_by_role("button", name="이어 쓰기").click()

    expect(page.get_by_label("긴 글")).to_have_value("쓰다 만 글\n\n새로 쓴 글")


def test_an_offer_can_be_discarded(write: Callable[..., Page], user: User) -> None:
    save_draft(user=user, place=PLACE, text="쓰다 만 글")
    page = write()

    with page.expect_response("**/draft/"):
        page.get_by_role("button", name="버리기").click()

    expect(page.get_by_label("긴 글")).to_have_value("지금 글")
    page.reload()
    expect(page.locator(".draft-offer")).to_be_hidden()
    assert not Draft.objects.exists()


def test_a_lost_session_loses_no_text(
    write: Callable[..., Page], user: User, live_server: LiveServer, complaints: Complaints
) -> None:
    page = write()
    page.context.clear_cookies(name="sessionid")

    page.get_by_label("긴 글").fill("로그인이 끊긴 뒤의 글")

    lost = page.locator("[data-state=lost]")
    expect(lost).to_be_visible()
    expect(lost).to_contain_text("이 브라우저에 남겨 두었습니다.")
    link = lost.get_by_role("link", name="새 창에서 로그인")
    assert link.get_attribute("target") == "_blank"
    assert kept_here(page) == ["로그인이 끊긴 뒤의 글"]
    assert not Draft.objects.exists()
    assert "401" in complaints.pop()

    with page.context.expect_page() as opened:
        link.click()
    opened.value.locator("[name=username]").fill(user.username)
    opened.value.locator("[name=password]").fill("예시 비밀번호 1")
    opened.value.locator("[name=password]").press("Enter")
    expect(opened.value.get_by_role("button", name="로그아웃")).to_be_visible()
    opened.value.close()
    page.evaluate("dispatchEvent(new Event('focus'))")

    expect(page.locator("[data-state=saved]")).to_be_visible()
    assert saved_draft(user, PLACE).text == "로그인이 끊긴 뒤의 글"
    assert kept_here(page) == []


def test_text_stored_in_the_browser_is_offered_only_to_its_writer(
    write: Callable[..., Page], user: User, live_server: LiveServer, complaints: Complaints
) -> None:
    page = write()
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("긴 글").fill("남겨 둔 글")
    expect(page.locator("[data-state=lost]")).to_be_visible()
    complaints.clear()

    sign_in(page, UserFactory(), live_server.url)
    page.goto(f"{live_server.url}/story/")
    expect(page.locator(".draft-offer")).to_be_hidden()

    sign_in(page, user, live_server.url)
    page.goto(f"{live_server.url}/story/")
    expect(page.locator(".draft-offer")).to_be_visible()
    page.get_by_role("button", name="이어 쓰기").click()
    expect(page.locator("[data-state=saved]")).to_be_visible()
    assert saved_draft(user, PLACE).text == "남겨 둔 글"


def test_a_too_long_text_gets_a_message(write: Callable[..., Page], complaints: Complaints) -> None:
    page = write()

    page.get_by_label("긴 글").fill("가" * 20_001)

    expect(page.locator("[data-state=refused]")).to_be_visible()
    expect(page.locator("[data-state=refused]")).to_contain_text("20000자보다 길어")
    assert "400" in complaints.pop()


def test_no_text_is_lost_while_the_server_is_unreachable(
    write: Callable[..., Page], complaints: Complaints
) -> None:
    page = write()
    page.route("**/draft/", lambda route: route.abort())

    page.get_by_label("긴 글").fill("예시 글")

    expect(page.locator("[data-state=away]")).to_be_visible()
    assert kept_here(page) == ["예시 글"]
    complaints.clear()
    page.unroute("**/draft/")
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.locator("[data-state=saved]")).to_be_visible()
    assert kept_here(page) == []
