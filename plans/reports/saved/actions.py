"""Save choices of reports under a name, change and delete them, and make what is scheduled.

Every function that somebody calls raises RefusedError with a sentence where the rules do not allow
the write.
"""

import logging
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from gwonseon.constraints import refusing, save_once
from gwonseon.locking import lock_row
from gwonseon.office.models import User
from gwonseon.versions import refuse_outdated, write_over
from plans.reminders.people import holders_of
from plans.reports.access import READ
from plans.reports.choice import columns_of
from plans.reports.exports.models import KEPT, Export
from plans.reports.kinds.titles import title_of
from plans.reports.requests import ReportRequest
from plans.reports.saved.models import SavedReport
from plans.tracking.closing.models import Closing

log = logging.getLogger(__name__)

READ_AGAIN = "그 사이에 고친 설정입니다. 지금 내용을 확인하고 다시 해 주세요."
SENTENCES = {
    "saved_report_name_once": "같은 이름으로 저장한 보고서가 있습니다. 다른 이름을 적어 주세요."
}


@transaction.atomic
def save_report(*, request: ReportRequest, name: str, token: UUID, by: User) -> SavedReport:
    """Save what was chosen of a report; the same form sent twice saves it once."""
    of = SavedReport.Of.CLOSING if request.closing else SavedReport.Of.TODAY
    saved = SavedReport(owner=by, name=name, of=of, token=token, **columns_of(request))
    return save_once(saved, SENTENCES, owner=by)


@transaction.atomic
def change_saved(
    *,
    saved: SavedReport,
    values: Mapping[str, Any],
    recipients: Collection[User],
    is_scheduled: bool,
    version: int,
) -> None:
    """Save the name, formats and recipients of a saved report, and whether it is scheduled.

    What was closed before it was scheduled is not made. Raises OutdatedError if it was changed
    after `version`.
    """
    saved = lock_row(SavedReport.objects.all(), saved.pk)
    since = saved.scheduled_at or timezone.now()
    with refusing(SENTENCES):
        write_over(saved, {**values, "scheduled_at": since if is_scheduled else None}, version)
    saved.recipients.set(recipients)
    log.info("saved report %s changed: scheduled %s", saved.pk, is_scheduled)


@transaction.atomic
def delete_saved(*, saved: SavedReport, version: int) -> None:
    """Delete a saved report; what was made of it stays."""
    saved = lock_row(SavedReport.objects.all(), saved.pk)
    refuse_outdated(saved, version, READ_AGAIN)
    saved.delete()


def ask_scheduled(now: datetime) -> int:
    """Ask for the scheduled reports of what was closed, and return how many (1 query if none is).

    Nothing is made for a schedule whose owner may not read reports any more.
    """
    scheduled = SavedReport.objects.filter(scheduled_at__isnull=False, owner__in=holders_of(READ))
    return sum(
        ask_for(saved, closing) for saved in scheduled for closing in closings_for(saved, now)
    )


def closings_for(saved: SavedReport, now: datetime) -> QuerySet[Closing]:
    """Return the closings since a report was scheduled that have no export of it yet.

    They are looked for as long as files are kept, so that none is made again long afterwards.
    """
    made = Export.objects.filter(saved=saved, closing=OuterRef("pk"))
    since = max(saved.scheduled_at, now - KEPT)
    rows = Closing.objects.filter(~Exists(made), closed_at__gte=since)
    return rows.select_related("period__plan__district").order_by("closed_at", "pk")


@transaction.atomic
def ask_for(saved: SavedReport, closing: Closing) -> int:
    """Ask for a scheduled report of a closed period in each format for each recipient, or nothing.

    All are written together, and never a second time, whoever else does so at the same moment.
    """
    saved = lock_row(SavedReport.objects.all(), saved.pk)
    if saved.scheduled_at is None or Export.objects.filter(saved=saved, closing=closing).exists():
        return 0
    request = saved.request_of(closing.period.plan, closing=closing)
    people = saved.recipients.filter(pk__in=holders_of(READ)).order_by("pk")
    exports = Export.objects.bulk_create(
        Export(
            plan=request.plan,
            closing=closing,
            format=format_,
            title=title_of(request),
            asked_by=person,
            saved=saved,
            snapshot_digest=closing.digest,
            **columns_of(request),
        )
        for person in people
        for format_ in saved.formats
    )
    log.info("saved report %s of closing %s: %s exports", saved.pk, closing.pk, len(exports))
    return len(exports)
