import datetime as dt
import multiprocessing
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

import psycopg2
import pytest
from django.conf import LazySettings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import Department, District, Dong
from gwonseon.office.roles import EDITOR, PLANNER
from plans.facilities.models import FacilityKind
from plans.ledger.kinds import kinds
from plans.ledger.models import Record
from plans.ledger.samples import Setting, made_up
from plans.public.page_cache import public_state
from plans.tree.models import Activity, Initiative, Pillar, Plan
from tests.factories.amendments import amend
from tests.factories.ledger import FacilityFactory, RecordFactory, recordable
from tests.factories.office import DepartmentFactory, UserFactory, staff
from tests.factories.tracking import first_quarter
from tests.factories.tree import ActivityFactory, PlanFactory, publish
from tests.plans.together import together

PAGE = "/2021/initiative/crime-patrol/"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def plan(settings: LazySettings, tmp_path: Path, transactional_db: None) -> Plan:
    settings.PAGE_CACHE = True
    settings.VAR = tmp_path
    call_command("seed")
    return Plan.objects.get()


PAGES = [
    "/",
    "/2021/",
    "/2021/pillar/safety/",
    PAGE,
    "/2021/activity/joint-patrol/",
    "/2021/activity/joint-patrol/progress/",
    "/2021/progress/",
    "/2021/periods/",
    "/2021/plan/",
    "/guide/",
    "/privacy/",
    "/credits/",
    "/data/",
    "/data/v1/openapi.json",
    "/data/calendar.ics",
]


@pytest.mark.parametrize("url", PAGES)
def test_a_cached_page_costs_one_query_and_is_the_same(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, url: str
) -> None:
    with connection.execute_wrapper(counting := Counting()):
        first = client.get(url)
    assert counting.number <= 18

    with django_assert_num_queries(1):
        again = client.get(url)
    assert again.content == first.content
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == "no-cache"
    assert "Cookie" in again["Vary"]
    assert "Set-Cookie" not in again

    with django_assert_num_queries(1):
        unchanged = Client().get(url, headers={"if-none-match": first["ETag"]})
    assert unchanged.status_code == 304
    assert unchanged.content == b""


class Counting:
    """Wrapper of `execute` that counts queries."""

    number = 0

    def __call__(self, execute, sql, params, many, context):  # noqa: ANN001, ANN204
        self.number += 1
        return execute(sql, params, many, context)


def joint_patrol() -> Activity:
    return Activity.objects.get(slug="joint-patrol")


def crime_patrol() -> Initiative:
    return Initiative.objects.get(slug="crime-patrol")


CHANGES = {
    "an activity's title": lambda: amend(joint_patrol(), title="새말"),
    "an activity's end": lambda: amend(joint_patrol(), retired_on=dt.date(2021, 7, 1)),
    "a pillar's title": lambda: amend(
        Pillar.objects.get(code="safety"), corrected_title="새말", certainty="high"
    ),
    "the district's name": lambda: District.objects.update(name="새말"),
    "a department": lambda: amend(
        crime_patrol(), department_id=Department.objects.create(name="새말").pk
    ),
    "a telephone number": lambda: Initiative.objects.filter(slug="crime-patrol").update(
        phone="031-000-0000"
    ),
    "raw SQL": lambda: run_sql("UPDATE plans_initiative SET source_note = 'x' || source_note"),
}


def run_sql(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("name", CHANGES)
def test_no_page_is_stale_after_a_change(client: Client, name: str) -> None:
    before = client.get(PAGE)
    number = public_state()

    CHANGES[name]()

    assert public_state() > number
    after = client.get(PAGE, headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    if name != "raw SQL":
        assert after.content != before.content


def test_the_calendar_is_renewed_when_periods_are_set_up(client: Client, plan: Plan) -> None:
    address = "/data/calendar.ics"
    before = client.get(address).content

    first_quarter(plan, by=staff(PLANNER), is_open=False)

    events = b"BEGIN:VEVENT"
    assert client.get(address).content.count(events) == before.count(events) + 4


def test_one_transaction_raises_the_number_once_and_a_rolled_back_one_never() -> None:
    number = public_state()
    with transaction.atomic():
        Activity.objects.update(position=1_000 + 1)
        Activity.objects.filter(slug="joint-patrol").update(phone="031")
        transaction.set_rollback(True)
    assert public_state() == number

    with transaction.atomic():
        Activity.objects.filter(slug="joint-patrol").update(phone="031")
        Department.objects.create(name="새과")
    assert public_state() == number + 1


def test_a_record_does_not_invalidate_pages_of_another_year(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    activity = recordable(year=2022)
    pages, others = ["/2021/", "/2021/progress/"], ["/", "/2022/progress/"]
    before = {page: client.get(page).content for page in (*pages, *others)}
    own, all_years = public_state(2022), public_state()

    RecordFactory(activity=activity, confirmed=True)

    assert public_state(2022) == own + 1
    assert public_state() == all_years + 1
    for page in pages:
        with django_assert_num_queries(1):
            assert client.get(page).content == before[page]
    for page in others:
        with connection.execute_wrapper(counting := Counting()):
            client.get(page)
        assert counting.number > 1


def test_no_page_of_a_year_shows_records_of_another_year(client: Client, plan: Plan) -> None:
    """A page with records of another year would be stale, as they raise that year's number only."""
    pages = [page for page in PAGES if page.startswith("/2021/")]
    pages += ["/2021/progress.csv", *(one.get_absolute_url() for one in plan.pillar_set.all())]
    department, place = DepartmentFactory(), FacilityFactory(kinds=FacilityKind.values)
    writer, other = staff(EDITOR, department=department), UserFactory()
    later = PlanFactory(year=2022)
    facts = {"initiative__goal__pillar__plan": later, "department": department}
    activities = [ActivityFactory(record_kind=kind.code, **facts) for kind in kinds]
    publish(later)
    before = {page: client.get(page).content for page in pages}

    for activity in activities:
        record = RecordFactory(activity=activity, facility=place, written_by=writer)
        setting = Setting(Random(1), activity, writer, place)
        if detail := made_up(activity.record_kind, setting):
            detail.record = record
            detail.save()
        now = timezone.now()
        confirmed = {"confirmed_by": other, "confirmed_at": now, "confirmed_on": now.date()}
        Record.objects.filter(pk=record.pk).update(state="confirmed", **confirmed)

    caches["pages"].clear()
    assert {page: client.get(page).content for page in pages} == before


def test_raising_the_same_numbers_in_another_order_causes_no_deadlock() -> None:
    activity, writers = recordable(year=2022), [UserFactory(), UserFactory()]
    dongs = [*Dong.objects.values_list("pk", flat=True)[:2]]
    number, midway = public_state(), threading.Barrier(2)

    def record() -> None:
        RecordFactory(activity=activity, confirmed=True, written_by=writers.pop())

    def move() -> None:
        Dong.objects.filter(pk=dongs.pop()).update(position=1_000)

    def write(*steps: Callable[[], object]) -> None:
        with transaction.atomic():
            for step in steps:
                step()
                # Run the deferred triggers now, while the other transaction is open, too.
                run_sql("SET CONSTRAINTS ALL IMMEDIATE")
                with suppress(threading.BrokenBarrierError):
                    midway.wait(0.5)

    together(lambda: write(record, move), lambda: write(move, record))

    assert public_state() == number + 4


def test_reading_and_signing_in_do_not_raise_the_number(client: Client) -> None:
    user = UserFactory()
    number = public_state()

    client.get(PAGE)
    client.force_login(user)
    client.get(PAGE)

    assert public_state() == number


def test_a_draft_becoming_public_is_seen_at_once(client: Client) -> None:
    draft = PlanFactory(year=2022)
    assert client.get("/2022/").status_code == 404

    publish(draft)
    assert client.get("/2022/").status_code == 200


def test_no_page_of_a_person_is_shown_to_another(client: Client) -> None:
    staff = Client()
    staff.force_login(UserFactory(name="예시 김직원"))

    own = staff.get(PAGE)
    assert "예시 김직원" in own.content.decode()
    assert "직원에게만" in own.content.decode()
    assert own["Cache-Control"] == "private, no-store"

    public = client.get(PAGE).content.decode()
    assert "예시 김직원" not in public
    assert "직원에게만" not in public
    assert "csrfmiddlewaretoken" not in public

    assert "예시 김직원" in staff.get(PAGE).content.decode()


def test_contrast_modes_are_kept_apart(client: Client) -> None:
    normal = client.get(PAGE)
    bright = Client()
    bright.cookies["contrast"] = "high"

    high = bright.get(PAGE)

    assert 'data-krds-mode="high-contrast"' in high.content.decode()
    assert 'data-krds-mode="high-contrast"' not in client.get(PAGE).content.decode()
    assert high["ETag"] != normal["ETag"]


@pytest.mark.parametrize("url", ["/2021/search/?q=순찰", PAGE + "?utm=1"])
def test_a_page_with_an_unknown_query_string_is_not_cached(client: Client, url: str) -> None:
    with connection.execute_wrapper(first := Counting()):
        client.get(url)
    with connection.execute_wrapper(again := Counting()):
        client.get(url)

    assert again.number == first.number > 1


def test_a_database_restart_causes_no_error(client: Client) -> None:
    first = client.get(PAGE)
    with psycopg2.connect(**connection.get_connection_params()) as other, other.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
    other.close()

    assert client.get(PAGE).content == first.content


def serve(pipe: Connection) -> None:
    """Act as another web process: answer each address with the page's status and text."""
    connection.close()
    client = Client()
    for url in iter(pipe.recv, None):
        response = client.get(url)
        pipe.send((response.status_code, response.content.decode()))
    connection.close()


@pytest.fixture
def other_process() -> Iterator[Connection]:
    """Start a second web process with its own page cache, and yield the connection to it."""
    connection.close()
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=serve, args=(there,))
    process.start()
    yield here
    here.send(None)
    process.join(10)
    assert process.exitcode == 0


def test_two_processes_never_show_a_stale_page(client: Client, other_process: Connection) -> None:
    def elsewhere() -> str:
        other_process.send(PAGE)
        return heading(other_process.recv()[1])

    assert heading(client.get(PAGE).content.decode()) == elsewhere()

    for number in range(5):
        title = f"순찰 {number}"
        amend(crime_patrol(), corrected_title=title)
        assert elsewhere() == title
        assert heading(client.get(PAGE).content.decode()) == title


def heading(page: str) -> str:
    return re.search(r"<h1[^>]*>(.*?)</h1>", page)[1]
