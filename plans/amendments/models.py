"""Models of amendments, by which a published plan changes, and of their single changes.

Triggers refuse any other change of a promise; see `plans/amendments/triggers.py`.
"""

from datetime import UTC, datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gwonseon.choices import hold_choices
from plans.amendments.promised_fields import FILLED_IN, PROMISES
from plans.amendments.triggers import (
    AMENDMENT_TRIGGER,
    CHANGE_TRIGGER,
    PLAN_TRIGGER,
    promise_triggers,
)
from plans.tree.models import TEXT_LENGTH, Plan

pgtrigger.register(PLAN_TRIGGER)(Plan)
for level in PROMISES:
    pgtrigger.register(*promise_triggers(level))(level)


class AmendmentQuerySet(models.QuerySet):
    """A query of amendments, with filters by state."""

    def applied(self) -> "AmendmentQuerySet":
        """Return the applied amendments, which residents may read, newest first."""
        return self.filter(state=Amendment.State.APPLIED).order_by("-decided_at", "-pk")

    def waiting(self) -> "AmendmentQuerySet":
        """Return the amendments that wait for approval, oldest request first."""
        return self.filter(state=Amendment.State.REQUESTED).order_by("requested_at", "pk")

    def open_for(self, user: models.Model) -> "AmendmentQuerySet":
        """Return a user's amendments that are being written or were returned."""
        states = (Amendment.State.WRITING, Amendment.State.RETURNED)
        return self.filter(requested_by=user, state__in=states).order_by("pk")


@hold_choices
class Amendment(models.Model):
    """A set of changes to a published plan, which are approved or returned together."""

    class State(models.TextChoices):
        WRITING = "writing", _("작성 중")
        REQUESTED = "requested", _("승인 대기")
        RETURNED = "returned", _("돌려보냄")
        WITHDRAWN = "withdrawn", _("취소")
        APPLIED = "applied", _("반영")

    plan = models.ForeignKey(
        Plan, models.PROTECT, verbose_name=_("계획"), related_name="amendments"
    )
    state = models.CharField(_("상태"), choices=State, default=State.WRITING, max_length=10)
    reason = models.TextField(_("변경 사유"), blank=True, max_length=TEXT_LENGTH)
    ground = models.TextField(
        _("근거"),
        blank=True,
        max_length=TEXT_LENGTH,
        help_text=_("법령, 조례, 방침, 예산 등. 예: 권선구 방침 제12호(2021. 6. 1.)"),
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("신청한 사람"), related_name="+"
    )
    requested_at = models.DateTimeField(_("신청한 때"), null=True, blank=True)
    requested_on = models.DateField(_("신청한 날"), null=True, blank=True)
    effective_on = models.DateField(_("시행일"), null=True, blank=True)
    effective_reason = models.TextField(_("소급 사유"), blank=True, max_length=TEXT_LENGTH)
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("먼저 승인한 부분이 나온 변경"),
        null=True,
        blank=True,
        related_name="parts",
        help_text=_("맡은 부분만 먼저 승인하면 그 부분이 따로 한 변경이 됩니다."),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("결정한 사람"),
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("결정한 때"), null=True, blank=True)
    decided_on = models.DateField(_("결정한 날"), null=True, blank=True)
    decision_note = models.TextField(_("결정 의견"), blank=True, max_length=TEXT_LENGTH)
    transaction = models.BigIntegerField(
        null=True, editable=False, help_text="The transaction that applied it; a trigger writes it."
    )
    created_at = models.DateTimeField(_("만든 때"), auto_now_add=True)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("변경")
        triggers = [AMENDMENT_TRIGGER]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("requested_by")),
                name="amendment_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None, decided_on=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False, decided_on__isnull=False),
                name="amendment_decided_with_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["requested", "applied"])
                | Q(requested_at__isnull=False, effective_on__isnull=False)
                & ~Q(reason="")
                & ~Q(ground=""),
                name="amendment_requested_with_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(requested_at=None, requested_on=None)
                | Q(requested_at__isnull=False, requested_on__isnull=False),
                name="amendment_requested_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["returned", "applied"], decided_by__isnull=False)
                | ~Q(state__in=["returned", "applied"]) & Q(decided_by=None),
                name="amendment_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(decision_note=""),
                name="amendment_returned_with_a_note",
            ),
            models.UniqueConstraint(
                fields=["plan", "requested_by"],
                condition=Q(state="writing"),
                name="amendment_one_in_writing",
            ),
        ]
        indexes = [models.Index(fields=["plan", "state", "decided_at"], name="amendment_by_state")]

    def __str__(self) -> str:
        return f"{self.plan} 변경 {self.pk}"

    def get_absolute_url(self) -> str:
        """Return the URL of the residents' page, which exists once the amendment is applied."""
        return reverse("public:change", args=[self.plan.year, self.pk])

    @property
    def is_open(self) -> bool:
        """Whether its author may still change it."""
        return self.state in {self.State.WRITING, self.State.RETURNED}


class Level(models.TextChoices):
    """The level of the tree that a change is about."""

    PILLAR = "pillar", _("축")
    GOAL = "goal", _("목표")
    INITIATIVE = "initiative", _("추진과제")
    ACTIVITY = "activity", _("활동")


# Later than every decision.
NOT_YET = datetime(9999, 1, 1, tzinfo=UTC)


class ChangeQuerySet(models.QuerySet):
    """A query of changes."""

    def with_first(self) -> "ChangeQuerySet":
        """Annotate each change with `is_first`: whether it sets a value for the first time.

        That is so if neither the plan nor an earlier decided change had a value (처음 정함). The
        trigger that requires a reason has the same rule (`EFFECTIVE_DAY`).
        """
        decided = When(amendment__state=Amendment.State.APPLIED, then=F("amendment__decided_at"))
        earlier = Change.objects.filter(
            lineage=OuterRef("lineage"),
            field=OuterRef("field"),
            amendment__plan=OuterRef("amendment__plan"),
            amendment__state=Amendment.State.APPLIED,
            amendment__decided_at__lt=OuterRef("until"),
        )
        nothing = Q(before=None) | Q(before="")
        rows = self.annotate(until=Case(decided, default=Value(NOT_YET)))
        return rows.annotate(is_first=Q(nothing, field__in=FILLED_IN) & ~Exists(earlier))


@hold_choices
class Change(models.Model):
    """A change of one field of one node: the value before and after.

    `lineage` names the node; an added node has one before it exists. `before` and `after` are the
    column's values as PostgreSQL writes them in JSON (`to_jsonb(row) ->> field`), so that the
    trigger can compare them with the rows. `content` is the whole row of an added node. `title` is
    the node's title when the change was written, for lists.
    """

    ADDITION = "addition"
    PARENT = "parent"
    RETIREMENT = "retired_on"

    amendment = models.ForeignKey(Amendment, models.CASCADE, related_name="changes")
    level = models.CharField(_("단계"), choices=Level, max_length=10)
    lineage = models.UUIDField(_("계보"))
    field = models.CharField(_("칸"), max_length=30)
    before = models.TextField(_("이전"), null=True, blank=True)  # noqa: DJ001  null is a value here
    after = models.TextField(_("이후"), null=True, blank=True)  # noqa: DJ001
    content = models.JSONField(_("추가할 내용"), null=True, blank=True)
    title = models.TextField(_("항목"))

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("변경 내용")
        ordering = ["pk"]
        triggers = [CHANGE_TRIGGER]
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "lineage", "field"], name="change_once_a_field"
            ),
            models.CheckConstraint(
                condition=Q(field="addition", content__isnull=False, before=None, after=None)
                | ~Q(field="addition") & Q(content=None),
                name="change_addition_with_its_content",
            ),
        ]
        indexes = [models.Index(fields=["lineage", "field"], name="change_by_lineage")]

    def __str__(self) -> str:
        return f"{self.title}: {self.field}"
