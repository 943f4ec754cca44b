"""Kinds of record of the civic pillar."""

from django.utils.translation import gettext_lazy as _

from civic.forms import AuditForm, CounterTallyForm, GatheringForm, TextNoticeForm
from civic.models import Audit, CounterTally, Gathering, TextNotice
from plans.ledger.kinds import RecordKind
from plans.tree.choices import Measure

# The records of notices by text message, which the portal posts itself; see notices/recording.py.
TEXT_NOTICE = "text-notice"
# What an audit's finding asks of the department.
DEMANDS = (
    ("correct", _("시정")),
    ("caution", _("주의")),
    ("improve", _("개선")),
    ("advise", _("권고")),
    ("notify", _("통보")),
)

KINDS = (
    RecordKind(
        "gathering",
        _("모임"),
        measures=(Measure.RECORDS, Measure.PEOPLE),
        quantity="",
        people=_("참석한 사람"),
        detail=Gathering,
        form=GatheringForm,
    ),
    RecordKind(
        "counter-tally",
        _("창구 집계"),
        measures=(Measure.QUANTITY,),
        quantity=_("처리한 수"),
        people="",
        detail=CounterTally,
        form=CounterTallyForm,
    ),
    RecordKind(
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
    RecordKind(
        TEXT_NOTICE,
        _("문자 안내"),
        measures=(Measure.RECORDS, Measure.PEOPLE),
        quantity="",
        people=_("보낸 사람 수"),
        detail=TextNotice,
        form=TextNoticeForm,
        template="civic/_text_notice.html",
        refusals={"civic_textnotice_notice_id_key": _("이 문자 안내의 실적은 이미 있습니다.")},
        many_people=400_000,
    ),
)
