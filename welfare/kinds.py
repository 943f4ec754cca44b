"""Kinds of record of the welfare pillar. Those about one household are personal."""

from django.utils.translation import gettext_lazy as _

from plans.facilities.models import FacilityKind
from plans.ledger.kinds import RecordKind
from plans.tree.choices import Measure
from welfare.forms import (
    ContactForm,
    CounsellingForm,
    DaycareVisitForm,
    DeliveryForm,
    OutingForm,
    ShelterVisitForm,
    StudyRoomVisitForm,
)
from welfare.models import (
    Contact,
    Counselling,
    DaycareVisit,
    Delivery,
    Outing,
    ShelterVisit,
    StudyRoomVisit,
)

KINDS = (
    RecordKind(
        "contact",
        _("사례 접촉"),
        measures=(Measure.RECORDS, Measure.QUANTITY),
        quantity=_("새로 도운 가구"),
        people="",
        detail=Contact,
        form=ContactForm,
        is_personal=True,
        subject="case",
        refusals={
            "contact_before_its_case_closed": _(
                "사례를 종결한 뒤의 날입니다. 날짜를 고치거나 사례를 다시 열고 저장하세요."
            ),
        },
    ),
    RecordKind(
        "counselling",
        _("자활상담"),
        measures=(Measure.RECORDS,),
        quantity="",
        people="",
        detail=Counselling,
        form=CounsellingForm,
    ),
    RecordKind(
        "delivery",
        _("반찬 전달"),
        measures=(Measure.QUANTITY,),
        quantity=_("전달한 가구"),
        people="",
        detail=Delivery,
        form=DeliveryForm,
        is_personal=True,
    ),
    RecordKind(
        "daycare-visit",
        _("어린이집 방문"),
        measures=(Measure.RECORDS,),
        quantity="",
        people="",
        detail=DaycareVisit,
        form=DaycareVisitForm,
        findings=_("고칠 것"),
        facilities=(FacilityKind.DAYCARE.value,),
    ),
    RecordKind(
        "study-room-visit",
        _("공부방 운영"),
        measures=(Measure.RECORDS, Measure.PEOPLE),
        quantity="",
        people=_("이용한 사람"),
        detail=StudyRoomVisit,
        form=StudyRoomVisitForm,
        facilities=(FacilityKind.STUDY_ROOM.value,),
    ),
    RecordKind(
        "shelter-visit",
        _("쉼터 방문"),
        measures=(Measure.RECORDS, Measure.PEOPLE),
        quantity="",
        people=_("이용한 사람"),
        detail=ShelterVisit,
        form=ShelterVisitForm,
        findings=_("고칠 것"),
        facilities=(FacilityKind.HEAT_SHELTER.value,),
    ),
    RecordKind(
        "outing",
        _("봉사·캠페인"),
        measures=(Measure.RECORDS, Measure.PEOPLE),
        quantity="",
        people=_("만난 사람"),
        detail=Outing,
        form=OutingForm,
        is_timed=True,
    ),
)
