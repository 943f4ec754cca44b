"""Staff pages of periods and updates: what they show and do, for whom, at what cost."""

from datetime import date, timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import User
from gwonseon.office.roles import EDITOR, PLANNER, READER
from plans.tracking import actions
from plans.tracking.access import decidable_by, may_decide
from plans.tracking.closing.actions import close_period
from plans.tracking.models import Period, Update
from plans.tracking.periods import begin
from plans.tree.models import Activity
from tests.factories.amendments import added, amend
from tests.factories.ledger import RecordFactory
from tests.factories.office import DepartmentFactory, UserFactory, staff
from tests.factories.tracking import approved, draft, first_quarter, reported, submitted
from tests.factories.tree import ActivityFactory, PlanFactory, publish
from tests.plans.tracking.conftest import Quarter, many

pytestmark = pytest.mark.django_db


def at(name: str, *keys: object) -> str:
    return reverse(f"tracking:{name}", args=keys)


def page(client: Client, user: User, url: str, **asked: object) -> str:
    """Return a page's text as a user sees it."""
    client.force_login(user)
    answer = client.get(url, asked)
    assert answer.status_code == HTTPStatus.OK
    return answer.text


def send(client: Client, user: User, url: str, **data: object) -> str:
    """Send a form as a user; return the page that follows."""
    client.force_login(user)
    answer = client.post(url, data, follow=True)
    assert answer.status_code == HTTPStatus.OK
    return answer.text


def test_the_menu_leads_to_the_newest_published_plan(client: Client, quarter: Quarter) -> None:
    PlanFactory(year=2031)
    client.force_login(quarter.officer)
    assert 'href="/staff/tracking/"' in client.get("/staff/").text
    assert client.get(at("latest")).url == at("periods", 2021)
    assert 'href="/staff/tracking/"' not in page(client, UserFactory(), "/staff/")


def test_without_any_plan_the_page_says_so(client: Client) -> None:
    assert "아직 계획이 없습니다" in page(client, staff(READER), at("latest"))


def test_a_draft_is_led_to_where_no_plan_is_published(client: Client) -> None:
    PlanFactory(year=2031)
    client.force_login(staff(READER))
    assert client.get(at("latest")).url == at("periods", 2031)


@pytest.mark.parametrize("year", [2021, 2099])
def test_a_period_that_has_not_begun_is_shown_without_writing(client: Client, year: int) -> None:
    activity, planner = ActivityFactory(initiative__goal__pillar__plan__year=year), staff(PLANNER)
    period = first_quarter(publish(activity.plan), by=planner, is_open=False)
    text = page(client, planner, period.get_absolute_url())
    assert "미작성" in text
    assert "쓰기<" not in text
    row = page(client, planner, at("periods", year))
    assert row.count("지금 열기") == 4


def test_the_list_counts_what_is_written_in_each_period(client: Client, quarter: Quarter) -> None:
    submitted(period=quarter.period, about=quarter.activity, by=quarter.officer)
    client.force_login(quarter.officer)
    rows = client.get(at("periods", 2021)).context["rows"]

    assert [one.number for one, _count, _late in rows] == [1, 2, 3, 4]
    count, late = rows[0][1:]
    assert (count.missing, count.in_work, count.submitted, count.approved) == (1, 0, 1, 0)
    assert late
    assert rows[1][1:] == (None, False)


def test_an_initiatives_update_counts_for_all_its_activities(
    client: Client, quarter: Quarter
) -> None:
    initiative = quarter.activity.initiative
    approved(period=quarter.period, about=initiative, by=quarter.officer, by_another=quarter.head)
    client.force_login(quarter.officer)
    count, late = client.get(at("periods", 2021)).context["rows"][0][1:]
    assert (count.missing, count.approved, late) == (0, 2, False)


def test_what_had_ended_or_not_begun_is_not_counted(client: Client, quarter: Quarter) -> None:
    amend(quarter.other, retired_on=date(2021, 3, 1))
    added(quarter.activity.initiative, "activity", "예시 새 활동", on=date(2021, 6, 1))
    begin(Period.objects.get(number=2), quarter.planner)
    client.force_login(quarter.officer)

    rows = client.get(at("periods", 2021)).context["rows"]

    counted = [count.whole for _period, count, _late in rows if count]
    pages = [client.get(one.get_absolute_url()).context["number"] for one, *_facts in rows[:2]]
    assert counted == pages == [1, 2]


def test_planners_set_up_periods_and_drop_them(client: Client) -> None:
    plan, planner = PlanFactory(year=2031), staff(PLANNER)
    text = send(client, planner, at("periods", 2031), kind="half")
    assert "보고 기간을 만들었습니다" in text
    assert "상반기" in text
    assert "이미 있습니다" in send(client, planner, at("periods", 2031), kind="quarter")
    assert "지웠습니다" in send(client, planner, at("drop", 2031))
    assert not Period.objects.filter(plan=plan).exists()
    assert "하나를 골라 주세요" in send(client, planner, at("periods", 2031), kind="week")


def test_others_see_no_button_and_set_up_nothing(client: Client, quarter: Quarter) -> None:
    text = page(client, quarter.head, at("periods", 2021))
    assert "지금 열기" not in text
    assert "날짜 바꾸기" not in text
    for url in (at("periods", 2021), at("days", quarter.period.pk)):
        assert client.post(url, {"kind": "year"}).status_code == HTTPStatus.FORBIDDEN
    for url in (at("drop", 2021), at("open", Period.objects.get(number=2).pk)):
        assert "기획이 정합니다" in send(client, quarter.head, url)
    assert Period.objects.filter(state=Period.State.PLANNED).count() == 3


def test_planners_open_a_period_early(client: Client, quarter: Quarter) -> None:
    second = Period.objects.get(number=2)
    assert "열었습니다" in send(client, quarter.planner, at("open", second.pk))
    second.refresh_from_db()
    assert (second.state, second.opened_by) == (Period.State.OPEN, quarter.planner)
    assert "이미 열린" in send(client, quarter.planner, at("open", second.pk))


def test_strangers_are_refused(client: Client, quarter: Quarter) -> None:
    update = draft(period=quarter.period, about=quarter.activity, by=quarter.officer)
    urls = [
        at("latest"),
        at("periods", 2021),
        at("period", quarter.period.pk),
        at("waiting", quarter.period.pk),
        at("update", update.pk),
    ]
    client.force_login(UserFactory())
    assert {client.get(url).status_code for url in urls} == {HTTPStatus.FORBIDDEN}
    client.force_login(quarter.officer)
    gone = (at("periods", 1999), at("period", 10**9), at("update", 10**9))
    assert {client.get(url).status_code for url in gone} == {HTTPStatus.NOT_FOUND}


def test_a_period_shows_figures_states_and_people(client: Client, quarter: Quarter) -> None:
    for day in ("2021-01-05", "2021-03-31", "2021-04-01"):
        RecordFactory(activity=quarter.activity, happened_on=day, confirmed=True)
    Activity.objects.filter(pk=quarter.activity.pk).update(person=quarter.officer)
    update = draft(period=quarter.period, about=quarter.activity, by=quarter.officer)

    text = page(client, quarter.officer, at("period", quarter.period.pk))

    assert "2회" in text
    assert "365회" in text
    assert "목표 90회" in text
    assert "목표 미설정" in text
    assert quarter.officer.name in text
    assert str(quarter.officer.department) in text
    assert update.get_absolute_url() in text
    assert at("write", quarter.period.pk, "activity", quarter.other.pk) in text


def test_what_was_confirmed_late_is_named(client: Client, quarter: Quarter) -> None:
    close_period(period=quarter.period, version=quarter.period.version, by=quarter.planner)
    RecordFactory(activity=quarter.activity, happened_on="2021-03-31", confirmed=True)
    second = Period.objects.get(number=2)
    begin(second, quarter.planner)
    assert "늦게 확정된 것 1회 포함" in page(client, quarter.head, at("period", second.pk))


def test_planners_are_led_to_closing(client: Client, quarter: Quarter) -> None:
    link = f'href="{reverse("closing:closing", args=[quarter.period.pk])}"'
    url = quarter.period.get_absolute_url()
    assert link in page(client, quarter.planner, url)
    assert link not in page(client, quarter.head, url)


def test_missing_is_named_late_after_the_last_day(client: Client, quarter: Quarter) -> None:
    period, today = quarter.period, timezone.localdate()
    draft(period=period, about=quarter.activity, by=quarter.officer)
    url = at("period", period.pk)

    def badges() -> tuple[int, int]:
        text = page(client, quarter.officer, url)
        shown = text[text.index("lines-title") :]
        return shown.count(">미작성</span>"), shown.count('danger">지연</span>')

    assert badges() == (0, 2)
    Period.objects.filter(pk=period.pk).update(due_on=today)
    assert badges() == (1, 0)
    Period.objects.filter(pk=period.pk).update(due_on=today - timedelta(days=1))
    assert badges() == (0, 2)


def test_the_filter_is_in_the_address(client: Client, quarter: Quarter) -> None:
    own = quarter.officer.department
    amend(quarter.other, department_id=DepartmentFactory().pk)
    Activity.objects.filter(pk=quarter.other.pk).update(person=quarter.head)
    submitted(period=quarter.period, about=quarter.activity, by=quarter.officer)
    pillar = quarter.activity.initiative.goal.pillar

    def found(**asked: object) -> int:
        client.force_login(quarter.head)
        return client.get(at("period", quarter.period.pk), asked).context["number"]

    assert found() == found(pillar=pillar.pk) == 2
    assert found(department=own.pk) == found(state="submitted") == found(state="missing") == 1
    assert found(mine="on", department=own.pk) == 0
    assert found(state="late") == found(mine="on") == 1
    assert found(state="submitted", mine="on") == 0
    assert found(pillar="x", department="x", state="x") == 2


def test_a_filter_does_not_offer_what_another_level_has(client: Client, quarter: Quarter) -> None:
    draft(period=quarter.period, about=quarter.activity, by=quarter.officer)
    text = page(client, quarter.officer, at("period", quarter.period.pk), state="missing")
    assert at("write", quarter.period.pk, "activity", quarter.other.pk) in text
    assert "추진과제로 쓰기" not in text


def test_departments_are_summed_at_the_top(client: Client, quarter: Quarter) -> None:
    submitted(period=quarter.period, about=quarter.activity, by=quarter.officer)
    client.force_login(quarter.officer)
    ((department, count),) = client.get(at("period", quarter.period.pk)).context["sums"]
    assert department == quarter.officer.department
    assert (count.whole, count.missing, count.submitted, count.behind) == (2, 1, 1, 1)


def test_personal_figures_are_for_their_own_department(client: Client, quarter: Quarter) -> None:
    Activity.objects.filter(pk=quarter.other.pk).update(record_kind="contact")
    activity = Activity.objects.get(pk=quarter.other.pk)
    for day in ("2021-02-01", "2021-02-02", "2021-02-03"):
        RecordFactory(activity=activity, happened_on=day, confirmed=True)
    url = at("period", quarter.period.pk)
    update = draft(period=quarter.period, about=activity, by=quarter.officer)
    for address in (url, update.get_absolute_url()):
        assert "3회" in page(client, quarter.officer, address)
        assert "3회" not in page(client, staff(PLANNER), address)


@pytest.mark.parametrize(
    ("name", "number"),
    [("periods", 13), ("period", 20), ("waiting", 16), ("update", 18), ("write", 20)],
)
@pytest.mark.parametrize("size", [1, 3])
def test_pages_cost_the_same_for_any_length(
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    name: str,
    number: int,
    size: int,
) -> None:
    planner, period, spare = many(size)
    urls = {
        "periods": at("periods", 2021),
        "period": at("period", period.pk),
        "waiting": at("waiting", period.pk),
        "update": at("update", Update.objects.first().pk),
        "write": at("write", period.pk, "initiative", spare.pk),
    }
    client.force_login(planner)
    client.get(at("latest"))
    with django_assert_num_queries(number):
        context = client.get(urls[name]).context
    if name == "waiting":
        assert len(context["rows"]) == size
    if name == "period":
        assert context["number"] == 2 * size


def test_an_update_offers_each_act_to_who_may(client: Client, quarter: Quarter) -> None:
    update = draft(period=quarter.period, about=quarter.activity, by=quarter.officer)
    address = update.get_absolute_url()
    acts = ("submit", "delete", "take_back", "approve", "send_back")

    def offered(user: User) -> set[str]:
        text = page(client, user, address)
        return {one for one in acts if f'action="{at(one, update.pk)}"' in text}

    reader = staff(READER)
    assert offered(quarter.officer) == offered(quarter.head) == {"submit", "delete"}
    assert offered(reader) == set()
    update = actions.submit(update=update, version=0, by=quarter.officer)
    assert offered(quarter.officer) == {"take_back"}
    assert offered(quarter.head) == {"take_back", "approve", "send_back"}
    assert offered(reader) == set()
    actions.approve(seen={update.pk: 1}, by=quarter.head)
    assert offered(quarter.officer) == set()
    assert offered(quarter.head) == {"send_back"}
    Period.objects.filter(pk=quarter.period.pk).update(state=Period.State.CLOSED)
    assert offered(quarter.head) == set()


@pytest.mark.parametrize("version", ["", "x", "²", "9" * 5000])
def test_without_a_version_that_can_be_read_nothing_is_done(
    client: Client, quarter: Quarter, version: str
) -> None:
    update = draft(period=quarter.period, about=quarter.activity, by=quarter.officer)
    text = send(client, quarter.officer, at("submit", update.pk), version=version)
    assert "다른 사람이 고쳤습니다" in text
    assert Update.objects.get().state == Update.State.DRAFT


def test_an_update_goes_its_way_by_buttons(client: Client, quarter: Quarter) -> None:
    update = draft(period=quarter.period, about=quarter.activity, by=quarter.officer)
    officer, head = quarter.officer, quarter.head

    assert "제출했습니다" in send(client, officer, at("submit", update.pk), version=0)
    assert "거두었습니다" in send(client, officer, at("take_back", update.pk), version=1)
    send(client, officer, at("submit", update.pk), version=2)
    reason = {"reason": "예시 사유", "version": 3}
    assert "반려했습니다" in send(client, head, at("send_back", update.pk), **reason)
    assert "예시 사유" in page(client, officer, update.get_absolute_url())
    texts = {"results": "예시 실적을 바로잡음"}
    actions.rewrite(update=update, texts=texts, version=4, by=officer)
    send(client, officer, at("submit", update.pk), version=5)
    text = send(client, head, at("approve", update.pk), version=6)
    assert "승인했습니다" in text

    update.refresh_from_db()
    assert (update.state, update.decided_by) == (Update.State.APPROVED, head)
    steps = ["작성", "제출", "제출 취소", "제출", "반려", "고침", "제출", "승인"]
    shown = client.get(update.get_absolute_url())
    assert [one.what for one in shown.context["steps"]] == [*reversed(steps)]
    assert {one.by for one in shown.context["steps"]} == {str(officer), str(head)}
    changed = {one.what: [side.label for side in one.changes] for one in shown.context["steps"]}
    assert changed.pop("고침") == ["추진실적"]
    assert not any(changed.values())
    assert "<del>" in shown.text
    assert "실적을 바로잡음</ins>" in shown.text


def test_a_draft_is_deleted(client: Client, quarter: Quarter) -> None:
    update = draft(period=quarter.period, about=quarter.activity, by=quarter.officer)
    assert "그 사이에" in send(client, quarter.officer, at("delete", update.pk), version=7)
    assert "지웠습니다" in send(client, quarter.officer, at("delete", update.pk), version=0)
    assert not Update.objects.exists()


def test_a_button_pressed_on_an_old_page_does_nothing(client: Client, quarter: Quarter) -> None:
    update = submitted(period=quarter.period, about=quarter.activity, by=quarter.officer)
    for version in ("0", "x", ""):
        text = send(client, quarter.head, at("approve", update.pk), version=version)
        assert "그 사이에 다른 사람이 고쳤습니다" in text
    update.refresh_from_db()
    assert update.state == Update.State.SUBMITTED


def test_nobody_approves_what_they_wrote(client: Client, quarter: Quarter) -> None:
    update = submitted(period=quarter.period, about=quarter.activity, by=quarter.head)
    text = send(client, quarter.head, at("approve", update.pk), version=1)
    assert "다른 사람이 승인해야 합니다" in text
    assert page(client, quarter.head, at("waiting", quarter.period.pk)).count("고른 것 승인") == 0


def test_the_query_of_decisions_agrees_with_the_rule(quarter: Quarter) -> None:
    submitted(period=quarter.period, about=quarter.activity, by=quarter.officer)
    submitted(period=quarter.period, about=quarter.other, by=quarter.head)
    own = {"department": quarter.officer.department}
    other = {"department": DepartmentFactory()}
    people = [quarter.officer, quarter.head, quarter.planner, staff(READER, **own)]
    people += [staff(PLANNER, **other), staff(EDITOR, **other), UserFactory(**own)]
    for user in people:
        rule = {one for one in Update.objects.waiting() if may_decide(user, one)}
        assert set(decidable_by(user)) == rule
    assert decidable_by(quarter.head).count() == 1
    assert decidable_by(quarter.planner).count() == 2


def test_many_are_approved_together_all_or_none(client: Client, quarter: Quarter) -> None:
    first = submitted(period=quarter.period, about=quarter.activity, by=quarter.officer)
    second = submitted(period=quarter.period, about=quarter.other, by=quarter.officer)
    Activity.objects.filter(pk=quarter.activity.pk).update(budget=1_000_000)
    reported(quarter.period, quarter.activity, 500_000, 250_000, by=quarter.officer)
    url = at("waiting", quarter.period.pk)
    text = page(client, quarter.head, url)
    assert text.count("예시 실적") == 2
    assert "계약액 누계 500,000원, 집행액 누계 250,000원, 집행률 25%" in text
    assert text.count("보고 없음") == 1
    assert "하나 이상 골라 주세요" in send(client, quarter.head, url)
    assert "화면을 다시 열어" in send(client, quarter.head, url, seen="x")

    client.force_login(quarter.head)
    answer = client.post(url, {"seen": [f"{first.pk}:1", f"{second.pk}:0"]})
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "하나도 승인하지 않았습니다" in answer.text
    assert [one["is_ticked"] for one in answer.context["rows"]] == [True, False]
    assert Update.objects.waiting().count() == 2

    chosen = [f"{first.pk}:1", f"{second.pk}:1"]
    assert "2건을 승인했습니다" in send(client, quarter.head, url, seen=chosen)
    assert not Update.objects.waiting().exists()


def test_one_of_many_is_returned_with_a_reason(client: Client, quarter: Quarter) -> None:
    update = submitted(period=quarter.period, about=quarter.activity, by=quarter.officer)
    submitted(period=quarter.period, about=quarter.other, by=quarter.officer)
    url = at("send_back", update.pk)
    sent = {"version": 1, "many": "True"}
    text = send(client, quarter.head, url, **sent)
    assert "무엇을 고쳐야 하는지 적고 반려해 주세요." in text
    assert "지금 내용을 읽고" in send(client, quarter.head, url, reason="예시", version=0)

    client.force_login(quarter.head)
    answer = client.post(url, sent | {"reason": "예시 사유"})
    assert answer.url == at("waiting", quarter.period.pk)
    assert [one["update"].node for one in client.get(answer.url).context["rows"]] == [quarter.other]
    update.refresh_from_db()
    assert update.returned_for == "예시 사유"
