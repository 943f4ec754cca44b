"""Closing a period freezes what was counted and said; reopening keeps what was frozen."""

import json
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.roles import PLANNER
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError
from plans.ledger.actions import void_record
from plans.ledger.models import Record
from plans.tracking import actions
from plans.tracking.budget.actions import report_spending
from plans.tracking.closing.actions import close_period, decide_reopening, request_reopening
from plans.tracking.closing.canonical import canonical, digest_of
from plans.tracking.closing.models import Closing, Reopening, Snapshot
from plans.tracking.figures import figures_of
from plans.tracking.milestones.models import Milestone
from plans.tracking.models import Period, Update
from plans.tracking.periods import begin
from plans.tree.models import Activity
from tests.factories.ledger import RecordFactory, recordable
from tests.factories.office import staff
from tests.factories.tracking import approved, draft, first_quarter, reported, submitted
from tests.plans.tracking.conftest import Quarter

pytestmark = pytest.mark.django_db


def record(quarter: Quarter, day: str, activity: Activity | None = None) -> Record:
    """Return a confirmed record of the quarter's activity."""
    about = activity or quarter.activity
    happened_on = date.fromisoformat(day)
    return RecordFactory(
        activity=about, happened_on=happened_on, written_by=quarter.officer, confirmed=True
    )


def close(quarter: Quarter, number: int = 1) -> Closing:
    """Close a quarter of the plan, opened if it is not."""
    period = Period.objects.get(plan=quarter.activity.plan_id, number=number)
    if period.state == Period.State.PLANNED:
        begin(period, quarter.planner)
    return close_period(period=period, version=period.version, by=quarter.planner)


def of_activity(closing: Closing, activity: Activity) -> dict:
    """Return what was frozen of an activity."""
    return Snapshot.objects.get(closing=closing, activity=activity).data


def test_closing_freezes_figures_and_approved_texts(quarter: Quarter) -> None:
    for day in ("2021-01-01", "2021-03-31", "2021-04-01"):
        record(quarter, day)
    update = approved(
        period=quarter.period, about=quarter.activity, by=quarter.officer, by_another=quarter.head
    )
    draft(period=quarter.period, about=quarter.other, by=quarter.officer)

    closing = close(quarter)

    data = of_activity(closing, quarter.activity)
    assert (data["counted"], data["amount"], data["late"]) == ("2", "2", "0")
    assert data["update"]["results"] == update.results
    assert data["update"]["about"] == "activity"
    assert of_activity(closing, quarter.other)["update"] == {}
    update.refresh_from_db()
    assert update.state == Update.State.CONFIRMED
    assert Update.objects.get(activity=quarter.other).state == Update.State.DRAFT
    assert Period.objects.get(number=1).state == Period.State.CLOSED


def test_milestones_are_frozen_as_they_stood_on_the_last_day(quarter: Quarter) -> None:
    done = [date(2021, 3, 31), date(2021, 4, 1), None]
    Milestone.objects.bulk_create(
        Milestone(
            activity=quarter.activity,
            title=f"예시 {number}",
            planned_on=date(2021, 3, number),
            weight=weight,
            done_on=day,
            evidence="예시 문서" if day else "",
        )
        for number, (weight, day) in enumerate(zip((20, 30, 50), done, strict=True), 1)
    )

    closing = close(quarter)

    data = of_activity(closing, quarter.activity)
    assert data["share_done"] == "20"
    assert [one["done_on"] for one in data["milestones"]] == ["2021-03-31", "", ""]
    assert data["milestones"][0] == {
        "title": "예시 1",
        "planned_on": "2021-03-01",
        "done_on": "2021-03-31",
        "weight": "20",
    }
    assert of_activity(closing, quarter.other)["milestones"] == []


def test_an_update_of_an_initiative_is_said_of_all_its_activities(quarter: Quarter) -> None:
    approved(
        period=quarter.period,
        about=quarter.activity.initiative,
        by=quarter.officer,
        by_another=quarter.head,
    )
    closing = close(quarter)
    for activity in (quarter.activity, quarter.other):
        assert of_activity(closing, activity)["update"]["about"] == "initiative"


def test_anybody_computes_the_digest_again(quarter: Quarter) -> None:
    record(quarter, "2021-02-01")
    closing = close(quarter)
    closing = Closing.objects.get(pk=closing.pk)
    activities = [one.data for one in closing.snapshots.all()]

    published = canonical(closing.content, activities)

    assert sha256(published).hexdigest() == closing.digest
    whole = json.loads(published)
    read_again = whole.pop("activities")
    assert digest_of(whole, read_again) == closing.digest
    assert "담당자" not in published.decode()
    assert quarter.officer.name not in published.decode()


def test_what_comes_late_counts_in_the_next_period_and_is_named(quarter: Quarter) -> None:
    early = record(quarter, "2021-02-01")
    first = close(quarter)
    record(quarter, "2021-03-01")
    record(quarter, "2021-03-02")
    record(quarter, "2021-05-01")
    void_record(record=early, reason="예시", by=quarter.officer)

    second = close(quarter, 2)

    assert of_activity(first, quarter.activity)["amount"] == "1"
    data = of_activity(second, quarter.activity)
    assert (data["counted"], data["amount"], data["late"]) == ("3", "2", "1")


def test_periods_add_up_to_the_years_sum(quarter: Quarter) -> None:
    for month in range(1, 13):
        record(quarter, f"2021-{month:02}-15")
    sums = []
    for number in range(1, 5):
        sums.append(Decimal(of_activity(close(quarter, number), quarter.activity)["amount"]))
        record(quarter, "2021-01-20")
    assert sums == [3, 4, 4, 4]


def test_figures_of_an_open_period_follow_the_ledger(quarter: Quarter) -> None:
    record(quarter, "2021-01-10")
    assert figures_of(quarter.period).of[quarter.activity.pk].amount == 1
    record(quarter, "2021-03-10")
    assert figures_of(quarter.period).of[quarter.activity.pk].amount == 2
    second = Period.objects.get(number=2)
    record(quarter, "2021-04-10")
    assert figures_of(second).of[quarter.activity.pk].amount == 1


def test_a_periods_target_is_its_part_of_the_years(quarter: Quarter) -> None:
    assert figures_of(quarter.period).of[quarter.activity.pk].target == 90
    assert figures_of(quarter.period).of[quarter.other.pk].target is None


def test_periods_are_closed_in_order_after_their_last_day(quarter: Quarter) -> None:
    second = Period.objects.get(number=2)
    begin(second, quarter.planner)
    with pytest.raises(RefusedError, match="앞의 기간을 먼저"):
        close_period(period=second, version=second.version, by=quarter.planner)
    with pytest.raises(OutdatedError):
        close_period(period=quarter.period, version=0, by=quarter.planner)
    with pytest.raises(RefusedError, match="기획이 정합니다"):
        close_period(period=quarter.period, version=1, by=quarter.head)
    close(quarter)
    with pytest.raises(RefusedError, match="이미 마감했거나"):
        close(quarter)
    assert Closing.objects.count() == 1


def test_a_period_is_closed_from_the_day_after_its_last(
    quarter: Quarter, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = quarter.period.last_on
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: last)
    with pytest.raises(RefusedError, match="아직 끝나지 않은"):
        close(quarter)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: last + timedelta(days=1))
    assert close(quarter).version == 1


def test_periods_of_another_plan_neither_hinder_nor_count(quarter: Quarter) -> None:
    for year in (2020, 2022):
        activity = recordable(year)
        period = first_quarter(activity.plan, by=quarter.planner)
        if year == 2022:
            close_period(period=period, version=period.version, by=quarter.planner)
    record(quarter, "2021-01-02")

    closing = close(quarter)

    assert closing.version == 1
    assert of_activity(closing, quarter.activity)["late"] == "0"
    assert [one.position for one in closing.snapshots.all()] == [1, 2]
    request_reopening(closing=closing, reason="예시", by=quarter.planner)


def test_only_planners_ask_for_reopening_and_decide(quarter: Quarter) -> None:
    closing = close(quarter)
    with pytest.raises(RefusedError, match="기획이 정합니다"):
        request_reopening(closing=closing, reason="예시", by=quarter.head)
    request = request_reopening(closing=closing, reason="예시", by=quarter.planner)
    with pytest.raises(RefusedError, match="기획이 정합니다"):
        decide_reopening(request=request, is_approved=True, by=quarter.head)


def test_a_request_to_reopen_is_void_once_the_next_period_is_closed(quarter: Quarter) -> None:
    request = request_reopening(closing=close(quarter), reason="예시", by=quarter.planner)
    close(quarter, 2)
    with pytest.raises(RefusedError, match="뒤의 기간을 이미 마감"):
        decide_reopening(request=request, is_approved=True, by=staff(PLANNER))
    assert Period.objects.get(number=1).state == Period.State.CLOSED


def test_reopening_touches_only_what_was_confirmed_in_the_period(quarter: Quarter) -> None:
    facts = {"period": quarter.period, "by": quarter.officer}
    approved(**facts, about=quarter.activity, by_another=quarter.head)
    draft(**facts, about=quarter.other)
    first = close(quarter)
    second = Period.objects.get(number=2)
    begin(second, quarter.planner)

    request = request_reopening(closing=first, reason="예시", by=quarter.planner)
    decide_reopening(request=request, is_approved=True, by=staff(PLANNER))

    states = dict(Update.objects.values_list("activity", "state"))
    assert states == {quarter.activity.pk: "approved", quarter.other.pk: "draft"}


def test_while_a_period_is_reopened_the_next_counts_its_own_days_only(quarter: Quarter) -> None:
    first = close(quarter)
    record(quarter, "2021-03-01")
    record(quarter, "2021-04-01")
    second = Period.objects.get(number=2)
    assert figures_of(second).of[quarter.activity.pk].amount == 2
    request = request_reopening(closing=first, reason="예시", by=quarter.planner)
    decide_reopening(request=request, is_approved=True, by=staff(PLANNER))
    assert figures_of(second).of[quarter.activity.pk].amount == 1


def test_figures_are_told_with_their_unit(quarter: Quarter) -> None:
    close(quarter)
    record(quarter, "2021-03-01")
    record(quarter, "2021-04-01")
    found = figures_of(Period.objects.get(number=2)).of
    mine, other = found[quarter.activity.pk], found[quarter.other.pk]
    assert (mine.amount_text, mine.late_text, mine.target_text) == ("2회", "1회", "91회")
    assert (other.amount_text, other.late_text, other.target_text) == ("0회", "", "목표 미설정")


def test_the_whole_names_the_period_and_the_rates_of_all_groups(quarter: Quarter) -> None:
    for day in range(1, 10):
        record(quarter, f"2021-01-{day:02}")

    content = close(quarter).content

    assert (content["year"], content["period"], content["version"]) == ("2021", "1분기", "1")
    assert (content["first_on"], content["last_on"]) == ("2021-01-01", "2021-03-31")
    groups = [(one["level"], one["rate"], one["activities"]) for one in content["groups"]]
    assert groups == [(level, "2.4", "2") for level in ("plan", "pillar", "goal", "initiative")]


def test_a_target_of_a_part_of_the_year_is_frozen_in_hundredths(quarter: Quarter) -> None:
    data = of_activity(close(quarter), quarter.activity)
    assert (data["yearly_target"], data["period_target"]) == ("365", "90")


def test_money_is_frozen_for_activities_and_groups(quarter: Quarter) -> None:
    Activity.objects.filter(pk=quarter.activity.pk).update(budget=3000)
    reported(quarter.period, quarter.activity, 2000, 1000, by=quarter.officer)
    reported(quarter.period, quarter.other, 9, 9, by=quarter.officer)
    names = ("budget", "contracted", "spent", "spent_rate")

    first, second = close(quarter), close(quarter, 2)

    data = of_activity(first, quarter.activity)
    assert [data[name] for name in names] == ["3000", "2000", "1000", "33.3"]
    assert data["spending_source"] == "예시 집행 현황"
    for group in first.content["groups"]:
        assert [group[name] for name in names] == ["3000", "2000", "1000", "33.3"]
    other = of_activity(first, quarter.other)
    assert [other[name] for name in names] == ["", "9", "9", ""]
    later = of_activity(second, quarter.activity)
    assert [later[name] for name in names] == ["3000", "", "", ""]
    assert later["spending_source"] == ""


def test_money_that_is_reported_again_makes_another_digest(quarter: Quarter) -> None:
    Activity.objects.filter(pk=quarter.activity.pk).update(budget=3000)
    spending = reported(quarter.period, quarter.activity, 2000, 1000, by=quarter.officer)
    first = close(quarter)
    request = request_reopening(closing=first, reason="예시", by=quarter.planner)
    decide_reopening(request=request, is_approved=True, by=staff(PLANNER))
    values = {"contracted": 2000, "spent": 1500, "source": "예시"}
    report_spending(
        period=quarter.period,
        activity=quarter.activity,
        values=values,
        version=spending.version,
        token=spending.token,
        by=quarter.officer,
    )
    Activity.objects.filter(pk=quarter.activity.pk).update(budget=9000)

    second = close(quarter)

    assert first.digest != second.digest
    assert of_activity(first, quarter.activity)["spent_rate"] == "33.3"
    assert of_activity(second, quarter.activity)["spent"] == "1500"
    first.refresh_from_db()
    data = first.snapshots.order_by("position").values_list("data", flat=True)
    assert digest_of(first.content, data) == first.digest


def test_nothing_frozen_changes(quarter: Quarter) -> None:
    closing = close(quarter)
    snapshots = Snapshot.objects.filter(closing=closing)
    for write in (
        lambda: Closing.objects.filter(pk=closing.pk).update(digest="0" * 64),
        lambda: snapshots.update(counted=9),
        snapshots.delete,
        lambda: Closing.objects.filter(pk=closing.pk)._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match="what was frozen stays"), transaction.atomic():
            write()


def test_a_closed_period_keeps_its_figures_whatever_comes_later(quarter: Quarter) -> None:
    kept = record(quarter, "2021-02-01")
    closing = close(quarter)
    before = of_activity(closing, quarter.activity)
    void_record(record=kept, reason="예시", by=quarter.officer)
    assert of_activity(closing, quarter.activity) == before


def test_reopening_takes_a_reason_and_another_person_and_makes_a_second_version(
    quarter: Quarter,
) -> None:
    update = approved(
        period=quarter.period, about=quarter.activity, by=quarter.officer, by_another=quarter.head
    )
    first = close(quarter)
    request = request_reopening(closing=first, reason="예시 까닭", by=quarter.planner)
    with pytest.raises(RefusedError, match="이미 다시 열기를"):
        request_reopening(closing=first, reason="예시 까닭", by=quarter.planner)
    with pytest.raises(RefusedError, match="다른 사람이 결정"):
        decide_reopening(request=request, is_approved=True, by=quarter.planner)
    another = staff(PLANNER)
    decide_reopening(request=request, is_approved=True, by=another)

    update.refresh_from_db()
    assert update.state == Update.State.APPROVED
    record(quarter, "2021-01-05")
    second = close(quarter)
    assert (first.version, second.version) == (1, 2)
    assert of_activity(first, quarter.activity)["amount"] == "0"
    assert of_activity(second, quarter.activity)["amount"] == "1"
    assert first.digest != second.digest
    with pytest.raises(RefusedError, match="지금 마감한 판이 아닙니다"):
        request_reopening(closing=first, reason="예시", by=quarter.planner)


def test_a_refused_reopening_leaves_the_period_closed(quarter: Quarter) -> None:
    closing = close(quarter)
    request = request_reopening(closing=closing, reason="예시", by=quarter.planner)
    decide_reopening(request=request, is_approved=False, by=staff(PLANNER))
    assert Period.objects.get(number=1).state == Period.State.CLOSED
    with pytest.raises(RefusedError, match="먼저 결정했습니다"):
        decide_reopening(request=request, is_approved=True, by=staff(PLANNER))
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        Reopening.objects.update(is_approved=True)
    request_reopening(closing=closing, reason="예시 둘째", by=quarter.planner)


def test_only_the_last_closed_period_is_reopened(quarter: Quarter) -> None:
    first = close(quarter)
    close(quarter, 2)
    with pytest.raises(RefusedError, match="뒤의 기간을 이미 마감"):
        request_reopening(closing=first, reason="예시", by=quarter.planner)


def test_what_is_only_submitted_is_not_frozen(quarter: Quarter) -> None:
    update = submitted(period=quarter.period, about=quarter.activity, by=quarter.officer)
    closing = close(quarter)
    assert of_activity(closing, quarter.activity)["update"] == {}
    with pytest.raises(RefusedError, match="쓰는 기간이 아닙니다"):
        actions.approve(seen={update.pk: update.version}, by=quarter.head)


@pytest.mark.parametrize("updates", [1, 2])
def test_closing_makes_the_same_number_of_queries(
    quarter: Quarter, updates: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for activity in (quarter.activity, quarter.other)[:updates]:
        facts = {"period": quarter.period, "about": activity, "by": quarter.officer}
        approved(**facts, by_another=quarter.head)
    with django_assert_num_queries(28):
        close_period(period=quarter.period, version=1, by=quarter.planner)
