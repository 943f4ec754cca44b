"""Exports: reports that members of staff asked for as files, and what became of them."""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gwonseon.choices import hold_choices
from plans.reports.choice import ReportChoice
from plans.reports.requests import Format, ReportRequest
from plans.reports.saved.models import SavedReport
from plans.tracking.closing.models import Closing
from plans.tree.models import TITLE_LENGTH, Plan

# How long a file is kept; who asked for it and when stays longer.
KEPT = timedelta(days=30)
ROW_KEPT = timedelta(days=731)
DIGEST = r"^[0-9a-f]{64}$"


def export_path(export: "Export", _name: str) -> str:
    """Return the path of a file, which nobody can guess."""
    return f"exports/{uuid4().hex}.{export.format}"


@hold_choices
class Export(ReportChoice):
    """A report in one format that a user asked for. The rows also log who took which report.

    A worker makes it under a lease, and whoever finds the lease over begins again. `seen_at` is
    when the owner first took the file, or read why it could not be made. `digest` is the
    SHA-256 of the file, `snapshot_digest` that of the closed period that it is of. `saved` is what
    had it made when the period was closed.
    """

    class State(models.TextChoices):
        """How far the file is."""

        WAITING = "waiting", _("기다림")
        RUNNING = "running", _("만드는 중")
        DONE = "done", _("다 됨")
        FAILED = "failed", _("만들지 못함")
        CANCELLED = "cancelled", _("그만둠")

    GOING_ON = (State.WAITING, State.RUNNING)

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name=_("계획"), related_name="+")
    format = models.CharField(_("형식"), choices=Format, max_length=10)
    closing = models.ForeignKey(
        Closing, models.PROTECT, verbose_name=_("마감본"), null=True, blank=True, related_name="+"
    )
    on = models.DateField(_("기준일"), null=True, blank=True)
    title = models.CharField(_("제목"), max_length=TITLE_LENGTH + 100)
    saved = models.ForeignKey(
        SavedReport,
        models.SET_NULL,
        verbose_name=_("예약한 설정"),
        null=True,
        blank=True,
        related_name="+",
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("받은 사람"), related_name="+"
    )
    asked_at = models.DateTimeField(_("받은 때"), default=timezone.now)
    state = models.CharField(_("상태"), choices=State, default=State.WAITING, max_length=10)
    step = models.CharField(_("하고 있는 일"), max_length=100, blank=True)
    progress = models.PositiveSmallIntegerField(_("진행(%)"), default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(_("까닭"), max_length=300, blank=True)
    file = models.FileField(_("파일"), upload_to=export_path, blank=True)
    size = models.PositiveIntegerField(_("크기"), default=0, help_text="Bytes.")
    digest = models.CharField(
        _("지문(SHA-256)"), max_length=64, blank=True, validators=[RegexValidator(DIGEST)]
    )
    snapshot_digest = models.CharField(max_length=64, blank=True)
    finished_at = models.DateTimeField(_("다 된 때"), null=True, blank=True)
    seen_at = models.DateTimeField(_("가져간 때"), null=True, blank=True)
    token = models.UUIDField(default=uuid4, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("내보낸 보고서")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closing=None, on__isnull=False) | Q(closing__isnull=False, on=None),
                name="export_of_a_closing_or_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(digest__regex=DIGEST, finished_at__isnull=False),
                name="export_done_has_a_digest",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(failure=""), name="export_failed_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(lease_until__isnull=False),
                name="export_running_has_a_lease",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="export_progress_percent"),
            models.UniqueConstraint(
                fields=["token", "format"], name="export_once_a_form_and_format"
            ),
            models.UniqueConstraint(
                fields=["saved", "closing", "format", "asked_by"], name="export_scheduled_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=Q(state__in=["waiting", "running"]),
                name="export_unfinished",
            ),
            models.Index(fields=["asked_by", "-asked_at"], name="export_of_a_person"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the page of the export."""
        return reverse("reports:export", args=[self.pk])

    @property
    def is_going_on(self) -> bool:
        """Whether the file is still to be made."""
        return self.state in self.GOING_ON

    @property
    def is_ready(self) -> bool:
        """Whether there is a file to take."""
        return self.state == self.State.DONE and bool(self.file)

    @property
    def kept_until(self) -> object:
        """The day until which the file is kept."""
        return timezone.localdate(self.finished_at + KEPT) if self.finished_at else None

    @property
    def name(self) -> str:
        """The name under which the file is saved."""
        return f"{self.title}.{self.format}"

    def as_request(self) -> ReportRequest:
        """Return what was asked for."""
        return self.request_of(self.plan, closing=self.closing, on=self.on)
