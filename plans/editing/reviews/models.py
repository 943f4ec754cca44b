"""Model of the review of a draft's initiative by another person."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gwonseon.choices import hold_choices
from plans.editing.reviews.triggers import lapse_reviews
from plans.tree.models import (
    TEXT_LENGTH,
    Activity,
    ActivityDong,
    ActivitySupporter,
    Initiative,
)

pgtrigger.register(*lapse_reviews("id", pgtrigger.Update))(Initiative)
pgtrigger.register(*lapse_reviews("initiative_id"))(Activity)
for trigger in lapse_reviews("activity_id"):
    trigger.register(ActivitySupporter, ActivityDong)


@hold_choices
class Review(models.Model):
    """A request to review an initiative of a draft, and the decision.

    An initiative has at most one review that is requested or approved; a trigger cancels an
    approval when the initiative or one of its activities changes.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", _("검토 대기")
        RETURNED = "returned", _("돌려보냄")
        APPROVED = "approved", _("검토 마침")
        LAPSED = "lapsed", _("다시 고침")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="reviews")
    state = models.CharField(_("상태"), choices=State, default=State.REQUESTED, max_length=10)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("요청한 사람"), related_name="+"
    )
    requested_at = models.DateTimeField(_("요청한 때"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("검토한 사람"),
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("검토한 때"), null=True, blank=True)
    note = models.TextField(_("검토 의견"), blank=True, max_length=TEXT_LENGTH)

    class Meta:
        verbose_name = verbose_name_plural = _("검토")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("requested_by")),
                name="review_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="review_decided_with_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "approved"]) | Q(decided_by__isnull=False),
                name="review_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(note=""), name="review_returned_with_a_note"
            ),
            models.UniqueConstraint(
                fields=["initiative"],
                condition=Q(state__in=["requested", "approved"]),
                name="review_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative}: {self.get_state_display()}"
