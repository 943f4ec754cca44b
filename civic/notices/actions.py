"""Write, submit, approve and cancel notices. Each write locks the notice and raises its version.

Every function raises RefusedError with a sentence where the rules do not allow the write.
"""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone

from civic.notices.access import may_approve, may_cancel, may_change, may_write
from civic.notices.models import Notice
from civic.notices.queries import budget_of, cost_of, left_of, people_of, this_year
from civic.notices.timing import problem_of_times
from civic.notices.wording import body_of, measure_of, stop_line
from gwonseon.constraints import refusing
from gwonseon.locking import lock_row
from gwonseon.messaging import actions as messaging
from gwonseon.messaging.models import Dispatch
from gwonseon.messaging.sealing import digest
from gwonseon.messaging.texts import TextMeasure, measure
from gwonseon.office.models import User
from gwonseon.refusals import RefusedError, refuse_unless
from gwonseon.versions import refuse_outdated, write_over

log = logging.getLogger(__name__)

MOST_TESTS = 10
TEST_LIVES = timedelta(minutes=10)


class NoticeSentTwiceError(RefusedError):
    """The same form already saved a notice, by another user or with other values."""

    def __init__(self) -> None:
        super().__init__(
            "이 양식으로 안내를 이미 저장했습니다. 따로 한 건을 더 쓰려면 다시 저장하고, 먼저 "
            "저장한 안내를 고치려면 목록에서 여세요."
        )


class WrongCountError(RefusedError):
    """The typed number is not the number of people that a notice is for now."""


SENTENCES = {
    "notice_approved_by_another": "자기가 쓴 안내는 다른 사람이 승인해야 합니다.",
    "notice_expires_after_it_begins": (
        "보낼 기한이 보낼 때보다 앞섭니다. 보낼 기한을 더 늦은 때로 적어 주세요."
    ),
    "notice_has_an_audience": "받는 사람의 분야나 추진과제를 하나 이상 골라 주세요.",
    "approved_notice_stays": (
        "승인한 안내는 고칠 수 없습니다. 「이 문안으로 새로 쓰기」로 새로 쓰세요."
    ),
    "civic_notice_token_key": NoticeSentTwiceError,
}
READ_AGAIN = "그 사이에 고친 안내입니다. 지금 내용을 확인하고 다시 해 주세요."
NOT_YOURS = "이 안내를 쓴 사람만 할 수 있습니다. 「이 문안으로 새로 쓰기」로 따로 쓰세요."


class Cancelled(NamedTuple):
    """How many messages of a cancelled notice were stopped, and how many had left before."""

    stopped: int
    left: int


@transaction.atomic
def write_notice(*, values: Mapping[str, Any], by: User, token: UUID | None = None) -> Notice:
    """Save a new draft, which is of the user's department.

    `token` is the form's: sending the same form twice gives one draft. Raises
    NoticeSentTwiceError where another user sent the form, or it has other values now.
    """
    if not may_write(by):
        raise RefusedError("문자 안내를 쓸 권한이 없습니다. 부서 담당자에게 부탁해 주세요.")
    notice = Notice(author=by, department_id=by.department_id, token=token or uuid4(), **values)
    try:
        with refusing(SENTENCES):
            notice.save()
    except NoticeSentTwiceError:
        return same_notice(notice.token, values, by)
    log.info("notice %s written by %s", notice.pk, by.pk)
    return notice


def same_notice(token: UUID, values: Mapping[str, Any], by: User) -> Notice:
    """Return the notice that the same form wrote before (1 query)."""
    sent = Notice.objects.filter(token=token, author=by).first()
    if sent is None or any(getattr(sent, name) != value for name, value in values.items()):
        raise NoticeSentTwiceError
    return sent


@transaction.atomic
def rewrite_notice(*, notice: Notice, values: Mapping[str, Any], version: int, by: User) -> Notice:
    """Save a draft's new values. Raises OutdatedError where it changed after `version`."""
    notice = lock_notice(notice)
    refuse_unless(may_change(by, notice), NOT_YOURS)
    refuse_unless(notice.is_draft, why_fixed(notice))
    refuse_outdated(notice, version)
    save_notice(notice, **values)
    log.info("notice %s changed by %s", notice.pk, by.pk)
    return notice


@transaction.atomic
def delete_notice(*, notice: Notice, version: int, by: User) -> None:
    """Delete a draft."""
    notice = lock_notice(notice)
    refuse_unless(may_change(by, notice), NOT_YOURS)
    refuse_unless(notice.is_draft, why_fixed(notice))
    refuse_outdated(notice, version, READ_AGAIN)
    log.info("notice %s deleted by %s", notice.pk, by.pk)
    notice.delete()


@transaction.atomic
def submit(*, notice: Notice, version: int, by: User, portal: str) -> Notice:
    """Ask for approval; `portal` is the address of the residents' stop page.

    Raises RefusedError for what could not be sent.
    """
    notice = lock_notice(notice)
    refuse_unless(may_change(by, notice), NOT_YOURS)
    refuse_unless(notice.is_draft, "이미 승인을 요청한 안내입니다.")
    refuse_outdated(notice, version, READ_AGAIN)
    refuse_unsendable(notice, body_of(notice.text, notice.words), portal)
    save_notice(notice, state=Notice.State.WAITING, submitted_at=timezone.now(), returned_for="")
    log.info("notice %s submitted by %s", notice.pk, by.pk)
    return notice


@transaction.atomic
def take_back(*, notice: Notice, version: int, by: User) -> Notice:
    """Make a notice that waits for approval a draft again."""
    notice = lock_notice(notice)
    refuse_unless(may_change(by, notice), NOT_YOURS)
    refuse_not_waiting(notice, version)
    save_notice(notice, state=Notice.State.DRAFT, submitted_at=None)
    log.info("notice %s taken back by %s", notice.pk, by.pk)
    return notice


@transaction.atomic
def send_back(*, notice: Notice, version: int, reason: str, by: User) -> Notice:
    """Return a notice to its author, with a reason."""
    notice = lock_notice(notice)
    refuse_approver(notice, by)
    refuse_not_waiting(notice, version)
    save_notice(notice, state=Notice.State.DRAFT, submitted_at=None, returned_for=reason)
    log.info("notice %s sent back by %s", notice.pk, by.pk)
    return notice


@transaction.atomic
def approve(*, notice: Notice, version: int, recipients: int, by: User, portal: str) -> Notice:
    """Freeze what the approver read, and open its dispatch.

    `recipients` is what the approver typed. Raises WrongCountError where that is not the number of
    people that the notice is for now.
    """
    notice = lock_notice(notice)
    refuse_approver(notice, by)
    refuse_not_waiting(notice, version)
    body = body_of(notice.text, notice.words)
    measured = refuse_unsendable(notice, body, portal)
    count = people_of(notice)
    refuse_unless(count > 0, "받을 사람이 없습니다. 돌려보내 받는 사람을 넓히게 하세요.")
    if recipients != count:
        raise WrongCountError(f"지금 받을 사람은 {count:,}명입니다. 확인하고 그 수를 적어 주세요.")
    save_notice(
        notice,
        state=Notice.State.APPROVED,
        approver=by,
        approved_at=timezone.now(),
        recipients=recipients,
        body=body,
        unit_price=cost_of(count, measured.kind, budget_of(this_year())).unit_price,
        dispatch=messaging.open_dispatch(dispatch=dispatch_of(notice, portal), text=body),
    )
    log.info("notice %s to %s approved by %s", notice.pk, recipients, by.pk)
    transaction.on_commit(wake_clock, robust=True)
    return notice


def dispatch_of(notice: Notice, portal: str) -> Dispatch:
    """Return the dispatch of a notice, not saved."""
    now = timezone.now()
    return Dispatch(
        key=f"notice-{notice.pk}",
        is_urgent=notice.nature == Notice.Nature.SAFETY,
        sender=notice.sender,
        title=notice.title,
        stop_address=stop_line(portal),
        not_before=max(now, notice.send_at or now),
        expires_at=notice.expires_at,
    )


@transaction.atomic
def cancel(*, notice: Notice, by: User) -> Cancelled:
    """Stop what has not left of an approved notice. Once is enough: again it stops nothing."""
    notice = lock_row(Notice.objects.select_related("dispatch"), notice.pk)
    refuse_unless(may_cancel(by, notice), "이 안내를 취소할 권한이 없습니다.")
    refuse_unless(notice.dispatch_id is not None, "아직 승인하지 않은 안내입니다.")
    if notice.state == Notice.State.CANCELLED:
        return Cancelled(0, notice.left)
    stopped = messaging.cancel(dispatch=notice.dispatch)
    notice.dispatch.refresh_from_db(fields=["state"])
    refuse_unless(
        notice.dispatch.state == Dispatch.State.CANCELLED, "이미 모두 보내서 취소할 것이 없습니다."
    )
    left = left_of(notice.dispatch)
    save_notice(
        notice,
        state=Notice.State.CANCELLED,
        finished_at=timezone.now(),
        left=left,
        cancelled_by=by,
    )
    log.info("notice %s cancelled by %s: %s had left", notice.pk, by.pk, left)
    return Cancelled(stopped, left)


@transaction.atomic
def send_test(*, notice: Notice, number: str, by: User, token: UUID | None = None) -> None:
    """Send a notice to one number (from `mobile_number`), as it reads now.

    `token` is the form's: the same form sends one message to a number.
    """
    notice = lock_row(Notice.objects.all(), notice.pk)
    refuse_unless(
        may_change(by, notice) or may_approve(by, notice), "이 안내를 시험할 권한이 없습니다."
    )
    refuse_unless(not notice.is_over, "발송이 끝난 안내는 시험할 수 없습니다.")
    prefix = f"notice-{notice.pk}-test-"
    key = prefix + uuid5(token or uuid4(), digest(number).hex()).hex
    tests = Dispatch.objects.filter(key__startswith=prefix)
    if tests.filter(key=key).exists():
        return
    refuse_unless(tests.count() < MOST_TESTS, f"한 안내는 {MOST_TESTS}번까지만 시험할 수 있습니다.")
    text = notice.body or body_of(notice.text, notice.words)
    for problem in measure(text).problems:
        raise RefusedError(problem.sentence)
    lives_until = timezone.now() + TEST_LIVES
    messaging.send_one(key=key, number=number, text=text, expires_at=lives_until)
    log.info("notice %s tested by %s", notice.pk, by.pk)


def lock_notice(notice: Notice) -> Notice:
    """Lock a notice; return it newly read (2 queries)."""
    related = ("activity__plan", "department", "sender")
    return lock_row(Notice.objects.select_related(*related), notice.pk)


def save_notice(notice: Notice, **values: Any) -> None:
    """Save new values of a locked notice as its next version."""
    with refusing(SENTENCES):
        write_over(notice, values, notice.version)


def refuse_approver(notice: Notice, by: User) -> None:
    """Raise RefusedError if the user may not approve a notice."""
    refuse_unless(notice.author_id != by.pk, SENTENCES["notice_approved_by_another"])
    refuse_unless(
        may_approve(by, notice),
        "이 안내를 승인할 권한이 없습니다. 보내는 부서의 부서장이나 기획에 알려 주세요.",
    )


def why_fixed(notice: Notice) -> str:
    """Return why a notice cannot be changed or deleted; "" for a draft."""
    if notice.is_draft:
        return ""
    if notice.state == Notice.State.WAITING:
        return "승인을 요청한 안내입니다. 고치거나 지우려면 먼저 요청을 거두세요."
    return SENTENCES["approved_notice_stays"]


def refuse_not_waiting(notice: Notice, version: int) -> None:
    """Refuse a notice that does not wait for approval, or not in the version that was seen."""
    refuse_unless(
        notice.state == Notice.State.WAITING,
        "승인을 기다리는 안내가 아닙니다. 다른 사람이 먼저 처리했을 수 있습니다.",
    )
    refuse_outdated(notice, version, READ_AGAIN)


def refuse_unsendable(notice: Notice, body: str, portal: str) -> TextMeasure:
    """Return how long a notice is with its body; refuse one that could not be sent as it is."""
    measured = measure_of(body, notice.title, portal)
    if measured.problems:
        raise RefusedError(measured.problems[0].sentence)
    if not messaging.usable_senders().filter(pk=notice.sender_id).exists():
        raise RefusedError("쓸 수 없게 된 발신번호입니다. 다른 발신번호를 고르세요.")
    if sentence := problem_of_times(notice, timezone.now()):
        raise RefusedError(sentence)
    return measured


def wake_clock() -> None:
    """Start the task `follow_up` at once; if that fails, it runs at its next scheduled time."""
    from civic.notices.tasks import follow_up  # tasks stand above actions

    follow_up.apply_async(retry=False)
