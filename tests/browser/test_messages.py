"""A resident on a phone follows the plan by text message, without and with JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gwonseon.messaging.stop_links import token_of
from gwonseon.office.models import Dong
from gwonseon.residents.models import Resident
from tests.browser.conftest import Check
from tests.factories.residents import NUMBER, last_code, sender, to_many

Open = Callable[..., Page]


@pytest.mark.parametrize("scripts", [False, True])
def test_a_resident_subscribes_changes_and_stops_on_a_phone(
    portal_2021: str, open_page: Open, accessible: Check, scripts: bool
) -> None:
    sender()
    page = open_page(390, java_script_enabled=scripts)

    def check(title: str) -> None:
        expect(page.locator("h1")).to_have_text(title)
        if scripts:
            accessible(page)

    page.goto(portal_2021)
    page.get_by_role("main").get_by_role("link", name="문자로 받아 보기").click()
    check("문자로 받아 보기")
    page.get_by_role("button", name="인증번호 받기").click()
    check("문자로 받아 보기")
    expect(page.locator(".error-summary")).to_contain_text("휴대전화번호를 적어 주세요.")
    page.get_by_label("휴대전화번호").fill("010-0000-1234")
    page.get_by_role("button", name="인증번호 받기").click()
    check("인증번호 확인")
    page.get_by_label("인증번호").fill(last_code())
    page.get_by_role("button", name="확인").click()
    check("받아 볼 소식 고르기")
    page.get_by_role("button", name="저장하고 문자 받기").click()
    expect(page.locator(".error-summary li")).to_have_count(4)
    check("받아 볼 소식 고르기")

    page.get_by_text("믿음주는 안전도시", exact=True).first.click()
    page.get_by_text("생활 안내").click()
    dong = Dong.objects.first().name
    page.get_by_label("사는 동", exact=True).select_option(label=dong)
    for words in ("동의합니다. (필수)", "동의합니다. (선택)", "저는 만 14세 이상입니다."):
        page.locator("label").filter(has_text=words).click()
    page.get_by_role("button", name="저장하고 문자 받기").click()
    check("받아 보는 소식")
    expect(page.locator("main")).to_contain_text(dong)
    expect(page.locator("main")).to_contain_text("010-****-1234")

    page.get_by_role("link", name="바꾸기").click()
    page.get_by_text("추진과제를 골라서 받기").click()
    page.get_by_text("행사와 공연").click()
    check("받아 볼 소식 고르기")
    page.get_by_role("button", name="저장하고 문자 받기").click()
    expect(page.locator("main")).to_contain_text("행사와 공연")

    url = f"{portal_2021}/my/stop/{token_of(to_many(NUMBER).messages.get().pk)}/"
    page.get_by_role("link", name="그만 받기").click()
    check("문자를 그만 받으시겠습니까?")
    page.goto(url)
    check("문자를 그만 받으시겠습니까?")
    page.get_by_role("button", name="그만 받기").click()
    check("문자를 멈추었습니다")
    assert not Resident.objects.exists()
