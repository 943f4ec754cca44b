"""No report tells what is hidden of personal records, nor has any of them as a row."""

import re
from datetime import date

import pytest

from gwonseon.office.models import Dong
from gwonseon.office.roles import PLANNER
from plans.reports.building import build
from plans.reports.formats.txt import txt_of
from plans.reports.formats.xlsx import xlsx_of
from plans.reports.requests import Compared, Inclusion, ReportKind, ReportRequest
from plans.tree.models import Plan
from tests.factories.ledger import RecordFactory
from tests.factories.office import DepartmentFactory, staff
from tests.factories.tracking import closed, first_quarter
from tests.factories.tree import ActivityFactory, InitiativeFactory, publish
from tests.plans.reports.test_same_figures import numbers_of_workbook

# The people of personal records, whose sum is hidden, and of others.
HIDDEN, SHOWN = (4_400, 4_401), (3_001, 3_002)
DIGEST = re.compile("[0-9a-f]{12,}")
TELLING = {ReportKind.PROGRESS, ReportKind.DEPARTMENTS, ReportKind.DONGS, ReportKind.EVIDENCE}


@pytest.fixture
def plan(db: None) -> Plan:
    """Return a plan with its first quarter, in which one of two activities is personal."""
    initiative = InitiativeFactory(goal__pillar__plan__year=2021, department=DepartmentFactory())
    facts = {"initiative": initiative, "measure": "people", "unit": "명"}
    own, other = ActivityFactory(record_kind="contact", **facts), ActivityFactory(**facts)
    plan = publish(initiative.plan)
    dong = Dong.objects.first()
    for number in range(2):
        facts = {"happened_on": date(2021, 2, 1), "confirmed": True}
        RecordFactory(activity=own, people=HIDDEN[number], **facts)
        RecordFactory(activity=other, people=SHOWN[number], dong=dong, **facts)
    first_quarter(plan, by=staff(PLANNER))
    return plan


@pytest.mark.parametrize("kind", ReportKind)
def test_hidden_numbers_and_personal_records_are_in_no_report(kind: ReportKind, plan: Plan) -> None:
    closing, parts = closed(plan, by=staff(PLANNER)), frozenset(Inclusion)
    for request in (
        ReportRequest(kind, plan, closing, parts=parts, compared=Compared.PERIOD),
        ReportRequest(kind, plan, on=date(2021, 3, 1), parts=parts),
    ):
        document = build(request)
        text = DIGEST.sub("", txt_of(document).decode().replace(",", ""))
        numbers = numbers_of_workbook(xlsx_of(document))
        told = numbers | {int(one) for one in re.findall(r"\d+", text)}

        assert (sum(SHOWN) in told) == (kind in TELLING)
        assert not told & {*HIDDEN, sum(HIDDEN), sum(HIDDEN) + sum(SHOWN)}
