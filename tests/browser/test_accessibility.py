"""The accessibility check finds each fault, also on a page like one that it has checked."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import Accessibility

PAGE = """
<!doctype html><html lang="ko"><title>예시</title>
<style>.pale {color: #ddd} .late .note {color: #ccc} .wide {width: 3000px}</style>
<main><h1>예시</h1><p class="note">보통 글</p>%s</main>
"""


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ('<p class="pale">흐린 글</p>', "color-contrast"),
        ('<div class="late"><p class="note">자리에 따라 흐린 글</p></div>', "color-contrast"),
        ("<input>", "label"),
        ('<p class="wide">넓은 글</p>', "wider than the window"),
    ],
)
def test_a_faulty_page_fails_each_time(
    open_page: Callable[..., Page], part: str, fault: str
) -> None:
    accessibility = Accessibility()
    page = open_page(390)
    page.set_content(PAGE % "<p>진한 글</p>")
    accessibility.check(page)

    for _ in range(2):
        page.set_content(PAGE % part)
        with pytest.raises(AssertionError, match=fault):
            accessibility.check(page)


def test_a_text_that_fades_at_another_width_fails(open_page: Callable[..., Page]) -> None:
    accessibility = Accessibility()
    page = open_page(390)
    page.set_content(PAGE % "<style>@media (min-width: 900px) {.note {color: #ddd}}</style>")
    accessibility.check(page)

    page.set_viewport_size({"width": 1280, "height": 900})
    with pytest.raises(AssertionError, match="color-contrast"):
        accessibility.check(page)
