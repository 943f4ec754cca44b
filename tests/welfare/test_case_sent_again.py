"""A form that opens a case and is sent again: the same case or a sentence, no second case."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from gwonseon.office.models import PersonalAccess, User
from gwonseon.refusals import RefusedError
from plans.tree.models import Activity
from tests.factories.ledger import officer_of, recordable
from tests.factories.office import DepartmentFactory
from tests.factories.tree import ActivityFactory
from tests.plans.editing.forms import typed
from tests.plans.ledger.forms import errors
from tests.plans.together import together
from tests.transactions import undone
from welfare.cases.actions import CaseSentTwiceError, open_case
from welfare.models import SupportCase

pytestmark = pytest.mark.django_db
LIST = reverse("cases:cases")
MARCH = dt.date(2021, 3, 2)


@pytest.fixture
def beside() -> Activity:
    """Return another activity for which the same department may open cases."""
    return ActivityFactory(
        initiative__goal__pillar__plan__year=2021,
        department=DepartmentFactory(),
        record_kind="contact",
    )


@pytest.fixture
def activity(beside: Activity) -> Activity:
    return recordable(department=beside.department, record_kind="contact")


@pytest.fixture
def officer(activity: Activity) -> User:
    return officer_of(activity)


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def page_of(case: SupportCase) -> str:
    return reverse("cases:case", args=[case.pk])


def test_the_same_form_twice_is_one_case(desk: Client, activity: Activity) -> None:
    values = typed(desk, LIST, activity=activity.pk, opened_on="2021-03-02")
    desk.post(LIST, values)
    case = SupportCase.objects.get()

    again = desk.post(LIST, values | {"opened_on": "2021. 3. 2."}, follow=True)

    assert again.redirect_chain[0][0] == page_of(case)
    assert "이미 시작되어 있는 사례라 또 시작하지 않았습니다. 다른 가구의 사례면" in again.text
    assert SupportCase.objects.get() == case
    acts = PersonalAccess.objects.exclude(what="search").values_list("what", "subject")
    assert list(acts) == [("add", f"사례 {case}"), ("view", f"사례 {case}")]


def test_each_form_has_a_token_of_its_own(desk: Client, activity: Activity) -> None:
    forms = [typed(desk, LIST, activity=activity.pk) for _ in range(2)]
    for form in forms:
        desk.post(LIST, form)

    assert {str(one.token) for one in SupportCase.objects.all()} == {
        str(form["token"]) for form in forms
    }


@pytest.mark.parametrize("other", [{"opened_on": "2021-03-03"}, {"opened_on": ""}, {"activity": 0}])
def test_the_same_form_with_other_facts_can_open_another_case(
    desk: Client, activity: Activity, beside: Activity, other: dict[str, Any]
) -> None:
    values = typed(desk, LIST, activity=activity.pk, opened_on="2021-03-02")
    desk.post(LIST, values)
    case = SupportCase.objects.get()
    changed = values | other | ({"activity": beside.pk} if "activity" in other else {})

    answer = desk.post(LIST, changed)

    assert f"이 양식으로 사례 {case}을(를) 이미 시작했으니" in errors(answer)
    assert f'href="{page_of(case)}"' in answer.text
    assert SupportCase.objects.count() == 1
    form = answer.context["form"]
    assert str(form["activity"].value()) == str(changed["activity"])
    assert form.data["opened_on"] == changed["opened_on"]
    desk.post(LIST, changed | {"token": form["token"].value()})
    assert [str(one) for one in SupportCase.objects.order_by("pk")] == ["2021-0001", "2021-0002"]


def test_another_users_form_is_refused_and_can_be_sent_as_a_new_one(
    desk: Client, activity: Activity
) -> None:
    token = uuid4()
    case = open_case(activity=activity, by=officer_of(activity), opened_on=MARCH, token=token)
    values = typed(desk, LIST, activity=activity.pk, opened_on="2021-03-02", token=str(token))

    answer = desk.post(LIST, values)

    assert "이미 다른 사례를 시작한 양식입니다." in errors(answer)
    assert SupportCase.objects.get() == case
    desk.post(LIST, values | {"token": answer.context["form"]["token"].value()})
    assert SupportCase.objects.count() == 2


@pytest.mark.parametrize("token", [None, "", "x", "0"])
def test_a_form_without_its_token_opens_nothing_and_says_so(
    desk: Client, activity: Activity, token: str | None
) -> None:
    sent = {"activity": activity.pk} | ({} if token is None else {"token": token})

    answer = desk.post(LIST, sent)

    assert "사례 화면을 새로 열어 다시 시작해 주세요." in errors(answer)
    assert not SupportCase.objects.exists()


def test_a_form_without_a_day_is_the_same_form_on_a_later_day(
    activity: Activity, officer: User
) -> None:
    sent = {"activity": activity, "token": uuid4()}
    case = SupportCase.objects.create(
        **sent,
        year=2021,
        serial=1,
        opened_on=MARCH,
        opened_by=officer,
        opened_at=dt.datetime(2021, 3, 2, 14, 59, tzinfo=dt.UTC),
    )

    again = open_case(**sent, by=officer)

    assert (again, again.was_there) == (case, True)
    with pytest.raises(CaseSentTwiceError):
        open_case(**sent, by=officer, opened_on=dt.date(2021, 12, 31))


def test_the_same_form_finds_its_case_after_a_change_of_state(
    activity: Activity, officer: User
) -> None:
    sent = {"activity": activity, "by": officer, "token": uuid4(), "opened_on": MARCH}
    case = open_case(**sent)
    SupportCase.objects.update(state="review", version=1)

    assert open_case(**sent) == case


@pytest.mark.django_db(transaction=True)
def test_the_same_form_at_the_same_moment_is_one_case(activity: Activity, officer: User) -> None:
    for round_ in range(1, 6):
        sent = {"activity": activity, "by": officer, "token": uuid4(), "opened_on": MARCH}
        first, second = together(*[lambda sent=sent: open_case(**sent)] * 2)
        assert first == second
        assert sorted([first.was_there, second.was_there]) == [False, True]
        assert SupportCase.objects.count() == round_


@pytest.mark.django_db(transaction=True)
def test_the_same_form_with_other_facts_at_once_loses_no_input(
    activity: Activity, officer: User
) -> None:
    beside = recordable(2022, department=activity.department, record_kind="contact")
    open_case(activity=activity, by=officer)
    for round_ in range(2, 7):
        token = uuid4()
        results = together(
            lambda token=token: open_case(activity=activity, by=officer, token=token),
            lambda token=token: open_case(activity=beside, by=officer, token=token),
        )
        refused = [one for one in results if isinstance(one, RefusedError)]
        opened = [one for one in results if isinstance(one, SupportCase)]
        assert (len(refused), len(opened)) == (1, 1)
        assert refused[0].case == opened[0]
        assert SupportCase.objects.count() == round_


def test_a_form_names_no_case_of_a_department_that_its_author_has_left(
    activity: Activity, officer: User
) -> None:
    token = uuid4()
    open_case(activity=activity, by=officer, token=token)
    new = recordable(year=2020, record_kind="contact")
    officer.department = new.department
    officer.save()
    open_case(activity=new, by=officer)

    with pytest.raises(CaseSentTwiceError) as refused, undone():
        open_case(activity=new, by=officer, token=token)
    assert refused.value.case is None
