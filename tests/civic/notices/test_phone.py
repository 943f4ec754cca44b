"""How an approved notice looks on a phone."""

import re

import pytest
from django.test import Client

from civic.notices.wording import ANY_TOKEN
from tests.civic.notices.conftest import Office, words_of
from tests.factories.notices import PORTAL, approved

TITLE = "예시 안내 제목"
LONG = "긴 글 " * 30


@pytest.mark.parametrize(("text", "title"), [("짧은 글", ""), (LONG, f"{TITLE} ")])
def test_an_approved_notice_looks_as_it_is_sent(
    office: Office, followers: tuple[str, ...], client: Client, text: str, title: str
) -> None:
    about = {"activity": office.activity, "by": office.author, "by_another": office.head}
    notice = approved(title=TITLE, text=text.strip(), **about)
    client.force_login(office.author)

    page = client.get(notice.get_absolute_url()).content.decode()

    phone = page.split('<div class="phone"')[1].split(">", 1)[1].split("</div>")[0]
    shown = words_of(re.sub(r"<[^>]+>", " ", phone)).strip()
    ending = f"그만 받기 {PORTAL}{ANY_TOKEN}"
    assert shown == f"[Web발신] {title}[권선구] {text.strip()} {ending}"
