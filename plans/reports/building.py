"""Build a report from a request: one document, which every format renders."""

from collections.abc import Callable

from plans.reports.document import Document
from plans.reports.kinds.amendments import amendments_report
from plans.reports.kinds.departments import departments_report
from plans.reports.kinds.dongs import dongs_report
from plans.reports.kinds.evidence import evidence_report
from plans.reports.kinds.late import late_report
from plans.reports.kinds.plan import plan_report
from plans.reports.kinds.progress import progress_report
from plans.reports.kinds.summary import summary_report
from plans.reports.requests import ReportKind, ReportRequest, ScopeLevel
from plans.reports.sources import Source, source_of

PERIOD_REPORTS: dict[ReportKind, Callable[[Source, ReportRequest], Document]] = {
    ReportKind.PROGRESS: progress_report,
    ReportKind.DEPARTMENTS: departments_report,
    ReportKind.SUMMARY: summary_report,
    ReportKind.LATE: late_report,
    ReportKind.EVIDENCE: evidence_report,
}
LEDGER_REPORTS: dict[ReportKind, Callable[[ReportRequest], Document]] = {
    ReportKind.DONGS: dongs_report,
    ReportKind.AMENDMENTS: amendments_report,
    ReportKind.PLAN: plan_report,
}
# What each kind may be limited to.
IN_TREE = (ScopeLevel.PLAN, ScopeLevel.PILLAR, ScopeLevel.INITIATIVE, ScopeLevel.DEPARTMENT)
SCOPES: dict[ReportKind, tuple[ScopeLevel, ...]] = dict.fromkeys(PERIOD_REPORTS, IN_TREE) | {
    ReportKind.SUMMARY: (ScopeLevel.PLAN, ScopeLevel.PILLAR),
    ReportKind.DONGS: (ScopeLevel.PLAN, ScopeLevel.DONG),
    ReportKind.AMENDMENTS: (ScopeLevel.PLAN, ScopeLevel.PILLAR),
    ReportKind.PLAN: (ScopeLevel.PLAN,),
}


def build(request: ReportRequest) -> Document:
    """Return a report's document.

    Raises RefusedError, where a day has no period, a scope is empty, or a pack is too large.
    """
    if request.kind in LEDGER_REPORTS:
        return LEDGER_REPORTS[request.kind](request)
    return PERIOD_REPORTS[request.kind](source_of(request), request)
