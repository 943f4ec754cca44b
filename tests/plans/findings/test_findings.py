"""Findings are followed until they are put right."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import User
from gwonseon.office.roles import EDITOR, READER
from gwonseon.refusals import RefusedError
from plans.facilities.models import Facility, FacilityKind
from plans.findings.actions import close_finding
from plans.ledger.actions import RecordEntry, add_record, correct_record
from plans.ledger.models import Finding, Inspection, Record
from plans.tree.models import Activity
from tests.factories.ledger import FacilityFactory, entry, officer_of, recordable
from tests.factories.office import DepartmentFactory, staff
from tests.plans.ledger.forms import add_url, errors, filled
from tests.plans.together import while_uncommitted

LIST = reverse("findings:findings")


@pytest.fixture
def activity(db: None) -> Activity:
    return recordable(record_kind="inspection")


def found(
    activity: Activity, by: User, facility: Facility | None = None, **facts: object
) -> Finding:
    typed = entry(facility_id=facility and facility.pk, dong_id=facility and facility.dong_id)
    typed.detail = Inspection(outcome="repair", failed=["배수로"])
    typed.findings = [Finding(what="예시 고칠 것", **facts)]
    add_record(activity=activity, entry=typed, by=by, confirm=True)
    return Finding.objects.latest("pk")


def page_of(finding: Finding) -> str:
    return reverse("findings:finding", args=[finding.pk])


def test_an_inspection_is_recorded_with_its_checklist_and_what_it_found(
    desk: Client, activity: Activity
) -> None:
    place = FacilityFactory(kinds=[FacilityKind.PARK])
    assert str(place) in desk.get(add_url(activity)).text
    url = f"{add_url(activity)}?facility={place.pk}"
    values = filled(desk, url, happened_on="2021-03-02", confirm="")
    values |= {"detail-failed": ["놀이·운동 기구"], "detail-outcome": "fine"}
    values |= {"findings-0-what": "그네 사슬", "findings-0-due_on": "2021-03-09"}

    assert "「이상 없음」이 아닌" in errors(desk.post(url, values))
    desk.post(url, values | {"detail-outcome": "repair"})

    record = Record.objects.get()
    assert (record.facility, record.dong) == (place, place.dong)
    assert record.inspection.failed == ["놀이·운동 기구"]
    assert "보행로 포장" in record.inspection.passed
    assert [str(one) for one in record.findings.all()] == ["그네 사슬"]
    assert "그네 사슬" in desk.get(LIST).text


def test_a_finding_without_a_description_is_refused(desk: Client, activity: Activity) -> None:
    url = f"{add_url(activity)}?facility={FacilityFactory().pk}"
    values = filled(desk, url, happened_on="2021-03-02") | {"detail-outcome": "fine"}

    response = desk.post(url, values | {"findings-1-due_on": "2021-03-09"})

    assert "무엇을 조치해야 하는지" in errors(response)


def test_a_finding_is_closed_with_a_day_and_a_note(
    desk: Client, activity: Activity, officer: User
) -> None:
    finding = found(activity, officer, due_on=dt.date(2021, 3, 9))

    for day, note, sentence in [
        ("2021-03-01", "고침", "2021-03-02에 찾은 것입니다."),
        ("2999-01-01", "고침", "아직 오지 않은 날"),
        ("2021-03-05", "", "무엇을 어떻게"),
        ("그저께", "고침", "「그저께」을(를) 날짜로"),
    ]:
        assert sentence in errors(desk.post(page_of(finding), {"day": day, "note": note}))
    desk.post(page_of(finding), {"day": "2021-03-05", "note": "사슬을 바꿈"})

    finding.refresh_from_db()
    assert (finding.done_on, finding.done_by) == (dt.date(2021, 3, 5), officer)
    assert str(finding) in desk.get(LIST, {"state": "done"}).text
    with pytest.raises(RefusedError, match="이미"):
        close_finding(finding=finding, day=dt.date(2021, 3, 6), note="또", by=officer)


def test_only_the_departments_concerned_close_a_finding(client: Client, activity: Activity) -> None:
    department = DepartmentFactory()
    finding = found(activity, officer_of(activity), department=department)
    sent = {"day": "2021-03-05", "note": "고침"}

    client.force_login(staff(EDITOR))
    assert client.post(page_of(finding), sent).status_code == 403
    client.force_login(staff(EDITOR, department=department))
    assert str(finding) in client.get(LIST, {"mine": "on"}).text
    assert client.post(page_of(finding), sent).status_code == 302


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same(
    desk: Client,
    activity: Activity,
    officer: User,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(number):
        found(activity, officer, FacilityFactory())

    with django_assert_num_queries(7):
        assert len(desk.get(LIST).context["page"]) == number


@pytest.mark.django_db(transaction=True)
def test_a_finding_is_closed_while_its_record_is_corrected() -> None:
    activity = recordable(record_kind="inspection")
    officer = officer_of(activity)
    finding = found(activity, officer)
    other = entry("2021-03-03")
    other.detail = Inspection(outcome="repair", failed=["배수로"])
    facts = {"record": finding.record, "entry": other, "confirm": True}
    closing = {"finding": finding, "day": dt.date(2021, 3, 5), "note": "예시로 고침"}

    closed = while_uncommitted(
        lambda: correct_record(**facts, by=officer), lambda: close_finding(**closing, by=officer)
    )

    assert isinstance(closed, Finding)
    finding.refresh_from_db()
    assert (finding.record.state, finding.done_on) == ("confirmed", closing["day"])


def test_a_finding_cannot_be_found_after_it_was_put_right(
    activity: Activity, officer: User
) -> None:
    finding = found(activity, officer)
    close_finding(finding=finding, day=dt.date(2021, 3, 5), note="고침", by=officer)

    def corrected(day: str) -> RecordEntry:
        typed = entry(day)
        typed.detail = Inspection(outcome="repair", failed=["배수로"])
        return typed

    facts = {"record": finding.record, "by": officer, "confirm": True}
    with pytest.raises(RefusedError, match="2021-03-05에 조치했습니다"):
        correct_record(**facts, entry=corrected("2021-03-06"))
    new = correct_record(**facts, entry=corrected("2021-03-05"))
    assert new.findings.get() == finding


def test_a_correction_takes_over_what_its_own_record_found(
    activity: Activity, officer: User
) -> None:
    finding, others = found(activity, officer), found(activity, officer)
    close_finding(finding=others, day=dt.date(2021, 3, 3), note="고침", by=officer)
    typed = entry("2021-03-05")
    typed.detail = Inspection(outcome="repair", failed=["배수로"])

    new = correct_record(record=finding.record, entry=typed, by=officer, confirm=True)

    assert new.findings.get() == finding
    assert others.record.findings.get() == others


def test_it_is_closed_between_the_day_it_was_found_and_today(
    activity: Activity, officer: User
) -> None:
    first, last = found(activity, officer), found(activity, officer)
    stranger, reader = staff(EDITOR), staff(READER, department=activity.department)

    for other in (stranger, reader):
        with pytest.raises(RefusedError, match="권한이 없습니다"):
            close_finding(finding=first, day=dt.date(2021, 3, 2), note="고침", by=other)
    close_finding(finding=first, day=dt.date(2021, 3, 2), note="고침", by=officer)
    close_finding(finding=last, day=timezone.localdate(), note="고침", by=officer)
    assert not Finding.objects.filter(done_on=None).exists()
