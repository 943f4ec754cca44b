"""The register of facilities."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gwonseon.choices import hold_choices
from gwonseon.office.models import Dong, OpenQuerySet
from plans.triggers import PUBLIC_STATE


class FacilityKind(models.TextChoices):
    """The kinds of facility; a facility may be of several kinds."""

    SENIOR_CENTRE = "senior-centre", _("경로당")
    HEAT_SHELTER = "heat-shelter", _("무더위쉼터")
    DAYCARE = "daycare", _("어린이집")
    STUDY_ROOM = "study-room", _("청소년 공부방")
    TOILET = "toilet", _("공중화장실")
    PARK = "park", _("공원")
    GREEN = "green", _("녹지")
    SPORTS = "sports", _("체육시설")
    WATER = "water", _("먹는물 시설")
    SHOP = "shop", _("다중이용시설")
    OFFICE = "office", _("공공청사")
    DEPOT = "depot", _("방재 시설·장비")
    OTHER = "other", _("그 밖의 시설")


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    obj_field=pghistory.ObjForeignKey(related_name="events"),
    model_name="FacilityEvent",
)
@hold_choices
class Facility(models.Model):
    """A place where work is done, in one register for all pillars."""

    name = models.CharField(_("이름"), max_length=100)
    kinds = ArrayField(
        models.CharField(choices=FacilityKind, max_length=20), verbose_name=_("종류")
    )
    dong = models.ForeignKey(Dong, models.PROTECT, verbose_name=_("동"), related_name="+")
    address = models.CharField(_("주소"), max_length=200, blank=True)
    capacity = models.PositiveIntegerField(_("정원(명)"), null=True, blank=True)
    closed_on = models.DateField(_("폐쇄일"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("시설")
        triggers = [PUBLIC_STATE]
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "dong"],
                name="facility_once_in_a_dong",
                violation_error_message=_(
                    "이 동에 같은 이름의 시설이 있습니다. 그 시설을 고치거나 이름을 달리 적으세요."
                ),
            ),
            models.CheckConstraint(condition=~Q(kinds=[]), name="facility_has_a_kind"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_labels(self) -> list[str]:
        """The labels of the facility's kinds."""
        return [str(FacilityKind(code).label) for code in self.kinds]
