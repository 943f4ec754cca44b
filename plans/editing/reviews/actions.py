"""Actions for the review of a draft: another person reads an initiative with its activities."""

import logging
from hashlib import blake2b

from django.db import transaction
from django.utils import timezone

from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from plans.editing.nodes.actions import lock_node
from plans.editing.reviews.models import Review
from plans.tree.access import may_approve, may_edit
from plans.tree.models import Activity, Initiative

log = logging.getLogger(__name__)


def latest_review(initiative: Initiative) -> Review | None:
    """Return an initiative's latest review with its people, or None (1 query)."""
    return initiative.reviews.select_related("requested_by", "decided_by").first()


def review_stamp(initiative: Initiative) -> str:
    """Return a hash of what a reviewer reads, to check that it is unchanged (1 query)."""
    rows = Activity.objects.filter(initiative=initiative).order_by("pk")
    text = repr([initiative.version, *rows.values_list("pk", "version")])
    return blake2b(text.encode(), digest_size=8).hexdigest()


@transaction.atomic
def request_review(*, initiative: Initiative, by: User) -> Review:
    """Request a review of a draft's initiative by another person."""
    initiative = lock_node(initiative)
    if initiative.plan.is_published:
        raise RefusedError("공개된 계획은 검토 대신 변경 신청으로 고칩니다.")
    if not may_edit(by, initiative):
        raise RefusedError("검토를 요청할 권한이 없습니다. 담당부서에 알려 주세요.")
    open_states = (Review.State.REQUESTED, Review.State.APPROVED)
    if initiative.reviews.filter(state__in=open_states).exists():
        raise RefusedError("이미 검토를 요청했거나 마친 추진과제입니다.")
    return Review.objects.create(initiative=initiative, requested_by=by)


@transaction.atomic
def decide_review(
    *, initiative: Initiative, approved: bool, note: str, seen: str, by: User
) -> Review:
    """Approve what the reviewer read (`seen`), or return it with a note of what to correct."""
    initiative = lock_node(initiative)
    review = initiative.reviews.filter(state=Review.State.REQUESTED).first()
    if review is None:
        raise RefusedError("기다리는 검토 요청이 없습니다. 다른 사람이 먼저 결정했을 수 있습니다.")
    if review.requested_by_id == by.pk:
        raise RefusedError("자기가 요청한 검토는 다른 사람이 결정해야 합니다.")
    if not may_approve(by, initiative):
        raise RefusedError("이 추진과제를 검토할 권한이 없습니다. 담당부서장에게 알려 주세요.")
    if approved and seen != review_stamp(initiative):
        raise RefusedError("읽는 동안 내용이 바뀌었습니다. 다시 읽고 결정해 주세요.")
    review.state = Review.State.APPROVED if approved else Review.State.RETURNED
    review.decided_by, review.decided_at, review.note = by, timezone.now(), note
    review.save()
    log.info("review %s %s by %s", review.pk, review.state, by.pk)
    return review


def may_decide_review(user: User, review: Review | None, initiative: Initiative) -> bool:
    """Return whether this user may decide on the review."""
    waiting = review is not None and review.state == Review.State.REQUESTED
    return waiting and review.requested_by_id != user.pk and may_approve(user, initiative)


def may_request_review(user: User, review: Review | None, initiative: Initiative) -> bool:
    """Return whether the user may request a review now."""
    running = review is not None and review.state in {
        Review.State.REQUESTED,
        Review.State.APPROVED,
    }
    return not running and not initiative.plan.is_published and may_edit(user, initiative)
