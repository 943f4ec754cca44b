"""Reports as HWPX, which 한글 opens."""

from plans.reports.formats.hwpx.report import hwpx_of

__all__ = ["hwpx_of"]
