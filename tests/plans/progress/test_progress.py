"""Progress equals the sum of the ledger's records on any day, after any order of writes."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from plans.ledger import actions
from plans.ledger.kinds import RecordKind, kinds, register_kind
from plans.ledger.models import Record
from plans.progress.actions import hold_activity, resume_activity
from plans.progress.arithmetic import Status
from plans.progress.listing import data_of
from plans.progress.queries import progress_of
from plans.tree.measures import record_kinds
from plans.tree.models import Activity
from tests.factories.amendments import added, amend
from tests.factories.ledger import RecordFactory, entry, officer_of, recordable
from tests.factories.office import DepartmentFactory
from tests.factories.tree import ActivityFactory, PlanFactory, publish
from tests.krds.markup import Markup
from tests.transactions import undone

pytestmark = pytest.mark.django_db

LAST = date(2021, 12, 31)
DAYS: list[dict[str, str]] = [{}, {}, {"on": "2021-06-30"}]
TARGET = {"target": Decimal(12), "target_origin": "staff", "target_set_on": date(2021, 1, 1)}


def figure_of(activity: Activity, on: date = LAST, **options: Any) -> Any:
    return progress_of(activity.plan, on, **options).figure_of(activity)


steps = st.lists(
    st.tuples(
        st.sampled_from(["add", "confirm", "correct", "void", "discard"]),
        st.integers(0, 364),
        st.integers(0, 50),
        st.integers(0, 10),
    ),
    max_size=12,
)


@pytest.mark.parametrize("measure", ["records", "people", "quantity"])
@given(steps=steps, day=st.integers(0, 364))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_progress_equals_a_recount_after_any_order_of_writes(
    db: None, measure: str, steps: list[tuple[str, int, int, int]], day: int
) -> None:
    with undone():
        activity = recordable(measure=measure, unit="예시")
        by, on = officer_of(activity), date.fromordinal(date(2021, 1, 1).toordinal() + day)
        for step in steps:
            take(activity, by, *step)

        rows = list(Record.objects.filter(activity=activity))
        replaced = {one.corrects_id for one in rows if one.state != "draft"}
        recount = sum(
            1 if measure == "records" else getattr(one, measure)
            for one in rows
            if one.state not in {"draft", "void"}
            and one.pk not in replaced
            and one.happened_on <= on
        )
        assert figure_of(activity, on).counted == recount


def take(activity: Activity, by: Any, what: str, day: int, number: int, which: int) -> None:
    """Do one random write to the ledger, if there is a record for it."""
    typed = entry(str(date.fromordinal(date(2021, 1, 1).toordinal() + day)))
    typed = replace(typed, facts=typed.facts | {"people": number, "quantity": Decimal(number)})
    if what == "add":
        actions.add_record(activity=activity, entry=typed, by=by, confirm=which % 2 == 0)
        return
    state = "draft" if what in {"confirm", "discard"} else "confirmed"
    rows = Record.objects.filter(activity=activity, state=state, correction=None).order_by("pk")
    if not rows:
        return
    record = rows[which % len(rows)]
    if what == "confirm":
        actions.confirm_record(record=record, version=record.version, by=by)
    elif what == "discard":
        actions.discard_record(record=record, version=record.version, by=by)
    elif what == "correct":
        actions.correct_record(record=record, entry=typed, by=by, confirm=which % 2 == 0)
    else:
        actions.void_record(record=record, reason="예시", by=by)


def test_groups_are_weighted_and_list_activities_without_target(db: None) -> None:
    plan = PlanFactory(year=2021)
    above = {"initiative__goal__pillar__plan": plan, "unit": "회"}
    first = ActivityFactory(**above, **TARGET, weight=3)
    second = ActivityFactory(initiative=first.initiative, unit="회", **TARGET)
    third = ActivityFactory(initiative=first.initiative, unit="회")
    publish(plan)
    RecordFactory.create_batch(30, activity=Activity.objects.get(pk=first.pk), confirmed=True)
    RecordFactory.create_batch(6, activity=Activity.objects.get(pk=second.pk), confirmed=True)

    whole = progress_of(plan, LAST).whole

    assert [one.rate for one in whole.figures] == [Decimal(250), Decimal(50), None]
    assert whole.rate == Decimal("87.5")
    assert whole.groups("initiative")[0].words == "(3×100 + 1×50.0) ÷ (3 + 1) = 87.5%"
    assert [one.activity for one in whole.unmeasured] == [third]
    assert (len(whole.met), whole.met_rate) == (1, Decimal(50))
    assert whole.unmeasured[0].target_text == "목표 미설정"


def test_a_past_day_has_the_target_that_was_in_force_then(db: None) -> None:
    activity = recordable(**TARGET)
    RecordFactory.create_batch(6, activity=activity, confirmed=True)
    amend(activity, target=Decimal(24), on=date(2021, 7, 1))

    assert figure_of(activity, date(2021, 6, 30)).target == 12
    assert figure_of(activity, date(2021, 7, 1)).target == figure_of(activity).target == 24


def test_a_hold_needs_a_reason_and_ends(db: None) -> None:
    this_year = timezone.localdate().year
    activity = recordable(year=this_year)
    by = officer_of(activity)
    today = timezone.localdate()

    hold_activity(activity=activity, reason="예시 까닭", by=by)
    assert figure_of(activity, today).status == Status.ON_HOLD
    assert figure_of(activity, date(this_year - 1, 12, 31)).status == Status.NOT_STARTED
    resume_activity(activity=activity, by=by)
    assert figure_of(activity, today).status == Status.NOT_STARTED


@pytest.mark.parametrize("number", [1, 3])
def test_a_plan_costs_the_same_however_large_it_is(
    db: None, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    plan = PlanFactory(year=2021)
    rows = ActivityFactory.create_batch(number, initiative__goal__pillar__plan=plan)
    publish(plan)
    for one in Activity.objects.filter(plan=plan):
        RecordFactory.create_batch(number, activity=one, confirmed=True)

    with django_assert_num_queries(7):
        assert len(progress_of(plan, LAST).whole.figures) == len(rows)


def test_page_command_and_file_agree(db: None, client: Client) -> None:
    activity = recordable(**TARGET)
    RecordFactory.create_batch(3, activity=activity, confirmed=True)
    RecordFactory(activity=activity, happened_on=date(2021, 7, 1), confirmed=True)
    asked = {"on": "2021-06-30"}

    out = StringIO()
    call_command("progress", year=2021, on="2021-06-30", json=True, stdout=out)
    data = json.loads(out.getvalue())["activities"][0]
    file = client.get(reverse("public:progress_file", args=[2021]), asked).text.splitlines()
    page = Markup(client.get(reverse("public:progress", args=[2021]), asked).text)

    assert (data["counted"], data["rate"], data["status"]) == ("3", "25", "late")
    assert ",3,12,회,25.0,50.4,지연," in file[1]
    words = page.words(page.one("main"))
    assert "3회 12회 25% 50.4% 지연" in words
    assert "이행률 0%" in words


@pytest.mark.parametrize("typed", ["x", "2020-12-31", "2022-01-01"])
def test_a_wrong_day_is_refused_with_one_sentence(db: None, client: Client, typed: str) -> None:
    recordable()
    with pytest.raises(CommandError, match="--on"):
        call_command("progress", year=2021, on=typed)

    answer = client.get(reverse("public:progress", args=[2021]), {"on": typed})
    assert answer.status_code == 200
    assert "적어 주세요" in answer.text


@pytest.mark.parametrize("typed", ["2021-13-40", "2022-01-01"])
def test_a_wrong_day_gives_no_file(db: None, client: Client, typed: str) -> None:
    recordable()

    answer = client.get(reverse("public:progress_file", args=[2021]), {"on": typed}, follow=True)

    page = reverse("public:progress", args=[2021])
    assert answer.redirect_chain == [(f"{page}?on={typed}", 302)]
    assert answer.context["form"].errors["on"]


def test_a_files_name_has_its_day(db: None, client: Client) -> None:
    recordable()
    address = reverse("public:progress_file", args=[2021])

    named = [client.get(address, asked).headers["Content-Disposition"] for asked in DAYS]

    assert named == [
        'attachment; filename="progress-2021-12-31.csv"',
        # Cached by now.
        'attachment; filename="progress-2021-12-31.csv"',
        'attachment; filename="progress-2021-06-30.csv"',
    ]


@pytest.fixture
def personal(monkeypatch: pytest.MonkeyPatch) -> Activity:
    """Return an activity with a personal kind."""
    for registry in (kinds, record_kinds):
        monkeypatch.setattr(registry, "_entries", [*registry])
    register_kind(RecordKind("matter", "예시 상담", is_personal=True))
    return recordable(record_kind="matter", **TARGET)


def pages(client: Client, activity: Activity, **asked: str) -> str:
    names = [("progress", []), ("progress_file", []), ("activity_progress", [activity.slug])]
    names.append(("activity", [activity.slug]))
    return "".join(
        client.get(reverse(f"public:{name}", args=[2021, *rest]), asked).text
        for name, rest in names
    )


def test_small_numbers_of_personal_records_are_hidden(client: Client, personal: Activity) -> None:
    RecordFactory.create_batch(4, activity=personal, confirmed=True)

    text = pages(client, personal)

    assert "5 미만" in text
    assert "4회" not in text
    assert "33.3" not in text
    assert "지연" not in Markup(text).words(Markup(text).all("tbody")[0])
    assert progress_of(personal.plan, LAST).whole.rate is None
    own = figure_of(personal, open_to=personal.department_id)
    assert (own.counted, own.status) == (4, Status.LATE)
    assert figure_of(personal, open_to=DepartmentFactory().pk).is_masked


def test_larger_numbers_of_personal_records_are_shown_as_a_total_only(
    client: Client, personal: Activity
) -> None:
    RecordFactory.create_batch(6, activity=personal, confirmed=True)

    assert "6회" in pages(client, personal)
    page = client.get(reverse("public:activity_progress", args=[2021, personal.slug]))
    assert "months" not in page.context
    assert "page" not in page.context
    counts = client.get(reverse("public:progress", args=[2021])).context["months"]
    assert sum(row.count for row in counts) == 0


def test_personal_numbers_of_past_days_are_shown_as_not_public(
    client: Client, personal: Activity
) -> None:
    RecordFactory.create_batch(22, activity=personal, confirmed=True)
    on = date(2021, 6, 30)

    assert "22회" in pages(client, personal)
    address = reverse("public:activity_progress", args=[2021, personal.slug])
    page = Markup(client.get(address, {"on": on.isoformat()}).text)
    words = page.words(page.one("main"))
    assert "누계공개하지 않음" in words
    assert "그사이의 날은 보이지 않고" in words
    file = client.get(reverse("public:progress_file", args=[2021]), {"on": on.isoformat()}).text
    assert ",공개하지 않음,12,회,,,공개하지 않음," in file
    text = pages(client, personal, on=on.isoformat()).split("<main")
    assert not any("22회" in part or "5 미만" in part for part in text[1:3])
    told = data_of(figure_of(personal, on))
    assert (told["counted"], told["counted_text"]) == (None, "공개하지 않음")
    assert figure_of(personal, on, open_to=personal.department_id).counted == 22


@pytest.mark.parametrize(
    "typed", ["2021. 3. 2.", "2021.3.2", "20210302", "3/2", "2021-03-02T09:30"]
)
def test_days_as_offices_write_them_are_read(db: None, client: Client, typed: str) -> None:
    activity = recordable()
    RecordFactory(activity=activity, happened_on="2021-03-02", confirmed=True)
    RecordFactory(activity=activity, happened_on="2021-03-03", confirmed=True)

    answer = client.get(reverse("public:progress", args=[2021]), {"on": typed})

    assert "2021. 3. 2.까지" in answer.text
    assert 'value="2021-03-02"' in answer.text


def test_home_counts_all_activities_with_a_target(client: Client, personal: Activity) -> None:
    added(personal.initiative, "activity", "예시 활동", target=Decimal(12), unit="회")
    RecordFactory.create_batch(4, activity=personal, confirmed=True)

    page = Markup(client.get(reverse("public:home")).text)

    words = page.words(page.one("main"))
    assert "목표가 정해진 활동 2개의 달성률" in words
    assert "수를 밝히지 않는 1개는 빼고" in words
