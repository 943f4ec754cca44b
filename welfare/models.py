"""Proxies of the tree with the welfare pillar's rows only (for Django's permissions by pillar), and
the details of the pillar's kinds of record.
"""

from decimal import Decimal
from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gwonseon.choices import hold_choices
from plans.ledger.models import Detail, Record
from plans.tree import models as tree
from plans.tree.querysets import OfPillar
from welfare.triggers import CASE_TRIGGERS, HOLD_CONTACT

pgtrigger.register(HOLD_CONTACT)(Record)


class Goal(tree.Goal):
    """A goal of the welfare pillar."""

    objects = OfPillar("welfare")

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = tree.Goal._meta.verbose_name


class Initiative(tree.Initiative):
    """An initiative of the welfare pillar."""

    objects = OfPillar("welfare")

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = tree.Initiative._meta.verbose_name


class Activity(tree.Activity):
    """An activity of the welfare pillar."""

    objects = OfPillar("welfare")

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = tree.Activity._meta.verbose_name


@hold_choices
class SupportCase(models.Model):
    """A supported household, known by a number only: no name, address or phone is stored.

    The office's case-management system knows the household by its own number. The database allows
    no case to be deleted, and no change of how it was opened.
    """

    class State(models.TextChoices):
        FIRST_TALK = "first-talk", _("초기상담")
        NEEDS = "needs", _("욕구조사")
        CONFERENCE = "conference", _("사례회의")
        SERVICE = "service", _("서비스 제공")
        REVIEW = "review", _("점검")
        CLOSED = "closed", _("종결")

    activity = models.ForeignKey(
        tree.Activity, models.PROTECT, verbose_name=_("활동"), related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("연도"))
    serial = models.PositiveIntegerField(_("차례"))
    opened_on = models.DateField(_("시작한 날"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("시작을 적은 사람"),
        null=True,
        related_name="+",
    )
    opened_at = models.DateTimeField(_("시작을 적은 때"), default=timezone.now)
    state = models.CharField(_("단계"), choices=State, max_length=15, default=State.FIRST_TALK)
    closed_on = models.DateField(_("종결한 날"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("종결을 적은 사람"),
        null=True,
        blank=True,
        related_name="+",
    )
    closed_at = models.DateTimeField(_("종결을 적은 때"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    token = models.UUIDField(
        default=uuid4,
        db_default=RandomUUID(),
        unique=True,
        editable=False,
        help_text="Of the form that it was opened by: the same form sent twice is one case.",
    )

    # True where the form had already opened this case before.
    was_there = False

    class Meta:
        verbose_name = verbose_name_plural = _("사례")
        ordering = ["-year", "-serial"]
        triggers = CASE_TRIGGERS
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="case_number_once"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False)
                | ~Q(state="closed") & Q(closed_on=None),
                name="case_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="case_closed_after_it_opened",
            ),
            models.CheckConstraint(
                condition=Q(opened_on__year=F("year")), name="case_opened_in_its_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.serial:04d}"


@hold_choices
class Contact(Detail):
    """A contact with the household of a case, and its result."""

    class Service(models.TextChoices):
        TALK = "talk", _("상담")
        MONEY = "money", _("생계·의료 지원")
        CARE = "care", _("돌봄")
        LANGUAGE = "language", _("한국어·통역")
        HOME = "home", _("주거")
        WORK = "work", _("일자리")
        LINK = "link", _("다른 기관 연계")

    class Finder(models.TextChoices):
        OFFICE = "office", _("공무원")
        NEIGHBOUR = "neighbour", _("이웃·통장")
        AGENCY = "agency", _("기관")
        SELF = "self", _("본인")

    case = models.ForeignKey(
        SupportCase, models.PROTECT, verbose_name=_("사례"), related_name="contacts"
    )
    service = models.CharField(_("한 일"), choices=Service, max_length=10)
    finder = models.CharField(_("찾은 사람"), choices=Finder, max_length=10, blank=True)
    agencies = models.PositiveSmallIntegerField(_("함께한 기관(곳)"), default=0)

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("사례 접촉")


class Counselling(Detail):
    """A day of counselling for self-support: numbers of people only, no names."""

    counselled = models.PositiveSmallIntegerField(_("상담한 사람(명)"))
    placed = models.PositiveSmallIntegerField(_("자활근로에 참여한 사람(명)"), default=0)
    employed = models.PositiveSmallIntegerField(_("취업한 사람(명)"), default=0)

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("자활상담")
        constraints = [
            models.CheckConstraint(
                condition=Q(placed__lte=F("counselled"), employed__lte=F("counselled")),
                name="counselling_placed_within_counselled",
                violation_error_message=_(
                    "자활근로나 취업을 한 사람이 상담한 사람보다 많습니다. 수를 확인하세요."
                ),
            )
        ]


class Delivery(Detail):
    """A delivery of side dishes. The record's quantity is the number of households."""

    portions = models.PositiveSmallIntegerField(_("반찬(인분)"))
    no_answer = models.PositiveSmallIntegerField(_("못 만난 가구"), default=0)

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("반찬 전달")


class DaycareVisit(Detail):
    """A visit to a daycare centre, with the number of quality indicators that it meets."""

    INDICATORS = 15

    met = models.PositiveSmallIntegerField(
        _("지킨 지표(15개 가운데)"), validators=[MaxValueValidator(INDICATORS)]
    )
    trained = models.PositiveSmallIntegerField(_("인권교육을 받은 교직원(명)"), default=0)

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("어린이집 방문")
        constraints = [
            models.CheckConstraint(condition=Q(met__lte=15), name="daycare_meets_up_to_15")
        ]


class StudyRoomVisit(Detail):
    """A day of a study room. The record's people are its users."""

    seats = models.PositiveSmallIntegerField(_("자리"), validators=[MinValueValidator(1)])
    hours = models.DecimalField(
        _("연 시간"),
        max_digits=3,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(Decimal(24))],
    )

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("공부방 운영")


class ShelterVisit(Detail):
    """A visit to a cooling shelter. The record's people are its users."""

    cools = models.BooleanField(_("냉방기가 잘 됨"), default=False)
    is_signed = models.BooleanField(_("안내판이 있음"), default=False)
    is_open = models.BooleanField(_("문을 열어 둠"), default=False)
    celsius = models.DecimalField(
        _("실내 온도(℃)"),
        max_digits=3,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(50))],
    )

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("쉼터 방문")


class Outing(Detail):
    """An outing of volunteers: what they did and where. The record's people are those served."""

    volunteers = models.PositiveSmallIntegerField(
        _("봉사자(명)"), validators=[MinValueValidator(1)]
    )
    hours = models.DecimalField(
        _("시간"),
        max_digits=3,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(Decimal(24))],
    )
    host = models.CharField(_("찾아간 곳"), max_length=100, blank=True)
    programme = models.CharField(_("한 일"), max_length=200, blank=True)

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("봉사·캠페인")
        constraints = [
            models.CheckConstraint(condition=Q(volunteers__gt=0), name="outing_has_volunteers")
        ]
