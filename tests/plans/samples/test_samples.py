"""Sample data: complete, marked on every page, and never mixed with real data."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from civic.models import Notice
from gwonseon.office.models import District, User
from gwonseon.office.roles import ADMINISTRATOR, EDITOR, PLANNER
from plans.amendments.models import Amendment
from plans.amendments.propose import open_amendment
from plans.ledger.kinds import kinds
from plans.ledger.samples import samples
from plans.management.commands.seed import load_first_plan
from plans.samples import filling
from plans.samples.followers import follow
from plans.samples.rebuilding import holds_work
from plans.tree.writing import publish_plan
from tests.factories.ledger import FacilityFactory, RecordFactory
from tests.factories.office import staff
from tests.factories.tree import PlanFactory

pytestmark = pytest.mark.django_db

BANNER = "모두 지어낸 것입니다"


def test_every_kind_with_a_detail_has_a_sample() -> None:
    assert {one.kind for one in samples} == {one.code for one in kinds if one.detail}


def test_sample_residents_are_added_in_few_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    plan = load_first_plan()
    with django_assert_num_queries(5):
        follow(plan)


def test_samples_are_filled_where_nothing_can_be_sent(settings: Settings) -> None:
    settings.SMS_GATEWAY = ""
    plan = load_first_plan()
    filling.promise(plan)
    publish_plan(plan=plan, by=None)
    filling.record(plan)

    states = [one.state for one in Notice.objects.order_by("pk")]
    assert states == ["draft", "waiting", "waiting", "done", "done"]


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
