"""Notices that wait for a member of staff, under 「내 업무」."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from civic.notices.access import approvable_by, may_approve
from civic.notices.actions import approve, send_back, take_back
from civic.notices.models import Notice
from civic.notices.waiting import notices_for
from gwonseon.office.models import User
from gwonseon.office.roles import ADMINISTRATOR, EDITOR, HEAD, PLANNER, READER
from plans.workspace.waiting import waiting_for
from tests.civic.notices.conftest import Office
from tests.factories.notices import PORTAL, draft, waiting
from tests.factories.office import DepartmentFactory, UserFactory, staff
from tests.roles.conftest import role

pytestmark = pytest.mark.django_db

APPROVE, CORRECT = "문자 안내 승인하기", "돌려받은 문자 안내 고치기"


def tasks(user: User) -> list[tuple[str, str]]:
    """Return what the user's tasks of notices are, and their addresses."""
    return [(one.what, one.url) for one in waiting_for(user) if "문자 안내" in one.what]


def everybody(office: Office) -> dict[str, User]:
    """Return users of every role, also of another department."""
    own, other = {"department": office.author.department}, {"department": DepartmentFactory()}
    return {
        "author": office.author,
        "head": office.head,
        "colleague": staff(EDITOR, **own),
        "other head": staff(HEAD, **other),
        "head without department": staff(HEAD),
        "planner": staff(PLANNER),
        "civic": staff(role("civic")),
        "safety": staff(role("safety"), **own),
        "reader": staff(READER, **own),
        "admin": staff(ADMINISTRATOR, **own),
        "no role": UserFactory(),
    }


def test_whoever_may_approve_a_notice_has_the_task(office: Office) -> None:
    notice = waiting(activity=office.activity, by=office.author)
    people = everybody(office)
    task = (APPROVE, reverse("notices:notice", args=[notice.pk]))

    asked = {name for name, user in people.items() if tasks(user) == [task]}
    assert asked == {"head", "planner", "civic"}
    assert all(tasks(user) == [] for name, user in people.items() if name not in asked)


@pytest.mark.parametrize("by", ["author", "head", "planner"])
def test_the_query_agrees_with_the_rule(office: Office, by: str) -> None:
    people = everybody(office)
    author = people[by]
    if author.department_id is None:
        author.department = office.author.department
        author.save()
    notice = waiting(activity=office.activity, by=author)

    found = {name for name, user in people.items() if approvable_by(user).exists()}
    assert found == {name for name, user in people.items() if may_approve(user, notice)}
    assert by not in found


def test_a_task_ends_when_it_is_done(office: Office, followers: tuple[str, ...]) -> None:
    notice = waiting(activity=office.activity, by=office.author)
    assert [what for what, _url in tasks(office.head)] == [APPROVE]
    facts = {"version": notice.version, "recipients": 3, "portal": PORTAL}
    approve(notice=notice, by=office.head, **facts)
    assert tasks(office.head) == []

    notice = waiting(activity=office.activity, by=office.author)
    take_back(notice=notice, version=notice.version, by=office.author)
    assert tasks(office.head) == []


def test_a_returned_notice_is_its_authors_task(office: Office) -> None:
    draft(activity=office.activity, by=office.author)
    notice = waiting(activity=office.activity, by=office.author, title="돌려받을 안내")
    assert tasks(office.author) == []

    send_back(notice=notice, version=notice.version, reason="때를 적으세요.", by=office.head)

    task = (CORRECT, reverse("notices:notice", args=[notice.pk]))
    assert tasks(office.author) == [task]
    [found] = notices_for(office.author)
    assert found.about == "돌려받을 안내: 때를 적으세요."
    others = [user for name, user in everybody(office).items() if name != "author"]
    assert [one for user in others for one in tasks(user)] == []


def test_the_page_leads_to_the_notice(client: Client, office: Office) -> None:
    notice = waiting(activity=office.activity, by=office.author)
    client.force_login(office.head)

    page = client.get(reverse("workspace:home"))

    assert f'<a href="{notice.get_absolute_url()}">{APPROVE}</a>' in page.text
    assert f"{notice.department}: 예시 안내" in page.text


@pytest.mark.parametrize("size", [1, 3])
def test_tasks_make_one_query_for_any_number(
    office: Office, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(size):
        waiting(activity=office.activity, by=office.author)
        notice = waiting(activity=office.activity, by=office.head)
        send_back(notice=notice, version=notice.version, reason="예시", by=staff(PLANNER))
    head = User.objects.get(pk=office.head.pk)
    head.get_all_permissions()
    with django_assert_num_queries(1):
        found = notices_for(head)
    assert len(found) == 2 * size
    assert Notice.objects.count() == 2 * size
