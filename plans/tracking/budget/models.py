"""What was contracted and spent of an activity's planned budget, as departments report it."""

from uuid import uuid4

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plans.tracking.budget.triggers import SPENDING_TRIGGERS
from plans.tracking.models import Period
from plans.tree.models import Activity


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    obj_field=pghistory.ObjForeignKey(related_name="events"),
    model_name="SpendingEvent",
)
class Spending(models.Model):
    """What was contracted and spent for an activity up to the end of a period, in 원.

    Both are sums since the year's first day, as an office's accounts report them: a correction of
    an earlier period then needs no negative amount, and a period that nobody reported leaves no
    gap. The planned budget is the activity's own. `source` says where the sums were read.
    """

    period = models.ForeignKey(
        Period, models.PROTECT, verbose_name=_("보고 기간"), related_name="spending"
    )
    activity = models.ForeignKey(
        Activity, models.PROTECT, verbose_name=_("활동"), related_name="spending"
    )
    contracted = models.PositiveBigIntegerField(_("계약액 누계(원)"))
    spent = models.PositiveBigIntegerField(_("집행액 누계(원)"))
    source = models.CharField(_("출처"), max_length=200)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("적은 사람"), related_name="+"
    )
    changed_at = models.DateTimeField(_("고친 때"), auto_now=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    token = models.UUIDField(default=uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("예산 집행")
        triggers = SPENDING_TRIGGERS
        constraints = [
            models.UniqueConstraint(fields=["period", "activity"], name="spending_once_a_period"),
            models.CheckConstraint(condition=~Q(source=""), name="spending_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.activity}"
