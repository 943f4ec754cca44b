"""Proxies of the tree with the safety pillar's rows only (for Django's permissions by pillar), and
the details of the pillar's kinds of record.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gwonseon.choices import hold_choices
from plans.ledger.models import Detail
from plans.tree import models as tree
from plans.tree.querysets import OfPillar
from plans.triggers import PUBLIC_STATE


class Goal(tree.Goal):
    """A goal of the safety pillar."""

    objects = OfPillar("safety")

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = tree.Goal._meta.verbose_name


class Initiative(tree.Initiative):
    """An initiative of the safety pillar."""

    objects = OfPillar("safety")

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = tree.Initiative._meta.verbose_name


class Activity(tree.Activity):
    """An activity of the safety pillar."""

    objects = OfPillar("safety")

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = tree.Activity._meta.verbose_name


class Patrol(Detail):
    """A patrol through the streets, with the number of people by group."""

    route = models.CharField(_("순찰한 길"), max_length=200, blank=True)
    school = models.CharField(_("학교"), max_length=50, blank=True)
    students = models.PositiveSmallIntegerField(_("학생(명)"), default=0)
    residents = models.PositiveSmallIntegerField(_("주민(명)"), default=0)
    police = models.PositiveSmallIntegerField(_("경찰(명)"), default=0)
    officials = models.PositiveSmallIntegerField(_("공무원(명)"), default=0)

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("순찰")
        constraints = [
            models.CheckConstraint(
                condition=Q(students__gt=0)
                | Q(residents__gt=0)
                | Q(police__gt=0)
                | Q(officials__gt=0),
                name="patrol_has_people",
                violation_error_message=_("함께한 사람을 한 명 이상 적어 주세요."),
            )
        ]

    @property
    def people(self) -> int:
        """The total number of people who took part."""
        return self.students + self.residents + self.police + self.officials


@hold_choices
class StallCheck(Detail):
    """A search of a public toilet for hidden cameras, stall by stall."""

    class Method(models.TextChoices):
        EYE = "eye", _("육안")
        LENS = "lens", _("렌즈 탐지")
        RADIO = "radio", _("전파 탐지")

    class Bell(models.TextChoices):
        WORKS = "works", _("정상")
        BROKEN = "broken", _("고장")
        NONE = "none", _("없음")

    stalls = models.PositiveSmallIntegerField(_("점검한 칸"), validators=[MinValueValidator(1)])
    methods = ArrayField(
        models.CharField(choices=Method, max_length=10), verbose_name=_("점검 방법")
    )
    holes = models.PositiveSmallIntegerField(_("막은 의심 구멍(개)"), default=0)
    devices = models.PositiveSmallIntegerField(_("찾은 기기(대)"), default=0)
    bell = models.CharField(_("비상벨"), choices=Bell, max_length=10, default=Bell.WORKS)

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("불법촬영 점검")
        constraints = [
            models.CheckConstraint(
                condition=Q(stalls__gt=0) & ~Q(methods=[]),
                name="stall_check_has_stalls_and_methods",
            )
        ]


@hold_choices
class ReadinessCheck(Detail):
    """A check whether equipment for floods or snow is in place."""

    class Season(models.TextChoices):
        FLOOD = "flood", _("풍수해")
        SNOW = "snow", _("설해")
        HEAT = "heat", _("폭염")

    class Asset(models.TextChoices):
        SALT_BOX = "salt-box", _("제설함")
        SHADE = "shade", _("그늘막")
        DRAIN = "drain", _("빗물받이")
        PUMP = "pump", _("양수기")
        OTHER = "other", _("그 밖의 장비")

    season = models.CharField(_("대비"), choices=Season, max_length=10)
    asset = models.CharField(_("시설·장비"), choices=Asset, max_length=10)
    needed = models.PositiveIntegerField(_("있어야 할 수"))
    ready = models.PositiveIntegerField(_("쓸 수 있는 수"))

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("재난 대비 점검")
        constraints = [
            models.CheckConstraint(
                condition=Q(ready__lte=F("needed")),
                name="readiness_ready_within_needed",
                violation_error_message=_(
                    "쓸 수 있는 수가 있어야 할 수보다 많습니다. 두 수를 확인하세요."
                ),
            )
        ]


def measured(label: str) -> models.DecimalField:
    """Return a column for a measured value; its label names the unit."""
    return models.DecimalField(
        label,
        max_digits=9,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )


class Measurement(Detail):
    """Values measured on one visit. Each is graded by the limits in force on that day."""

    class Meta(Detail.Meta):
        abstract = True

    values: tuple[str, ...] = ()

    def facts(self) -> list[tuple[str, str]]:
        """Return label and text of each measured value, with its grade (1 query)."""
        return self.graded_facts(list(Limit.objects.all()))

    def graded_facts(self, limits: Sequence["Limit"]) -> list[tuple[str, str]]:
        """Return label and text of each measured value, with its grade by the given limits."""
        grades = self.grades(limits)
        labels = {str(self._meta.get_field(name).verbose_name): name for name in grades}
        return [
            (label, f"{words} · {grades[labels[label]]}" if label in labels else words)
            for label, words in super().facts()
        ]

    def grades(self, limits: Sequence["Limit"]) -> dict[str, str]:
        """Return the grade of each value that a limit of its day covers, by column name."""
        day = self.record.happened_on
        found = {}
        for limit in limits:
            if limit.place != self.place or not limit.holds(day) or limit.item in found:
                continue
            value = getattr(self, limit.item)
            if value is not None and limit.fits(value):
                found[limit.item] = limit.grade
        return found


@hold_choices
class AirMeasurement(Measurement):
    """A measurement of the air at a place."""

    class Place(models.TextChoices):
        OUTSIDE = "outside", _("바깥")
        DAYCARE = "daycare", _("어린이집 실내")

    place = models.CharField(_("잰 곳의 종류"), choices=Place, max_length=10)
    spot = models.CharField(_("잰 곳"), max_length=100)
    pm10 = measured(_("미세먼지 PM10(㎍/㎥)"))
    pm25 = measured(_("초미세먼지 PM2.5(㎍/㎥)"))
    co2 = measured(_("이산화탄소(ppm)"))
    hcho = measured(_("폼알데하이드(㎍/㎥)"))
    co = measured(_("일산화탄소(ppm)"))
    bacteria = measured(_("총부유세균(CFU/㎥)"))
    values = ("pm10", "pm25", "co2", "hcho", "co", "bacteria")

    class Meta(Measurement.Meta):
        verbose_name = verbose_name_plural = _("공기질 측정")


@hold_choices
class WaterMeasurement(Measurement):
    """A measurement of the water at a place."""

    class Place(models.TextChoices):
        TANK = "tank", _("저수조")
        SPRING = "spring", _("약수터")

    place = models.CharField(_("잰 곳의 종류"), choices=Place, max_length=10)
    spot = models.CharField(_("잰 곳"), max_length=100)
    turbidity = measured(_("탁도(NTU)"))
    ph = measured(_("수소이온농도(pH)"))
    chlorine = measured(_("잔류염소(mg/L)"))
    bacteria = measured(_("일반세균(CFU/mL)"))
    coliforms = measured(_("총대장균군(100mL당)"))
    values = ("turbidity", "ph", "chlorine", "bacteria", "coliforms")

    class Meta(Measurement.Meta):
        verbose_name = verbose_name_plural = _("수질 측정")
        constraints = [
            models.CheckConstraint(
                condition=Q(ph=None) | Q(ph__lte=14),
                name="ph_up_to_14",
                violation_error_message=_("pH는 0에서 14까지의 수입니다."),
            )
        ]


class Limit(models.Model):
    """A grade of a measured value, for the days when the rule is in force; bounds are inclusive.

    If several grades fit, the one with the lowest upper bound applies. `item` is the column name of
    the value in AirMeasurement or WaterMeasurement; None means no bound.
    """

    item = models.CharField(_("재는 것"), max_length=20)
    place = models.CharField(_("잰 곳의 종류"), max_length=10)
    grade = models.CharField(_("등급"), max_length=20)
    least = models.DecimalField(_("이상"), max_digits=9, decimal_places=3, null=True, blank=True)
    most = models.DecimalField(_("이하"), max_digits=9, decimal_places=3, null=True, blank=True)
    since = models.DateField(_("이날부터"))
    until = models.DateField(_("이날까지"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("측정 기준")
        triggers = [PUBLIC_STATE]
        ordering = ["place", "item", F("most").asc(nulls_last=True)]
        constraints = [
            models.CheckConstraint(
                condition=Q(least=None) | Q(most=None) | Q(least__lte=F("most")),
                name="limit_least_not_above_most",
            ),
            models.CheckConstraint(
                condition=Q(place__in=AirMeasurement.Place.values, item__in=AirMeasurement.values)
                | Q(place__in=WaterMeasurement.Place.values, item__in=WaterMeasurement.values),
                name="limit_is_of_a_measured_value",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="limit_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.grade}"

    def holds(self, day: date) -> bool:
        """Whether the rule was in force on a day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def fits(self, value: Decimal) -> bool:
        """Whether a value is within the bounds."""
        return (self.least is None or value >= self.least) and (
            self.most is None or value <= self.most
        )
