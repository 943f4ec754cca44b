"""The kind of an activity cannot change if it has records, or if its kind needs two persons."""

from threading import Event
from time import sleep

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from gwonseon.office.roles import PLANNER
from gwonseon.refusals import RefusedError
from plans.amendments.decide import apply_amendment
from plans.editing.nodes.actions import save_node
from plans.ledger import actions
from plans.ledger.models import Record
from plans.tree.models import Activity
from plans.tree.writing import publish_plan
from tests.factories.amendments import amend, planners, requested
from tests.factories.ledger import entry, officer_of, recordable
from tests.factories.office import staff
from tests.factories.tree import ActivityFactory
from tests.plans.editing.forms import address, typed
from tests.plans.together import together

pytestmark = pytest.mark.django_db

BY_TWO = "다른 사람이 확정하는 기록 양식은 공개된 계획에서 바꿀 수 없습니다."
DRAFTS = "작성중인 실적이 있어 기록 양식, 재는 방법, 단위를 바꿀 수 없습니다."


def change(activity: Activity, kind: str) -> None:
    values = {"record_kind": kind}
    save_node(node=activity, values=values, version=activity.version, by=staff(PLANNER))


def test_changing_the_kind_does_not_avoid_the_second_person(client: Client) -> None:
    activity = recordable(record_kind="audit")
    client.force_login(staff(PLANNER))
    url = address(activity)

    answer = client.post(url, typed(client, url, record_kind="plain"))

    assert BY_TWO in answer.text
    activity.refresh_from_db()
    assert activity.record_kind == "audit"


def test_the_database_refuses_to_change_a_two_person_kind() -> None:
    activity = recordable(record_kind="audit")
    change = "UPDATE plans_activity SET record_kind = 'plain'"
    with pytest.raises(IntegrityError, match="two persons"), transaction.atomic():
        Activity.objects.update(record_kind="plain")
    with (
        pytest.raises(IntegrityError) as error,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)

    assert error.value.__cause__.diag.constraint_name == "two_person_kind_stays"
    activity.refresh_from_db()
    assert activity.record_kind == "audit"


def test_a_kind_can_change_to_two_persons_but_not_back() -> None:
    activity = recordable(record_kind="plain")
    change(activity, "gathering")
    activity.refresh_from_db()
    change(activity, "audit")
    activity.refresh_from_db()
    with pytest.raises(RefusedError, match=BY_TWO):
        change(activity, "gathering")
    with pytest.raises(IntegrityError, match="two persons"), transaction.atomic():
        Activity.objects.update(record_kind="gathering")


@pytest.mark.django_db(transaction=True)
def test_a_kind_does_not_change_while_its_plan_is_being_published() -> None:
    activity = ActivityFactory(record_kind="audit")
    is_written = Event()

    def publish() -> None:
        with transaction.atomic():
            publish_plan(plan=activity.plan, by=None)
            is_written.set()
            sleep(0.3)

    def choose() -> str:
        is_written.wait()
        with pytest.raises(IntegrityError) as error:
            Activity.objects.update(record_kind="plain")
        return error.value.__cause__.diag.constraint_name

    assert together(publish, choose) == [None, "two_person_kind_stays"]


def test_a_draft_plan_may_change_the_kind() -> None:
    activity = ActivityFactory(record_kind="audit")
    change(activity, "plain")
    activity.refresh_from_db()
    assert activity.record_kind == "plain"


def test_an_activity_with_a_draft_record_keeps_its_kind() -> None:
    activity = recordable()
    officer = officer_of(activity)
    draft = actions.add_record(activity=activity, entry=entry(), by=officer)

    with pytest.raises(RefusedError, match=DRAFTS):
        change(activity, "audit")
    with pytest.raises(IntegrityError, match="keeps its measure"), transaction.atomic():
        Activity.objects.update(record_kind="audit")

    actions.discard_record(record=draft, version=0, by=officer)
    change(activity, "audit")


@pytest.mark.parametrize("facts", [{"measure": "people"}, {"unit": "명"}, {"counted": "사람"}])
def test_an_activity_with_a_draft_record_keeps_its_measure(facts: dict[str, str]) -> None:
    """Otherwise the draft's quantity would be lost at the next edit, or change its meaning."""
    activity = recordable(measure="quantity", unit="회", counted="예시로 센 것")
    author, approver = planners()
    amendment = requested(activity, author, **facts)
    draft = actions.add_record(activity=activity, entry=entry(quantity=3), by=author)

    with pytest.raises(RefusedError, match=DRAFTS):
        apply_amendment(amendment=amendment, by=approver)

    actions.discard_record(record=draft, version=0, by=author)
    apply_amendment(amendment=amendment, by=approver)
    activity.refresh_from_db()
    assert {name: getattr(activity, name) for name in facts} == facts


def test_a_record_by_the_old_measure_is_refused() -> None:
    activity = recordable(measure="quantity", unit="회", counted="예시로 센 것")
    amend(Activity.objects.get(), unit="명")

    with pytest.raises(RefusedError, match="재는 방법이 바뀌었습니다"):
        actions.add_record(activity=activity, entry=entry(quantity=3), by=officer_of(activity))

    assert not Record.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_record_and_a_change_of_kind_at_once_stay_consistent() -> None:
    activity = recordable()
    officer, planner = officer_of(activity), staff(PLANNER)
    results = together(
        lambda: actions.add_record(activity=activity, entry=entry(), by=officer),
        lambda: save_node(
            node=activity,
            values={"record_kind": "audit"},
            version=activity.version,
            by=planner,
        ),
    )
    assert sum(isinstance(one, RefusedError) for one in results) == 1
    activity.refresh_from_db()
    assert {one.kind for one in Record.objects.all()} <= {activity.record_kind}
