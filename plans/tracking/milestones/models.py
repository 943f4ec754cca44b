"""Milestones (추진일정) of an activity."""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plans.tracking.milestones.triggers import MILESTONE_TRIGGERS
from plans.tree.models import Activity

WHOLE = 100


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    obj_field=pghistory.ObjForeignKey(related_name="events", db_constraint=False),
    model_name="MilestoneEvent",
)
class Milestone(models.Model):
    """A step of an activity: the day it is planned for, and the day it was done.

    Either all milestones of an activity have a weight, or none; weights are percent and add up to
    100 (a trigger at commit). Then 공정률 is the sum of those that are done.
    """

    activity = models.ForeignKey(
        Activity, models.PROTECT, verbose_name=_("활동"), related_name="milestones"
    )
    title = models.CharField(_("무엇"), max_length=200)
    planned_on = models.DateField(_("계획한 날"))
    weight = models.PositiveSmallIntegerField(
        _("비중(%)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(WHOLE)],
    )
    done_on = models.DateField(_("마친 날"), null=True, blank=True)
    evidence = models.CharField(_("근거"), max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("추진일정")
        ordering = ["planned_on", "pk"]
        triggers = MILESTONE_TRIGGERS
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="milestone_has_a_title"),
            models.CheckConstraint(
                condition=Q(weight=None) | Q(weight__gte=1, weight__lte=WHOLE),
                name="milestone_weight_is_a_percentage",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, evidence="") | Q(done_on__isnull=False) & ~Q(evidence=""),
                name="milestone_done_with_evidence",
            ),
        ]

    def __str__(self) -> str:
        return self.title
