"""Kinds of record of the safety pillar."""

from django.utils.translation import gettext_lazy as _

from plans.facilities.models import FacilityKind
from plans.ledger.kinds import RecordKind
from plans.tree.choices import Measure
from safety.forms import (
    AirMeasurementForm,
    PatrolForm,
    ReadinessCheckForm,
    StallCheckForm,
    WaterMeasurementForm,
)
from safety.models import AirMeasurement, Patrol, ReadinessCheck, StallCheck, WaterMeasurement

HAZARDS = (
    ("road", _("보도·도로")),
    ("light", _("조명")),
    ("camera", _("CCTV·비상벨")),
    ("building", _("시설물")),
    ("litter", _("쓰레기")),
    ("other", _("그 밖")),
)

KINDS = (
    RecordKind(
        "patrol",
        _("순찰"),
        measures=(Measure.RECORDS, Measure.PEOPLE),
        quantity="",
        people="",
        detail=Patrol,
        form=PatrolForm,
        findings=_("위험요인"),
        categories=HAZARDS,
        is_timed=True,
    ),
    RecordKind(
        "stall-check",
        _("불법촬영 점검"),
        measures=(Measure.RECORDS,),
        quantity="",
        people="",
        detail=StallCheck,
        form=StallCheckForm,
        findings=_("고칠 것"),
        facilities=(FacilityKind.TOILET.value,),
    ),
    RecordKind(
        "readiness-check",
        _("재난 대비 점검"),
        measures=(Measure.RECORDS, Measure.QUANTITY),
        quantity=_("점검한 곳"),
        people="",
        detail=ReadinessCheck,
        form=ReadinessCheckForm,
        findings=_("갖출 것"),
    ),
    RecordKind(
        "air-measurement",
        _("공기질 측정"),
        measures=(Measure.RECORDS,),
        quantity="",
        people="",
        detail=AirMeasurement,
        form=AirMeasurementForm,
        findings=_("조치할 것"),
    ),
    RecordKind(
        "water-measurement",
        _("수질 측정"),
        measures=(Measure.RECORDS,),
        quantity="",
        people="",
        detail=WaterMeasurement,
        form=WaterMeasurementForm,
        findings=_("조치할 것"),
    ),
)
