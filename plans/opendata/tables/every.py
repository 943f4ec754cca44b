"""All tables of the open data, in the order of the page and of the archive."""

from django.http import Http404
from django.utils.translation import gettext as _

from plans.opendata.tables import changes, figures, periods, places, plan
from plans.opendata.tables.declaring import DataTable

TABLES: tuple[DataTable, ...] = (
    plan.PLAN,
    plan.TARGET,
    plan.MILESTONES,
    figures.TOTALS,
    figures.BY_MONTH,
    figures.BY_DONG,
    periods.PERIODS,
    periods.GROUPS,
    periods.ACTIVITIES,
    periods.MONEY_TABLE,
    changes.AMENDMENTS,
    places.FACILITIES,
)


def table_named(name: str) -> DataTable:
    """Return the table with a name, or answer 404."""
    for one in TABLES:
        if one.name == name:
            return one
    raise Http404(_("그런 표가 없습니다."))
