"""Milestones: written all at once, with weights that add up, and never deleted once done."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gwonseon.office.models import User
from gwonseon.office.roles import EDITOR, READER
from gwonseon.refusals import RefusedError
from plans.tracking.milestones.actions import ChangedMeanwhileError, set_milestones
from plans.tracking.milestones.models import Milestone
from plans.tracking.milestones.queries import schedule_of, stamp_of
from plans.tree.models import Activity
from tests.factories.office import DepartmentFactory, staff
from tests.plans.tracking.conftest import Quarter

pytestmark = pytest.mark.django_db

Write = Callable[..., None]


def line(title: str = "예시 설계", day: str = "2021-03-01", **facts: object) -> Milestone:
    """Return a milestone, not saved."""
    return Milestone(title=title, planned_on=date.fromisoformat(day), **facts)


def seen_of(activity: Activity) -> str:
    """Return the stamp of an activity's present milestones."""
    return stamp_of(list(Milestone.objects.filter(activity=activity)))


def write(activity: Activity, by: User, *lines: Milestone, seen: str | None = None) -> None:
    """Set an activity's milestones, as somebody does who saw the present ones."""
    stamp = seen_of(activity) if seen is None else seen
    set_milestones(activity=activity, milestones=lines, seen=stamp, by=by)


def posted(seen: str, *lines: dict[str, object]) -> dict[str, object]:
    """Return what the form sends."""
    data = {"lines-TOTAL_FORMS": len(lines), "lines-INITIAL_FORMS": 0, "seen": seen}
    for number, fields in enumerate(lines):
        data |= {f"lines-{number}-{name}": value for name, value in fields.items()}
    return data


def test_milestones_are_written_changed_and_deleted_at_once(quarter: Quarter) -> None:
    write(quarter.activity, quarter.officer, line(), line("예시 착공", "2021-05-01"))
    first, second = Milestone.objects.all()

    first.title = "예시 고친 설계"
    write(quarter.activity, quarter.officer, first, line("예시 준공", "2021-10-01"))

    titles = Milestone.objects.values_list("title", flat=True)
    assert [*titles] == ["예시 고친 설계", "예시 준공"]
    assert not Milestone.objects.filter(pk=second.pk).exists()


@pytest.mark.parametrize("weights", [(50, 49), (50, 51), (100, None), (1, 1)])
def test_weights_are_all_empty_or_add_up_to_100(
    quarter: Quarter, weights: tuple[int | None, int | None]
) -> None:
    lines = [line(str(number), weight=weight) for number, weight in enumerate(weights)]
    with pytest.raises(RefusedError, match="더하면 100"):
        write(quarter.activity, quarter.officer, *lines)
    with pytest.raises(IntegrityError, match="add up to 100"), transaction.atomic():
        for one in lines:
            one.activity = quarter.activity
        Milestone.objects.bulk_create(lines)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not Milestone.objects.exists()


def test_the_share_done_is_the_sum_of_weights(quarter: Quarter) -> None:
    done = {"done_on": date(2021, 3, 5), "evidence": "예시 문서"}
    write(
        quarter.activity,
        quarter.officer,
        line("예시 설계", weight=30, **done),
        line("예시 착공", "2021-06-01", weight=70),
    )

    assert schedule_of(quarter.activity, date(2021, 3, 4)).share_done == 0
    schedule = schedule_of(quarter.activity, date(2021, 6, 11))
    assert schedule.share_done == 30
    assert [(one.title, is_done, days) for one, is_done, days in schedule.lines] == [
        ("예시 설계", True, 4),
        ("예시 착공", False, 10),
    ]
    assert [one.title for one in schedule.late] == ["예시 착공"]
    years_later = schedule_of(quarter.activity, date(2026, 1, 1))
    assert [days for _one, _is_done, days in years_later.lines] == [4, 213]
    assert schedule_of(quarter.other, date(2021, 6, 11)).share_done is None


def test_what_was_done_is_not_deleted_and_needs_evidence(quarter: Quarter) -> None:
    write(quarter.activity, quarter.officer, line(done_on=date(2021, 3, 1), evidence="예시 문서"))
    with pytest.raises(RefusedError, match="지울 수 없습니다"):
        write(quarter.activity, quarter.officer)
    with pytest.raises(RefusedError, match="근거를 함께"):
        write(quarter.other, quarter.officer, line(done_on=date(2021, 3, 1)))
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(RefusedError, match="오늘이나 지난 날"):
        write(quarter.other, quarter.officer, line(done_on=tomorrow, evidence="예시"))


def test_who_saw_other_milestones_is_asked_again(quarter: Quarter) -> None:
    seen = seen_of(quarter.activity)
    write(quarter.activity, quarter.head, line("예시 먼저"))
    with pytest.raises(ChangedMeanwhileError) as error:
        write(quarter.activity, quarter.officer, line("예시 나중"), seen=seen)
    assert [one.title for one in error.value.milestones] == ["예시 먼저"]
    assert Milestone.objects.get().title == "예시 먼저"


def test_what_another_deleted_meanwhile_is_added_again(quarter: Quarter) -> None:
    write(quarter.activity, quarter.officer, line())
    mine = Milestone.objects.get()
    write(quarter.activity, quarter.head)
    write(quarter.activity, quarter.officer, mine)
    assert Milestone.objects.get().title == mine.title


def test_only_who_may_write_updates_sets_milestones(quarter: Quarter) -> None:
    for by in (staff(EDITOR, department=DepartmentFactory()), staff(READER)):
        with pytest.raises(RefusedError, match="권한이 없습니다"):
            write(quarter.activity, by, line())


def test_the_page_saves_lines_and_leaves_out_empty_ones(quarter: Quarter, client: Client) -> None:
    client.force_login(quarter.officer)
    url = reverse("milestones:milestones", args=[quarter.activity.pk])
    seen = client.get(url).context["lines"].seen
    first = {"title": "예시 설계", "planned_on": "2021. 3. 1.", "weight": "40"}
    second = {"title": "예시 착공", "planned_on": "2021-06-01", "weight": "60%"}

    answer = client.post(url, posted(seen, first, {}, second, {"title": " "}))

    assert answer.status_code == 302
    assert [(one.title, one.weight) for one in Milestone.objects.all()] == [
        ("예시 설계", 40),
        ("예시 착공", 60),
    ]
    page = client.get(url).text
    assert "공정률: 0%" in page


def test_an_emptied_line_is_deleted_and_the_others_stay(quarter: Quarter, client: Client) -> None:
    client.force_login(quarter.officer)
    url = reverse("milestones:milestones", args=[quarter.activity.pk])
    write(quarter.activity, quarter.officer, line("예시 하나"), line("예시 둘"))
    first, second = Milestone.objects.all()
    seen = client.get(url).context["lines"].seen
    stays = {"key": second.pk, "title": second.title, "planned_on": "2021-03-01"}

    assert client.post(url, posted(seen, {"key": first.pk, "title": ""}, stays)).status_code == 302

    assert Milestone.objects.get() == second


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": "예시"}, "언제 하기로 했는지 적으세요."),
        ({"planned_on": "2021-03-01"}, "무엇을 하는지 적으세요."),
        ({"title": "예시", "planned_on": "언젠가"}, "언젠가"),
        ({"title": "예시", "planned_on": "2021-03-01", "weight": "0"}, "1"),
        (
            {"title": "예시", "planned_on": "2021-03-01", "done_on": "2021-03-02"},
            "마쳤음을 보여 주는 근거를 적으세요.",
        ),
        (
            {"title": "예시", "planned_on": "2021-03-01", "evidence": "예시 문서"},
            "마친 날을 적으세요.",
        ),
        (
            {
                "title": "예시",
                "planned_on": "2021-03-01",
                "done_on": "2999-01-01",
                "evidence": "예시",
            },
            "아직 오지 않은 날입니다.",
        ),
    ],
)
def test_bad_lines_get_a_sentence_and_nothing_is_saved(
    quarter: Quarter, client: Client, fields: dict[str, str], sentence: str
) -> None:
    client.force_login(quarter.officer)
    url = reverse("milestones:milestones", args=[quarter.activity.pk])
    answer = client.post(url, posted(seen_of(quarter.activity), fields))
    assert answer.status_code == 200
    assert sentence in answer.text
    assert all(value in answer.text for value in fields.values())
    assert not Milestone.objects.exists()


@pytest.mark.parametrize("data", [{}, {"seen": "x"}, {"lines-TOTAL_FORMS": "many"}])
def test_a_broken_form_is_no_error_of_ours(quarter: Quarter, client: Client, data: dict) -> None:
    client.force_login(quarter.officer)
    url = reverse("milestones:milestones", args=[quarter.activity.pk])
    assert client.post(url, data | {"any": "1"}).status_code in {200, 409}
    assert not Milestone.objects.exists()


def test_typed_lines_stay_beside_what_another_saved(quarter: Quarter, client: Client) -> None:
    client.force_login(quarter.officer)
    url = reverse("milestones:milestones", args=[quarter.activity.pk])
    fields = {"title": "예시 내 일정", "planned_on": "2021-03-01"}
    seen = seen_of(quarter.activity)
    write(quarter.activity, quarter.head, line("예시 남의 일정"))

    answer = client.post(url, posted(seen, fields))

    assert answer.status_code == 409
    sides = [(one.before[:8], one.after[:7]) for one in answer.context["lines"].sides]
    assert sides == [("예시 남의 일정", ""), ("", "예시 내 일정")]
    again = client.post(url, posted(answer.context["lines"].seen, fields))
    assert again.status_code == 302
    assert Milestone.objects.get().title == "예시 내 일정"


def test_residents_read_milestones_on_the_activitys_page(quarter: Quarter, client: Client) -> None:
    url = quarter.activity.get_absolute_url()
    assert "추진일정" not in client.get(url).text
    write(quarter.activity, quarter.officer, line("예시 설계"))
    page = client.get(url).text
    assert "추진일정" in page
    assert "예시 설계" in page
    assert "늦어짐" in page
