"""Choices of a report that somebody saved under a name, to open or to have made again."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gwonseon.choices import hold_choices
from plans.reports.choice import ReportChoice
from plans.reports.requests import Format


@hold_choices
class SavedReport(ReportChoice):
    """A choice of a report under a name, which only its owner sees.

    It is opened for the period that was closed last, or as of today. With `scheduled_at` it is also
    made of each period that is closed from then on, in its formats, for its recipients.
    """

    class Of(models.TextChoices):
        """What the saved report shows when opened: the last closed period, or the data of today."""

        CLOSING = "closing", _("가장 최근 마감본")
        TODAY = "today", _("오늘까지의 원장")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("저장한 사람"), related_name="+"
    )
    name = models.CharField(_("이름"), max_length=100)
    of = models.CharField(_("여는 것"), choices=Of, max_length=10)
    scheduled_at = models.DateTimeField(_("예약한 때"), null=True, blank=True)
    formats = ArrayField(
        models.CharField(choices=Format, max_length=10),
        default=list,
        blank=True,
        verbose_name=_("형식"),
    )
    recipients = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, verbose_name=_("받을 사람"), related_name="+"
    )
    token = models.UUIDField(default=uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("저장한 보고서")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_report_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_report_has_a_name"),
            models.CheckConstraint(
                condition=Q(scheduled_at=None) | ~Q(formats=[]),
                name="saved_report_scheduled_has_formats",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page on which it is changed."""
        return reverse("reports:saved", args=[self.pk])
