"""Reports as HWPX, which 한글 opens; `plan.py` beside it writes a plan's own document."""

from plans.reports.formats.hwpx.report import hwpx_of

__all__ = ["hwpx_of"]
