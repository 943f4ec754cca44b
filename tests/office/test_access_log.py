"""The access log of personal data: dated by the database, kept two years, searchable."""

from datetime import datetime, timedelta
from uuid import uuid4

import pgtrigger
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.access_log.actions import client_address, log_access
from gwonseon.office.access_log.queries import ROWS_PER_PAGE
from gwonseon.office.models import PersonalAccess
from gwonseon.office.roles import ADMINISTRATOR, PLANNER
from gwonseon.office.tasks import clear_access_log
from tests.factories.access import seen, seen_at
from tests.factories.office import staff

pytestmark = pytest.mark.django_db

PAGE = reverse("office:access_log")
What = PersonalAccess.What


def days_ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def refused(sql: str, *values: object) -> bool:
    """Return whether the database refuses a statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # Else pending constraint checks of new rows would prevent TRUNCATE.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(sql, values)
    except IntegrityError:
        return True
    return False


def test_a_row_says_who_when_from_where_whose_and_what() -> None:
    by = staff(PLANNER)
    request = RequestFactory(REMOTE_ADDR="192.0.2.7").get(PAGE)
    request.user, request.resolver_match = by, resolve(PAGE)

    log_access(
        request=request, what=What.DOWNLOAD, subjects=["사례 2021-0001"], reason="예시 회의 자료"
    )

    row = PersonalAccess.objects.get()
    assert (row.user, row.address, row.what, row.subject, row.page, row.reason) == (
        by,
        "192.0.2.7",
        What.DOWNLOAD,
        "사례 2021-0001",
        "office:access_log",
        "예시 회의 자료",
    )
    assert timezone.now() - row.at < timedelta(minutes=1)


@pytest.mark.parametrize(("subjects", "queries"), [([], 0), (["a"], 1), (["a", "b", "a", "c"], 1)])
def test_each_person_has_a_row_and_all_are_written_at_once(
    django_assert_num_queries: DjangoAssertNumQueries, subjects: list[str], queries: int
) -> None:
    request = RequestFactory().get(PAGE)
    request.user, request.resolver_match = staff(PLANNER), resolve(PAGE)
    with django_assert_num_queries(queries):
        log_access(request=request, what=What.SEARCH, subjects=subjects)
    rows = PersonalAccess.objects.order_by("pk").values_list("subject", flat=True)
    assert list(rows) == list(dict.fromkeys(subjects))


@pytest.mark.parametrize(
    ("peer", "passed_on", "address"),
    [
        ("192.0.2.7", "", "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "10.0.0.1, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("", "198.51.100.1", "198.51.100.1"),
        ("", "", None),
    ],
)
def test_only_a_proxy_on_our_own_machine_is_believed(
    peer: str, passed_on: str, address: str | None
) -> None:
    headers = {"HTTP_X_FORWARDED_FOR": passed_on} if passed_on else {}
    assert client_address(RequestFactory(REMOTE_ADDR=peer).get("/", **headers)) == address


def test_nobody_changes_a_row() -> None:
    row = seen(staff(PLANNER))
    assert refused("UPDATE office_personalaccess SET subject = 'x' WHERE id = %s", row.pk)
    assert refused("DELETE FROM office_personalaccess")
    assert refused("TRUNCATE office_personalaccess")
    assert PersonalAccess.objects.get().subject == "사례 2021-0001"


# Settings by which a client could disable triggers or mislead them.
TRICKS = [
    "SET LOCAL session_replication_role = replica",
    "SET LOCAL pgtrigger.ignore = '{office_personalaccess:stays_as_written}'",
    "CREATE TEMP TABLE office_personalaccess (at timestamptz) ON COMMIT DROP",
]


@pytest.mark.parametrize("trick", TRICKS)
def test_no_client_setting_lets_a_row_change(trick: str) -> None:
    row = seen(staff(PLANNER))
    table = "public.office_personalaccess"
    for sql in (f"UPDATE {table} SET subject = 'x'", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        assert refused(f"{trick}; {sql}")
    assert PersonalAccess.objects.filter(subject=row.subject).exists()


def test_a_non_owner_can_add_rows_but_not_disable_triggers() -> None:
    by, role = staff(PLANNER), f"web_{uuid4().hex}"
    ((_, trigger),) = pgtrigger.registered("office.PersonalAccess:stays_as_written")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {role}")
        for what in ("TABLES", "SEQUENCES"):
            rights = "SELECT, INSERT, UPDATE, DELETE" if what == "TABLES" else "USAGE"
            cursor.execute(f"GRANT {rights} ON ALL {what} IN SCHEMA public TO {role}")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"SET LOCAL ROLE {role}")
    seen(by)
    for sql in (
        "ALTER TABLE office_personalaccess DISABLE TRIGGER ALL",
        f"DROP TRIGGER {trigger.get_pgid(PersonalAccess)} ON office_personalaccess",
        "ALTER FUNCTION office_keep_as_written() RENAME TO x",
        "SET LOCAL session_replication_role = replica",
        "TRUNCATE office_personalaccess",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert refused("UPDATE office_personalaccess SET subject = 'x'")
    assert refused("DELETE FROM office_personalaccess")


@pytest.mark.parametrize("trick", ["", *TRICKS])
@pytest.mark.parametrize("days", [-800, -1, 1, 800])
def test_no_row_is_dated_back_or_ahead(trick: str, days: int) -> None:
    by = staff(PLANNER)
    with connection.cursor() as cursor:
        cursor.execute(trick or "SELECT 1")
        cursor.execute(
            "INSERT INTO public.office_personalaccess (at, user_id, what, subject, page, reason)"
            " VALUES (now() + %s * interval '1 day', %s, 'view', 'x', 'x', '') RETURNING at",
            [days, by.pk],
        )
        (at,) = cursor.fetchone()
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert abs(timezone.now() - at) < timedelta(minutes=1)


def test_a_row_is_dated_when_it_is_written_not_when_its_transaction_began() -> None:
    by = staff(PLANNER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.2), now()")
        (_slept, began) = cursor.fetchone()
    assert seen(by).at - began >= timedelta(seconds=0.2)


@pytest.mark.parametrize("reason", ["", "    ", "까닭", "  까닭  "])
def test_the_database_requires_a_reason_for_downloads(reason: str) -> None:
    by = staff(PLANNER)
    with pytest.raises(IntegrityError, match="download_has_a_reason"), transaction.atomic():
        seen(by, what=What.DOWNLOAD, reason=reason)


def test_rows_older_than_two_years_are_deleted() -> None:
    by = staff(PLANNER)
    young, _old = seen_at(days_ago(729), by), seen_at(days_ago(732), by)
    clear_access_log()
    assert PersonalAccess.objects.get() == young


def test_the_review_finds_by_person_day_and_subject(client: Client) -> None:
    one, other = staff(PLANNER, name="예시 하나"), staff(PLANNER, name="예시 둘")
    seen(one, "사례 2021-0001")
    seen_at(days_ago(3), other, "사례 2021-0002")
    client.force_login(staff(ADMINISTRATOR))

    def found(**asked: object) -> list[str]:
        return [row.subject for row in client.get(PAGE, asked).context["page"].rows]

    day = timezone.localdate() - timedelta(days=3)
    assert found() == ["사례 2021-0002", "사례 2021-0001"]
    month = f"{timezone.localdate():%Y-%m}"
    assert "사례 2021-0001" in found(month=month)
    assert found(month="2020-02") == found(month="봄") == []
    assert found(month="9999-12") == found(month="0001-01") == found(day="9999-12-31") == []
    assert found(person=one.pk) == ["사례 2021-0001"]
    assert found(day=day.isoformat()) == ["사례 2021-0002"]
    assert found(subject="0001") == ["사례 2021-0001"]
    assert found(day="어제") == found(person=0) == []
    assert (len(found(before="9" * 30)), found(after="9" * 30)) == (2, [])
    page = client.get(PAGE, {"day": "어제"}).text
    assert "날짜로 읽을 수 없습니다." in page
    seen(one, what=What.DOWNLOAD, reason="예시 회의 자료")
    page = client.get(PAGE).text
    assert "192.0.2.7" in page
    assert "예시 회의 자료" in page


def test_paging_works_in_both_directions(client: Client) -> None:
    by = staff(PLANNER)
    number = ROWS_PER_PAGE + 7
    rows = [
        PersonalAccess(user=by, what=What.VIEW, subject=f"사례 {n}", page="x")
        for n in range(number)
    ]
    PersonalAccess.objects.bulk_create(rows)
    client.force_login(staff(ADMINISTRATOR))
    first = client.get(PAGE).context["page"]
    second = client.get(PAGE, {"before": first.before}).context["page"]
    again = client.get(PAGE, {"after": second.after}).context["page"]
    assert (len(first.rows), first.after, len(second.rows), second.before) == (50, None, 7, None)
    assert [row.pk for row in again.rows] == [row.pk for row in first.rows]


@pytest.mark.parametrize("number", [1, 3])
def test_the_review_costs_the_same_for_any_number(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for _one in range(number):
        seen(staff(PLANNER))
    client.force_login(staff(ADMINISTRATOR))
    client.get(PAGE)
    with django_assert_num_queries(10):
        client.get(PAGE)
