"""Proxies of the tree with the civic pillar's rows only (for Django's permissions by pillar), the
details of the pillar's kinds of record, and notices (see notices/models.py).
"""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic.notices.models import Budget, Notice, NoticeTemplate, TextNotice
from gwonseon.choices import hold_choices
from gwonseon.office.models import Department
from plans.ledger.models import Detail
from plans.tree import models as tree
from plans.tree.querysets import OfPillar

__all__ = [
    "Activity",
    "Audit",
    "Budget",
    "CounterTally",
    "Gathering",
    "Goal",
    "Initiative",
    "Notice",
    "NoticeTemplate",
    "TextNotice",
]


class Goal(tree.Goal):
    """A goal of the civic pillar."""

    objects = OfPillar("civic")

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = tree.Goal._meta.verbose_name


class Initiative(tree.Initiative):
    """An initiative of the civic pillar."""

    objects = OfPillar("civic")

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = tree.Initiative._meta.verbose_name


class Activity(tree.Activity):
    """An activity of the civic pillar."""

    objects = OfPillar("civic")

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = tree.Activity._meta.verbose_name


@hold_choices
class Gathering(Detail):
    """A meeting, a training or an evening of a study club. The record's people took part."""

    class Way(models.TextChoices):
        ONLINE = "online", _("온라인")
        ON_SITE = "on-site", _("대면")
        BOTH = "both", _("온라인과 대면")

    subject = models.CharField(_("주제"), max_length=100)
    club = models.CharField(_("동아리"), max_length=50, blank=True)
    way = models.CharField(_("방식"), choices=Way, max_length=10, default=Way.ON_SITE)
    hours = models.DecimalField(
        _("시간"),
        max_digits=3,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(Decimal(24))],
    )
    output = models.CharField(_("결과물"), max_length=200, blank=True)

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("모임")
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gt=0, hours__lte=24), name="gathering_lasts_within_a_day"
            )
        ]


@hold_choices
class CounterTally(Detail):
    """A day's work at a service counter. The record's quantity is the number of services."""

    class Group(models.TextChoices):
        SENIORS = "seniors", _("어르신")
        DISABLED = "disabled", _("장애인")
        PARENTS = "parents", _("임산부·영유아 동반")
        MULTICULTURAL = "multicultural", _("다문화 가정")
        OTHERS = "others", _("그 밖")

    service = models.CharField(_("업무"), max_length=100, blank=True)
    group = models.CharField(_("이용자"), choices=Group, max_length=15, blank=True)
    on_show = models.PositiveSmallIntegerField(_("비치한 책(권)"), null=True, blank=True)

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("창구 집계")


@hold_choices
class Audit(Detail):
    """An audit of a department. Its findings are followed until they are put right."""

    class Scope(models.TextChoices):
        WHOLE = "whole", _("종합감사")
        PART = "part", _("특정감사")
        CONDUCT = "conduct", _("복무감사")

    scope = models.CharField(_("감사 종류"), choices=Scope, max_length=10)
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name=_("감사받은 부서"), related_name="+"
    )
    subject = models.CharField(_("감사 내용"), max_length=200)

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("감사")
