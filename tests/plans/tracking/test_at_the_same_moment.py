"""Two people act at the same moment: exactly one of them is heard."""

from uuid import uuid4

import pytest
from django.db import transaction

from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError
from plans.tracking import actions
from plans.tracking.budget.models import Spending
from plans.tracking.models import Period, Update
from plans.tracking.periods import lock_period, open_due, open_period
from plans.tracking.risks.actions import review_risk
from plans.tracking.risks.models import RiskReview
from tests.factories.tracking import TEXTS, draft, reported, risk_of, submitted
from tests.plans.together import together, while_uncommitted
from tests.plans.tracking.conftest import Quarter

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_update_is_approved_or_taken_back(quarter: Quarter) -> None:
    update = submitted(period=quarter.period, about=quarter.activity, by=quarter.officer)
    answers = together(
        lambda: actions.approve(seen={update.pk: 1}, by=quarter.head),
        lambda: actions.take_back(update=update, version=1, by=quarter.officer),
    )
    assert sum(isinstance(one, RefusedError) for one in answers) == 1
    update.refresh_from_db()
    assert update.version == 2


def test_an_update_is_not_approved_as_it_was_before_its_author_wrote(quarter: Quarter) -> None:
    update = submitted(period=quarter.period, about=quarter.activity, by=quarter.officer)

    def write() -> None:
        taken = actions.take_back(update=update, version=1, by=quarter.officer)
        taken = actions.rewrite(
            update=taken, texts={"results": "예시 다른 글"}, version=2, by=quarter.officer
        )
        actions.submit(update=taken, version=3, by=quarter.officer)

    answer = while_uncommitted(write, lambda: actions.approve(seen={update.pk: 1}, by=quarter.head))

    assert isinstance(answer, OutdatedError)
    assert Update.objects.waiting().count() == 1


def test_two_people_begin_one_update(quarter: Quarter) -> None:
    answers = together(
        *(
            lambda by=by: draft(period=quarter.period, about=quarter.activity, by=by)
            for by in (quarter.officer, quarter.head)
        )
    )
    assert sum(isinstance(one, actions.UpdateBegunMeanwhileError) for one in answers) == 1
    assert Update.objects.count() == 1


def test_a_form_sent_twice_at_once_is_one_submitted_update(quarter: Quarter) -> None:
    token = uuid4()
    answers = together(
        *[
            lambda: actions.write_update(
                period=quarter.period,
                node=quarter.activity,
                texts=TEXTS,
                version=None,
                token=token,
                submits=True,
                by=quarter.officer,
            )
        ]
        * 2
    )
    update = Update.objects.get()
    assert answers == [update, update]
    assert (update.state, update.version) == (Update.State.SUBMITTED, 1)


def test_a_text_is_not_lost_with_an_update_that_is_deleted_meanwhile(quarter: Quarter) -> None:
    update = draft(period=quarter.period, about=quarter.activity, by=quarter.officer)
    answer = while_uncommitted(
        lambda: actions.delete_update(update=update, version=0, by=quarter.head),
        lambda: actions.rewrite(update=update, texts=TEXTS, version=0, by=quarter.officer),
    )
    assert isinstance(answer, RefusedError)
    again = actions.write_update(
        period=quarter.period,
        node=quarter.activity,
        texts=TEXTS,
        version=0,
        token=update.token,
        submits=False,
        by=quarter.officer,
    )
    assert again.results == TEXTS["results"]


def test_an_initiative_and_its_activity_are_not_both_begun(quarter: Quarter) -> None:
    initiative = quarter.activity.initiative
    answers = together(
        lambda: draft(period=quarter.period, about=initiative, by=quarter.officer),
        lambda: draft(period=quarter.period, about=quarter.activity, by=quarter.head),
    )
    assert sum(isinstance(one, RefusedError) for one in answers) == 1
    assert Update.objects.count() == 1


def test_who_writes_while_a_period_is_closed_is_refused(quarter: Quarter) -> None:
    update = draft(period=quarter.period, about=quarter.activity, by=quarter.officer)

    def close() -> None:
        period = lock_period(quarter.period.pk)
        period.state = Period.State.CLOSED
        period.save()

    for act in (
        lambda: actions.rewrite(update=update, texts=TEXTS, version=0, by=quarter.officer),
        lambda: draft(period=quarter.period, about=quarter.other, by=quarter.officer),
    ):
        answer = while_uncommitted(close, act)
        assert isinstance(answer, RefusedError)
        assert "쓰는 기간이 아닙니다" in str(answer)
        Period.objects.filter(pk=quarter.period.pk).update(state=Period.State.OPEN)


def test_a_period_is_opened_once(quarter: Quarter) -> None:
    second = Period.objects.get(number=2)
    answers = together(
        lambda: open_period(period=second, by=quarter.planner),
        lambda: open_due(on=second.opens_on),
    )
    second.refresh_from_db()
    assert second.version == 1
    assert isinstance(answers[0], RefusedError) or answers[1] == 0


def test_nobody_waits_for_another_who_writes_in_the_same_period(quarter: Quarter) -> None:
    update = draft(period=quarter.period, about=quarter.activity, by=quarter.officer)
    other = draft(period=quarter.period, about=quarter.other, by=quarter.officer)
    facts = {"texts": TEXTS, "version": 0}

    def write_other() -> str:
        with transaction.atomic():
            actions.rewrite(update=other, **facts, by=quarter.head)
        return "written"

    answer = while_uncommitted(
        lambda: actions.rewrite(update=update, **facts, by=quarter.officer), write_other
    )
    assert answer == "written"


def test_two_people_report_what_was_spent_of_one_activity(quarter: Quarter) -> None:
    people = (quarter.officer, quarter.head)
    answers = together(
        *(lambda by=by: reported(quarter.period, quarter.activity, 2, 1, by=by) for by in people)
    )
    assert sum(isinstance(one, OutdatedError) for one in answers) == 1
    assert Spending.objects.count() == 1


def test_nobody_reports_while_a_period_is_closed(quarter: Quarter) -> None:
    def close() -> None:
        period = lock_period(quarter.period.pk)
        period.state = Period.State.CLOSED
        period.save()

    answer = while_uncommitted(
        close, lambda: reported(quarter.period, quarter.activity, 2, 1, by=quarter.officer)
    )
    assert isinstance(answer, RefusedError)
    assert not Spending.objects.exists()


def test_two_people_review_one_risk(quarter: Quarter) -> None:
    risk = risk_of(quarter.activity, by=quarter.officer)
    values = {"likelihood": 3, "impact": 3, "note": "예시"}
    facts = {"risk": risk, "period": quarter.period, "version": 0}
    answers = together(
        *(
            lambda by=by: review_risk(**facts, values=values | {"note": f"예시 {by.pk}"}, by=by)
            for by in (quarter.officer, quarter.head)
        )
    )
    assert sum(isinstance(one, OutdatedError) for one in answers) == 1
    review = RiskReview.objects.get()
    assert review.note == f"예시 {review.reviewed_by_id}"
