"""Cases: numbers instead of names, visible only to their department, every view logged."""

import pytest
from django.test import Client
from django.urls import reverse

from gwonseon.office.models import PersonalAccess, User
from gwonseon.office.roles import EDITOR, PLANNER
from gwonseon.refusals import RefusedError
from plans.ledger.models import Record
from plans.tree.models import Activity
from tests.factories.ledger import officer_of, recordable
from tests.factories.office import staff
from tests.plans.editing.forms import typed
from tests.plans.ledger.forms import add_url, errors, filled
from tests.transactions import undone
from welfare.cases.actions import move_case, open_case
from welfare.models import SupportCase

pytestmark = pytest.mark.django_db
LIST = reverse("cases:cases")


@pytest.fixture
def activity(db: None) -> Activity:
    return recordable(record_kind="contact", measure="quantity", unit="가구", counted="예시")


@pytest.fixture
def officer(activity: Activity) -> User:
    return officer_of(activity)


def page_of(case: SupportCase) -> str:
    return reverse("cases:case", args=[case.pk])


def test_a_case_is_opened_contacted_and_closed(
    client: Client, activity: Activity, officer: User
) -> None:
    client.force_login(officer)
    assert "먼저 시작하세요" in errors(
        client.post(add_url(activity), filled(client, add_url(activity)))
    )
    client.post(LIST, typed(client, LIST, activity=activity.pk))
    case = SupportCase.objects.get()
    assert str(case) == "2021-0001"

    values = filled(client, add_url(activity), happened_on="2021-03-02", confirm="")
    values |= {"detail-case": case.pk, "detail-service": "talk", "note": "이름", "dong": "1"}
    client.post(add_url(activity), values)
    record = Record.objects.confirmed().get()
    assert (record.note, record.dong, record.facility) == ("", None, None)
    assert "상담" in client.get(page_of(case)).text

    client.post(page_of(case), {"state": "closed", "version": 0})
    case.refresh_from_db()
    assert case.closed_on is not None
    form = client.get(add_url(activity)).context["forms"].detail
    assert case not in form.fields["case"].queryset


def test_every_view_is_logged(client: Client, activity: Activity, officer: User) -> None:
    client.force_login(officer)
    older, case = (open_case(activity=activity, by=officer) for _ in range(2))

    client.get(LIST)
    client.get(page_of(case))

    rows = PersonalAccess.objects.order_by("pk").values_list("what", "subject", "user")
    assert list(rows) == [
        ("search", f"사례 {case}", officer.pk),
        ("search", f"사례 {older}", officer.pk),
        ("view", f"사례 {case}", officer.pk),
    ]


def test_every_write_is_logged(client: Client, activity: Activity, officer: User) -> None:
    client.force_login(officer)
    client.post(LIST, typed(client, LIST, activity=activity.pk))
    case = SupportCase.objects.get()
    client.post(page_of(case), {"state": "needs", "version": 0})
    client.post(page_of(case), {"state": "closed", "version": 0})
    rows = PersonalAccess.objects.order_by("pk").values_list("what", "subject")
    # The last request was refused, and showed the case again.
    told = [("add", f"사례 {case}"), ("change", f"사례 {case}"), ("view", f"사례 {case}")]
    assert list(rows) == told


def test_other_departments_and_planners_cannot_see_a_case(
    client: Client, activity: Activity, officer: User
) -> None:
    case = open_case(activity=activity, by=officer)
    for stranger in (staff(EDITOR), staff(PLANNER)):
        client.force_login(stranger)
        assert client.get(page_of(case)).status_code == 404
        assert str(case) not in client.get(LIST).text
        with pytest.raises(RefusedError), undone():
            open_case(activity=activity, by=stranger)
        with pytest.raises(RefusedError), undone():
            move_case(case=case, state="needs", version=0, by=stranger)
    assert not PersonalAccess.objects.exists()


def test_the_second_save_does_not_overwrite_the_first(
    client: Client, activity: Activity, officer: User
) -> None:
    case = open_case(activity=activity, by=officer)
    client.force_login(officer)
    client.post(page_of(case), {"state": "needs", "version": 0})

    answer = client.post(page_of(case), {"state": "service", "version": 0})

    assert "다른 사람이 이 사례를 고쳤습니다." in errors(answer)
    case.refresh_from_db()
    assert case.state == "needs"


def test_case_numbers_are_consecutive(activity: Activity, officer: User) -> None:
    numbers = [str(open_case(activity=activity, by=officer)) for _ in range(3)]

    assert numbers == ["2021-0001", "2021-0002", "2021-0003"]


def test_each_year_has_numbers_of_its_own(activity: Activity, officer: User) -> None:
    other = recordable(year=2020, record_kind="contact", department=activity.department)

    numbers = [str(open_case(activity=one, by=officer)) for one in (activity, other, activity)]

    assert numbers == ["2021-0001", "2020-0001", "2021-0002"]
