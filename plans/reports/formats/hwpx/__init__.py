"""Reports, and a plan's own document, as HWPX, which 한글 opens."""

from plans.reports.formats.hwpx.plan import plan_hwpx
from plans.reports.formats.hwpx.report import hwpx_of

__all__ = ["hwpx_of", "plan_hwpx"]
