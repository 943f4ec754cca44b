"""A day's digests: made once, each thing said once, and nothing unsent lost."""

from datetime import date

import pytest

from plans.reminders.collecting import make_digests
from plans.reminders.models import Digest, ReminderSent, Round
from plans.tracking.milestones.models import Milestone
from tests.factories.tracking import submitted
from tests.plans.reminders.conftest import Quarter
from tests.plans.together import together

pytestmark = pytest.mark.django_db

WEDNESDAY, THURSDAY, FRIDAY = (date(2021, 4, day) for day in (7, 8, 9))


def lines(day: date, person: int) -> list[tuple[str, str]]:
    """Return what a person's digest of a day says, in its order."""
    rows = ReminderSent.objects.filter(digest__on=day, person=person)
    return list(rows.values_list("rule", "step"))


def sent(day: date) -> None:
    """Mark a day's digests sent."""
    Digest.objects.filter(on=day).update(state=Digest.State.SENT)


def test_a_day_is_made_once(quarter: Quarter) -> None:
    assert make_digests(WEDNESDAY) > 0
    told = ReminderSent.objects.count()

    assert make_digests(WEDNESDAY) == 0
    assert ReminderSent.objects.count() == told


def test_what_was_told_is_not_told_again_before_its_next_step(quarter: Quarter) -> None:
    make_digests(date(2021, 4, 6))
    sent(date(2021, 4, 6))
    make_digests(WEDNESDAY)
    sent(WEDNESDAY)
    make_digests(THURSDAY)

    assert ("updates", "3") in lines(date(2021, 4, 6), quarter.head.pk)
    assert not Digest.objects.filter(on=WEDNESDAY, person=quarter.head).exists()
    assert lines(THURSDAY, quarter.head.pk) == [("updates", "1")]


def test_late_things_come_first(quarter: Quarter) -> None:
    Milestone.objects.create(activity=quarter.activity, title="예시", planned_on=date(2021, 3, 31))
    make_digests(WEDNESDAY)

    rules = [rule for rule, _step in lines(WEDNESDAY, quarter.head.pk)]
    assert set(rules[:2]) == {"milestones", "records"}
    assert rules[2:] == ["updates", "owners"]


def test_days_that_were_not_sent_become_one_digest(quarter: Quarter) -> None:
    """A mail server that was down for two days: one digest after, with all that is still due."""
    for day in (WEDNESDAY, THURSDAY, FRIDAY):
        make_digests(day)

    states = Digest.objects.filter(person=quarter.head).order_by("on").values_list("state")
    assert [state for (state,) in states] == ["merged", "merged", "waiting"]
    told = lines(FRIDAY, quarter.head.pk)
    assert ("records", "2021-03") in told
    assert ("owners", "2021-W14") in told
    assert [step for rule, step in told if rule == "updates"] == ["1"]


def test_what_nobody_knows_to_have_left_is_told_again_if_it_is_still_due(quarter: Quarter) -> None:
    make_digests(WEDNESDAY)
    Digest.objects.update(state=Digest.State.UNKNOWN)
    for about in (quarter.activity, quarter.other):
        submitted(period=quarter.period, about=about, by=quarter.officer)
    make_digests(THURSDAY)

    rules = {rule for rule, _step in lines(THURSDAY, quarter.head.pk)}
    assert rules == {"records", "owners"}


def test_unsent_things_that_were_done_are_forgotten(quarter: Quarter) -> None:
    Milestone.objects.create(activity=quarter.activity, title="예시", planned_on=WEDNESDAY)
    make_digests(WEDNESDAY)
    quarter.head.is_active, quarter.head.closed_on = False, WEDNESDAY
    quarter.head.save()
    make_digests(THURSDAY)

    digest = Digest.objects.get(person=quarter.head)
    assert (digest.state, digest.lines.count()) == (Digest.State.EMPTY, 0)
    assert lines(THURSDAY, quarter.planner.pk)


def test_a_clock_that_was_moved_back_tells_nobody_anything(quarter: Quarter) -> None:
    make_digests(FRIDAY)
    told = ReminderSent.objects.count()

    assert make_digests(WEDNESDAY) == 0
    assert make_digests(FRIDAY) == 0
    assert ReminderSent.objects.count() == told
    # The clock is right again.
    assert make_digests(date(2021, 4, 12)) > 0


def test_a_clock_that_was_far_ahead_silences_nobody(quarter: Quarter) -> None:
    Round.objects.create(on=date(2030, 4, 8))

    assert make_digests(WEDNESDAY) > 0


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_make_one_digest_each(quarter: Quarter) -> None:
    made = together(lambda: make_digests(WEDNESDAY), lambda: make_digests(WEDNESDAY))

    count = Digest.objects.count()
    assert sorted(made) == [0, count]
    assert Digest.objects.values("person").distinct().count() == count
