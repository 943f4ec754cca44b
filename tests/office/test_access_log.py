"""The access log of personal data: written once, kept two years, reviewed by administrators."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.access_log.actions import client_address, log_access
from gwonseon.office.access_log.queries import ROWS_PER_PAGE
from gwonseon.office.models import PersonalAccess, User
from gwonseon.office.roles import ADMINISTRATOR, PLANNER
from gwonseon.office.tasks import clear_access_log
from tests.factories.office import staff

pytestmark = pytest.mark.django_db

PAGE = reverse("office:access_log")
What = PersonalAccess.What


def seen(by: User, subject: str = "사례 2021-0001", days_ago: int = 0) -> PersonalAccess:
    """Return a row of the log, of some days ago."""
    at = timezone.now() - timedelta(days=days_ago)
    return PersonalAccess.objects.create(
        user=by, what=What.VIEW, subject=subject, page="cases:case", address="192.0.2.7", at=at
    )


def test_a_row_says_who_when_from_where_whose_and_what() -> None:
    by = staff(PLANNER)
    request = RequestFactory(REMOTE_ADDR="192.0.2.7").get(PAGE)
    request.user, request.resolver_match = by, resolve(PAGE)

    log_access(request=request, what=What.DOWNLOAD, subject="사례 2021-0001", count=3)

    row = PersonalAccess.objects.get()
    assert (row.user, row.address, row.what, row.subject, row.page, row.count) == (
        by,
        "192.0.2.7",
        What.DOWNLOAD,
        "사례 2021-0001",
        "office:access_log",
        3,
    )
    assert timezone.now() - row.at < timedelta(minutes=1)


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
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        PersonalAccess.objects.filter(pk=row.pk).update(subject="사례 2021-0002")
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        PersonalAccess.objects.filter(pk=row.pk).delete()
    assert PersonalAccess.objects.get().subject == "사례 2021-0001"


def test_what_is_older_than_two_years_is_forgotten() -> None:
    by = staff(PLANNER)
    young, _old = seen(by, days_ago=729), seen(by, days_ago=732)
    clear_access_log()
    assert PersonalAccess.objects.get() == young


def test_the_review_finds_by_person_day_and_subject(client: Client) -> None:
    one, other = staff(PLANNER, name="예시 하나"), staff(PLANNER, name="예시 둘")
    seen(one, "사례 2021-0001")
    seen(other, "사례 2021-0002", days_ago=3)
    client.force_login(staff(ADMINISTRATOR))

    def found(**asked: object) -> list[str]:
        return [row.subject for row in client.get(PAGE, asked).context["page"].rows]

    day = timezone.localdate() - timedelta(days=3)
    assert found() == ["사례 2021-0002", "사례 2021-0001"]
    assert found(person=one.pk) == ["사례 2021-0001"]
    assert found(day=day.isoformat()) == ["사례 2021-0002"]
    assert found(subject="0001") == ["사례 2021-0001"]
    assert found(day="어제") == found(person=0) == []
    assert (len(found(before="9" * 30)), found(after="9" * 30)) == (2, [])
    page = client.get(PAGE, {"day": "어제"}).text
    assert "날짜로 읽을 수 없습니다." in page
    assert "192.0.2.7" in client.get(PAGE).text


def test_pages_go_back_and_forth(client: Client) -> None:
    by = staff(PLANNER)
    number = ROWS_PER_PAGE + 7
    PersonalAccess.objects.bulk_create(
        PersonalAccess(user=by, what=What.VIEW, subject=f"사례 {n}", page="x")
        for n in range(number)
    )
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
    with django_assert_num_queries(8):
        client.get(PAGE)
