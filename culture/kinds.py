"""Kinds of record of the culture pillar."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from culture.forms import CollectionForm, PerformanceForm, UpkeepForm
from culture.models import Collection, Performance, Upkeep
from plans.facilities.models import FacilityKind
from plans.ledger.kinds import RecordKind
from plans.tree.choices import Measure

UPKEEP = RecordKind(
    "upkeep",
    _("유지관리"),
    quantity=_("정비한 양"),
    people=_("함께한 사람"),
    detail=Upkeep,
    form=UpkeepForm,
    findings=_("고칠 곳"),
)

KINDS = (
    UPKEEP,
    replace(
        UPKEEP,
        code="facility-upkeep",
        label=_("시설 유지관리"),
        facilities=(FacilityKind.SPORTS.value, FacilityKind.PARK.value),
    ),
    RecordKind(
        "collection",
        _("수거"),
        measures=(Measure.QUANTITY,),
        quantity=_("수거한 양"),
        people="",
        detail=Collection,
        form=CollectionForm,
    ),
    RecordKind(
        "performance",
        _("공연·축제"),
        measures=(Measure.RECORDS, Measure.PEOPLE),
        quantity="",
        people=_("관객·참가자"),
        detail=Performance,
        form=PerformanceForm,
        is_timed=True,
        many_people=5000,
    ),
)
