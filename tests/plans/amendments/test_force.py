"""The day from which an amendment is in force (시행일), and the database's checks of it."""

import datetime as dt
from contextlib import nullcontext
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from gwonseon.refusals import RefusedError
from plans.amendments.decide import amendment_stamp, apply_amendment
from plans.amendments.force import force_of
from plans.amendments.models import Amendment
from plans.amendments.propose import open_amendment, propose, propose_retirement, request_approval
from plans.tree.endings import last_days
from plans.tree.models import Activity, Node
from tests.factories.amendments import added, amend, ask, planners, requested
from tests.factories.ledger import RecordFactory, recordable
from tests.factories.tree import ActivityFactory, publish

pytestmark = pytest.mark.django_db

TARGET = {"target": Decimal(48), "target_origin": "staff", "target_set_on": dt.date(2021, 1, 4)}
LAST = dt.date(2021, 12, 31)


@pytest.fixture
def activity() -> Activity:
    """Return an activity of the published plan of 2021, with a target of 48 회."""
    return recordable(**TARGET)


def said(node: Node, name: str, on: dt.date) -> object:
    node.refresh_from_db()
    return force_of(node.plan, on).value(node, name, on)


def test_an_amendment_decided_after_the_year_counts_for_its_year(activity: Activity) -> None:
    amendment = amend(activity, target=Decimal(60))

    assert amendment.effective_on == LAST
    assert amendment.decided_on > LAST
    assert said(activity, "target", LAST) == 60
    assert said(activity, "target", dt.date(2021, 12, 30)) == 48


def test_an_amendment_of_a_future_plan_holds_from_its_first_day() -> None:
    activity = ActivityFactory(initiative__goal__pillar__plan__year=timezone.localdate().year + 1)
    publish(activity.plan)

    assert amend(activity, title="새 제목").effective_on == activity.plan.first_day


def test_each_decision_replaces_the_values_from_its_day_on(activity: Activity) -> None:
    amend(activity, target=Decimal(60), on=dt.date(2021, 6, 1))
    amend(activity, target=Decimal(36), on=dt.date(2021, 9, 1))
    days = [(2, 28), (3, 1), (6, 1), (9, 1), (12, 31)]
    told = [said(activity, "target", dt.date(2021, *day)) for day in days]
    assert told == [48, 48, 60, 36, 36]

    amend(activity, target=Decimal(30), on=dt.date(2021, 3, 1))
    told = [said(activity, "target", dt.date(2021, *day)) for day in days]
    assert told == [48, 30, 30, 30, 30]
    assert activity.target == 30


def test_quarters_change_on_the_same_day_as_their_target(activity: Activity) -> None:
    quarters = {f"target_q{number}": Decimal(12) for number in range(1, 5)}
    amend(activity, **quarters, on=dt.date(2021, 6, 1))
    amend(activity, target=Decimal(60), target_q4=Decimal(24), on=dt.date(2021, 3, 1))

    on = dt.date(2021, 4, 1)
    told = [said(activity, f"target_q{number}", on) for number in range(1, 5)]
    assert told == [12, 12, 12, 24]
    assert said(activity, "target", on) == 60
    assert said(activity, "target_q1", dt.date(2021, 2, 1)) is None


@pytest.mark.parametrize("day", [dt.date(2020, 12, 31), dt.date(2022, 1, 1)])
def test_a_day_outside_the_year_is_refused(activity: Activity, day: dt.date) -> None:
    with pytest.raises(RefusedError, match=r"2021\. 1\. 1\.부터 2021\. 12\. 31\.까지"):
        requested(activity, planners()[0], target=Decimal(60), on=day)


def test_an_earlier_day_asks_for_a_reason(activity: Activity) -> None:
    author, _approver = planners()
    amendment = open_amendment(plan=activity.plan, by=author)
    propose(amendment=amendment, node=activity, values={"target": Decimal(60)}, by=author)
    facts = {"amendment": amendment, "reason": "사유", "ground": "근거", "by": author}

    with pytest.raises(RefusedError, match="소급 사유를 적어 주세요"):
        request_approval(**facts, effective_on=dt.date(2021, 3, 1))
    request_approval(
        **facts, effective_on=dt.date(2021, 3, 1), effective_reason="3월부터 두 배로 늘렸습니다."
    )


def test_a_reason_is_stored_only_with_an_earlier_day(activity: Activity) -> None:
    amendment = requested(activity, planners()[0], target=Decimal(60), on=LAST)

    assert (amendment.effective_on, amendment.effective_reason) == (LAST, "")


@pytest.mark.parametrize(
    "other",
    [
        {"effective_on": dt.date(2021, 2, 1)},
        {"effective_reason": "예시 다른 소급 사유"},
        {"reason": "예시 다른 사유"},
        {"ground": "예시 다른 방침"},
    ],
)
def test_the_day_and_the_reasons_are_part_of_what_is_approved(
    activity: Activity, other: dict[str, object]
) -> None:
    amendment = requested(activity, planners()[0], target=Decimal(60), on=dt.date(2021, 3, 1))
    read = amendment_stamp(amendment)
    Amendment.objects.update(**other)

    with pytest.raises(RefusedError, match="다시 읽고"):
        apply_amendment(amendment=amendment, by=planners()[0], seen=read)


RAW = {
    "amendment_holds_within_its_year": {"effective_on": dt.date(2020, 5, 1)},
    "amendment_backdated_with_its_reason": {
        "effective_on": dt.date(2021, 5, 1),
        "effective_reason": "",
    },
}


@pytest.mark.parametrize("name", RAW)
def test_the_database_checks_the_effective_day(activity: Activity, name: str) -> None:
    author, approver = planners()
    amendment = requested(activity, author, target=Decimal(60))
    decided = {"state": "applied", "decided_by": approver, "decided_at": timezone.now()}

    with pytest.raises(IntegrityError) as error, transaction.atomic():
        rows = Amendment.objects.filter(pk=amendment.pk)
        rows.update(**decided, decided_on=timezone.localdate(), **RAW[name])

    assert error.value.__cause__.diag.constraint_name == name


def test_a_node_ends_on_the_effective_day(activity: Activity) -> None:
    amend(activity, retired_on=dt.date(2021, 7, 1))

    assert activity.retired_on == dt.date(2021, 7, 1)
    force = force_of(activity.plan, activity.plan.first_day)
    assert force.was_there(activity, dt.date(2021, 7, 1))
    assert not force.was_there(activity, dt.date(2021, 7, 2))


def test_an_activity_does_not_end_before_its_records(activity: Activity) -> None:
    author, approver = planners()
    waiting = requested(activity, author, retired_on=dt.date(2021, 3, 1))
    RecordFactory(activity=activity, happened_on=dt.date(2021, 5, 3), confirmed=True)

    with pytest.raises(RefusedError, match=r"2021\. 5\. 3\.까지 확정된 실적"):
        apply_amendment(amendment=waiting, by=approver)
    with pytest.raises(RefusedError, match=r"2021\. 5\. 3\.까지 확정된 실적"):
        requested(activity, planners()[0], retired_on=dt.date(2021, 5, 2))

    amend(activity, retired_on=dt.date(2021, 5, 3))
    assert activity.retired_on == dt.date(2021, 5, 3)


def test_the_database_refuses_an_end_before_the_last_record(
    activity: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(last_days, "_entries", [])
    RecordFactory(activity=activity, happened_on=dt.date(2021, 5, 3), confirmed=True)

    with pytest.raises(IntegrityError, match="does not end before its records"):
        amend(activity, retired_on=dt.date(2021, 5, 2))


def test_a_node_that_ended_in_the_draft_is_never_in_force() -> None:
    activity = recordable(retired_on=dt.date(2021, 12, 31))

    assert not force_of(activity.plan, LAST).was_there(activity, dt.date(2021, 5, 1))


def test_a_node_cannot_move_below_a_node_added_later(activity: Activity) -> None:
    initiative = activity.initiative
    other = added(initiative.goal, "initiative", "새 과제", on=dt.date(2021, 6, 1))

    for day in (dt.date(2021, 1, 1), dt.date(2021, 3, 1), dt.date(2021, 5, 31)):
        with pytest.raises(RefusedError, match="계획에 없는 「새 과제」 아래"):
            amend(activity, parent=other, on=day)

    amend(activity, parent=other, on=dt.date(2021, 6, 1))
    force = force_of(activity.plan, activity.plan.first_day)
    assert force.parent(activity, dt.date(2021, 5, 31)) == str(initiative.lineage)
    assert force.parent(activity, dt.date(2021, 6, 1)) == str(other.lineage)


def test_a_node_cannot_end_before_its_children_moved_away(activity: Activity) -> None:
    initiative = activity.initiative
    author, approver = planners()
    place = added(initiative.goal, "initiative", "새 과제", on=dt.date(2021, 2, 1))
    amend(activity, parent=place, on=dt.date(2021, 6, 1))
    amendment = open_amendment(plan=activity.plan, by=author)
    propose_retirement(amendment=amendment, nodes=[initiative], by=author)
    ask(amendment, author, dt.date(2021, 4, 1))

    with pytest.raises(RefusedError, match="계획에 없는"):
        apply_amendment(amendment=amendment, by=approver)

    initiative.refresh_from_db()
    assert initiative.retired_on is None


@pytest.mark.parametrize(("day", "is_taken"), [(30, False), (31, True)])
def test_a_parent_cannot_end_before_the_eve_of_its_childs_move(
    activity: Activity, day: int, is_taken: bool
) -> None:
    initiative = activity.initiative
    place = added(initiative.goal, "initiative", "새 과제", on=dt.date(2021, 2, 1))
    amend(activity, parent=place, on=dt.date(2021, 6, 1))

    with nullcontext() if is_taken else pytest.raises(RefusedError, match="계획에 없는"):
        amend(initiative, retired_on=dt.date(2021, 5, day))

    initiative.refresh_from_db()
    assert bool(initiative.retired_on) == is_taken


def test_nothing_ends_before_it_began(activity: Activity) -> None:
    place = added(activity.initiative.goal, "initiative", "새 과제", on=dt.date(2021, 6, 1))
    new = added(place, "activity", "새 활동", on=dt.date(2021, 6, 1))

    for node in (place, new):
        with pytest.raises(RefusedError, match=r"2021\. 6\. 1\.부터 계획에 든 항목입니다"):
            requested(node, planners()[0], retired_on=dt.date(2021, 5, 31))

    amend(new, retired_on=dt.date(2021, 6, 1))
    assert new.retired_on == dt.date(2021, 6, 1)


@pytest.mark.parametrize(
    ("changed", "filled"),
    [
        ({"target": Decimal(60)}, {"counted": "예시 순찰"}),
        ({"starts_on": dt.date(2021, 5, 1)}, {"ends_on": dt.date(2021, 11, 30)}),
    ],
)
def test_filling_in_does_not_backdate_a_later_change(
    activity: Activity, changed: dict, filled: dict
) -> None:
    """A value that belongs together with a changed one is filled in from that change on."""
    june, (name, value) = dt.date(2021, 6, 1), next(iter(changed.items()))
    before = getattr(activity, name)
    amend(activity, **changed, on=june)

    assert amend(activity, **filled).effective_on == june
    told = [said(activity, name, june - dt.timedelta(days=days)) for days in (1, 0)]
    assert told == [before, value]


def test_an_added_item_is_filled_in_from_its_beginning_on(activity: Activity) -> None:
    june = dt.date(2021, 6, 1)
    node = added(activity.initiative, "activity", "새 활동", on=june)

    assert amend(node, target=Decimal(5)).effective_on == june


def test_filling_in_from_before_a_later_promise_asks_for_a_reason(activity: Activity) -> None:
    amend(activity, target=Decimal(60), on=dt.date(2021, 6, 1))
    author, _approver = planners()
    amendment = open_amendment(plan=activity.plan, by=author)
    propose(amendment=amendment, node=activity, values={"counted": "예시 순찰"}, by=author)
    facts = {"amendment": amendment, "reason": "사유", "ground": "근거", "by": author}
    facts["effective_on"] = dt.date(2021, 5, 31)

    with pytest.raises(RefusedError, match=r"2021\. 6\. 1\.보다 앞섭니다"):
        request_approval(**facts)
    request_approval(**facts, effective_reason="예시 소급 사유")


def test_filling_in_does_not_backdate_a_change_decided_meanwhile(
    activity: Activity,
) -> None:
    author, approver = planners()
    filling = requested(activity, author, counted="예시 순찰")
    assert filling.effective_on == activity.plan.first_day
    amend(activity, target=Decimal(60), on=dt.date(2021, 6, 1))

    with pytest.raises(RefusedError, match="소급 사유가 있어야 합니다"):
        apply_amendment(amendment=filling, by=approver)
    assert said(activity, "target", dt.date(2021, 5, 31)) == 48
