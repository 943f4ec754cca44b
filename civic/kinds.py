"""Kinds of record of the civic pillar."""

from django.utils.translation import gettext_lazy as _

from civic.forms import AuditForm, CounterTallyForm, GatheringForm
from civic.models import Audit, CounterTally, Gathering
from plans.ledger.kinds import Kind
from plans.tree.choices import Measure

# What an audit's finding asks of the department.
DEMANDS = (
    ("correct", _("시정")),
    ("caution", _("주의")),
    ("improve", _("개선")),
    ("advise", _("권고")),
    ("notify", _("통보")),
)

KINDS = (
    Kind(
        "gathering",
        _("모임"),
        measures=(Measure.RECORDS, Measure.PEOPLE),
        quantity="",
        people=_("참석한 사람"),
        detail=Gathering,
        form=GatheringForm,
    ),
    Kind(
        "counter-tally",
        _("창구 집계"),
        measures=(Measure.QUANTITY,),
        quantity=_("처리한 수"),
        people="",
        detail=CounterTally,
        form=CounterTallyForm,
    ),
    Kind(
        "audit",
        _("감사"),
        measures=(Measure.RECORDS,),
        quantity="",
        people="",
        detail=Audit,
        form=AuditForm,
        findings=_("지적사항"),
        categories=DEMANDS,
        confirmed_by_another=True,
    ),
)
