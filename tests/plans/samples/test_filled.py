"""What a database that was filled with samples has."""

from collections.abc import Iterator

import pytest
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from civic.models import Budget, Notice, NoticeTemplate, TextNotice
from civic.notices.budget.queries import spent
from civic.notices.sending import follow_up
from civic.notices.wording import placeholders
from gwonseon.messaging.batches import next_waiting
from gwonseon.messaging.models import Dispatch, Message
from gwonseon.messaging.sealing import digest, unseal
from gwonseon.office.models import Department, Dong, User
from gwonseon.residents.consents import REQUIRED, consents_in_force
from gwonseon.residents.models import Resident
from plans.facilities.models import Facility
from plans.ledger.models import Finding, Record
from plans.management.commands.seed import load_first_plan
from plans.progress.arithmetic import Status
from plans.progress.queries import last_day, progress_of
from plans.reminders.models import Digest
from plans.samples import filling
from plans.samples.followers import RESIDENTS
from plans.subscriptions.models import Subscription
from plans.tracking.blockers.models import Blocker
from plans.tracking.budget.models import Spending
from plans.tracking.budget.queries import budget_lines
from plans.tracking.closing.models import Closing
from plans.tracking.milestones.models import Milestone
from plans.tracking.models import Period, Update
from plans.tracking.risks.models import Risk
from plans.tracking.risks.queries import unreviewed
from plans.tree.models import Activity, Pillar, Plan
from plans.tree.writing import publish_plan
from tests.conftest import lay_ground
from tests.emptying import empty_tables

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def sample(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Plan]:
    """Yield the first plan with a year of made-up records, written once for all these tests."""
    with django_db_blocker.unblock():
        lay_ground()
        plan = load_first_plan()
        filling.mark_as_sample()
        filling.promise(plan)
        publish_plan(plan=plan, by=None)
        filling.record(plan)
        plan.refresh_from_db()
    yield plan
    with django_db_blocker.unblock():
        empty_tables()


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
        Record.objects.filter(textnotice__notice=None)
        .exclude(note="")
        .values_list("note", flat=True),
        TextNotice.objects.values_list("title", flat=True),
        Notice.objects.values_list("title", flat=True),
        NoticeTemplate.objects.values_list("name", flat=True),
        Update.objects.values_list("results", flat=True),
        Milestone.objects.values_list("title", flat=True),
        Blocker.objects.values_list("what", flat=True),
        Spending.objects.values_list("source", flat=True),
        Risk.objects.values_list("title", flat=True),
    ):
        assert names
        assert all(name.startswith("예시") for name in names)
    assert not User.objects.filter(is_demo=False).exists()
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_three_quarters_are_closed_and_departments_write_in_the_fourth(sample: Plan) -> None:
    *past, last = Period.objects.filter(plan=sample)
    assert [one.state for one in past] == [Period.State.CLOSED] * 3
    assert last.is_open
    states = set(Update.objects.filter(period=last).values_list("state", flat=True))
    assert states == {"draft", "submitted", "returned", "approved"}
    assert Update.objects.filter(period=last).count() < Activity.objects.count()

    closings = Closing.objects.filter(period__in=past)
    assert [one.snapshots.count() for one in closings] == [Activity.objects.count()] * 3
    amounts = closings.first().snapshots.values_list("data__amount", flat=True)
    assert any(amount not in {"", "0"} for amount in amounts)


def test_budgets_are_reported_and_risks_reviewed_but_for_some(sample: Plan) -> None:
    last = Period.objects.filter(plan=sample).last()
    assert Closing.objects.first().content["groups"][0]["spent_rate"]
    lines = budget_lines(last)
    assert any(one.is_unreported for one in lines)
    assert any(one.warnings for one in lines)
    assert 0 < unreviewed(last).count() < Risk.objects.count()


def test_heads_were_told_what_is_late_without_a_mail(sample: Plan) -> None:
    told = Digest.objects.filter(person__username__startswith="sample-head-")

    assert {one.on.year for one in told} == {sample.year + 1}
    assert {"updates"} < set(told.values_list("lines__rule", flat=True))
    assert not Digest.objects.exclude(state=Digest.State.SHOWN).exists()


def test_a_target_stated_in_the_document_is_kept(sample: Plan) -> None:
    counselling = Activity.objects.get(slug="self-reliance-counselling")
    assert (counselling.target, counselling.target_origin) == (12, "document")


def test_sample_residents_have_numbers_that_nobody_has(sample: Plan) -> None:
    numbers = {unseal(one.sealed) for one in Resident.objects.all()}

    assert len(numbers) == RESIDENTS
    assert all(len(one) == 11 and one.startswith("0100000") for one in numbers)
    assert {bytes(one.mac) for one in Resident.objects.all()} == set(map(digest, numbers))


def test_sample_residents_agreed_to_what_they_follow(sample: Plan) -> None:
    chosen = list(Subscription.objects.select_related("resident"))
    assert len(chosen) == RESIDENTS
    assert {code for one in chosen for code in one.pillars} == set(Pillar.Code.values)
    assert {news for one in chosen for news in one.news} == set(Subscription.News.values)
    assert {one.dong_id for one in chosen} == {None, *Dong.objects.values_list("pk", flat=True)}
    assert any(one.initiatives for one in chosen)
    for one in chosen[:20]:
        given = {*REQUIRED, "dong"} if one.dong_id else {*REQUIRED}
        assert consents_in_force(bytes(one.resident.mac)) == given


def test_a_sample_has_notices_in_every_state_and_sends_none(sample: Plan) -> None:
    states = [one.state for one in Notice.objects.order_by("pk")]
    assert states == ["draft", "waiting", "approved", "done", "done"]
    assert len(NoticeTemplate.objects.all()) == 2
    assert all(placeholders(one.text) for one in NoticeTemplate.objects.all())

    follow_up(seconds=5)

    assert [one.state for one in Notice.objects.order_by("pk")] == states
    assert next_waiting(timezone.now(), 1000) is None
    assert set(Message.objects.values_list("state", flat=True)) == {"delivered", "undelivered"}
    assert not Message.objects.exclude(mac=None, sealed=None).exists()
    far = Dispatch.objects.get(finished_at=None)
    assert far.not_before.year > timezone.now().year + 5


def test_sent_samples_are_in_the_ledger_and_in_the_budget(sample: Plan) -> None:
    for notice in Notice.objects.filter(state="done"):
        assert notice.left == notice.dispatch.messages.count() == notice.recipients > 0
        record = notice.detail.record
        assert (record.state, record.people) == ("confirmed", notice.left)
        assert record.happened_on.year == sample.year
    this_year = timezone.localdate().year
    assert {*Budget.objects.values_list("year", flat=True)} == {sample.year, this_year}
    spending = spent(sample.year)
    assert spending.notices.notices == 1
    assert spending.notices.unpriced == 0
    assert 0 < spending.notices.won < spending.budget.amount
