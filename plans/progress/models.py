"""The model of activities on hold. All other data of progress is counted from the ledger."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gwonseon.exclusions import days_apart
from plans.progress.triggers import HOLD_TRIGGERS
from plans.tree.models import Activity
from plans.triggers import PUBLIC_STATE


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    obj_field=pghistory.ObjForeignKey(related_name="events"),
    model_name="HoldEvent",
)
class Hold(models.Model):
    """A period in which an activity is on hold (보류), and why. `ends_on` is the day of resuming.

    Triggers refuse to delete or change what residents can read of it.
    """

    activity = models.ForeignKey(
        Activity, models.PROTECT, verbose_name=_("활동"), related_name="holds"
    )
    reason = models.TextField(_("보류 사유"), max_length=500)
    starts_on = models.DateField(_("보류한 날"))
    ends_on = models.DateField(_("다시 시작한 날"), null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("보류한 사람"), related_name="+"
    )
    set_at = models.DateTimeField(_("보류를 적은 때"), default=timezone.now)
    set_on = models.DateField(_("보류를 적은 날"), default=timezone.localdate)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("다시 시작한 사람"),
        null=True,
        blank=True,
        related_name="+",
    )
    ended_at = models.DateTimeField(_("다시 시작을 적은 때"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("보류")
        triggers = [PUBLIC_STATE, *HOLD_TRIGGERS]
        constraints = [
            days_apart(
                "hold_one_at_a_time", of="activity", first="starts_on", last="ends_on", whole=False
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None, ended_by=None, ended_at=None)
                | Q(ends_on__isnull=False, ended_by__isnull=False, ended_at__isnull=False),
                name="hold_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="hold_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="hold_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.reason}"
