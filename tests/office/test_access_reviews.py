"""The monthly review of the access log: saved with a note, a task until it is done."""

from datetime import date, datetime, time

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.access_log.actions import review_month
from gwonseon.office.access_log.months import next_month
from gwonseon.office.access_log.queries import unreviewed_months
from gwonseon.office.models import AccessReview, PersonalAccess, User
from gwonseon.office.roles import ADMINISTRATOR, PLANNER
from gwonseon.refusals import RefusedError
from tests.factories.access import seen, seen_at
from tests.factories.office import staff
from tests.plans.together import together
from tests.transactions import undone

pytestmark = pytest.mark.django_db

LOG = reverse("office:access_log")
What = PersonalAccess.What


def this_month() -> date:
    return timezone.localdate().replace(day=1)


def before(month: date, number: int = 1) -> date:
    """Return the month that is some months before another."""
    months = month.year * 12 + month.month - 1 - number
    return date(months // 12, months % 12 + 1, 1)


LAST, EARLIER = before(this_month()), before(this_month(), 3)


def at(month: date, day: int = 10, hour: int = 14) -> datetime:
    return datetime.combine(month.replace(day=day), time(hour), timezone.get_current_timezone())


def workday(month: date) -> int:
    """Return the day of a month's first Wednesday."""
    return next(day for day in range(1, 8) if month.replace(day=day).weekday() == 2)


def page_of(month: date) -> str:
    return reverse("office:access_month", args=[month.year, month.month])


@pytest.fixture
def administrator(client: Client) -> User:
    administrator = staff(ADMINISTRATOR, name="예시 관리자")
    client.force_login(administrator)
    return administrator


def test_a_review_says_who_when_and_what_was_found(client: Client, administrator: User) -> None:
    seen_at(at(LAST), staff(PLANNER))
    assert "점검하지 않음" in client.get(LOG).text

    client.post(page_of(LAST), {"note": "  모두 살펴보았고 이상 없음  "})

    review = AccessReview.objects.get()
    assert (review.month, review.reviewed_by) == (LAST, administrator)
    assert review.note == "모두 살펴보았고 이상 없음"
    for page in (client.get(LOG).text, client.get(page_of(LAST)).text):
        assert "예시 관리자" in page
        assert "모두 살펴보았고 이상 없음" in page
    assert "점검하지 않음" not in client.get(LOG).text


def test_a_review_without_a_note_gets_a_sentence(client: Client, administrator: User) -> None:
    answer = client.post(page_of(LAST), {"note": "   "})
    assert "무엇을 살펴보았고 어떠했는지 적어 주세요." in answer.text
    assert not AccessReview.objects.exists()


def test_only_an_administrator_reviews_and_only_a_month_that_is_over() -> None:
    administrator = staff(ADMINISTRATOR)
    with pytest.raises(RefusedError, match="권한이 없습니다"), undone():
        review_month(month=LAST, note="예시", by=staff(PLANNER))
    with pytest.raises(RefusedError, match="아직 끝나지 않은 달"), undone():
        review_month(month=this_month(), note="예시", by=administrator)
    with pytest.raises(RefusedError, match="적어 주세요"), undone():
        review_month(month=LAST, note=" \n ", by=administrator)
    assert not AccessReview.objects.exists()


def test_a_month_is_reviewed_once_and_the_note_is_not_lost(
    client: Client, administrator: User
) -> None:
    review_month(month=LAST, note="먼저", by=staff(ADMINISTRATOR))
    answer = client.post(page_of(LAST), {"note": "나중에 쓴 것"})
    assert "이미 점검한 달입니다." in answer.text
    assert "나중에 쓴 것" in answer.text
    assert AccessReview.objects.get().note == "먼저"


@pytest.mark.django_db(transaction=True)
def test_only_one_of_two_simultaneous_reviews_is_saved() -> None:
    one, other = staff(ADMINISTRATOR), staff(ADMINISTRATOR)
    done = together(
        lambda: review_month(month=LAST, note="하나", by=one),
        lambda: review_month(month=LAST, note="둘", by=other),
    )
    assert sorted(type(result).__name__ for result in done) == ["AccessReview", "RefusedError"]
    assert AccessReview.objects.count() == 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE office_accessreview SET note = 'x'",
        "DELETE FROM office_accessreview",
        "TRUNCATE office_accessreview",
        "SET LOCAL session_replication_role = replica; DELETE FROM office_accessreview",
    ],
)
def test_the_database_refuses_changes_of_a_review(sql: str) -> None:
    review_month(month=LAST, note="이상 없음", by=staff(ADMINISTRATOR))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql)
    assert AccessReview.objects.get().note == "이상 없음"


@pytest.mark.parametrize(
    ("month", "note"),
    [
        (this_month(), "이상 없음"),
        (next_month(this_month()), "이상 없음"),
        (LAST.replace(day=2), "이상 없음"),
        (LAST, ""),
        (LAST, " \n"),
    ],
)
def test_the_database_refuses_an_invalid_review(month: date, note: str) -> None:
    facts = {"reviewed_by": staff(ADMINISTRATOR), "count": 0, "own_count": 0}
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessReview.objects.create(month=month, note=note, **facts)


def test_a_review_is_not_dated_back() -> None:
    facts = {"reviewed_by": staff(ADMINISTRATOR), "count": 0, "own_count": 0}
    facts |= {"month": EARLIER, "note": "이상 없음"}
    AccessReview.objects.create(**facts, reviewed_at=at(next_month(EARLIER)))
    assert (timezone.now() - AccessReview.objects.get().reviewed_at).total_seconds() < 60


def test_every_month_since_the_first_row_is_asked_for_until_it_is_reviewed() -> None:
    assert unreviewed_months() == []
    seen(staff(PLANNER))
    assert unreviewed_months() == []
    seen_at(at(EARLIER), staff(PLANNER))
    empty = next_month(EARLIER)
    assert unreviewed_months() == [EARLIER, empty, LAST]
    review_month(month=empty, note="기록이 없는 까닭을 확인함", by=staff(ADMINISTRATOR))
    assert unreviewed_months() == [EARLIER, LAST]


def test_unreviewed_months_are_tasks_of_administrators_only(
    client: Client, administrator: User
) -> None:
    seen_at(at(LAST), staff(PLANNER))
    page = client.get("/staff/").text
    assert "접속기록 점검하기" in page
    assert f"{LAST.year}년 {LAST.month}월" in page
    assert page_of(LAST) in page
    review_month(month=LAST, note="이상 없음", by=administrator)
    assert "접속기록 점검하기" not in client.get("/staff/").text
    client.force_login(staff(PLANNER))
    assert "접속기록 점검하기" not in client.get("/staff/").text


def test_a_month_tells_who_did_what_and_when(client: Client, administrator: User) -> None:
    other = staff(PLANNER, name="예시 동료")
    day = workday(LAST)
    for moment in (at(LAST, day, 9), at(LAST, day, 17), at(LAST, day, 18), at(LAST, day, 8)):
        seen_at(moment, other)
    seen_at(at(LAST, day + 3), other, what=What.CHANGE)
    for subject in ("사례 2021-0001", "사례 2021-0002"):
        facts = {"what": What.DOWNLOAD, "reason": "예시 회의 자료"}
        seen_at(at(LAST, day), other, subject, **facts)
    seen_at(at(EARLIER), other)
    seen_at(at(LAST, day), administrator)

    page = client.get(page_of(LAST))

    own, theirs = page.context["figures"]
    assert (own.person, own.total, own.outside) == (administrator, 1, 0)
    told = {label: count for label, count in theirs.by_act if count}
    assert told == {"조회": 4, "수정": 1, "내려받기": 2}
    # Outside working hours: before 9:00, from 18:00, and on Saturday.
    assert (theirs.total, theirs.outside) == (7, 3)
    (download,) = page.context["downloads"]
    assert (download["count"], download["reason"]) == (2, "예시 회의 자료")
    assert "내 기록이 1건 있습니다" in page.text


def test_reviewing_ones_own_accesses_is_noted(client: Client, administrator: User) -> None:
    seen_at(at(LAST), administrator)
    seen_at(at(LAST), staff(PLANNER))
    seen(administrator)
    client.post(page_of(LAST), {"note": "이상 없음"})
    page = client.get(LOG)
    assert "점검한 사람의 기록 1건" in page.text
    months = {one.month: one.count for one in page.context["months"]}
    assert months == {LAST: 2, this_month(): 1}


@pytest.mark.parametrize(
    ("year", "month"), [(1999, 12), (2026, 13), (2026, 0), (9999, 12), (10**30, 1)]
)
def test_an_invalid_month_is_not_found(
    client: Client, administrator: User, year: int, month: int
) -> None:
    assert client.get(f"/staff/access-log/{year}/{month}/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_a_month_costs_the_same_for_any_number(
    client: Client,
    administrator: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    for _one in range(number):
        seen_at(at(LAST), staff(PLANNER), what=What.DOWNLOAD, reason="예시 회의 자료")
    client.get(page_of(LAST))
    with django_assert_num_queries(9):
        client.get(page_of(LAST))
