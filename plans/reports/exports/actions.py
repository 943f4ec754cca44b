"""Ask for a report as a file, make it in steps under a lease, cancel it, and forget old ones.

Each step begins by renewing the lease. Where that fails, somebody has cancelled the export, or
another worker has taken it over; what was made so far is then thrown away.
"""

import logging
from datetime import datetime, timedelta
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gwonseon.constraints import SENT_TWICE
from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from plans.reports.building import build
from plans.reports.choice import columns_of
from plans.reports.document import Document, Table
from plans.reports.exports.models import KEPT, ROW_KEPT, Export
from plans.reports.formats.registry import WRITERS
from plans.reports.kinds.titles import title_of
from plans.reports.requests import Format, ReportKind, ReportRequest

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
MOST_ATTEMPTS = 3
# So many rows of tables take a moment to be written; more are left to a worker.
MOST_ROWS_AT_ONCE = 300
GIVEN_UP = "여러 번 해도 만들지 못했습니다. 범위를 좁혀 다시 받아 보세요."


class LostError(Exception):
    """The export was cancelled, or another worker makes it."""


@transaction.atomic
def ask(*, request: ReportRequest, format: Format, token: object, by: User) -> Export:  # noqa: A002
    """Write down that somebody asks for a report; a form sent twice is one export in a format."""
    values = {
        "plan": request.plan,
        "closing": request.closing,
        "on": request.on,
        "title": title_of(request),
        "asked_by": by,
        "snapshot_digest": request.closing.digest if request.closing else "",
        **columns_of(request),
    }
    export, is_new = Export.objects.get_or_create(token=token, format=format, defaults=values)
    if export.asked_by_id != by.pk:
        raise RefusedError(SENT_TWICE)
    if is_new:
        log.info("export %s of %s as %s asked by %s", export.pk, export.kind, format, by.pk)
    return export


def is_quick(document: Document) -> bool:
    """Return whether a report can be written while somebody waits."""
    tables = [one for one in [*document.blocks, *document.sheets] if isinstance(one, Table)]
    return sum(len(one.rows) for one in tables) <= MOST_ROWS_AT_ONCE


def make_now(export: Export) -> Export:
    """Make a waiting export at once, if it is quick; else it waits for a worker."""
    if export.kind == ReportKind.EVIDENCE or not claim(export, timezone.now()):
        return export
    document = build_for(export)
    if document and is_quick(document):
        finish(export, document)
    elif document:
        Export.objects.filter(pk=export.pk, state=Export.State.RUNNING).update(
            state=Export.State.WAITING, lease_until=None, attempts=0
        )
    export.refresh_from_db()
    return export


def make_next(now: datetime) -> bool:
    """Make the export that has waited longest, or whose worker was lost; False if there is none."""
    for export in Export.objects.filter(is_free(now)).order_by("asked_at", "pk"):
        if export.attempts >= MOST_ATTEMPTS:
            fail(export, GIVEN_UP)
        elif claim(export, now):
            document = build_for(export)
            if document:
                finish(export, document)
            return True
    return False


def is_free(now: datetime) -> Q:
    """Return the condition that nobody makes an export that is not finished."""
    return Q(state=Export.State.WAITING) | Q(state=Export.State.RUNNING, lease_until__lt=now)


def claim(export: Export, now: datetime) -> bool:
    """Take an export that nobody makes; return False if somebody else was first."""
    lease = now + LEASE
    taken = Export.objects.filter(is_free(now), pk=export.pk).update(
        state=Export.State.RUNNING,
        lease_until=lease,
        attempts=F("attempts") + 1,
        step=_("자료를 모으고 있습니다."),
        progress=10,
    )
    export.lease_until = lease
    return bool(taken)


def renew(export: Export, step: str, progress: int) -> None:
    """Save the next step and extend the lease; raise LostError if the export was lost."""
    lease = timezone.now() + LEASE
    held = Export.objects.filter(
        pk=export.pk, state=Export.State.RUNNING, lease_until=export.lease_until
    )
    if not held.update(step=step, progress=progress, lease_until=lease):
        raise LostError
    export.lease_until = lease


def build_for(export: Export) -> Document | None:
    """Return the report of a claimed export; None, with the reason saved, if it is refused."""
    try:
        return build(export.as_request())
    except RefusedError as refusal:
        fail(export, str(refusal))
        return None


def finish(export: Export, document: Document) -> None:
    """Write a claimed export's file, and keep it; throw it away if the export is lost."""
    try:
        renew(export, _("파일을 쓰고 있습니다."), 40)
        content = WRITERS[Format(export.format)].write(document)
        renew(export, _("파일을 보관하고 있습니다."), 90)
        keep_file(export, content)
    except LostError:
        log.info("export %s was cancelled or is made by another worker", export.pk)


@transaction.atomic
def keep_file(export: Export, content: bytes) -> None:
    """Keep the file of a claimed export; raise LostError if it is not ours any more."""
    row = Export.objects.select_for_update(no_key=True).get(pk=export.pk)
    if (row.state, row.lease_until) != (Export.State.RUNNING, export.lease_until):
        raise LostError
    row.file.save(row.name, ContentFile(content), save=False)
    row.size, row.digest = len(content), sha256(content).hexdigest()
    row.state, row.step, row.progress = Export.State.DONE, "", 100
    row.lease_until, row.finished_at = None, timezone.now()
    row.save()
    log.info("export %s made: %s bytes, %s", row.pk, row.size, row.digest)


def fail(export: Export, why: str) -> None:
    """Write why an export could not be made."""
    Export.objects.filter(pk=export.pk, state__in=Export.GOING_ON).update(
        state=Export.State.FAILED, failure=why[:300], step="", lease_until=None
    )
    log.warning("export %s failed", export.pk)


def cancel(*, export: Export) -> None:
    """Stop an export that is not finished; its file is never kept."""
    stopped = Export.objects.filter(pk=export.pk, state__in=Export.GOING_ON).update(
        state=Export.State.CANCELLED, step="", lease_until=None
    )
    if not stopped:
        raise RefusedError(_("이미 끝났습니다. 화면을 다시 열어 확인하세요."))


def mark_seen(export: Export) -> None:
    """Write that the owner took the file, or read why there is none; only the first time counts."""
    Export.objects.filter(pk=export.pk, seen_at=None).update(seen_at=timezone.now())


def forget_old(now: datetime) -> None:
    """Delete files that were kept long enough, and rows that are older than the access log."""
    for export in Export.objects.exclude(file="").filter(finished_at__lt=now - KEPT):
        delete_file(export)
    number, _models = Export.objects.filter(asked_at__lt=now - ROW_KEPT, file="").delete()
    if number:
        log.info("%s exports were old enough to be deleted", number)


def delete_file(export: Export) -> None:
    """Delete an export's file, and then its name."""
    export.file.delete(save=False)
    Export.objects.filter(pk=export.pk).update(file="")
