"""What was frozen when a period was closed, and requests to reopen it."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plans.tracking.closing.triggers import FROZEN_TRIGGERS, REOPENING_TRIGGERS
from plans.tracking.models import Period
from plans.tree.models import Activity


class Closing(models.Model):
    """A closed period: whose figures and texts are frozen in its snapshots.

    Reopened and closed again, a period has another closing with the next version; the earlier one
    stays. `content` is what belongs to no single activity, and `digest` the SHA-256 of the
    canonical form of everything that residents may read (see canonical.py). `staff_content` is what
    only the staff may read: the blockers, and a salt; `content` has its SHA-256.
    """

    period = models.ForeignKey(
        Period, models.PROTECT, verbose_name=_("보고 기간"), related_name="closings"
    )
    version = models.PositiveSmallIntegerField(_("판"))
    closed_at = models.DateTimeField(_("마감한 때"), default=timezone.now)
    closed_on = models.DateField(_("마감한 날"), default=timezone.localdate)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("마감한 사람"), related_name="+"
    )
    content = models.JSONField(_("전체"))
    staff_content = models.JSONField(_("직원만 보는 것"))
    digest = models.CharField(
        _("지문(SHA-256)"), max_length=64, validators=[RegexValidator(r"^[0-9a-f]{64}\Z")]
    )

    class Meta:
        verbose_name = verbose_name_plural = _("마감")
        ordering = ["period", "-version"]
        triggers = FROZEN_TRIGGERS
        constraints = [
            models.UniqueConstraint(fields=["period", "version"], name="closing_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="closing_version_from_one"),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="closing_digest_is_sha256"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.version}"


class Snapshot(models.Model):
    """An activity as it was when a period was closed.

    `data` is what everybody may read, and is part of the digest. `counted` is the exact amount
    counted up to the period's last day, which may be hidden in `data`: the next period counts on
    from it.
    """

    closing = models.ForeignKey(Closing, models.PROTECT, related_name="snapshots")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="snapshots")
    position = models.PositiveIntegerField(_("순서"))
    counted = models.DecimalField(max_digits=20, decimal_places=2)
    data = models.JSONField()

    class Meta:
        verbose_name = verbose_name_plural = _("마감한 활동")
        ordering = ["closing", "position"]
        triggers = FROZEN_TRIGGERS
        constraints = [
            models.UniqueConstraint(
                fields=["closing", "activity"], name="snapshot_once_an_activity"
            ),
            models.UniqueConstraint(fields=["closing", "position"], name="snapshot_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.closing}: {self.data.get('title', '')}"


class Reopening(models.Model):
    """A request to write in a closed period again, and another person's approval of it."""

    closing = models.ForeignKey(
        Closing, models.PROTECT, verbose_name=_("마감"), related_name="reopenings"
    )
    reason = models.CharField(_("다시 여는 까닭"), max_length=500)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("요청한 사람"), related_name="+"
    )
    requested_at = models.DateTimeField(_("요청한 때"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("결정한 사람"),
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("결정한 때"), null=True, blank=True)
    is_approved = models.BooleanField(_("승인"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("다시 열기")
        ordering = ["-pk"]
        triggers = REOPENING_TRIGGERS
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reopening_has_a_reason"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("requested_by")),
                name="reopening_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None, is_approved=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False, is_approved__isnull=False),
                name="reopening_decided_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["closing"],
                condition=Q(is_approved=None) | Q(is_approved=True),
                name="reopening_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.closing}: {self.reason}"
