"""Blockers: raised, followed until they are resolved, and then as they are."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import Department, User
from gwonseon.office.roles import EDITOR, READER
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError
from plans.tracking.blockers.actions import change_blocker, raise_blocker, resolve_blocker
from plans.tracking.blockers.models import Blocker
from tests.factories.office import DepartmentFactory, staff
from tests.plans.tracking.conftest import Quarter

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
LIST = reverse("blockers:blockers")


@pytest.fixture
def other(db: None) -> Department:
    """The department that must act."""
    return DepartmentFactory(name="예시 도움 부서")


def raised(quarter: Quarter, other: Department, due_on: date = TODAY, **facts: object) -> Blocker:
    """Return an open blocker of the quarter's activity."""
    values = {"what": "예시 예산이 모자람", "department": other, "due_on": due_on} | facts
    return raise_blocker(
        activity=quarter.activity, values=values, token=uuid4(), by=quarter.officer
    )


def resolved(blocker: Blocker, by: User, day: date = TODAY) -> Blocker:
    """Resolve a blocker as it was read."""
    return resolve_blocker(
        blocker=blocker, day=day, resolution="예시 추경", version=blocker.version, by=by
    )


def test_who_must_act_resolves_it_and_it_stays(quarter: Quarter, other: Department) -> None:
    blocker = raised(quarter, other)
    blocker = resolved(blocker, staff(EDITOR, department=other))

    assert (blocker.resolved_on, blocker.resolution) == (TODAY, "예시 추경")
    with pytest.raises(RefusedError, match="이미 풀었다고"):
        resolved(blocker, quarter.officer)
    with pytest.raises(RefusedError, match="이미 풀었다고"):
        change_blocker(blocker=blocker, values={"what": "예시"}, version=1, by=quarter.officer)
    row = Blocker.objects.filter(pk=blocker.pk)
    for write in (lambda: row.update(what="예시 다른 것"), row.delete):
        with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
            write()


def test_a_stranger_neither_raises_changes_nor_resolves(
    quarter: Quarter, other: Department
) -> None:
    blocker = raised(quarter, other)
    for by in (staff(EDITOR, department=DepartmentFactory()), staff(READER, department=other)):
        with pytest.raises(RefusedError, match="권한이 없습니다"):
            values = {"what": "예시", "department": other, "due_on": TODAY}
            raise_blocker(activity=quarter.activity, values=values, token=uuid4(), by=by)
        with pytest.raises(RefusedError, match="권한이 없습니다"):
            change_blocker(blocker=blocker, values={"what": "예시"}, version=0, by=by)
        with pytest.raises(RefusedError, match="풀어야 할 부서"):
            resolved(blocker, by)


def test_who_must_act_does_not_change_what_blocks(quarter: Quarter, other: Department) -> None:
    blocker = raised(quarter, other)
    with pytest.raises(RefusedError, match="고칠 권한"):
        values = {"department": quarter.officer.department}
        change_blocker(
            blocker=blocker, values=values, version=0, by=staff(EDITOR, department=other)
        )


def test_a_form_sent_twice_is_one_blocker(quarter: Quarter, other: Department) -> None:
    values = {"what": "예시", "department": other, "due_on": TODAY}
    facts = {"activity": quarter.activity, "values": values, "token": uuid4()}
    assert raise_blocker(**facts, by=quarter.officer) == raise_blocker(**facts, by=quarter.officer)
    with pytest.raises(RefusedError, match="이미 보낸 양식"):
        raise_blocker(**facts, by=quarter.head)
    with pytest.raises(RefusedError, match="이미 보낸 양식"):
        raise_blocker(**facts | {"activity": quarter.other}, by=quarter.officer)
    assert Blocker.objects.count() == 1


def test_nothing_blocks_an_activity_that_ended(quarter: Quarter, other: Department) -> None:
    quarter.activity.retired_on = TODAY
    with pytest.raises(RefusedError, match="이미 끝난 활동"):
        raised(quarter, other)


@pytest.mark.parametrize("days", [-1, 1])
def test_it_is_resolved_between_the_day_it_was_raised_and_today(
    quarter: Quarter, other: Department, days: int
) -> None:
    blocker = raised(quarter, other)
    with pytest.raises(RefusedError, match="오늘까지의 날"):
        resolved(blocker, quarter.officer, TODAY + timedelta(days=days))


def test_an_outdated_version_neither_changes_nor_resolves(
    quarter: Quarter, other: Department
) -> None:
    blocker = raised(quarter, other)
    values = {"what": "예시 고친 것"}
    change_blocker(blocker=blocker, values=values, version=0, by=quarter.head)
    for act in (
        lambda: resolved(blocker, quarter.officer),
        lambda: change_blocker(blocker=blocker, values=values, version=0, by=quarter.officer),
    ):
        with pytest.raises(OutdatedError):
            act()


def test_the_list_shows_open_ones_first_due_and_filters(
    quarter: Quarter, other: Department, client: Client
) -> None:
    late = raised(quarter, other, TODAY - timedelta(days=1), what="예시 늦은 것")
    raised(quarter, quarter.officer.department, TODAY + timedelta(days=9), what="예시 우리 것")
    done = resolved(raised(quarter, other, what="예시 푼 것"), quarter.officer)
    client.force_login(quarter.officer)

    def listed(**asked: str) -> list[str]:
        return [one.what for one in client.get(LIST, asked).context["page"]]

    assert listed() == [late.what, "예시 우리 것"]
    assert listed(state="overdue") == [late.what]
    assert listed(state="resolved") == [done.what]
    assert listed(whose="to-resolve") == ["예시 우리 것"]
    assert listed(whose="own") == [late.what, "예시 우리 것"]
    assert listed(pillar="safety") == []
    assert "지남" in client.get(LIST).text


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_makes_the_same_number_of_queries(
    quarter: Quarter,
    other: Department,
    client: Client,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _time in range(number):
        raised(quarter, DepartmentFactory())
    client.force_login(quarter.officer)
    client.get(LIST)
    with django_assert_num_queries(7):
        client.get(LIST)


def test_it_is_raised_changed_and_resolved_in_the_pages(
    quarter: Quarter, other: Department, client: Client
) -> None:
    client.force_login(quarter.officer)
    add = reverse("blockers:blocker_add", args=[quarter.activity.pk])
    form = client.get(add).context["form"]
    typed = {"what": "예시 부지가 없음", "department": other.pk, "due_on": "2021-05-01"}
    typed |= {"token": form.initial["token"], "version": 0}
    assert client.post(add, typed).status_code == 302
    blocker = Blocker.objects.get()

    page = client.post(blocker.get_absolute_url(), typed | {"what": ""})
    assert "무엇이 막고 있는지 적어 주세요." in page.text
    client.post(blocker.get_absolute_url(), typed | {"what": "예시 고친 것"})
    page = client.post(blocker.get_absolute_url(), typed | {"what": "예시 늦은 것"})
    assert page.status_code == 409
    sides = [(one.before, one.after) for one in page.context["form"].sides if one.differs]
    assert sides == [("예시 고친 것", "예시 늦은 것")]
    assert "지금 저장된 내용과 내가 적은 내용" in page.text

    url = reverse("blockers:resolve", args=[blocker.pk])
    page = client.post(url, {"version": 1, "day": str(TODAY), "resolution": ""})
    assert "무엇을 어떻게 풀었는지 적어 주세요." in page.text
    said = {"day": str(TODAY), "resolution": "예시 부지를 찾음"}
    page = client.post(url, said | {"version": 0})
    assert page.status_code == 409
    client.post(url, said | {"version": page.context["resolving"]["version"].value()})
    page = client.get(blocker.get_absolute_url()).text
    assert "예시 부지를 찾음" in page
    assert "풀렸으면" not in page


def test_bad_input_gets_its_sentences(quarter: Quarter, client: Client) -> None:
    client.force_login(quarter.officer)
    add = reverse("blockers:blocker_add", args=[quarter.activity.pk])
    page = client.post(add, {"version": "0", "due_on": "모레", "token": "x"})
    for sentence in ("무엇이 막고", "부서를 골라", "모레"):
        assert sentence in page.text
    assert not Blocker.objects.exists()
