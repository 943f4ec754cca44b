"""Post the record of a sent notice to the ledger: by its author, confirmed by its approver."""

import logging
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from civic.kinds import TEXT_NOTICE
from civic.notices.models import Notice, TextNotice
from gwonseon.refusals import RefusedError
from plans.ledger.actions import RecordEntry, confirm_all, post_records
from plans.ledger.models import Record
from plans.tree.models import Activity

log = logging.getLogger(__name__)

# Of the tokens by which posting twice is posting once.
TOKENS = UUID("5f0c6a43-3f0e-4b8e-9d0a-6f3f6d3f0f21")


def counting_activity(notice: Notice) -> Activity | None:
    """Return the activity that counts a notice: its own, or the first of its plan that does."""
    counting = Activity.objects.filter(
        plan=notice.activity.plan_id, record_kind=TEXT_NOTICE
    ).in_force()
    rows = list(counting.select_related("plan", Activity.PILLAR_PATH).in_plan_order())
    return next((one for one in rows if one.pk == notice.activity_id), rows[0] if rows else None)


def post_record(notice: Notice) -> Record | None:
    """Post the record of a finished notice; return None where the plan cannot count it.

    The record's day is the day on which sending ended, or the nearest day of the plan's year.
    """
    activity = counting_activity(notice)
    if activity is None or not notice.left:
        return None
    ended = timezone.localtime(notice.finished_at)
    facts = {
        "happened_on": activity.plan.within_year(ended.date()),
        "people": notice.left,
        "note": f"{ended:%Y. %-m. %-d. %H:%M}에 문자 안내를 다 보냈습니다.",
    }
    detail = TextNotice(title=notice.title, notice=notice)
    entry = RecordEntry(facts, detail=detail, token=uuid5(TOKENS, str(notice.pk)))
    try:
        with transaction.atomic():
            [record] = post_records(activity=activity, entries=[entry], by=notice.author)
            if record.is_draft:
                confirm_all([record], notice.approver)
    except RefusedError as refusal:
        log.warning("no record of notice %s: %s", notice.pk, refusal)
        return None
    return record
