"""Inspections of facilities, with a checklist that depends on the kind of facility."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.fields.of_models import field_of
from plans.facilities.models import FacilityKind
from plans.ledger.forms.details import DetailForm
from plans.ledger.forms.records import OTHER_PAGE
from plans.ledger.kinds import RecordKind
from plans.ledger.models import Inspection
from plans.tree.choices import Measure

Outcome = Inspection.Outcome

# Checklist items for every facility, and further items by kind of facility.
EVERYWHERE = ("구조물의 균열·침하·기울음", "전기·조명", "소화 설비와 대피로", "배수와 침수 우려")
CHECKLISTS: dict[str, tuple[str, ...]] = {
    FacilityKind.SENIOR_CENTRE: ("냉난방기", "가스 설비", "미끄럼·턱"),
    FacilityKind.HEAT_SHELTER: ("냉방기", "쉼터 안내판", "개방 시간 게시"),
    FacilityKind.DAYCARE: ("놀이 시설", "출입문·비상벨", "급식실 위생"),
    FacilityKind.STUDY_ROOM: ("책상·의자", "환기", "출입 관리"),
    FacilityKind.TOILET: ("비상벨", "위생 기구", "미끄럼"),
    FacilityKind.PARK: ("놀이·운동 기구", "보행로 포장", "수목 쓰러짐 우려"),
    FacilityKind.GREEN: ("수목 쓰러짐 우려", "경사면", "배수로"),
    FacilityKind.SPORTS: ("운동 기구 고정", "바닥 면", "울타리·안전망"),
    FacilityKind.WATER: ("수질 안내판", "저수조 청소", "주변 오염원"),
    FacilityKind.SHOP: ("비상구 개방", "가스 설비", "외벽·간판 고정"),
    FacilityKind.OFFICE: ("승강기", "외벽·간판 고정", "보안 설비"),
    FacilityKind.DEPOT: ("장비 작동", "자재 수량", "열쇠·연락망"),
}


def checklist_of(kinds: list[str]) -> list[str]:
    """Return the checklist for a facility of some kinds, each item once."""
    return list(
        dict.fromkeys([*EVERYWHERE, *(one for k in kinds for one in CHECKLISTS.get(k, ()))])
    )


class InspectionForm(DetailForm):
    """Form for how an inspection was done and which items had defects; all others were in order.

    The checklist is stored with the inspection and stays the same while its form is open: the
    facility's kinds may change and then ask for items that nobody looked at.
    """

    items = forms.MultipleChoiceField(
        label=gettext_lazy("점검 항목"),
        widget=forms.MultipleHiddenInput,
        required=False,
        error_messages={"invalid_choice": OTHER_PAGE},
    )
    failed = forms.MultipleChoiceField(
        label=gettext_lazy("조치할 항목"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("고르지 않은 항목은 이상 없음으로 남습니다."),
    )
    offered = ("way",)

    class Meta:
        model = Inspection
        fields = ("way", "failed", "outcome", "grade")
        formfield_callback = field_of
        error_messages = {"outcome": {"required": gettext_lazy("점검 결과를 골라 주세요.")}}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        begins = self.first_items()
        known = {*checklist_of([*CHECKLISTS]), *begins}
        sent = self["items"].data if self.is_bound else []
        self.items = [one for one in sent or [] if one in known] or begins
        self.initial["items"] = self.items
        self.fields["items"].choices = [(one, one) for one in known]
        self.fields["failed"].choices = [(one, one) for one in self.items]

    def first_items(self) -> list[str]:
        """Return the items that were inspected; for a new inspection, those to inspect."""
        if self.written is None:
            return checklist_of(self.facility.kinds if self.facility else [])
        looked_at = {*self.written.passed, *self.written.failed}
        in_order = [one for one in checklist_of([*CHECKLISTS]) if one in looked_at]
        return [*in_order, *sorted(looked_at.difference(in_order))]

    def clean(self) -> dict[str, Any]:
        """Refuse an outcome that contradicts the checklist."""
        values = super().clean()
        failed, outcome = values.get("failed"), values.get("outcome")
        if failed and outcome == Outcome.FINE:
            self.add_error(
                "outcome", _("조치할 항목이 있습니다. 「이상 없음」이 아닌 결과를 고르세요.")
            )
        if not failed and outcome in {Outcome.REPAIR, Outcome.DIAGNOSIS}:
            self.add_error("failed", _("무엇을 조치해야 하는지 항목을 하나 이상 고르세요."))
        return values

    def detail(self) -> Inspection:
        """Return the inspection, with the items that were in order."""
        inspection = super().detail()
        inspection.passed = [one for one in self.items if one not in inspection.failed]
        return inspection


INSPECTION = RecordKind(
    "inspection",
    gettext_lazy("시설 점검"),
    measures=(Measure.RECORDS,),
    quantity="",
    people="",
    detail=Inspection,
    form=InspectionForm,
    findings=gettext_lazy("고칠 것"),
    facilities=tuple(FacilityKind.values),
)
