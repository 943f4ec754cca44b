"""Write, submit, approve and return updates. Each write locks the update and raises its version.

Every function raises RefusedError with a sentence where the rules do not allow the write.
"""

import logging
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from gwonseon.constraints import refusing
from gwonseon.locking import lock_row
from gwonseon.office.models import User
from gwonseon.refusals import RefusedError, refuse_unless
from gwonseon.versions import OutdatedError, refuse_outdated, write_over
from plans.tracking.access import may_decide, may_write
from plans.tracking.models import ABOVE, Period, Update
from plans.tree.models import Activity, Initiative

log = logging.getLogger(__name__)

CLOSED = "쓰는 기간이 아닙니다. 마감했거나 아직 시작하지 않았습니다."
NOT_YOURS = "이 항목의 추진상황을 쓸 권한이 없습니다. 담당부서에 알려 주세요."
# Many may write at a time, but nobody while the period is being closed.
SHARE = "SELECT state FROM plans_period WHERE id = %s FOR KEY SHARE"
UNDECIDED = {"decided_by": None, "decided_at": None, "returned_for": ""}


class UpdateSentTwiceError(RefusedError):
    """The same form already wrote an update, perhaps a moment ago."""


class UpdateBegunMeanwhileError(RefusedError):
    """Somebody else began the update of the same item meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            "그 사이에 다른 사람이 이 항목의 추진상황을 쓰기 시작했습니다. 적은 것을 복사해 두고 "
            "화면을 다시 열어 이어서 쓰세요."
        )


SENTENCES = {
    "update_in_open_period": CLOSED,
    "update_at_one_level": (
        "추진과제와 그 활동에 따로 쓸 수 없습니다. 이미 쓴 곳에 이어서 쓰거나 그것을 지우세요."
    ),
    "update_once_an_": UpdateBegunMeanwhileError,
    "plans_update_token_key": UpdateSentTwiceError,
    "update_decided_by_another": "자기가 쓴 추진상황은 다른 사람이 승인해야 합니다.",
    "approved_update_stays": "승인된 추진상황은 고칠 수 없습니다. 승인한 사람이 반려하면 고칩니다.",
}


@transaction.atomic
def write_update(
    *,
    period: Period,
    node: Activity | Initiative,
    texts: Mapping[str, str],
    version: int | None,
    token: UUID,
    submits: bool,
    by: User,
) -> Update:
    """Save what a form says about an activity or initiative, and submit it if so asked.

    `version` is None in the form of a new update. Raises OutdatedError where somebody wrote after
    `version`, and UpdateBegunMeanwhileError where a new one was begun, also by this form with other
    texts.
    """
    there = Update.objects.filter(**{node._meta.model_name: node}, period=period).first()
    if there is not None and version is not None:
        update = rewrite(update=there, texts=texts, version=version, by=by)
    else:
        update = begin_update(period=period, node=node, texts=texts, by=by, token=token)
    if submits and update.is_in_work:
        update = submit(update=update, version=update.version, by=by)
    return update


@transaction.atomic
def begin_update(
    *,
    period: Period,
    node: Activity | Initiative,
    texts: Mapping[str, str],
    by: User,
    token: UUID | None = None,
) -> Update:
    """Save the first draft about an activity or initiative.

    `token` is the form's: sending the same form twice gives one draft. With other texts it is
    refused, as they would be lost.
    """
    stay_open(period.pk)
    refuse_unless(may_write(by, node), NOT_YOURS)
    refuse_unless(node.plan_id == period.plan_id, "이 계획의 항목이 아닙니다.")
    ended = node.retired_on and node.retired_on <= period.first_on
    refuse_unless(not ended, "이 기간에는 이미 끝난 항목입니다.")
    about = {node._meta.model_name: node, "period": period}
    update = Update(**about, **texts, author=by, writers=[by.pk], token=token or uuid4())
    try:
        with refusing(SENTENCES):
            update.save()
    except (UpdateSentTwiceError, UpdateBegunMeanwhileError):
        sent = Update.objects.filter(**about, token=update.token, author=by).first()
        if sent is None or any(getattr(sent, name) != said for name, said in texts.items()):
            raise UpdateBegunMeanwhileError from None
        return sent
    log.info("update %s begun by %s", update.pk, by.pk)
    return update


@transaction.atomic
def rewrite(*, update: Update, texts: Mapping[str, str], version: int, by: User) -> Update:
    """Save new texts. Raises OutdatedError where somebody wrote after `version`."""
    update = lock(update, version)
    refuse_unless(may_write(by, update.node), NOT_YOURS)
    refuse_unless(update.is_in_work, "제출한 추진상황입니다. 고치려면 제출을 거두세요.")
    save_update(update, **texts, author=by, writers=sorted({*update.writers, by.pk}))
    log.info("update %s written by %s", update.pk, by.pk)
    return update


@transaction.atomic
def delete_update(*, update: Update, version: int, by: User) -> None:
    """Delete a draft, so that another one can be written, or one for the whole initiative."""
    update = lock(update, version)
    refuse_unless(may_write(by, update.node), NOT_YOURS)
    refuse_unless(update.is_in_work, "제출한 추진상황입니다. 지우려면 제출을 거두세요.")
    log.info("update %s deleted by %s", update.pk, by.pk)
    with refusing(SENTENCES):
        update.delete()


@transaction.atomic
def submit(*, update: Update, version: int, by: User) -> Update:
    """Hand an update in for approval."""
    update = lock(update, version)
    refuse_unless(may_write(by, update.node), NOT_YOURS)
    refuse_unless(update.is_in_work, "이미 제출했습니다.")
    refuse_unless(update.results, "추진실적을 적고 제출하세요.")
    now = timezone.now()
    save_update(update, **UNDECIDED, state=Update.State.SUBMITTED, submitted_at=now)
    log.info("update %s submitted by %s", update.pk, by.pk)
    return update


@transaction.atomic
def take_back(*, update: Update, version: int, by: User) -> Update:
    """Make an update that waits for approval a draft again."""
    update = lock(update, version)
    refuse_unless(may_write(by, update.node), NOT_YOURS)
    refuse_not_waiting(update)
    save_update(update, state=Update.State.DRAFT, submitted_at=None)
    log.info("update %s taken back by %s", update.pk, by.pk)
    return update


@transaction.atomic
def approve(*, seen: Mapping[int, int], by: User) -> list[Update]:
    """Approve one or many updates, all or none; `seen` is the version that was read, by key."""
    rows = Update.objects.filter(pk__in=seen)
    stay_open(*rows.values_list("period", flat=True).distinct())
    rows = rows.select_for_update().order_by("pk")
    refuse_unless(len(rows) == len(seen), "그 사이에 지워진 것이 있습니다. 다시 읽고 승인하세요.")
    updates = list(Update.objects.select_related("period", *ABOVE).filter(pk__in=seen))
    now = timezone.now()
    for update in updates:
        refuse_decider(update, by)
        refuse_not_waiting(update)
        if update.version != seen[update.pk]:
            raise OutdatedError(update)
        decided = {"decided_by": by, "decided_at": now}
        save_update(update, state=Update.State.APPROVED, **decided)
    log.info("updates %s approved by %s", sorted(seen), by.pk)
    return updates


@transaction.atomic
def send_back(*, update: Update, version: int, reason: str, by: User) -> Update:
    """Return an update to its author with a reason, also one that is approved already."""
    update = lock(update, version)
    refuse_decider(update, by)
    states = {Update.State.SUBMITTED, Update.State.APPROVED}
    refuse_unless(update.state in states, "제출된 추진상황이 아닙니다. 화면을 다시 열어 보세요.")
    decided = {"decided_by": by, "decided_at": timezone.now(), "returned_for": reason}
    save_update(update, state=Update.State.RETURNED, **decided)
    log.info("update %s returned by %s", update.pk, by.pk)
    return update


def stay_open(*periods: int) -> None:
    """Keep periods from being closed until the transaction ends.

    Raises RefusedError if one is not open. Call it before anything else is locked, as closing does.
    """
    with connection.cursor() as cursor:
        for key in sorted(periods):
            cursor.execute(SHARE, [key])
            refuse_unless(cursor.fetchone() == (Period.State.OPEN,), CLOSED)


def lock(update: Update, version: int) -> Update:
    """Lock an update and return it; raise OutdatedError if it has another version by now."""
    stay_open(update.period_id)
    update = lock_row(Update.objects.select_related("period", *ABOVE), update.pk)
    refuse_outdated(update, version)
    return update


def save_update(update: Update, **values: Any) -> None:
    """Set values on a locked update and save it as its next version."""
    with refusing(SENTENCES):
        write_over(update, values, update.version)


def refuse_decider(update: Update, by: User) -> None:
    """Raise RefusedError for who may not decide on an update."""
    refuse_unless(by.pk not in update.writers, SENTENCES["update_decided_by_another"])
    allowed = may_decide(by, update)
    refuse_unless(allowed, "이 추진상황을 승인할 권한이 없습니다. 담당부서장에게 알려 주세요.")


def refuse_not_waiting(update: Update) -> None:
    """Raise RefusedError unless an update waits for approval."""
    waits = update.state == Update.State.SUBMITTED
    refuse_unless(waits, "승인을 기다리지 않습니다. 다른 사람이 먼저 결정했을 수 있습니다.")
