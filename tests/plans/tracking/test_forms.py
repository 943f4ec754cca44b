"""Forms of periods and updates: nothing that was typed is lost, bad input gets its sentence."""

from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gwonseon.office.models import Draft, User
from gwonseon.office.roles import EDITOR, READER
from plans.tracking import actions
from plans.tracking.closing.actions import close_period
from plans.tracking.models import TEXTS, Period, Update
from plans.tracking.periods import begin
from plans.tree.models import Activity, Initiative
from tests.factories.office import DepartmentFactory, staff
from tests.factories.tracking import approved, closed, draft, submitted
from tests.factories.tree import InitiativeFactory
from tests.plans.editing.forms import typed
from tests.plans.tracking.conftest import Quarter

pytestmark = pytest.mark.django_db

TYPED = {
    "results": "예시로 한 일",
    "next_steps": "예시로 할 일",
    "problems": "예시 문제",
    "evidence": "예시 문서",
}


def address(period: Period, node: Activity | Initiative) -> str:
    """Return where an item's update of a period is written."""
    return reverse("tracking:write", args=[period.pk, node._meta.model_name, node.pk])


def sent(client: Client, url: str, data: dict[str, Any], by: User) -> HttpResponse:
    """Return the answer to a form that a user sends."""
    client.force_login(by)
    return client.post(url, data)


def form_of(client: Client, url: str, by: User, **over: Any) -> dict[str, Any]:
    """Return a page's form as a user's browser would send it, with some values typed."""
    client.force_login(by)
    return typed(client, url, **over)


def shows(answer: HttpResponse, texts: dict[str, str]) -> bool:
    """Return whether the form of a page still has all that was typed."""
    form = answer.context["form"]
    return {name: form[name].value() for name in texts} == texts


def test_an_update_is_written_and_changed(client: Client, quarter: Quarter) -> None:
    url = address(quarter.period, quarter.activity)
    answer = sent(client, url, form_of(client, url, quarter.officer, **TYPED), quarter.officer)
    update = Update.objects.get()
    assert answer.url == update.get_absolute_url()
    assert {name: getattr(update, name) for name in TEXTS} == TYPED
    assert (update.state, update.author) == (Update.State.DRAFT, quarter.officer)

    data = form_of(client, url, quarter.head, problems="", results="예시 고친 글\r\n둘째 줄")
    sent(client, url, data, quarter.head)
    update.refresh_from_db()
    assert (update.results, update.problems) == ("예시 고친 글\n둘째 줄", "")
    assert (update.version, update.author) == (1, quarter.head)


def test_one_button_saves_and_submits(client: Client, quarter: Quarter) -> None:
    url = address(quarter.period, quarter.activity.initiative)
    data = form_of(client, url, quarter.officer, **TYPED)
    answer = sent(client, url, data | {"hand_in": "1"}, quarter.officer)
    update = Update.objects.get()
    assert update.state == Update.State.SUBMITTED
    assert update.initiative == quarter.activity.initiative
    assert "다른 사람이 승인합니다" in client.get(answer.url).text

    again = sent(client, url, data | {"hand_in": "1"}, quarter.officer)
    assert again.url == update.get_absolute_url()
    assert Update.objects.count() == 1


def test_a_saved_update_is_submitted_with_the_form(client: Client, quarter: Quarter) -> None:
    url = address(quarter.period, quarter.activity)
    update = draft(period=quarter.period, about=quarter.activity, by=quarter.officer)
    data = form_of(client, url, quarter.officer, hand_in="1", problems="예시 문제")
    sent(client, url, data, quarter.officer)
    update.refresh_from_db()
    assert (update.state, update.problems) == (Update.State.SUBMITTED, "예시 문제")


def test_nothing_is_submitted_without_results_but_it_may_be_saved(
    client: Client, quarter: Quarter
) -> None:
    url = address(quarter.period, quarter.activity)
    data = form_of(client, url, quarter.officer, **TYPED | {"results": " "})
    answer = sent(client, url, data | {"hand_in": "1"}, quarter.officer)
    assert "추진실적을 적고 제출하세요." in answer.text
    assert shows(answer, {"next_steps": TYPED["next_steps"]})
    assert not Update.objects.exists()
    sent(client, url, data, quarter.officer)
    assert Update.objects.get().next_steps == TYPED["next_steps"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("예시\u200b글", "보이지 않거나 깨진 글자"), ("가" * 20_001, "20000")],
)
def test_bad_text_gets_its_sentence(
    client: Client, quarter: Quarter, text: str, sentence: str
) -> None:
    url = address(quarter.period, quarter.activity)
    data = form_of(client, url, quarter.officer, **TYPED | {"evidence": text})
    answer = sent(client, url, data, quarter.officer)
    assert sentence in answer.text
    assert shows(answer, TYPED | {"evidence": text})
    assert not Update.objects.exists()


def test_two_who_write_at_once_see_both_texts(client: Client, quarter: Quarter) -> None:
    url = address(quarter.period, quarter.activity)
    draft(period=quarter.period, about=quarter.activity, by=quarter.officer)
    slow = form_of(client, url, quarter.officer, **TYPED)
    quick = form_of(client, url, quarter.head, results="예시 먼저 쓴 글")
    sent(client, url, quick, quarter.head)

    answer = sent(client, url, slow, quarter.officer)

    assert answer.status_code == HTTPStatus.CONFLICT
    for text in ("예시 먼저 쓴 글", TYPED["results"], "지금 저장된 내용"):
        assert text in answer.text
    assert shows(answer, TYPED)
    assert Update.objects.get().results == "예시 먼저 쓴 글"
    over = {one.html_name: one.value() for one in answer.context["form"]}
    sent(client, url, over, quarter.officer)
    assert Update.objects.get().results == TYPED["results"]


def test_two_who_begin_at_once_see_both_texts(client: Client, quarter: Quarter) -> None:
    url = address(quarter.period, quarter.activity)
    slow = form_of(client, url, quarter.officer, **TYPED)
    quick = form_of(client, url, quarter.head, results="예시 먼저 쓴 글")
    sent(client, url, quick, quarter.head)

    answer = sent(client, url, slow | {"hand_in": "1"}, quarter.officer)

    assert answer.status_code == HTTPStatus.CONFLICT
    assert shows(answer, TYPED)
    assert "예시 먼저 쓴 글" in answer.text
    update = Update.objects.get()
    assert (update.results, update.state) == ("예시 먼저 쓴 글", Update.State.DRAFT)
    over = {one.html_name: one.value() for one in answer.context["form"]}
    sent(client, url, over | {"hand_in": "1"}, quarter.officer)
    update.refresh_from_db()
    assert (update.results, update.state) == (TYPED["results"], Update.State.SUBMITTED)
    assert update.writers == sorted([quarter.officer.pk, quarter.head.pk])


def test_the_same_form_sent_again_with_other_text_shows_both(
    client: Client, quarter: Quarter
) -> None:
    url = address(quarter.period, quarter.activity)
    data = form_of(client, url, quarter.officer, **TYPED)
    sent(client, url, data, quarter.officer)
    assert sent(client, url, data, quarter.officer).status_code == HTTPStatus.FOUND
    answer = sent(client, url, data | {"results": "예시 다시 쓴 글"}, quarter.officer)
    assert answer.status_code == HTTPStatus.CONFLICT
    assert shows(answer, {"results": "예시 다시 쓴 글"})
    assert Update.objects.get().results == TYPED["results"]


def test_what_is_saved_already_is_said(client: Client, quarter: Quarter) -> None:
    url = address(quarter.period, quarter.activity)
    draft(period=quarter.period, about=quarter.activity, by=quarter.officer)
    data = form_of(client, url, quarter.officer, **TYPED)
    sent(client, url, data, quarter.officer)
    answer = sent(client, url, data, quarter.officer)
    assert "이미 같은 내용으로 저장되어" in client.get(answer.url).text


def test_text_is_kept_where_the_rules_changed_meanwhile(client: Client, quarter: Quarter) -> None:
    url, officer = address(quarter.period, quarter.activity), quarter.officer
    new = form_of(client, url, officer, **TYPED)
    update = draft(period=quarter.period, about=quarter.activity, by=officer)
    old = form_of(client, url, officer, **TYPED)
    whole = form_of(client, address(quarter.period, quarter.other), officer, **TYPED)

    update = actions.submit(update=update, version=0, by=officer)
    answer = sent(client, url, old | {"version": 1}, officer)
    assert "고치려면 제출을 거두세요" in answer.text
    assert shows(answer, TYPED)

    actions.take_back(update=update, version=1, by=officer)
    answer = sent(client, address(quarter.period, quarter.activity.initiative), whole, officer)
    assert "따로 쓸 수 없습니다" in answer.text
    assert shows(answer, TYPED)

    actions.delete_update(update=update, version=2, by=officer)
    assert sent(client, url, old, officer).status_code == HTTPStatus.FOUND
    Period.objects.filter(pk=quarter.period.pk).update(state=Period.State.CLOSED)
    answer = sent(client, url, new, officer)
    assert "쓰는 기간이 아닙니다" in answer.text
    assert shows(answer, TYPED)


def test_who_cannot_write_now_is_led_to_what_is_there(client: Client, quarter: Quarter) -> None:
    period, initiative = quarter.period, quarter.activity.initiative
    url, whole = address(period, quarter.activity), address(period, initiative)
    update = submitted(period=period, about=quarter.activity, by=quarter.officer)
    client.force_login(quarter.officer)
    assert client.get(url).url == update.get_absolute_url()
    assert client.get(whole).url == update.get_absolute_url()
    submitted(period=period, about=quarter.other, by=quarter.officer)
    assert client.get(whole).url == period.get_absolute_url()
    actions.approve(seen={update.pk: 1}, by=quarter.head)
    assert "승인한 사람이 반려하면" in client.get(url, follow=True).text
    later = Period.objects.get(number=2)
    assert client.get(address(later, quarter.activity)).url == later.get_absolute_url()
    assert "쓰는 기간이 아닙니다" in client.get(later.get_absolute_url()).text


@pytest.mark.parametrize("role", [READER, EDITOR])
def test_strangers_write_nothing(client: Client, quarter: Quarter, role: Any) -> None:
    stranger = staff(role, department=DepartmentFactory())
    url = address(quarter.period, quarter.activity)
    data = form_of(client, url, quarter.officer, **TYPED)
    client.force_login(stranger)
    assert client.get(url).status_code == HTTPStatus.FORBIDDEN
    assert sent(client, url, data, stranger).status_code == HTTPStatus.FORBIDDEN
    assert not Update.objects.exists()


def test_items_of_other_plans_and_levels_are_not_found(client: Client, quarter: Quarter) -> None:
    client.force_login(quarter.planner)
    goal = quarter.activity.initiative.goal
    other = InitiativeFactory(goal__pillar__plan__year=2022)
    urls = [address(quarter.period, one) for one in (goal, goal.pillar, other)]
    assert {client.get(url).status_code for url in urls} == {HTTPStatus.NOT_FOUND}


def test_the_last_text_is_one_click_away(client: Client, quarter: Quarter) -> None:
    said = {"period": quarter.period, "by": quarter.officer, "by_another": quarter.head}
    approved(about=quarter.activity, results="예시 지난 실적", **said)
    period = quarter.period
    close_period(period=period, version=period.version, by=quarter.planner)
    second = Period.objects.get(number=2)
    begin(second, quarter.planner)
    url = address(second, quarter.activity)
    client.force_login(quarter.officer)

    page = client.get(url)
    assert "지난번(1분기)에 쓴 글" in page.text
    assert page.context["form"]["results"].value() == ""
    copied = client.get(url, {"from": "last"})
    assert copied.context["form"]["results"].value() == "예시 지난 실적"

    data = {one.html_name: one.value() for one in copied.context["form"]}
    sent(client, url, data | {"results": "예시 이어 쓴 실적"}, quarter.officer)
    assert Update.objects.get(period=second).results == "예시 이어 쓴 실적"
    # What is written is not replaced by the last text.
    assert client.get(url, {"from": "last"}).context["form"]["results"].value() != "예시 지난 실적"


def test_the_form_stands_beside_the_figures(client: Client, quarter: Quarter) -> None:
    client.force_login(quarter.officer)
    whole = client.get(address(quarter.period, quarter.activity.initiative))
    assert [one.activity for one in whole.context["figures"]] == [quarter.activity, quarter.other]
    one = client.get(address(quarter.period, quarter.activity))
    assert [one.activity for one in one.context["figures"]] == [quarter.activity]
    assert "목표 90회" in one.text


def test_a_returned_update_says_why_where_it_is_written(client: Client, quarter: Quarter) -> None:
    update = submitted(period=quarter.period, about=quarter.activity, by=quarter.officer)
    actions.send_back(update=update, version=1, reason="예시 반려 사유", by=quarter.head)
    client.force_login(quarter.officer)
    assert "예시 반려 사유" in client.get(address(quarter.period, quarter.activity)).text


def test_an_autosaved_text_is_offered_until_it_is_saved(client: Client, quarter: Quarter) -> None:
    url = address(quarter.period, quarter.activity)
    place = f"update:{quarter.period.pk}:activity:{quarter.activity.pk}:results"
    Draft.objects.create(user=quarter.officer, place=place, text="예시 쓰다 만 글")
    client.force_login(quarter.officer)
    assert "예시 쓰다 만 글" in client.get(url).text
    sent(client, url, form_of(client, url, quarter.officer, **TYPED), quarter.officer)
    assert not Draft.objects.exists()


def test_a_text_is_not_lost_where_another_submits_meanwhile(
    client: Client, quarter: Quarter
) -> None:
    url = address(quarter.period, quarter.activity)
    place = f"update:{quarter.period.pk}:activity:{quarter.activity.pk}:problems"
    Draft.objects.create(user=quarter.officer, place=place, text="예시 쓰다 만 글")
    update = submitted(period=quarter.period, about=quarter.activity, by=quarter.planner)
    client.force_login(quarter.officer)

    page = client.get(url, follow=True)

    assert "예시 쓰다 만 글" in page.text
    assert "고치려면 제출을 거두세요" in page.text
    kept = page.redirect_chain[-1][0]
    for shown in (update.get_absolute_url(), quarter.period.get_absolute_url()):
        assert kept in client.get(shown).text
    actions.send_back(update=update, version=1, reason="예시", by=quarter.head)
    assert "예시 쓰다 만 글" in client.get(url).text

    client.force_login(quarter.head)
    assert "저장하지 않은 글이 없습니다" in client.get(kept).text
    assert kept not in client.get(quarter.period.get_absolute_url()).text


def test_a_text_is_not_lost_where_the_period_closes_before_it_is_saved(
    client: Client, quarter: Quarter
) -> None:
    place = f"update:{quarter.period.pk}:initiative:{quarter.activity.initiative_id}:results"
    Draft.objects.create(user=quarter.officer, place=place, text="예시 쓰다 만 글")
    closed(quarter.period.plan, by=quarter.planner)
    client.force_login(quarter.officer)
    (found,) = client.get(quarter.period.get_absolute_url()).context["unsaved"]
    assert found == (quarter.activity.initiative, "initiative")

    page = client.get(address(quarter.period, quarter.activity.initiative), follow=True)

    assert "예시 쓰다 만 글" in page.text
    assert "쓰는 기간이 아닙니다" in page.text
    answer = client.post(page.redirect_chain[-1][0], follow=True)
    assert "저장하지 않은 글을 버렸습니다" in answer.text
    assert not Draft.objects.exists()


@pytest.mark.parametrize("name", ["version", "token"])
def test_a_broken_hidden_field_writes_nothing(client: Client, quarter: Quarter, name: str) -> None:
    url = address(quarter.period, quarter.activity)
    data = form_of(client, url, quarter.officer, **TYPED)
    answer = sent(client, url, data | {name: "x"}, quarter.officer)
    assert answer.status_code == HTTPStatus.OK
    assert shows(answer, TYPED)
    assert not Update.objects.exists()


def test_planners_change_days(client: Client, quarter: Quarter) -> None:
    second, planner = Period.objects.get(number=2), quarter.planner
    url = reverse("tracking:days", args=[second.pk])
    data = form_of(client, url, planner, opens_on="2021. 6. 25.", due_on="2021-07-20")
    assert sent(client, url, data, planner).status_code == HTTPStatus.FOUND
    second.refresh_from_db()
    assert (second.opens_on, second.due_on) == (date(2021, 6, 25), date(2021, 7, 20))

    answer = sent(client, url, data | {"due_on": "2021-08-01"}, planner)
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "2021. 7. 20.까지 제출" in answer.text
    sides = [(one.before, one.after) for one in answer.context["form"].sides if one.differs]
    assert sides == [("2021-07-20", "2021-08-01")]
    assert answer.context["form"]["due_on"].value() == date(2021, 8, 1)
    over = {one.html_name: one.value() for one in answer.context["form"]}
    assert sent(client, url, over, planner).status_code == HTTPStatus.FOUND

    data = form_of(client, url, planner, due_on="2021-06-01")
    assert "늦은 날로 적어 주세요" in sent(client, url, data, planner).text
    assert "제출 기한을 적어 주세요" in sent(client, url, data | {"due_on": ""}, planner).text
    assert Period.objects.get(number=2).due_on == date(2021, 8, 1)


def test_an_open_period_keeps_its_first_day(client: Client, quarter: Quarter) -> None:
    url = reverse("tracking:days", args=[quarter.period.pk])
    data = form_of(client, url, quarter.planner, due_on="2021-05-01", opens_on="2021-04-20")
    assert sent(client, url, data, quarter.planner).status_code == HTTPStatus.FOUND
    period = Period.objects.get(number=1)
    assert (period.opens_on, period.due_on) == (date(2021, 4, 1), date(2021, 5, 1))


def test_a_new_form_has_a_token_of_its_own(client: Client, quarter: Quarter) -> None:
    url = address(quarter.period, quarter.activity)
    first, second = (form_of(client, url, quarter.officer)["token"] for _time in range(2))
    assert first != second
