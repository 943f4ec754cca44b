"""Periods of a plan, and what departments write about their activities in each."""

from datetime import date
from uuid import uuid4

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gwonseon.choices import hold_choices
from gwonseon.exclusions import days_apart
from plans.tracking.triggers import PERIOD_TRIGGERS, UPDATE_TRIGGERS
from plans.tree.models import TEXT_LENGTH, Activity, Initiative, Plan

LAST_NUMBER = {"quarter": 4, "half": 2, "year": 1}
TEXTS = ("results", "next_steps", "problems", "evidence")
# What an update is about, by its column; and the columns of that with all nodes above it.
LEVELS: dict[str, type[Activity | Initiative]] = {"activity": Activity, "initiative": Initiative}
ABOVE = tuple(f"{level}__{model.PILLAR_PATH}" for level, model in LEVELS.items())


class PeriodQuerySet(models.QuerySet):
    """Periods, in the order of their days."""

    def open(self) -> "PeriodQuerySet":
        """Return the periods in which departments write."""
        return self.filter(state=Period.State.OPEN)

    def to_open(self, on: date) -> "PeriodQuerySet":
        """Return the periods of published plans that are due to be opened on a day."""
        published = {"plan__status": Plan.Status.PUBLISHED}
        return self.filter(state=Period.State.PLANNED, opens_on__lte=on, **published)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    obj_field=pghistory.ObjForeignKey(related_name="events"),
    model_name="PeriodEvent",
)
@hold_choices
class Period(models.Model):
    """A quarter, half or year of a plan, for which departments write updates.

    Departments write from `opens_on` on, and should be done by `due_on`. A plan has periods of one
    kind, which do not overlap. `opened_by` is empty where the clock opened it.
    """

    class Kind(models.TextChoices):
        """How long a period is."""

        QUARTER = "quarter", _("분기")
        HALF = "half", _("반기")
        YEAR = "year", _("연간")

    class State(models.TextChoices):
        """Whether departments write."""

        PLANNED = "planned", _("시작 전")
        OPEN = "open", _("작성 기간")
        CLOSED = "closed", _("마감")

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name=_("계획"), related_name="periods")
    kind = models.CharField(_("주기"), choices=Kind, max_length=10)
    number = models.PositiveSmallIntegerField(_("차례"))
    first_on = models.DateField(_("첫날"))
    last_on = models.DateField(_("마지막 날"))
    opens_on = models.DateField(_("쓰기 시작하는 날"))
    due_on = models.DateField(_("제출 기한"))
    state = models.CharField(_("상태"), choices=State, max_length=10, default=State.PLANNED)
    opened_at = models.DateTimeField(_("연 때"), null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("연 사람"),
        null=True,
        blank=True,
        related_name="+",
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("보고 기간")
        ordering = ["first_on"]
        triggers = PERIOD_TRIGGERS
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind", "number"], name="period_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1)
                & (
                    Q(kind="quarter", number__lte=LAST_NUMBER["quarter"])
                    | Q(kind="half", number__lte=LAST_NUMBER["half"])
                    | Q(kind="year", number__lte=LAST_NUMBER["year"])
                ),
                name="period_number_is_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(first_on__lt=F("last_on"), opens_on__lte=F("due_on")),
                name="period_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state="planned", opened_at=None)
                | ~Q(state="planned") & Q(opened_at__isnull=False),
                name="period_opened_has_its_moment",
            ),
            days_apart(
                "period_days_not_twice", of="plan", first="first_on", last="last_on", whole=True
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_on.year}년 {self.name}"

    def get_absolute_url(self) -> str:
        """Return the staff's page."""
        return reverse("tracking:period", args=[self.pk])

    @property
    def name(self) -> str:
        """What the period is called within its year."""
        if self.kind == self.Kind.QUARTER:
            return _now("%(number)s분기") % {"number": self.number}
        if self.kind == self.Kind.HALF:
            return _now("상반기") if self.number == 1 else _now("하반기")
        return _now("연간")

    @property
    def is_open(self) -> bool:
        """Whether departments write now."""
        return self.state == self.State.OPEN


class UpdateQuerySet(models.QuerySet):
    """Updates by their state."""

    def waiting(self) -> "UpdateQuerySet":
        """Return the updates that wait for approval."""
        return self.filter(state=Update.State.SUBMITTED)


def text(label: str) -> models.TextField:
    """Return a column for what a department writes."""
    return models.TextField(label, max_length=TEXT_LENGTH, blank=True)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    obj_field=pghistory.ObjForeignKey(related_name="events"),
    model_name="UpdateEvent",
)
@hold_choices
class Update(models.Model):
    """What a department writes about an activity in a period, beside the counted figures.

    It is about one activity, or about an initiative with all its activities. Figures are never
    typed here. `author` wrote it last; nobody of the `writers` may decide on it. What is approved
    stays as it is (a trigger), unless the approver returns it; what is in a closed period stays in
    any case.
    """

    class State(models.TextChoices):
        """How far an update has come."""

        DRAFT = "draft", _("작성중")
        SUBMITTED = "submitted", _("제출")
        RETURNED = "returned", _("반려")
        APPROVED = "approved", _("승인")
        CONFIRMED = "confirmed", _("확정")

    period = models.ForeignKey(
        Period, models.PROTECT, verbose_name=_("보고 기간"), related_name="updates"
    )
    activity = models.ForeignKey(
        Activity,
        models.PROTECT,
        verbose_name=_("활동"),
        null=True,
        blank=True,
        related_name="updates",
    )
    initiative = models.ForeignKey(
        Initiative,
        models.PROTECT,
        verbose_name=_("추진과제"),
        null=True,
        blank=True,
        related_name="updates",
    )
    results = text(_("추진실적"))
    next_steps = text(_("향후계획"))
    problems = text(_("문제점 및 대책"))
    evidence = text(_("근거 자료"))
    state = models.CharField(_("상태"), choices=State, max_length=10, default=State.DRAFT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("쓴 사람"), related_name="+"
    )
    writers = ArrayField(models.BigIntegerField(), default=list, editable=False)
    changed_at = models.DateTimeField(_("고친 때"), auto_now=True)
    submitted_at = models.DateTimeField(_("제출한 때"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("결정한 사람"),
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("결정한 때"), null=True, blank=True)
    returned_for = models.CharField(_("반려한 까닭"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    token = models.UUIDField(default=uuid4, unique=True, editable=False)

    objects = UpdateQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("추진상황")
        triggers = UPDATE_TRIGGERS
        constraints = [
            models.CheckConstraint(
                condition=Q(activity=None, initiative__isnull=False)
                | Q(activity__isnull=False, initiative=None),
                name="update_is_about_one_thing",
            ),
            models.UniqueConstraint(fields=["period", "activity"], name="update_once_an_activity"),
            models.UniqueConstraint(
                fields=["period", "initiative"], name="update_once_an_initiative"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(writers__contains=[F("decided_by")]),
                name="update_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(writers__contains=[F("author")]), name="update_author_is_a_writer"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted"], decided_by=None, decided_at=None)
                | Q(
                    state__in=["returned", "approved", "confirmed"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="update_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at=None)
                | ~Q(state="draft") & Q(submitted_at__isnull=False) & ~Q(results=""),
                name="update_submitted_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="returned") & ~Q(returned_for="")
                | ~Q(state="returned") & Q(returned_for=""),
                name="update_returned_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.node}"

    def get_absolute_url(self) -> str:
        """Return the staff's page."""
        return reverse("tracking:update", args=[self.pk])

    @property
    def node(self) -> Activity | Initiative:
        """What it is about."""
        return self.activity or self.initiative

    @property
    def is_in_work(self) -> bool:
        """Whether its author may still write."""
        return self.state in {self.State.DRAFT, self.State.RETURNED}


def text_labels() -> dict[str, str]:
    """Return the labels of an update's texts by column."""
    return {name: str(Update._meta.get_field(name).verbose_name) for name in TEXTS}
