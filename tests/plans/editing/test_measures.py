from collections.abc import Collection, Iterator

import pytest
from django.test import Client

from gwonseon.office.roles import PLANNER
from gwonseon.refusals import RefusedError
from gwonseon.registry import Registry
from plans.amendments.decide import apply_amendment
from plans.tree import measures
from plans.tree.models import Activity
from tests.factories.amendments import planners, requested
from tests.factories.office import staff
from tests.factories.tree import ActivityFactory, publish
from tests.plans.editing.forms import address, typed

pytestmark = pytest.mark.django_db

SENTENCE = "확정된 실적이 있어 기록 양식, 재는 방법, 단위를 바꿀 수 없습니다."


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[int]]:
    """Return the set of activity keys that count as having records."""
    keys: set[int] = set()

    def ask(activities: Collection[int]) -> set[int]:
        return keys & set(activities)

    registry: Registry = Registry()
    registry.register(ask)
    monkeypatch.setattr(measures, "counted", registry)
    return keys


@pytest.fixture
def activity() -> Activity:
    return ActivityFactory(counted="순찰", unit="회")


@pytest.mark.parametrize("change", [{"unit": "명"}, {"counted": "사람"}, {"measure": "people"}])
def test_a_measure_cannot_change_once_work_was_counted(
    client: Client, counted: set[int], activity: Activity, change: dict[str, str]
) -> None:
    counted.add(activity.pk)
    client.force_login(staff(PLANNER))
    url = address(activity)

    response = client.post(url, typed(client, url, **change))

    assert SENTENCE in response.text
    activity.refresh_from_db()
    assert (activity.counted, activity.unit) == ("순찰", "회")
    assert (activity.measure, activity.record_kind) == ("records", "plain")


def test_other_columns_can_change_once_work_was_counted(
    client: Client, counted: set[int], activity: Activity
) -> None:
    counted.add(activity.pk)
    client.force_login(staff(PLANNER))
    url = address(activity)

    client.post(url, typed(client, url, title="합동 순찰", target="24"))

    activity.refresh_from_db()
    assert (activity.title, activity.target) == ("합동 순찰", 24)


def test_a_measure_can_change_before_work_was_counted(
    client: Client, counted: set[int], activity: Activity
) -> None:
    counted.add(ActivityFactory().pk)
    client.force_login(staff(PLANNER))
    url = address(activity)

    client.post(url, typed(client, url, unit="명"))

    activity.refresh_from_db()
    assert activity.unit == "명"


def test_an_amendment_is_refused_if_work_was_counted_meanwhile(
    counted: set[int], activity: Activity
) -> None:
    author, approver = planners()
    publish(activity.plan)
    amendment = requested(Activity.objects.get(), author, unit="명")
    counted.add(activity.pk)

    with pytest.raises(RefusedError, match=SENTENCE):
        apply_amendment(amendment=amendment, by=approver)

    activity.refresh_from_db()
    assert activity.unit == "회"
