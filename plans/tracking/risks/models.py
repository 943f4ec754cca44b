"""Risks (위험) of activities: what may happen, how likely and how bad, and who watches it."""

from uuid import uuid4

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gwonseon.choices import hold_choices
from plans.tracking.models import Period
from plans.tracking.risks.triggers import REVIEW_TRIGGERS, RISK_TRIGGERS
from plans.tree.models import Activity


class Likelihood(models.IntegerChoices):
    """How likely something is to happen."""

    LOW = 1, _("낮음")
    MIDDLE = 2, _("보통")
    HIGH = 3, _("높음")


class Impact(models.IntegerChoices):
    """How much an activity would suffer from it."""

    SMALL = 1, _("작음")
    MIDDLE = 2, _("보통")
    LARGE = 3, _("큼")


class RiskQuerySet(models.QuerySet):
    """Filters of risks."""

    def open(self) -> "RiskQuerySet":
        """Return those that are not closed."""
        return self.filter(closed_on=None)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    obj_field=pghistory.ObjForeignKey(related_name="events"),
    model_name="RiskEvent",
)
@hold_choices
class Risk(models.Model):
    """Something that may happen to an activity, until it is closed. It is never deleted.

    `owner` watches it. A closed risk stays as it is (a trigger). `token` is that of the form: sent
    twice, it is one risk.
    """

    activity = models.ForeignKey(
        Activity, models.PROTECT, verbose_name=_("활동"), related_name="risks"
    )
    title = models.CharField(_("위험"), max_length=200)
    what = models.CharField(_("무슨 일이 생길 수 있나요"), max_length=500)
    likelihood = models.PositiveSmallIntegerField(_("일어날 가능성"), choices=Likelihood)
    impact = models.PositiveSmallIntegerField(_("미칠 영향"), choices=Impact)
    response = models.CharField(_("대응"), max_length=500)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("살피는 사람"), related_name="+"
    )
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("적은 사람"), related_name="+"
    )
    raised_on = models.DateField(_("적은 날"), default=timezone.localdate, editable=False)
    closed_on = models.DateField(_("닫은 날"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("닫은 사람"),
        null=True,
        blank=True,
        related_name="+",
    )
    closed_for = models.CharField(_("닫은 까닭"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    token = models.UUIDField(default=uuid4, unique=True, editable=False)

    objects = RiskQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("위험")
        ordering = ["pk"]
        triggers = RISK_TRIGGERS
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(what="") & ~Q(response=""), name="risk_says_what"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_by=None, closed_for="")
                | Q(closed_on__gte=F("raised_on"), closed_by__isnull=False) & ~Q(closed_for=""),
                name="risk_closed_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the staff's page."""
        return reverse("risks:risk", args=[self.pk])


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    obj_field=pghistory.ObjForeignKey(related_name="events"),
    model_name="RiskReviewEvent",
)
@hold_choices
class RiskReview(models.Model):
    """What somebody thought of a risk in a period. Writing it sets the risk's present values."""

    risk = models.ForeignKey(Risk, models.PROTECT, verbose_name=_("위험"), related_name="reviews")
    period = models.ForeignKey(
        Period, models.PROTECT, verbose_name=_("보고 기간"), related_name="risk_reviews"
    )
    likelihood = models.PositiveSmallIntegerField(_("일어날 가능성"), choices=Likelihood)
    impact = models.PositiveSmallIntegerField(_("미칠 영향"), choices=Impact)
    note = models.CharField(_("살핀 내용"), max_length=500)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("검토한 사람"), related_name="+"
    )
    reviewed_at = models.DateTimeField(_("검토한 때"), default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("위험 검토")
        ordering = ["period__first_on"]
        triggers = REVIEW_TRIGGERS
        constraints = [
            models.UniqueConstraint(fields=["risk", "period"], name="risk_review_once_a_period"),
            models.CheckConstraint(condition=~Q(note=""), name="risk_review_has_a_note"),
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.risk}"
