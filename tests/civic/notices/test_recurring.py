"""Templates of notices: who writes, changes and deletes them, and what is refused."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from civic.notices.models import NoticeTemplate
from civic.notices.recurring.actions import add_template, change_template, delete_template
from gwonseon.office.models import User
from gwonseon.office.roles import ADMINISTRATOR, EDITOR, HEAD, PLANNER, READER
from gwonseon.refusals import RefusedError
from tests.civic.notices.forms import ADD, errors, said, section, signed_in
from tests.factories.office import DepartmentFactory, staff
from tests.krds.markup import Markup

pytestmark = pytest.mark.django_db

LIST = "/staff/notices/templates/"
NEW = f"{LIST}add/"
VALUES = {
    "name": "예시 단수 안내",
    "nature": "information",
    "news": "notice",
    "title": "예시 단수",
    "text": "#{일시}에 물이 끊깁니다.",
}
TYPED = VALUES | {"version": "0"}


@pytest.fixture
def writer() -> User:
    return staff(EDITOR, department=DepartmentFactory())


@pytest.fixture
def desk(writer: User) -> Client:
    return signed_in(writer)


@pytest.fixture
def template() -> NoticeTemplate:
    return NoticeTemplate.objects.create(**VALUES)


def page_of(template: NoticeTemplate) -> str:
    return reverse("notice_templates:template", args=[template.pk])


def test_a_template_is_written_changed_and_deleted(desk: Client) -> None:
    assert said(desk.post(NEW, TYPED, follow=True)) == ["서식을 저장했습니다."]
    template = NoticeTemplate.objects.get()
    assert {name: getattr(template, name) for name in VALUES} == VALUES

    page = desk.post(page_of(template), TYPED | {"name": "예시 다른 이름"}, follow=True)
    assert "예시 다른 이름" in page.text
    template.refresh_from_db()
    assert (template.name, template.version) == ("예시 다른 이름", 1)

    data = TYPED | {"version": "1", "delete": "1"}
    assert said(desk.post(page_of(template), data, follow=True)) == ["서식을 지웠습니다."]
    assert not NoticeTemplate.objects.exists()


def test_the_list_leads_to_writing_with_a_template(desk: Client, template: NoticeTemplate) -> None:
    page = Markup(desk.get(LIST).text)
    assert page.one("a", href=f"{ADD}?template={template.pk}").text == "이 서식으로 쓰기"
    assert page.one("a", href=page_of(template)).text == "예시 단수 안내"


def who_may_write() -> list[User]:
    home = {"department": DepartmentFactory()}
    return [staff(EDITOR, **home), staff(HEAD, **home), staff(PLANNER, **home)]


def who_may_not() -> list[User]:
    return [staff(READER, department=DepartmentFactory()), staff(PLANNER), staff(EDITOR)]


def test_who_writes_notices_writes_templates(template: NoticeTemplate) -> None:
    for number, user in enumerate(who_may_write()):
        data = TYPED | {"name": f"예시 {number}", "version": number}
        assert signed_in(user).post(page_of(template), data).status_code == 302
    template.refresh_from_db()
    assert template.version == 3


def test_others_only_read_them(template: NoticeTemplate) -> None:
    for user in who_may_not():
        desk = signed_in(user)
        page = desk.get(LIST)
        assert "예시 단수 안내" in page.text
        assert page_of(template) not in page.text
        for url in (NEW, page_of(template)):
            assert desk.get(url).status_code == 403
            assert desk.post(url, TYPED | {"name": "남의 것"}).status_code == 403
        refuses(add_template, values=VALUES, by=user)
        refuses(change_template, template=template, values=VALUES, version=0, by=user)
        refuses(delete_template, template=template, version=0, by=user)
    assert NoticeTemplate.objects.get().name == VALUES["name"]


def refuses(action: Any, **arguments: Any) -> None:
    with pytest.raises(RefusedError, match="서식을 고칠 권한이 없습니다"):
        action(**arguments)


def test_strangers_and_administrators_do_not_see_them(
    client: Client, template: NoticeTemplate
) -> None:
    assert client.get(LIST).status_code == 302
    assert signed_in(staff(ADMINISTRATOR)).get(LIST).status_code == 403


def test_an_unknown_template_is_not_found(desk: Client) -> None:
    assert desk.get(f"{LIST}99/").status_code == 404


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"name": ""}, "서식의 이름을 적어 주세요."),
        ({"name": "  "}, "서식의 이름을 적어 주세요."),
        ({"name": "가" * 51}, "50"),
        ({"nature": ""}, "안내의 성격을 골라 주세요."),
        ({"nature": "advertisement"}, "advertisement"),
        ({"news": ""}, "소식의 종류를 골라 주세요."),
        ({"title": ""}, "제목을 적어 주세요."),
        ({"text": ""}, "보낼 문안을 적어 주세요."),
        ({"text": "가\u200b"}, "보이지 않거나 깨진 글자(U+200B)가 있습니다."),
        ({"text": "".join(f"#{{{n}}}" for n in range(11))}, "10개까지 둘 수 있습니다."),
    ],
)
def test_bad_input_gets_one_sentence(desk: Client, over: dict[str, str], sentence: str) -> None:
    page = desk.post(NEW, TYPED | over)
    [said] = [one for found in page.context["form"].errors.values() for one in found]
    assert sentence in said
    assert sentence in errors(page)
    assert not NoticeTemplate.objects.exists()


def test_two_templates_have_two_names(desk: Client, template: NoticeTemplate, writer: User) -> None:
    page = desk.post(NEW, TYPED | {"title": "예시 다른 제목"})
    assert "같은 이름의 서식이 있습니다. 다른 이름을 적어 주세요." in errors(page)
    assert Markup(page.text).one("input", name="title").attrs["value"] == "예시 다른 제목"
    # Where another was written after the form looked.
    with pytest.raises(RefusedError, match="같은 이름의 서식이 있습니다"):
        add_template(values=VALUES, by=writer)
    assert NoticeTemplate.objects.count() == 1


def test_of_two_changes_the_second_is_told_and_keeps_its_text(
    desk: Client, template: NoticeTemplate
) -> None:
    desk.post(page_of(template), TYPED | {"text": "먼저 저장한 문안"})

    page = desk.post(page_of(template), TYPED | {"text": "나중에 적은 글"})

    assert page.status_code == 409
    assert "그 사이에 다른 사람이 고쳤습니다." in errors(page)
    assert "먼저 저장한 문안" in section(page, "saved-title")
    assert Markup(page.text).one("textarea", name="text").text.strip() == "나중에 적은 글"
    version = page.context["form"]["version"].value()
    desk.post(page_of(template), TYPED | {"text": "나중에 적은 글", "version": version})
    template.refresh_from_db()
    assert (template.text, template.version) == ("나중에 적은 글", 2)


def test_what_was_changed_meanwhile_is_not_deleted(desk: Client, template: NoticeTemplate) -> None:
    desk.post(page_of(template), TYPED | {"text": "먼저 저장한 문안"})
    page = desk.post(page_of(template), TYPED | {"delete": "1"}, follow=True)
    assert said(page)[-1] == "그 사이에 고친 서식입니다. 지금 내용을 확인하고 다시 해 주세요."
    assert "먼저 저장한 문안" in page.text
    assert NoticeTemplate.objects.exists()


def test_deleting_is_a_form_of_its_own(desk: Client, template: NoticeTemplate) -> None:
    """Enter in a field presses the first button of its form, which must not delete."""
    page = desk.get(page_of(template)).text
    main = page.split("<main", 1)[1].split("</main>")[0]
    first, last = re.findall(r"<form.*?</form>", main, re.DOTALL)
    assert 'name="delete"' not in first
    assert re.findall(r'name="(\w+)"', last) == ["csrfmiddlewaretoken", "version", "delete"]

    data = {"version": "0", "delete": "1"}
    assert said(desk.post(page_of(template), data, follow=True)) == ["서식을 지웠습니다."]
    assert not NoticeTemplate.objects.exists()


def test_a_template_deleted_meanwhile_is_told(template: NoticeTemplate, writer: User) -> None:
    NoticeTemplate.objects.all().delete()
    for action, more in ((change_template, {"values": VALUES}), (delete_template, {})):
        with pytest.raises(RefusedError, match="그 사이에 지워졌습니다"):
            action(template=template, version=0, by=writer, **more)


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_makes_as_many_queries_for_many_templates(
    desk: Client, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(size):
        NoticeTemplate.objects.create(**VALUES | {"name": f"예시 {number}"})
    desk.get(LIST)
    with django_assert_num_queries(6):
        page = desk.get(LIST)
    assert page.text.count("이 서식으로 쓰기") == size
