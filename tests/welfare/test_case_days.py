"""A case is opened and closed on stated days; who wrote that and when is stored, too."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from plans.ledger import actions
from plans.tree.models import Activity
from tests.factories.ledger import entry, officer_of, recordable
from tests.plans.editing.forms import typed
from tests.plans.together import together, while_uncommitted
from welfare.cases.actions import move_case, open_case
from welfare.models import Contact, SupportCase

pytestmark = pytest.mark.django_db
MARCH, MAY = dt.date(2021, 3, 2), dt.date(2021, 5, 1)


@pytest.fixture
def activity() -> Activity:
    return recordable(record_kind="contact", measure="quantity", unit="가구", counted="예시")


@pytest.fixture
def officer(activity: Activity) -> User:
    return officer_of(activity)


def test_the_page_takes_the_days(client: Client, activity: Activity, officer: User) -> None:
    client.force_login(officer)
    cases = reverse("cases:cases")
    client.post(cases, typed(client, cases, activity=activity.pk, opened_on="2021-03-02"))
    case = SupportCase.objects.get()
    assert (case.opened_on, case.opened_by) == (MARCH, officer)

    url = reverse("cases:case", args=[case.pk])
    early = client.post(url, {"state": "closed", "closed_on": "2021-03-01", "version": 0})
    assert "2021. 3. 2.부터 오늘까지로 적어 주세요" in early.text
    client.post(url, {"state": "closed", "closed_on": "2021-05-01", "version": 0})

    case.refresh_from_db()
    assert (case.closed_on, case.closed_by) == (MAY, officer)
    assert case.closed_at
    today = timezone.localdate()
    page = client.get(url).text
    assert f"{officer}, {today.year}. {today.month}. {today.day}.에 적음" in page
    client.post(url, {"state": "review", "version": 1})
    case.refresh_from_db()
    assert (case.closed_on, case.closed_by, case.closed_at) == (None, None, None)


def test_a_closing_day_with_another_state_is_refused(
    client: Client, activity: Activity, officer: User
) -> None:
    case = open_case(activity=activity, by=officer, opened_on=MARCH)
    client.force_login(officer)
    url = reverse("cases:case", args=[case.pk])

    page = client.post(url, {"state": "service", "closed_on": "2021-05-01", "version": 0}).text
    assert "단계를 「종결」로 고르거나 비워 주세요" in page
    case.refresh_from_db()
    assert (case.state, case.version) == ("first-talk", 0)

    client.post(url, {"state": "closed", "closed_on": "2021-05-01", "version": 0})
    opened_again = typed(client, url, state="service")
    assert opened_again["closed_on"] == MAY
    client.post(url, opened_again)
    case.refresh_from_db()
    assert (case.state, case.closed_on) == ("service", None)


def test_the_default_day_is_today_limited_to_the_year(activity: Activity, officer: User) -> None:
    assert open_case(activity=activity, by=officer).opened_on == dt.date(2021, 12, 31)


@pytest.mark.parametrize("day", [dt.date(2021, 1, 1), dt.date(2021, 12, 31)])
def test_a_case_opens_on_the_first_and_on_the_last_day_of_its_year(
    activity: Activity, officer: User, day: dt.date
) -> None:
    assert open_case(activity=activity, by=officer, opened_on=day).opened_on == day


@pytest.mark.parametrize("day", [dt.date(2020, 12, 31), dt.date(2022, 1, 1)])
def test_a_case_opens_within_its_year(activity: Activity, officer: User, day: dt.date) -> None:
    with pytest.raises(RefusedError, match=r"2021\. 1\. 1\.부터 2021\. 12\. 31\.까지"):
        open_case(activity=activity, by=officer, opened_on=day)


def test_a_case_does_not_close_before_its_last_contact(activity: Activity, officer: User) -> None:
    case = open_case(activity=activity, by=officer, opened_on=MARCH)
    contact = entry("2021-05-01", quantity=1)
    contact.detail = Contact(case=case, service="talk")
    actions.add_record(activity=activity, entry=contact, by=officer, confirm=True)
    facts = {"case": case, "state": "closed", "version": 0, "by": officer}

    with pytest.raises(RefusedError, match=r"2021\. 5\. 1\.부터 오늘까지"):
        move_case(**facts, closed_on=dt.date(2021, 4, 30))
    with pytest.raises(RefusedError, match="오늘까지"):
        move_case(**facts, closed_on=timezone.localdate() + dt.timedelta(days=1))
    assert move_case(**facts, closed_on=MAY).closed_on == MAY


def test_a_contact_that_was_struck_out_holds_no_closing(activity: Activity, officer: User) -> None:
    case = open_case(activity=activity, by=officer, opened_on=MARCH)
    contact = entry("2021-05-01", quantity=1)
    contact.detail = Contact(case=case, service="talk")
    record = actions.add_record(activity=activity, entry=contact, by=officer, confirm=True)
    actions.void_record(record=record, reason="예시: 잘못 적음", by=officer)

    day = dt.date(2021, 4, 30)
    case = move_case(case=case, state="closed", version=0, by=officer, closed_on=day)

    assert case.closed_on == day


def test_no_contact_is_recorded_after_a_case_was_closed(activity: Activity, officer: User) -> None:
    case = open_case(activity=activity, by=officer, opened_on=MARCH)

    def contact(day: str) -> actions.RecordEntry:
        typed = entry(day, quantity=1)
        typed.detail = Contact(case=case, service="talk")
        return typed

    facts = {"activity": activity, "by": officer}
    done = actions.add_record(**facts, entry=contact("2021-04-01"), confirm=True)
    draft = actions.add_record(**facts, entry=contact("2021-04-02"))
    move_case(case=case, state="closed", version=0, by=officer, closed_on=MAY)
    assert actions.add_record(**facts, entry=contact("2021-05-01"), confirm=True)
    late = contact("2021-05-02")

    with pytest.raises(RefusedError, match="사례를 종결한 뒤의 날입니다"):
        actions.add_record(**facts, entry=late, confirm=True)
    with pytest.raises(RefusedError, match="사례를 종결한 뒤의 날입니다"):
        actions.correct_record(record=done, entry=late, by=officer, confirm=True)
    actions.confirm_record(record=draft, version=0, by=officer)
    move_case(case=case, state="review", version=1, by=officer)
    assert actions.add_record(**facts, entry=late, confirm=True).state == "confirmed"


@pytest.mark.django_db(transaction=True)
def test_a_case_is_not_closed_before_a_simultaneous_contact() -> None:
    activity = recordable(record_kind="contact", measure="quantity", unit="가구", counted="예시")
    officer = officer_of(activity)
    for _ in range(8):
        case = open_case(activity=activity, by=officer, opened_on=MARCH)
        late = entry("2021-05-02", quantity=1)
        late.detail = Contact(case=case, service="talk")
        close = {"case": case, "state": "closed", "version": 0, "by": officer, "closed_on": MAY}
        add = {"activity": activity, "entry": late, "by": officer, "confirm": True}
        results = together(
            lambda add=add: actions.add_record(**add), lambda close=close: move_case(**close)
        )
        assert sum(isinstance(one, RefusedError) for one in results) == 1
        case.refresh_from_db()
        assert (case.closed_on is None) == case.contacts.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("closes_first", [True, False])
def test_closing_and_a_later_contact_wait_for_each_other(closes_first: bool) -> None:
    activity = recordable(record_kind="contact", measure="quantity", unit="가구", counted="예시")
    officer = officer_of(activity)
    case = open_case(activity=activity, by=officer, opened_on=MARCH)
    late = entry("2021-05-02", quantity=1)
    late.detail = Contact(case=case, service="talk")
    close = {"case": case, "state": "closed", "version": 0, "by": officer, "closed_on": MAY}
    add = {"activity": activity, "entry": late, "by": officer, "confirm": True}
    writes = [lambda: move_case(**close), lambda: actions.add_record(**add)]

    answer = while_uncommitted(*(writes if closes_first else reversed(writes)))

    assert isinstance(answer, RefusedError)
    case.refresh_from_db()
    assert (case.closed_on is None) == case.contacts.exists() == (not closes_first)
