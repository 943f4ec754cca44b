"""Reports as HWPX, which 한글 opens."""

from plans.reports.document import Document
from plans.reports.formats.hwpx.plan import plan_hwpx
from plans.reports.formats.hwpx.report import report_hwpx


def hwpx_of(document: Document) -> bytes:
    """Return a report as an HWPX file, or a plan's own document, which can be imported again."""
    if document.lines:
        return plan_hwpx(document.lines, title=document.title, office=document.office)
    return report_hwpx(document)


__all__ = ["hwpx_of"]
