"""A workbook and another change saved at the same moment, on real connections."""

import pytest

from gwonseon.office.roles import PLANNER
from gwonseon.refusals import RefusedError
from gwonseon.uploads.actions import keep_upload
from gwonseon.uploads.models import Upload
from plans.editing.nodes.actions import save_node
from plans.editing.sheets.actions import CellChange, RowChange, sheet_place, write_sheet
from plans.tree.models import Activity
from tests.factories.office import staff
from tests.factories.tree import ActivityFactory
from tests.plans.together import together

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 5


def retitled(activity: Activity, title: str) -> RowChange:
    """Return a workbook's change of an activity's title."""
    cell = CellChange("활동!D2", "title", "제목", activity.title, title, promised=True)
    return RowChange("activity", activity.pk, activity.title, activity.version, [cell])


def test_one_upload_is_written_once() -> None:
    by = staff(PLANNER)
    for number in range(ROUNDS):
        activity = ActivityFactory()
        plan = activity.plan
        upload = keep_upload(
            place=sheet_place(plan), rows=[retitled(activity, f"고침 {number}")], by=by
        )
        results = together(
            *[lambda pk=upload.pk, plan=plan: write_sheet(plan=plan, number=pk, by=by)] * 2
        )
        assert [isinstance(one, RefusedError) for one in results].count(True) == 1
        activity.refresh_from_db()
        assert (activity.title, activity.version) == (f"고침 {number}", 2)


def test_a_workbook_and_a_form_leave_one_of_the_two() -> None:
    by = staff(PLANNER), staff(PLANNER)
    for number in range(ROUNDS):
        first = ActivityFactory()
        second = ActivityFactory(initiative=first.initiative)
        changes = [retitled(first, f"표 가 {number}"), retitled(second, f"표 나 {number}")]
        upload = keep_upload(place=sheet_place(first.plan), rows=changes, by=by[0])
        results = together(
            lambda pk=upload.pk, plan=first.plan: write_sheet(plan=plan, number=pk, by=by[0]),
            lambda node=second: save_node(node=node, values={"title": "양식"}, version=1, by=by[1]),
        )
        assert [isinstance(one, RefusedError) for one in results].count(True) == 1
        titles = list(Activity.objects.order_by("pk").values_list("title", flat=True))[-2:]
        whole = [f"표 가 {number}", f"표 나 {number}"]
        assert titles in (whole, [first.title, "양식"])
        assert Upload.objects.exists() == (titles != whole)
        Upload.objects.all().delete()
