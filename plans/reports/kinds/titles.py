"""The frame of a report: its title, what it is of, and where its figures are from."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from gwonseon.fields.days import day_text
from plans.reports.document import Block, Document, Table
from plans.reports.requests import ReportKind, ReportRequest, ScopeLevel
from plans.reports.sources import Source


def framed(
    source: Source | None,
    request: ReportRequest,
    blocks: Sequence[Block],
    sheets: Sequence[Table],
    *,
    is_one_page: bool = False,
) -> Document:
    """Return a report document with its title, subtitle, and where its figures are from."""
    is_closed = source is not None and request.closing is not None
    return Document(
        title=title_of(request),
        subtitle=closed_words(request) if is_closed else ledger_words(request),
        office=request.plan.district.name,
        source=source_line(request) if is_closed else _("원장에서 센 것으로, 마감본이 아닙니다."),
        blocks=list(blocks),
        sheets=list(sheets),
        is_landscape=request.kind in {ReportKind.DEPARTMENTS, ReportKind.LATE},
        is_one_page=is_one_page,
    )


def title_of(request: ReportRequest) -> str:
    """Return the report's name, with the year or period and what it is limited to."""
    title = f"{period_name(request)} {request.kind.label}"
    scope = request.scope
    return title if scope.level == ScopeLevel.PLAN else f"{title} - {scope.title or scope.key}"


def period_name(request: ReportRequest) -> str:
    """Return the year, and the closed period if the report is of one."""
    year = f"{request.plan.year}년"
    return f"{year} {request.closing.content['period']}" if request.closing else year


def closed_words(request: ReportRequest) -> str:
    """Return which closed period a report is of."""
    version = request.closing.version
    return _("%(period)s 마감본(제%(version)s판), %(day)s까지") % {
        "period": period_name(request),
        "version": version,
        "day": day_text(request.last_on),
    }


def ledger_words(request: ReportRequest) -> str:
    """Return to which day the ledger was counted."""
    return _("원장 기준, %(day)s까지") % {"day": day_text(request.last_on)}


def source_line(request: ReportRequest) -> str:
    """Return how anybody can check a closed period's figures."""
    return _("마감본 지문(SHA-256): %(digest)s") % {"digest": request.closing.digest}
