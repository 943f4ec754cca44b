"""Proxies of the tree with the culture pillar's rows only (for Django's permissions by pillar), the
details of its kinds of record, and its registers: garden plots and planned performances.
"""

from datetime import datetime
from decimal import Decimal

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gwonseon.choices import hold_choices
from gwonseon.office.models import Dong, OpenQuerySet
from plans.ledger.models import Detail
from plans.tree import models as tree
from plans.tree.querysets import OfPillar
from plans.triggers import PUBLIC_STATE


class Goal(tree.Goal):
    """A goal of the culture pillar."""

    objects = OfPillar("culture")

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = tree.Goal._meta.verbose_name


class Initiative(tree.Initiative):
    """An initiative of the culture pillar."""

    objects = OfPillar("culture")

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = tree.Initiative._meta.verbose_name


class Activity(tree.Activity):
    """An activity of the culture pillar."""

    objects = OfPillar("culture")

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = tree.Activity._meta.verbose_name


class Collection(Detail):
    """A collection of waste oil. The record's quantity is in litres."""

    spot = models.CharField(_("수거한 곳"), max_length=100, blank=True)
    cans = models.PositiveSmallIntegerField(_("통(18L)"), null=True, blank=True)

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("수거")


@hold_choices
class Upkeep(Detail):
    """A round of maintenance: what was done, how much, and how many defects were found."""

    class Work(models.TextChoices):
        MOW = "mow", _("예초")
        PRUNE = "prune", _("전정")
        PLANT = "plant", _("식재")
        CLEAN = "clean", _("청소")
        REPAIR = "repair", _("보수")
        CHECK = "check", _("점검")

    works = ArrayField(models.CharField(choices=Work, max_length=10), verbose_name=_("한 일"))
    area = models.DecimalField(
        _("면적(㎡)"),
        max_digits=10,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    plants = models.PositiveIntegerField(_("나무·꽃(주)"), null=True, blank=True)
    bags = models.PositiveIntegerField(_("쓰레기 봉투(장)"), null=True, blank=True)
    defects = models.PositiveSmallIntegerField(_("찾은 고장(건)"), default=0)
    fixed = models.PositiveSmallIntegerField(_("고친 고장(건)"), default=0)

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("유지관리")
        constraints = [
            models.CheckConstraint(condition=~Q(works=[]), name="upkeep_has_works"),
            models.CheckConstraint(
                condition=Q(fixed__lte=F("defects")),
                name="upkeep_fixed_within_defects",
                violation_error_message=_(
                    "고친 고장이 찾은 고장보다 많습니다. 두 수를 확인하세요."
                ),
            ),
        ]


class Performance(Detail):
    """A concert or a festival. The record's people are the audience."""

    title = models.CharField(_("제목"), max_length=100)
    host = models.CharField(_("주관"), max_length=100, blank=True)
    performers = models.CharField(_("출연"), max_length=200, blank=True)
    teams = models.PositiveSmallIntegerField(_("참가 팀"), null=True, blank=True)

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("공연·축제")


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    obj_field=pghistory.ObjForeignKey(related_name="events"),
    model_name="PlotEvent",
)
class Plot(models.Model):
    """A plot of a city garden that residents use. It is never deleted, but closed on a day."""

    activity = models.ForeignKey(
        tree.Activity, models.PROTECT, verbose_name=_("활동"), related_name="+"
    )
    garden = models.CharField(_("텃밭"), max_length=100)
    number = models.PositiveSmallIntegerField(_("구좌 번호"), validators=[MinValueValidator(1)])
    dong = models.ForeignKey(Dong, models.PROTECT, verbose_name=_("동"), related_name="+")
    area = models.DecimalField(
        _("면적(㎡)"),
        max_digits=6,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.1"))],
    )
    closed_on = models.DateField(_("없앤 날"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("텃밭 구좌")
        ordering = ["garden", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "garden", "number"],
                name="plot_once_in_a_garden",
                violation_error_message=_(
                    "이 텃밭에 같은 번호의 구좌가 있습니다. "
                    "그 구좌를 고치거나 다른 번호를 적으세요."
                ),
            ),
            models.CheckConstraint(
                condition=Q(area__gt=0, number__gt=0), name="plot_area_and_number_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.garden} {self.number}"


class ShowQuerySet(models.QuerySet["Show"]):
    """Filters for planned performances."""

    def coming(self, moment: datetime) -> "ShowQuerySet":
        """Return performances that begin at or after a moment and are not cancelled, next first."""
        return self.filter(cancelled_on=None, starts_at__gte=moment).order_by("starts_at", "pk")


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    obj_field=pghistory.ObjForeignKey(related_name="events"),
    model_name="ShowEvent",
)
class Show(models.Model):
    """A planned performance. What took place is a record of the kind 공연·축제."""

    activity = models.ForeignKey(
        tree.Activity, models.PROTECT, verbose_name=_("활동"), related_name="+"
    )
    title = models.CharField(_("제목"), max_length=100)
    starts_at = models.DateTimeField(_("시작"))
    place = models.CharField(_("곳"), max_length=100)
    host = models.CharField(_("주관"), max_length=100, blank=True)
    cancelled_on = models.DateField(_("취소한 날"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ShowQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("공연 예정")
        triggers = [PUBLIC_STATE]
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "title", "starts_at"],
                name="show_once_at_a_time",
                violation_error_message=_(
                    "같은 때에 같은 제목의 공연이 있습니다. 그 공연을 고치세요."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title
