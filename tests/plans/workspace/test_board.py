"""The managers' board: what each view counts, and where its numbers lead."""

import datetime as dt
import re
from urllib.parse import unquote

import pgtrigger
import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import User
from gwonseon.office.roles import EDITOR, HEAD, PLANNER, READER
from plans.ledger.actions import void_record
from plans.progress.models import Hold
from plans.tracking.actions import approve, send_back
from plans.tracking.blockers.models import Blocker
from plans.tracking.budget.models import Spending
from plans.tracking.models import Period, Update
from plans.tracking.risks.actions import close_risk, review_risk
from plans.tracking.risks.models import Risk
from plans.tree.models import Activity, Plan
from plans.workspace.board.tables import Section
from tests.factories.amendments import requested
from tests.factories.ledger import RecordFactory, recordable
from tests.factories.office import DepartmentFactory, UserFactory, staff
from tests.factories.tracking import approved, closed, draft, first_quarter, risk_of, submitted
from tests.factories.tree import ActivityFactory, InitiativeFactory, PillarFactory, publish

pytestmark = pytest.mark.django_db

BOARD = "/staff/board/"
YEAR = 2021
TARGET = {"target": 100, "target_origin": "document", "target_set_on": "2021-01-01"}


class Office:
    """A published plan of two departments and their first quarter.

    `late` has a target of 100, of which 5 are counted, `met` one of 4, all counted, and a budget;
    `free` of the other department has neither target nor update, and is on hold.
    """

    def __init__(self) -> None:
        self.planner = staff(PLANNER)
        self.department, self.other = DepartmentFactory(position=2), DepartmentFactory(position=1)
        above = InitiativeFactory(
            goal__pillar__plan__year=YEAR,
            goal__pillar__code="safety",
            goal__pillar__slug="safety",
            department=self.department,
        )
        facts = {"initiative": above, "unit": "회"}
        self.late = ActivityFactory(**facts, **TARGET)
        self.met = ActivityFactory(**facts, **TARGET | {"target": 4}, budget=3_000_000)
        self.free = ActivityFactory(**facts, department=self.other)
        self.empty = PillarFactory(plan=above.plan, slug="empty")
        self.plan: Plan = publish(above.plan)
        RecordFactory.create_batch(5, activity=self.late, confirmed=True)
        RecordFactory.create_batch(4, activity=self.met, confirmed=True)
        Hold.objects.create(
            activity=self.free, reason="예시", starts_on="2021-02-01", set_by=self.planner
        )
        self.officer = staff(EDITOR, department=self.department)
        self.head = staff(HEAD, department=self.department)
        self.period = first_quarter(self.plan, by=self.planner)


@pytest.fixture
def office(db: None) -> Office:
    return Office()


def shown(client: Client, by: User, **chosen: object) -> dict[str, Section]:
    """Return the sections of the board by key, as a user sees them."""
    client.force_login(by)
    answer = client.get(BOARD, chosen)
    assert answer.status_code == 200
    return {one.key: one for one in answer.context["sections"]}


def texts(section: Section) -> dict[str, dict[str, str]]:
    """Return a section's numbers by the line's label and the column's head."""
    return {
        line.label: {head: cell.text for head, cell in cells} for line, cells in section.labelled
    }


def titles(section: Section) -> list[str]:
    return [one.title for one in section.all.items] if section.all else []


def blocker(activity: Activity, by: User, **facts: object) -> Blocker:
    facts = {"due_on": "2021-03-01", "raised_on": "2021-02-01", "raised_by": by} | facts
    department = activity.department or activity.initiative.department
    return Blocker.objects.create(activity=activity, department=department, **facts)


def spend(period: Period, activity: Activity, by: User, contracted: int, spent: int) -> None:
    sums = {"contracted": contracted, "spent": spent}
    Spending.objects.create(
        period=period, activity=activity, source="예시 e호조", written_by=by, **sums
    )


@pytest.mark.parametrize(
    ("roles", "sees"), [([], False), ([READER], False), ([EDITOR], False), ([HEAD], True)]
)
def test_only_managers_see_the_board(client: Client, roles: list[object], sees: bool) -> None:
    publish(PillarFactory(plan__year=YEAR).plan)
    client.force_login(staff(*roles, department=DepartmentFactory()))
    assert client.get(BOARD).status_code == (200 if sees else 404)
    assert (BOARD in client.get("/staff/").content.decode()) == sees


def test_the_lead_of_a_pillar_sees_it(client: Client) -> None:
    lead = UserFactory()
    lead.user_permissions.add(
        Permission.objects.get(codename="change_activity", content_type__app_label="culture")
    )
    client.force_login(lead)
    assert "아직 공개된 계획이 없습니다" in client.get(BOARD).content.decode()


def test_now_counts_statuses_gaps_and_budget(client: Client, office: Office) -> None:
    spend(office.period, office.met, office.officer, 2_000_000, 1_000_000)
    spend(office.period, office.free, office.officer, 7, 7)
    board = shown(client, office.planner)
    lines = texts(board["status"])
    pillar = office.late.initiative.goal.pillar
    assert lines[pillar.title] == {
        "활동": "3",
        "미착수": "0",
        "정상추진": "0",
        "지연": "1",
        "완료": "1",
        "계속추진": "0",
        "보류": "1",
        "달성률": "52.5%",
        "이행률": "50.0%",
    }
    assert lines[office.empty.title]["활동"] == "0"
    assert lines["계"]["활동"] == "3"
    gap = board["gaps"].all.items
    assert [one.title for one in gap] == [office.late.title]
    assert gap[0].facts == ("100회", "5회", "95회", "95.0%")
    assert texts(board["budget"])["계"] == {
        "계획 예산(원)": "3,000,000",
        "계약액(원)": "2,000,000",
        "집행액(원)": "1,000,000",
        "집행률": "33.3%",
    }
    assert board["slipped"].missing == "견줄 마감본이 없습니다."


def test_updates_are_counted_by_department_the_own_first(client: Client, office: Office) -> None:
    submitted(period=office.period, about=office.late, by=office.officer)
    draft(period=office.period, about=office.met, by=office.officer)
    board = shown(client, office.head)
    labels = [line.label for line in board["updates"].lines]
    assert labels == [office.department.name, office.other.name]
    assert texts(board["updates"])[office.department.name] == {
        "활동": "2",
        "미작성": "0",
        "작성중·반려": "1",
        "승인 대기": "1",
        "승인": "0",
        "지연": "1",
    }
    assert texts(board["updates"])[office.other.name]["지연"] == "1"
    labels = [line.label for line in shown(client, office.planner)["updates"].lines]
    assert labels == [office.other.name, office.department.name]


def test_what_slipped_since_the_last_closing(client: Client, office: Office) -> None:
    closed(office.plan, by=office.planner)
    assert shown(client, office.planner)["slipped"].missing == "나빠진 것이 없습니다."
    void_record(record=office.met.records.first(), reason="예시 취소 사유", by=office.planner)
    slipped = shown(client, office.planner)["slipped"]
    assert titles(slipped) == [office.met.title]
    assert slipped.all.items[0].facts == ("계속추진", "100.0%", "지연", "75.0%")
    assert "2021년 1분기 · 1판" in slipped.note


def test_blockers_that_are_open_after_their_day(client: Client, office: Office) -> None:
    today, by = timezone.localdate(), office.officer
    first = blocker(office.late, by, what="예시 늦은 것")
    blocker(office.late, by, what="예시 아직", due_on=today)
    done = {"resolved_on": "2021-03-20", "resolved_by": by, "resolution": "예시"}
    second = blocker(office.met, by, what="예시 풀린 것", due_on="2021-02-10", **done)
    assert titles(shown(client, office.planner)["blockers"]) == [first.what]
    assert titles(shown(client, office.planner, on="2021-03-01")["blockers"]) == [second.what]
    assert titles(shown(client, office.planner, on="2021-03-19")["blockers"]) == [
        second.what,
        first.what,
    ]


def test_risks_are_listed_by_size_and_the_large_ones_that_wait_for_a_review(
    client: Client, office: Office
) -> None:
    by, about = office.officer, office.late
    small = risk_of(about, by=by, title="예시 작은 것", likelihood=1, impact=1)
    first = risk_of(about, by=by, title="예시 큰 것")
    seen = risk_of(office.met, by=by, title="예시 검토한 것", likelihood=3)
    values = {"likelihood": 3, "impact": 3, "note": "예시"}
    review_risk(risk=seen, period=office.period, values=values, version=0, by=by)
    later = risk_of(about, by=by, title="예시 뒤에 적은 것", since="2021-04-01")

    board = shown(client, office.planner)
    assert titles(board["risks"]) == [seen.title, first.title, later.title, small.title]
    assert titles(board["unreviewed"]) == [first.title]
    assert board["risks"].all.items[0].url == seen.get_absolute_url()
    assert board["risks"].all.items[0].facts == (
        office.met.title,
        "큰 위험",
        "높음",
        "큼",
        "검토함",
    )


def test_a_past_day_shows_risks_as_they_were_written_then(client: Client) -> None:
    then = timezone.now() - dt.timedelta(days=20)
    day = timezone.localdate(then)
    above = InitiativeFactory(goal__pillar__plan__year=day.year, department=DepartmentFactory())
    activity, planner = ActivityFactory(initiative=above), staff(PLANNER)
    period = first_quarter(publish(above.plan), by=planner)
    Period.objects.filter(pk=period.pk).update(opened_at=then)
    risk = risk_of(activity, by=planner, since=f"{day.year}-01-01")
    with pgtrigger.ignore():
        Risk.pgh_event_model.objects.update(pgh_created_at=then)
    values = {"likelihood": 1, "impact": 1, "note": "예시"}
    review_risk(risk=risk, period=period, values=values, version=0, by=planner)
    close_risk(risk=risk, day=timezone.localdate(), note="예시", version=1, by=planner)
    risk_of(activity, by=planner, since=f"{day.year}-01-01", title="예시 뒤에 적은 것")

    past = shown(client, planner, on=day.isoformat())
    assert [one.facts[1:] for one in past["risks"].all.items] == [
        ("큰 위험", "보통", "큼", "검토하지 않음")
    ]
    assert "그날까지 적힌 대로" in past["risks"].note
    assert titles(past["unreviewed"]) == [risk.title]
    assert titles(shown(client, planner)["risks"]) == ["예시 뒤에 적은 것"]


def test_what_waits_for_the_user(client: Client, office: Office) -> None:
    asked = requested(office.late, office.officer, on=dt.date(2021, 12, 1), counted="예시")
    waits = submitted(period=office.period, about=office.late, by=office.officer)
    returned = submitted(period=office.period, about=office.met, by=office.officer)
    send_back(update=returned, version=returned.version, reason="예시", by=office.head)
    Activity.objects.filter(pk=office.free.pk).update(person=office.officer)
    board = shown(client, office.head)
    assert {label: line["건"] for label, line in texts(board["waiting"]).items()} == {
        "승인할 추진상황": "1",
        "결정할 변경": "1",
        "고칠 추진상황": "0",
        "쓸 추진상황": "0",
    }
    urls = [one.url for cell in board["waiting"].cells for one in cell.items]
    change = reverse("amendments:amendment", args=[YEAR, asked.pk])
    assert urls == [waits.get_absolute_url(), change]
    elsewhere = staff(HEAD, department=office.other)
    assert {cell.text for cell in shown(client, elsewhere)["waiting"].cells} == {"0"}


def test_a_past_day_is_counted_by_the_ledger(client: Client, office: Office) -> None:
    client.force_login(office.planner)
    answer = client.get(BOARD, {"year": YEAR, "on": "2021-03-01"})
    assert "원장 기준 2021. 3. 1." in answer.content.decode()
    board = {one.key: one for one in answer.context["sections"]}
    assert texts(board["status"])["계"]["달성률"] == "0.0%"
    assert titles(board["gaps"]) == [office.late.title, office.met.title]
    assert board["updates"].missing == "이날까지 연 보고 기간이 없습니다."
    assert board["waiting"].missing
    held = shown(client, office.planner, on="2021-01-31")
    assert texts(held["status"])["계"]["보류"] == "0"


def test_a_past_day_shows_updates_as_they_stood_then(client: Client) -> None:
    then = timezone.now() - dt.timedelta(days=20)
    day = timezone.localdate(then)
    above = InitiativeFactory(goal__pillar__plan__year=day.year, department=DepartmentFactory())
    activity, other = ActivityFactory.create_batch(2, initiative=above)
    planner, plan = staff(PLANNER), publish(above.plan)
    period = first_quarter(plan, by=planner)
    Period.objects.filter(pk=period.pk).update(opened_at=then)
    update = submitted(period=period, about=activity, by=planner)
    draft(period=period, about=other, by=planner).delete()
    with pgtrigger.ignore():
        Update.pgh_event_model.objects.update(pgh_created_at=then)
    approve(seen={update.pk: update.version}, by=staff(PLANNER))

    past = shown(client, planner, on=day.isoformat())["updates"]
    assert texts(past)[above.department.name]["승인 대기"] == "1"
    assert texts(past)[above.department.name]["미작성"] == "1"
    assert texts(shown(client, planner)["updates"])[above.department.name]["승인"] == "1"
    eve = shown(client, planner, on=(day - dt.timedelta(days=1)).isoformat())["updates"]
    assert eve.missing or day.timetuple().tm_yday == 1


def test_numbers_of_persons_are_shown_to_their_department_only(client: Client) -> None:
    activity = recordable(record_kind="contact", **TARGET)
    RecordFactory(activity=activity, confirmed=True)
    lines = texts(shown(client, staff(PLANNER))["status"])["계"]
    assert (lines["공개하지 않음"], lines["지연"]) == ("1", "0")
    own = shown(client, staff(HEAD, department=activity.department))["status"]
    assert texts(own)["계"]["지연"] == "1"
    assert "공개하지 않음" not in own.heads


def test_a_closed_period_is_shown_as_it_was_frozen(client: Client, office: Office) -> None:
    approved(period=office.period, about=office.met, by=office.officer, by_another=office.head)
    spend(office.period, office.met, office.officer, 2_000_000, 1_000_000)
    blocker(office.late, office.officer, what="예시 굳은 것")
    closing = closed(office.plan, by=office.planner)
    Blocker.objects.update(due_on="2021-12-31")
    RecordFactory.create_batch(90, activity=office.late, confirmed=True)
    Activity.objects.filter(pk=office.met.pk).update(person=office.officer)
    client.force_login(office.planner)
    answer = client.get(BOARD, {"closing": closing.pk})
    assert "마감본 · 2021년 1분기 · 1판" in answer.content.decode()
    board = {one.key: one for one in answer.context["sections"]}
    lines = texts(board["status"])["계"]
    assert (lines["지연"], lines["계속추진"], lines["보류"]) == ("1", "1", "1")
    assert lines["달성률"] == "52.5%"
    gap = board["gaps"].all.items
    assert [one.facts for one in gap] == [("24.66회", "5회", "19.66회", "19.7%")]
    assert texts(board["updates"])[office.department.name] == {
        "활동": "2",
        "승인": "1",
        "없음": "1",
    }
    assert texts(board["budget"])["계"] == {
        "계획 예산(원)": "3,000,000",
        "계약액(원)": "2,000,000",
        "집행액(원)": "1,000,000",
        "집행률": "33.3%",
    }
    assert titles(board["blockers"]) == ["예시 굳은 것"]
    assert "굳히지 않습니다" in board["risks"].missing
    second = closed(office.plan, 2, by=office.planner)
    slipped = shown(client, office.planner, closing=second.pk)["slipped"]
    assert "1분기 · 1판" in slipped.note


LINK = re.compile(r'href="\?([^"]*)rows=([^"#]*)#rows">([^<]*)<')


@pytest.mark.parametrize("view", ["", "on=2021-03-05", "closing={closing}"])
def test_each_number_leads_to_exactly_its_rows(client: Client, office: Office, view: str) -> None:
    spend(office.period, office.met, office.officer, 20, 10)
    blocker(office.late, office.officer, what="예시")
    risk_of(office.late, by=office.officer)
    closing = closed(office.plan, by=office.planner)
    client.force_login(office.planner)
    address = f"{BOARD}?{view.format(closing=closing.pk)}"
    board = client.get(address)
    cells = {cell.key: cell for one in board.context["sections"] for cell in one.cells}
    links = LINK.findall(board.content.decode())
    assert len(links) == sum(bool(cell.items) for cell in cells.values())
    for key, cell in cells.items():
        assert (
            key.startswith("budget") or not cell.text.isdigit() or int(cell.text) == len(cell.items)
        )
    for query, key, text in {one[1].split(".")[0]: one for one in links}.values():
        page = client.get(f"{BOARD}?{query}rows={key}".replace("&amp;", "&"))
        _section, cell = page.context["rows"]
        assert (cell.text, cell.items) == (text, cells[unquote(key)].items)
        main = page.content.decode().split('id="rows"')[1].split("</section>")[0]
        assert re.findall(r'scope="row" role="rowheader"><a href="([^"]*)"', main) == [
            one.url for one in cell.items
        ]


def test_an_unknown_number_gets_a_sentence(client: Client, office: Office) -> None:
    client.force_login(office.planner)
    page = client.get(BOARD, {"rows": "status.all.x\x00"})
    assert "표의 수를 다시 눌러 주세요" in page.content.decode()


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"year": "1999"}, "공개된 계획이 아닙니다"),
        ({"on": "2022-01-01"}, "2021년 1월 1일부터 12월 31일까지의 날"),
        ({"on": "예시"}, "읽을 수 없습니다"),
        ({"closing": "0"}, "이 계획의 마감본이 아닙니다"),
        ({"on": "2021-03-01", "closing": "{closing}"}, "하나만 골라 주세요"),
    ],
)
def test_bad_choices_get_a_sentence(
    client: Client, office: Office, chosen: dict[str, str], sentence: str
) -> None:
    closing = closed(office.plan, by=office.planner)
    client.force_login(office.planner)
    given = {name: one.format(closing=closing.pk) for name, one in chosen.items()}
    page = client.get(BOARD, given).content.decode()
    assert sentence in page
    assert "지금 (2021. 12. 31.까지의 실적)" in page


@pytest.mark.parametrize("size", [1, 3])
def test_each_view_makes_eight_queries_at_most(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    """The session, the user, their codes and their permissions make four more."""
    office = Office()
    for _number in range(size):
        requested(office.late, staff(PLANNER), on=dt.date(2021, 12, 1), counted="예시")
        blocker(office.late, office.officer, what="예시")
        risk_of(office.late, by=office.officer)
    about = [office.late, office.met, office.free][:size]
    for one in about:
        spend(office.period, one, office.officer, 2, 1)
    closed(office.plan, by=office.planner)
    second = closed(office.plan, 2, by=office.planner)
    third = Period.objects.get(plan=office.plan, number=3)
    Period.objects.filter(pk=third.pk).update(state="open", opened_at="2021-07-01T00:00+09:00")
    for one in about:
        submitted(period=third, about=one, by=staff(PLANNER))
    client.force_login(office.head)
    client.get(BOARD)
    for chosen, number in (({}, 12), ({"on": "2021-07-05"}, 12), ({"closing": second.pk}, 9)):
        with django_assert_num_queries(number):
            client.get(BOARD, chosen)
