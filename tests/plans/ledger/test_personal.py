"""Access log of personal records: a row for each person and action, else the action fails."""

import csv
import io

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import PersonalAccess, User
from plans.ledger.models import Record
from plans.ledger.personal import subjects_of
from plans.tree.models import Activity
from tests.factories.ledger import RecordFactory, recordable
from tests.plans.ledger.forms import add_url, errors, filled, page_of
from tests.plans.together import together
from tests.triggers import without_trigger
from welfare.cases.actions import open_case
from welfare.models import Contact, Delivery, SupportCase

LIST = reverse("ledger:records")
FILE = reverse("ledger:records_file")
What = PersonalAccess.What
REASON = "예시 사례회의 자료"


@pytest.fixture
def activity(db: None) -> Activity:
    return recordable(record_kind="contact")


@pytest.fixture
def case(activity: Activity, officer: User) -> SupportCase:
    return open_case(activity=activity, by=officer)


def contact(case: SupportCase, by: User) -> Record:
    record = RecordFactory(activity=case.activity, written_by=by)
    Contact.objects.create(record=record, case=case, service=Contact.Service.TALK)
    return record


def delivery(by: User) -> Record:
    facts = {"department": by.department, "record_kind": "delivery", "measure": "quantity"}
    record = RecordFactory(activity=recordable(year=2022, **facts), written_by=by, quantity=3)
    Delivery.objects.create(record=record, portions=5)
    return record


def plain_record() -> Record:
    return RecordFactory(activity=recordable(year=2023), confirmed=True)


def log() -> list[tuple[str, str]]:
    """Return the log's rows and empty the log."""
    rows = list(PersonalAccess.objects.order_by("pk").values_list("what", "subject"))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with without_trigger(PersonalAccess, "stays_two_years"):
        PersonalAccess.objects.all().delete()
    return rows


@pytest.mark.parametrize("number", [1, 3])
def test_finding_persons_of_records_costs_the_same_for_any_number(
    activity: Activity,
    officer: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    cases = [open_case(activity=activity, by=officer) for _ in range(number)]
    records = [contact(case, officer) for case in cases]
    records = [*Record.objects.filter(pk__in=[one.pk for one in records]).order_by("pk"), None]
    with django_assert_num_queries(1):
        assert subjects_of(records) == [f"사례 {case}" for case in cases]


def test_a_record_without_a_case_is_named_by_its_own_number(
    officer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    record, plain = delivery(officer), plain_record()
    with django_assert_num_queries(0):
        assert subjects_of([plain, record]) == [f"실적 {record.pk}"]


def test_a_list_has_a_row_for_each_person_on_it(
    desk: Client, activity: Activity, officer: User
) -> None:
    cases = [open_case(activity=activity, by=officer) for _ in range(3)]
    for case in (*cases, cases[0]):
        contact(case, officer)
    desk.get(LIST)
    assert sorted(log()) == [("search", f"사례 {case}") for case in cases]


def test_every_write_is_logged_once(
    desk: Client, activity: Activity, officer: User, case: SupportCase
) -> None:
    other = open_case(activity=activity, by=officer)
    values = filled(desk, add_url(activity), happened_on="2021-03-02")
    assert sorted(log()) == [("view", f"사례 {case}"), ("view", f"사례 {other}")]
    values |= {"detail-case": case.pk, "detail-service": "talk"}

    desk.post(add_url(activity), values)
    record = Record.objects.get()
    assert log() == [("add", f"사례 {case}")]

    values |= {"detail-case": other.pk, "version": 0}
    desk.post(page_of(record, "edit"), values)
    assert log() == [("change", f"사례 {case}"), ("change", f"사례 {other}")]

    desk.post(page_of(record, "confirm"), {"version": 1})
    assert log() == [("change", f"사례 {other}")]

    desk.get(page_of(record, "void"))
    assert log() == [("view", f"사례 {other}")]
    desk.post(page_of(record, "void"), {"reason": "두 번 적음"})
    assert log() == [("change", f"사례 {other}")]

    desk.get(page_of(Record.objects.get(corrects=record)))
    assert log() == [("view", f"사례 {other}")]


def test_the_page_of_a_record_names_everybody_that_its_history_names(
    desk: Client, activity: Activity, officer: User, case: SupportCase
) -> None:
    other = open_case(activity=activity, by=officer)
    values = filled(desk, add_url(activity), happened_on="2021-03-02")
    values |= {"detail-case": case.pk, "detail-service": "talk"}
    desk.post(add_url(activity), values)
    record = Record.objects.get()
    edit = page_of(record, "edit")
    desk.post(edit, filled(desk, edit) | {"detail-case": other.pk})
    log()

    assert str(case) in desk.get(page_of(record)).text

    assert sorted(log()) == [("view", f"사례 {case}"), ("view", f"사례 {other}")]


def test_a_form_sent_twice_adds_no_record_but_is_logged(desk: Client, officer: User) -> None:
    later = delivery(officer)
    url = add_url(later.activity)
    values = filled(desk, url, happened_on="2022-03-02", **{"detail-portions": "5"})
    for _again in range(2):
        desk.post(url, values)
    first = Record.objects.latest("pk")
    desk.post(url, filled(desk, url, happened_on="2022-03-03"))
    assert log().count(("add", f"실적 {first.pk}")) == 1

    answer = desk.post(url, values | {"quantity": "7"})

    assert f"번호 {first.pk}" in answer.text
    assert ("view", f"실적 {first.pk}") in log()


def test_confirming_a_correction_logs_both_records(desk: Client, officer: User) -> None:
    record = delivery(officer)
    desk.post(page_of(record, "confirm"), {"version": record.version})
    edit = page_of(record, "edit")
    desk.post(edit, filled(desk, edit, quantity="4"))
    correction = Record.objects.get(corrects=record)
    log()

    desk.post(page_of(correction, "confirm"), {"version": correction.version})

    assert Record.objects.get(pk=correction.pk).state == Record.State.CONFIRMED
    assert log() == [("change", f"실적 {one.pk}") for one in (correction, record)]


def test_discarding_a_draft_is_logged(desk: Client, officer: User, case: SupportCase) -> None:
    record = contact(case, officer)
    desk.post(page_of(record, "discard"), {"version": 0})
    assert not Record.objects.exists()
    assert log() == [("delete", f"사례 {case}")]


def test_a_refused_write_is_not_logged(desk: Client, officer: User, case: SupportCase) -> None:
    record = contact(case, officer)
    for act in ("confirm", "discard"):
        desk.post(page_of(record, act), {"version": 7})
    assert log() == []
    assert Record.objects.get().is_draft


@pytest.mark.django_db(transaction=True)
def test_of_two_simultaneous_discards_one_is_logged(officer: User, case: SupportCase) -> None:
    record = contact(case, officer)
    desks = [Client(), Client()]
    for desk in desks:
        desk.force_login(officer)
    one, other = desks
    together(
        lambda: one.post(page_of(record, "discard"), {"version": 0}),
        lambda: other.post(page_of(record, "discard"), {"version": 0}),
    )
    assert not Record.objects.exists()
    assert PersonalAccess.objects.filter(what=What.DELETE).count() == 1


@pytest.mark.parametrize("act", ["discard", "confirm"])
def test_a_write_fails_if_it_cannot_be_logged(
    desk: Client, officer: User, case: SupportCase, act: str
) -> None:
    record = contact(case, officer)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE office_personalaccess ADD CHECK (subject = '') NOT VALID")
    with pytest.raises(IntegrityError):
        desk.post(page_of(record, act), {"version": 0})
    assert Record.objects.get().is_draft


def lines(answer: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def test_a_file_without_personal_records_needs_no_reason(desk: Client, officer: User) -> None:
    plain = plain_record()
    answer = desk.get(FILE)
    assert [line["번호"] for line in lines(answer)] == [str(plain.pk)]
    assert log() == []


def test_a_file_of_personal_records_needs_a_reason_logged_for_each_person(
    desk: Client, activity: Activity, officer: User
) -> None:
    cases = [open_case(activity=activity, by=officer) for _ in range(3)]
    for case in cases:
        contact(case, officer)
    plain_record()
    address = f"{FILE}?year=2021&kind=contact"

    page = desk.get(address)
    assert "개인의 일 3건" in page.text
    assert not page.streaming
    with_number = "예시 010 0000 1234 문의"
    for wrong in ("", "회의", "  가  ", "가    나", "가" * 201, "\u200b보이지 않음", with_number):
        answer = desk.post(address, {"reason": wrong})
        assert not answer.streaming
        assert errors(answer)
    assert "5자에서 200자로" in errors(desk.post(address, {}))
    assert log() == []

    answer = desk.post(address, {"reason": f" {REASON}\n"})

    assert len(lines(answer)) == 3
    rows = PersonalAccess.objects.order_by("subject").values_list(
        "what", "subject", "reason", "page"
    )
    assert list(rows) == [
        ("download", f"사례 {case}", REASON, "ledger:records_file") for case in cases
    ]


def test_records_added_after_logging_are_left_out_of_the_file(
    desk: Client, activity: Activity, officer: User, case: SupportCase
) -> None:
    contact(case, officer)
    answer = desk.post(FILE, {"reason": REASON})
    contact(open_case(activity=activity, by=officer), officer)
    plain = plain_record()
    told = {line["번호"] for line in lines(answer)}
    assert len(told) == 2
    assert str(plain.pk) in told


def test_a_form_that_starts_with_the_last_record_logs_its_person(
    client: Client, officer: User
) -> None:
    record = delivery(officer)
    client.force_login(officer)
    client.get(add_url(record.activity))
    assert log() == [("view", f"실적 {record.pk}")]
