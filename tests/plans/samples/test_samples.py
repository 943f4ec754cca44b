"""Sample data: complete, marked on every page, and never mixed with real data."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from gwonseon.office.models import Department, District, User
from gwonseon.office.roles import ADMINISTRATOR, EDITOR, PLANNER
from plans.amendments.models import Amendment
from plans.amendments.propose import open_amendment
from plans.facilities.models import Facility
from plans.ledger.kinds import kinds
from plans.ledger.models import Finding, Record
from plans.ledger.samples import samples
from plans.management.commands.seed import load_first_plan
from plans.progress.arithmetic import Status
from plans.progress.queries import last_day, progress_of
from plans.samples import filling
from plans.samples.rebuilding import holds_work
from plans.tree.models import Activity, Plan
from plans.tree.writing import publish_plan
from tests.factories.ledger import FacilityFactory, RecordFactory
from tests.factories.office import staff
from tests.factories.tree import PlanFactory

pytestmark = pytest.mark.django_db

BANNER = "모두 지어낸 것입니다"


@pytest.fixture
def sample() -> Plan:
    """Return the first plan with a year of made-up records."""
    plan = load_first_plan()
    filling.mark_as_sample()
    filling.promise(plan)
    publish_plan(plan=plan, by=None)
    filling.record(plan)
    return Plan.objects.get()


def test_every_kind_with_a_detail_has_a_sample() -> None:
    assert {one.kind for one in samples} == {one.code for one in kinds if one.detail}


def test_a_sample_has_every_status_and_open_and_closed_findings(sample: Plan) -> None:
    progress = progress_of(sample, last_day(sample))
    assert {one for one, count in progress.statuses.items() if count} == {
        Status.NOT_STARTED,
        Status.ON_COURSE,
        Status.LATE,
        Status.DONE,
        Status.ON_HOLD,
    }
    assert progress.whole.rate
    assert progress.whole.unmeasured
    assert any(one.rate and one.rate > 100 for one in progress.whole.figures)
    june = progress_of(sample, last_day(sample).replace(month=6, day=30))
    assert 0 < june.whole.rate < progress.whole.rate

    recorded = set(Record.objects.values_list("activity", flat=True))
    assert Activity.objects.exclude(pk__in=recorded).count() < 10
    assert set(Record.objects.values_list("state", flat=True)) == {"draft", "confirmed"}
    assert Finding.objects.open().exists()
    assert Finding.objects.exclude(done_on=None).exists()


def test_made_up_names_are_marked_as_samples(sample: Plan) -> None:
    for names in (
        User.objects.values_list("name", flat=True),
        Department.objects.values_list("name", flat=True),
        Facility.objects.values_list("name", flat=True),
        Finding.objects.values_list("what", flat=True),
        Record.objects.exclude(note="").values_list("note", flat=True),
    ):
        assert names
        assert all(name.startswith("예시") for name in names)
    assert not User.objects.filter(is_demo=False).exists()
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_a_target_stated_in_the_document_is_kept(sample: Plan) -> None:
    counselling = Activity.objects.get(slug="self-reliance-counselling")
    assert (counselling.target, counselling.target_origin) == (12, "document")


@pytest.mark.parametrize("sampled", [True, False])
def test_every_page_of_a_sample_has_a_banner(client: Client, sampled: bool) -> None:
    publish_plan(plan=load_first_plan(), by=None)
    if sampled:
        filling.mark_as_sample()
    pages = ["/", "/2021/activity/joint-patrol/", reverse("office:sign_in"), "/nothing-here/"]
    assert {BANNER in client.get(page).text for page in pages} == {sampled}
    client.force_login(staff(ADMINISTRATOR))
    pages = [reverse("workspace:home"), reverse("ledger:records"), "/admin/"]
    assert {BANNER in client.get(page).text for page in pages} == {sampled}


def amended() -> Amendment:
    plan = load_first_plan()
    publish_plan(plan=plan, by=None)
    return open_amendment(plan=plan, by=staff(PLANNER))


@pytest.mark.parametrize(
    "make",
    [
        lambda: staff(EDITOR),
        FacilityFactory,
        RecordFactory,
        lambda: PlanFactory(year=2030),
        amended,
    ],
)
def test_samples_are_refused_beside_real_data(make: Callable[[], Model]) -> None:
    assert not holds_work()
    made = make()
    if not isinstance(made, User):
        User.objects.update(is_demo=True)
    assert holds_work()
    with pytest.raises(CommandError, match="예시를 섞지 않습니다"):
        call_command("seed", "--samples", stdout=StringIO())
    assert type(made).objects.filter(pk=made.pk).exists()
    assert not District.objects.get().is_sample


def test_only_a_sample_database_is_reset() -> None:
    with pytest.raises(CommandError, match="예시 데이터베이스가 아니어서 지우지 않았습니다"):
        call_command("reset", stdout=StringIO())
