"""Two people, or a person and the clock, act on one notice at the same moment."""

from collections.abc import Callable
from functools import partial
from uuid import uuid4

import pytest
from django.utils import timezone

from civic.notices import actions, sending
from civic.notices.actions import Cancelled
from civic.notices.models import Notice, NoticeTemplate, TextNotice
from civic.notices.recurring.actions import change_template, delete_template
from gwonseon.messaging.models import Dispatch, Message
from gwonseon.office.models import User
from gwonseon.office.roles import PLANNER
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError
from plans.ledger.models import Record
from tests.civic.notices.conftest import Office
from tests.factories.notices import PORTAL, approved, draft, waiting
from tests.factories.office import staff
from tests.plans.together import together, while_uncommitted

pytestmark = pytest.mark.django_db(transaction=True)

Act = Callable[[], object]
NOT_WAITING = "승인을 기다리는 안내가 아닙니다."


def about(office: Office) -> dict:
    """Return what a notice needs that may leave at any hour."""
    return {"activity": office.activity, "by": office.author, "nature": Notice.Nature.SAFETY}


def approval(notice: Notice, by: User) -> Act:
    return partial(
        actions.approve,
        notice=notice,
        version=notice.version,
        recipients=3,
        by=by,
        portal=PORTAL,
    )


def by_author(action: Act, notice: Notice, **more: object) -> Act:
    seen = {"notice": notice, "version": notice.version, "by": notice.author}
    return partial(action, **seen, **more)


def return_by(notice: Notice, by: User) -> Act:
    seen = {"notice": notice, "version": notice.version, "by": by}
    return partial(actions.send_back, reason="장소를 적어 주세요.", **seen)


def tick() -> None:
    sending.follow_up(seconds=20)


def refused(answer: object, sentence: str) -> bool:
    return isinstance(answer, RefusedError) and sentence in str(answer)


def opened() -> int:
    """Return how many dispatches to many there are."""
    return Dispatch.objects.filter(is_bulk=True).count()


@pytest.mark.parametrize("other", ["take back", "send back", "approve"])
@pytest.mark.parametrize("approval_is_first", [True, False])
def test_a_waiting_notice_is_decided_once(
    office: Office, followers: tuple, other: str, approval_is_first: bool
) -> None:
    notice, planner = waiting(**about(office)), staff(PLANNER)
    approve = approval(notice, office.head)
    against = {
        "take back": by_author(actions.take_back, notice),
        "send back": return_by(notice, planner),
        "approve": approval(notice, planner),
    }[other]
    first, second = (approve, against) if approval_is_first else (against, approve)

    answer = while_uncommitted(first, second)

    assert refused(answer, NOT_WAITING)
    notice.refresh_from_db()
    is_approved = approval_is_first or other == "approve"
    assert notice.state == ("approved" if is_approved else "draft")
    assert opened() == is_approved
    assert bool(notice.returned_for) == (other == "send back" and not approval_is_first)


def test_of_approving_and_taking_back_at_once_one_wins(office: Office, followers: tuple) -> None:
    for _round in range(3):
        notice, before = waiting(**about(office)), opened()
        results = together(approval(notice, office.head), by_author(actions.take_back, notice))
        assert sum(refused(one, NOT_WAITING) for one in results) == 1
        notice.refresh_from_db()
        assert (notice.state, opened() - before) in {("approved", 1), ("draft", 0)}


def test_who_cancels_while_it_is_approved_stops_all_of_it(office: Office, followers: tuple) -> None:
    notice = waiting(**about(office))
    cancel = partial(actions.cancel, notice=notice, by=office.author)

    assert while_uncommitted(approval(notice, office.head), cancel) == Cancelled(0, 0)

    tick()
    notice.refresh_from_db()
    assert (notice.state, notice.dispatch.state) == ("cancelled", "cancelled")
    assert not Message.objects.filter(dispatch=notice.dispatch).exists()


def test_who_approves_and_cancels_at_once_leaves_no_half(office: Office, followers: tuple) -> None:
    notice = waiting(**about(office))
    done, cancelled = together(
        approval(notice, office.head), partial(actions.cancel, notice=notice, by=office.author)
    )
    assert isinstance(done, Notice)
    notice.refresh_from_db()
    if refused(cancelled, "아직 승인하지 않은 안내입니다."):
        assert (notice.state, notice.dispatch.state) == ("approved", "expanding")
    else:
        assert (notice.state, notice.dispatch.state) == ("cancelled", "cancelled")


def test_a_notice_cancelled_as_the_clock_begins_it_is_not_begun(
    office: Office, followers: tuple
) -> None:
    notice = approved(by_another=office.head, **about(office))
    while_uncommitted(partial(actions.cancel, notice=notice, by=office.head), tick)
    notice.refresh_from_db()
    assert (notice.state, notice.left, notice.cancelled_by) == ("cancelled", 0, office.head)
    assert not Message.objects.filter(dispatch=notice.dispatch).exists()


def test_a_notice_that_the_clock_just_began_is_cancelled_whole(
    office: Office, followers: tuple
) -> None:
    notice = approved(by_another=office.head, **about(office))
    cancel = partial(actions.cancel, notice=notice, by=office.head)
    assert while_uncommitted(tick, cancel) == Cancelled(3, 0)
    notice.refresh_from_db()
    assert (notice.state, notice.left) == ("cancelled", 0)
    states = Message.objects.filter(dispatch=notice.dispatch).values_list("state", flat=True)
    assert [*states] == ["cancelled"] * 3


def all_left(office: Office) -> Notice:
    """Return a notice whose messages have all left, so that the next tick ends it."""
    notice = approved(by_another=office.head, **about(office))
    tick()
    Message.objects.filter(dispatch=notice.dispatch).update(state="accepted")
    dispatches = Dispatch.objects.filter(pk=notice.dispatch_id)
    dispatches.update(state="done", finished_at=timezone.now())
    return notice


def test_what_the_clock_just_ended_is_not_cancelled(office: Office, followers: tuple) -> None:
    notice = all_left(office)
    answer = while_uncommitted(tick, partial(actions.cancel, notice=notice, by=office.head))
    assert refused(answer, "이미 모두 보내서 취소할 것이 없습니다.")
    notice.refresh_from_db()
    assert (notice.state, notice.left, notice.cancelled_by) == ("done", 3, None)
    assert Record.objects.get().people == 3


def test_two_ticks_at_once_post_one_record(office: Office, followers: tuple) -> None:
    notice = all_left(office)
    together(tick, tick)
    notice.refresh_from_db()
    assert (notice.state, notice.left) == ("done", 3)
    assert (Record.objects.count(), TextNotice.objects.count()) == (1, 1)


def test_two_ticks_at_once_write_each_recipient_once(office: Office, followers: tuple) -> None:
    notice = approved(by_another=office.head, **about(office))
    while_uncommitted(tick, tick)
    assert Message.objects.filter(dispatch=notice.dispatch).count() == 3


def test_cancelling_twice_at_once_stops_once(office: Office, followers: tuple) -> None:
    notice = approved(by_another=office.head, **about(office))
    tick()
    people = (office.head, office.author)
    results = together(*[partial(actions.cancel, notice=notice, by=one) for one in people])
    assert sorted(results) == [Cancelled(0, 0), Cancelled(3, 0)]


@pytest.mark.parametrize("submitted_first", [True, False])
def test_what_is_submitted_is_what_the_author_saw(office: Office, submitted_first: bool) -> None:
    notice = draft(**about(office))
    submit = by_author(actions.submit, notice, portal=PORTAL)
    rewrite = by_author(actions.rewrite_notice, notice, values={"text": "고친 문안"})
    first, second = (submit, rewrite) if submitted_first else (rewrite, submit)

    answer = while_uncommitted(first, second)

    notice.refresh_from_db()
    if submitted_first:
        assert refused(answer, "먼저 요청을 거두세요.")
        assert (notice.state, notice.text) == ("waiting", "예시 문안입니다.")
    else:
        assert refused(answer, "지금 내용을 확인하고 다시 해 주세요.")
        assert (notice.state, notice.text) == ("draft", "고친 문안")


@pytest.mark.parametrize("action", [actions.submit, actions.rewrite_notice, actions.delete_notice])
def test_what_is_deleted_at_once_is_named_as_gone(office: Office, action: Act) -> None:
    notice = draft(**about(office))
    more = {actions.submit: {"portal": PORTAL}, actions.rewrite_notice: {"values": {}}}
    second = by_author(action, notice, **more.get(action, {}))
    answer = while_uncommitted(by_author(actions.delete_notice, notice), second)
    assert refused(answer, "그 사이에 지워졌습니다.")
    assert not Notice.objects.exists()


def test_the_same_form_twice_at_once_is_one_draft(office: Office) -> None:
    old = draft(**about(office))
    names = ("activity", "nature", "news", "pillars", "title", "text", "sender", "expires_at")
    values, token = {name: getattr(old, name) for name in names}, uuid4()
    write = partial(actions.write_notice, values=values, by=office.author, token=token)
    first, second = together(write, write)
    assert first == second
    assert Notice.objects.count() == 2


def trial(notice: Notice, by: User, token: object) -> Act:
    return partial(actions.send_test, notice=notice, number="01000009999", by=by, token=token)


def test_a_double_click_sends_one_test(office: Office) -> None:
    notice, token = draft(**about(office)), uuid4()
    results = together(*[trial(notice, office.author, token)] * 2)
    assert results == [None, None]
    assert Message.objects.count() == 1


def test_two_at_once_do_not_pass_the_limit_of_tests(office: Office) -> None:
    notice = draft(**about(office))
    for _time in range(actions.MOST_TESTS - 1):
        trial(notice, office.author, uuid4())()
    results = together(*[trial(notice, one, uuid4()) for one in (office.author, office.head)])
    assert sum(refused(one, "10번까지만") for one in results) == 1
    assert Message.objects.count() == actions.MOST_TESTS


def test_of_two_changes_of_a_template_one_wins(office: Office) -> None:
    template = NoticeTemplate.objects.create(name="예시", news="notice", title="가", text="나")
    results = together(
        *[
            partial(change_template, template=template, values={"title": one}, version=0, by=by)
            for one, by in (("하나", office.author), ("둘", office.head))
        ]
    )
    assert sum(isinstance(one, OutdatedError) for one in results) == 1
    template.refresh_from_db()
    assert (template.title in {"하나", "둘"}, template.version) == (True, 1)


def test_a_template_deleted_at_once_is_named_as_gone(office: Office) -> None:
    template = NoticeTemplate.objects.create(name="예시", news="notice", title="가", text="나")
    seen = {"template": template, "version": 0}
    answer = while_uncommitted(
        partial(delete_template, **seen, by=office.head),
        partial(change_template, **seen, values={"title": "다"}, by=office.author),
    )
    assert refused(answer, "그 사이에 지워졌습니다.")
