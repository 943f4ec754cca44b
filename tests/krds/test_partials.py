"""The shared partial templates: each shows what it is given and nothing else."""

import datetime as dt

from django.core.paginator import Paginator
from django.template.loader import render_to_string

from tests.krds.markup import Markup


def partial(name: str, **context: object) -> Markup:
    return Markup(render_to_string(f"krds/{name}.html", context))


def test_the_breadcrumb_ends_with_this_page() -> None:
    page = partial("breadcrumb", crumbs=[("계획", "/2021/"), ("여기", "/2021/here/")])

    assert [(page.words(link), link.attrs["href"]) for link in page.all("a")] == [
        ("홈", "/"),
        ("계획", "/2021/"),
    ]
    assert page.words(page.one("span", aria_current="page")) == "여기"


def test_pagination_links_to_the_neighbouring_and_outer_pages() -> None:
    pages = Paginator(range(200), 10)
    page = partial("pagination", page=pages.page(7), query="q=a&b=1")

    targets = [link.attrs["href"] for link in page.all("a")]
    assert targets == [f"?q=a&b=1&page={number}" for number in (6, 1, 6, 7, 8, 20, 8)]
    current = page.one("a", aria_current="page")
    assert page.words(current) == "현재 쪽 7"
    assert page.one("nav").attrs["aria-label"] == "쪽 이동"


def test_the_first_page_has_no_link_to_a_previous_page() -> None:
    page = partial("pagination", page=Paginator(range(20), 10).page(1), query="")

    assert [link.attrs["href"] for link in page.all("a")] == ["?page=1", "?page=2", "?page=2"]
    assert page.all("a", rel="prev") == []


def test_one_page_needs_no_pagination() -> None:
    assert partial("pagination", page=Paginator(range(3), 10).page(1)).elements == []


def test_page_meta_shows_the_department_and_the_day_in_seoul() -> None:
    moment = dt.datetime(2021, 3, 31, 15, 30, tzinfo=dt.UTC)
    page = partial("page_meta", department="예시과", phone="031-000-0000", updated_at=moment)

    shown = [page.words(entry) for entry in page.all("dd")]
    assert shown == ["예시과", "031-000-0000", "2021. 4. 1."], "the day in Seoul"
    assert page.one("time").attrs["datetime"] == "2021-04-01"
    assert page.one("a").attrs["href"] == "tel:031-000-0000"


def test_unknown_facts_are_left_out() -> None:
    assert partial("page_meta", department="", phone="").elements == []
    page = partial("page_meta", phone="031-000-0000")
    assert [page.words(term) for term in page.all("dt")] == ["전화"]


def test_only_a_live_notice_is_announced() -> None:
    assert partial("notice", text="예시", live=True).one("div").attrs["role"] == "status"
    still = partial("notice", text="<b>예시</b>", tone="warning").one("div")
    assert "role" not in still.attrs
    assert "<b>예시</b>" in still.text
    assert still.attrs["class"] == "notice notice-warning"


def test_a_badge_is_gray_by_default() -> None:
    assert partial("badge", label="예시").one("span").attrs["class"].endswith("bg-light-gray")
    page = partial("badge", label="예시", tone="success")
    assert page.one("span").attrs["class"].endswith("bg-light-success")
