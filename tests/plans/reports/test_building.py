"""Reports of each kind, built from closed quarters and from the ledger."""

from datetime import date

from plans.reports.building import build
from plans.reports.document import Bullet, Document, Table
from plans.reports.requests import Compared, Inclusion, ReportKind, ReportRequest
from plans.reports.sources import sums_in
from plans.tracking.closing.models import Closing
from plans.tracking.closing.reading import frozen_period

ALL = frozenset(Inclusion)


def texts(document: Document) -> list[str]:
    return [one.text for one in document.blocks if isinstance(one, Bullet)]


def test_every_kind_is_built_from_a_closing_and_from_the_ledger(closings: list[Closing]) -> None:
    plan = closings[-1].period.plan
    for kind in ReportKind:
        of_period = ReportRequest(kind, plan, closings[-1], parts=ALL, compared=Compared.PERIOD)
        of_day = ReportRequest(kind, plan, on=date(2021, 5, 10), parts=ALL)
        for one in (of_period, of_day):
            document = build(one)
            for sheet in document.sheets:
                for row in sheet.rows:
                    assert len(row.cells) == len(sheet.columns), sheet.name
            for table in (one for one in document.blocks if isinstance(one, Table)):
                for row in table.rows:
                    assert len(row.cells) == len(table.columns), table.name
            assert build(one) == document


def test_what_is_counted_of_a_group_is_what_was_frozen_of_it(closings: list[Closing]) -> None:
    """Sums counted from a group's activities, as for departments, equal its frozen sums."""
    whole = frozen_period(closings[-1]).whole
    groups = [whole, *whole.parts, *whole.initiatives()]

    assert any(one.data["spent"] for one in groups)
    for one in groups:
        assert sums_in(one).items() <= one.data.items()
