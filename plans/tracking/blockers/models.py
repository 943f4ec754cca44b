"""Blockers (애로사항): what keeps an activity from going on, and who must act."""

from uuid import uuid4

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gwonseon.office.models import Department
from plans.tracking.blockers.triggers import BLOCKER_TRIGGERS
from plans.tree.models import Activity


class BlockerQuerySet(models.QuerySet):
    """Filters of blockers."""

    def open(self) -> "BlockerQuerySet":
        """Return those that are not resolved, the most urgent first."""
        return self.filter(resolved_on=None).order_by("due_on", "pk")


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    obj_field=pghistory.ObjForeignKey(related_name="events"),
    model_name="BlockerEvent",
)
class Blocker(models.Model):
    """Something that blocks an activity, until it is resolved. It is never deleted.

    `department` is the one that must act, by `due_on`. A resolved blocker stays as it is (a
    trigger). `token` is that of the form: sent twice, it is one blocker.
    """

    activity = models.ForeignKey(
        Activity, models.PROTECT, verbose_name=_("활동"), related_name="blockers"
    )
    what = models.CharField(_("무엇이 막고 있나요"), max_length=500)
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name=_("풀어야 할 부서"), related_name="+"
    )
    due_on = models.DateField(_("언제까지"))
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("알린 사람"), related_name="+"
    )
    raised_on = models.DateField(_("알린 날"), default=timezone.localdate, editable=False)
    resolved_on = models.DateField(_("푼 날"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("풀었다고 적은 사람"),
        null=True,
        blank=True,
        related_name="+",
    )
    resolution = models.CharField(_("어떻게 풀었나요"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    token = models.UUIDField(default=uuid4, unique=True, editable=False)

    objects = BlockerQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("애로사항")
        ordering = ["pk"]
        triggers = BLOCKER_TRIGGERS
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="blocker_says_what"),
            models.CheckConstraint(
                condition=Q(resolved_on=None, resolved_by=None, resolution="")
                | Q(resolved_on__gte=F("raised_on"), resolved_by__isnull=False) & ~Q(resolution=""),
                name="blocker_resolved_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(resolved_on=None), name="blocker_open")
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        """Return the staff's page."""
        return reverse("blockers:blocker", args=[self.pk])
