"""Models of the plan's tree: Plan → Pillar → Goal → Initiative → Activity, one table each."""

import uuid
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gwonseon.choices import hold_choices
from gwonseon.office.models import Department, District, Dong
from plans.tree.choices import ActivityKind, Audience, Certainty, Measure, TargetOrigin
from plans.tree.measures import PLAIN, record_kind_choices
from plans.tree.querysets import NodeQuerySet, PlanQuerySet
from plans.tree.search import squeezed_column
from plans.tree.tracking import tracked
from plans.triggers import HOLD_KEY, PUBLIC_STATE

# District heads have been elected since 1995.
FIRST_YEAR, LAST_YEAR = 1995, 2100
TITLE_LENGTH = 500
SLUG_LENGTH = 100
TEXT_LENGTH = 20_000

valid_slug = RegexValidator(r"^[-\w]+\Z", _("주소에는 글자, 숫자, 붙임표만 쓸 수 있습니다."))


@tracked
@hold_choices
class Plan(models.Model):
    """One district's plan for one year."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("작성 중")
        PUBLISHED = "published", _("공개")

    district = models.ForeignKey(District, models.PROTECT, verbose_name=_("자치단체"), default=1)
    year = models.PositiveSmallIntegerField(_("연도"), unique=True)
    status = models.CharField(_("상태"), choices=Status, default=Status.DRAFT, max_length=10)
    published_at = models.DateTimeField(_("공개한 때"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("공개한 사람"),
        null=True,
        blank=True,
        related_name="+",
    )
    vision = models.CharField(_("비전"), max_length=TITLE_LENGTH, blank=True)
    vision_line = models.PositiveIntegerField(_("비전의 줄"), null=True, blank=True)
    vision_text = models.TextField(_("비전의 원문"), blank=True)
    frame = models.JSONField(
        _("항목이 아닌 줄"),
        default=list,
        blank=True,
        help_text=_("제목, 참고, 이해하지 못한 줄. 줄마다 line, kind, text, corrected"),
    )
    updated_at = models.DateTimeField(_("고친 때"), auto_now=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("계획")
        ordering = ["-year"]
        triggers = [HOLD_KEY, PUBLIC_STATE]
        permissions = [
            ("view_draft", _("작성 중인 계획 열람")),
            ("publish_plan", _("계획 공개")),
            ("edit_department", _("소속 부서 항목 수정")),
            ("approve_department", _("소속 부서 항목 승인")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="plan_year_is_plausible",
            ),
            models.CheckConstraint(
                condition=Q(status="draft", published_at=None)
                | Q(status="published", published_at__isnull=False),
                name="plan_published_with_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}년 {self._meta.verbose_name}"

    def get_absolute_url(self) -> str:
        """Return the plan's page."""
        return reverse("public:year", args=[self.year])

    @property
    def is_published(self) -> bool:
        """Whether residents may read the plan."""
        return self.status == self.Status.PUBLISHED

    @property
    def first_day(self) -> date:
        """The first day of the plan's year."""
        return date(self.year, 1, 1)

    def within_year(self, day: date) -> date:
        """Return the day itself, or the nearest day of the plan's year."""
        return max(min(day, date(self.year, 12, 31)), self.first_day)


class Node(models.Model):
    """The columns of every level: a title, a place in the tree, and the line in the document.

    `title` is the wording of the promise, at first the document's own. `corrected_title` is shown
    to residents if the document has a mistake. `source_lead` and `source_text` are the document's
    own characters: those before the title on its line, and the title.
    """

    PARENT = ""
    PLAN_ORDER: tuple[str, ...] = ()

    plan = models.ForeignKey(Plan, models.CASCADE, verbose_name=_("계획"))
    lineage = models.UUIDField(_("계보"), default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(_("판"), default=1, editable=False)
    slug = models.CharField(_("주소"), max_length=SLUG_LENGTH, validators=[valid_slug])
    position = models.PositiveIntegerField(_("순서"))
    title = models.CharField(_("제목"), max_length=TITLE_LENGTH)
    corrected_title = models.CharField(_("바로잡은 제목"), max_length=TITLE_LENGTH, blank=True)
    certainty = models.CharField(
        _("바로잡음의 확실성"), choices=Certainty, max_length=10, blank=True
    )
    text = models.TextField(
        _("내용"), blank=True, validators=[MaxLengthValidator(TEXT_LENGTH)], max_length=TEXT_LENGTH
    )
    weight = models.DecimalField(
        _("가중치"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal("0.01"))],
        help_text=_("윗단계의 진행률을 낼 때 차지하는 몫. 따로 정하지 않으면 1입니다."),
    )
    source_note = models.TextField(_("원문에 대한 설명"), blank=True)
    source_line = models.PositiveIntegerField(_("원문의 줄"), null=True, blank=True)
    source_lead = models.CharField(_("원문에서 제목 앞의 글자"), max_length=50, blank=True)
    source_text = models.TextField(_("원문"), blank=True)
    retired_on = models.DateField(_("종료일"), null=True, blank=True)
    updated_at = models.DateTimeField(_("고친 때"), auto_now=True)
    search_text = models.GeneratedField(
        expression=squeezed_column("title", "corrected_title", "source_text", "text"),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = NodeQuerySet.as_manager()

    class Meta:
        abstract = True
        triggers = [HOLD_KEY, PUBLIC_STATE]
        constraints = [
            models.UniqueConstraint(fields=["plan", "slug"], name="%(class)s_slug_once_a_plan"),
            models.CheckConstraint(
                condition=Q(corrected_title="", certainty="")
                | (~Q(corrected_title="") & ~Q(certainty="")),
                name="%(class)s_correction_with_its_certainty",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="%(class)s_has_a_title"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="%(class)s_has_weight"),
            models.UniqueConstraint(
                fields=["plan", "lineage"], name="%(class)s_lineage_once_a_plan"
            ),
        ]

    def __str__(self) -> str:
        return self.shown_title

    @property
    def parent_id(self) -> int | None:
        """The key of the parent node; None for a pillar."""
        return getattr(self, f"{self.PARENT}_id") if self.PARENT else None

    @property
    def shown_title(self) -> str:
        """The title that residents read: the corrected one, if there is one."""
        return self.corrected_title or self.title


class Owned(models.Model):
    """The department and the person in charge of a node.

    The department is part of the promise; the person and the telephone number are not. Residents
    see the department, never the person.
    """

    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name=_("담당부서"), null=True, blank=True
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("담당자"),
        null=True,
        blank=True,
        related_name="%(class)s_in_charge",
    )
    phone = models.CharField(
        _("담당 전화"),
        max_length=30,
        blank=True,
        help_text=_("담당부서의 대표전화와 다를 때만 적습니다."),
    )

    class Meta:
        abstract = True


class VisionWording(models.Model):
    """The wording of a pillar or goal on the document's vision page."""

    vision_title = models.CharField(_("비전 쪽의 제목"), max_length=TITLE_LENGTH, blank=True)
    vision_line = models.PositiveIntegerField(_("비전 쪽의 줄"), null=True, blank=True)
    vision_lead = models.CharField(_("비전 쪽에서 제목 앞의 글자"), max_length=50, blank=True)
    vision_text = models.TextField(_("비전 쪽의 원문"), blank=True)
    search_text = models.GeneratedField(
        expression=squeezed_column(
            "title", "corrected_title", "source_text", "text", "vision_title"
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta:
        abstract = True

    @property
    def other_wording(self) -> str:
        """The vision page's wording if it differs from the title, else ""."""
        same = self.vision_title in {"", self.title, self.shown_title}
        return "" if same else self.vision_title


def sibling_constraints(parent: str, level: str) -> list[models.BaseConstraint]:
    """Return constraints for the children of one parent: no position and no title twice."""
    return [
        models.UniqueConstraint(
            fields=[parent, "position"],
            name=f"{level}_position_once",
            deferrable=models.Deferrable.DEFERRED,
        ),
        models.UniqueConstraint(
            fields=[parent, "title"], condition=Q(retired_on=None), name=f"{level}_title_once"
        ),
    ]


@tracked
@hold_choices
class Pillar(VisionWording, Node):
    """A pillar (축) of the plan. `code` names the app that models its work."""

    class Code(models.TextChoices):
        SAFETY = "safety", _("안전")
        WELFARE = "welfare", _("복지")
        CIVIC = "civic", _("소통")
        CULTURE = "culture", _("문화")

    PLAN_ORDER = ("position",)
    PILLAR_PATH = ""

    code = models.CharField(_("분야"), choices=Code, max_length=10, blank=True)

    class Meta(Node.Meta):
        verbose_name = verbose_name_plural = _("축")
        constraints = [
            *Node.Meta.constraints,
            *sibling_constraints("plan", "pillar"),
            models.UniqueConstraint(
                fields=["plan", "code"], condition=~Q(code=""), name="pillar_code_once_a_plan"
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the pillar's page."""
        return reverse("public:pillar", args=[self.plan.year, self.slug])


@tracked
@hold_choices
class Goal(VisionWording, Node):
    """A pillar's goal (□)."""

    PARENT = "pillar"
    PLAN_ORDER = ("pillar__position", "position")
    PILLAR_PATH = "pillar"

    pillar = models.ForeignKey(Pillar, models.CASCADE, verbose_name=_("축"), related_name="goals")

    class Meta(Node.Meta):
        verbose_name = verbose_name_plural = _("목표")
        constraints = [*Node.Meta.constraints, *sibling_constraints("pillar", "goal")]

    def get_absolute_url(self) -> str:
        """Return the goal's place on its pillar's page."""
        return f"{self.pillar.get_absolute_url()}#goal-{self.slug}"


@tracked
@hold_choices
class Initiative(Owned, Node):
    """A goal's initiative (▶, 추진과제)."""

    PARENT = "goal"
    PLAN_ORDER = ("goal__pillar__position", "goal__position", "position")
    PILLAR_PATH = "goal__pillar"

    goal = models.ForeignKey(
        Goal, models.CASCADE, verbose_name=_("목표"), related_name="initiatives"
    )

    class Meta(Node.Meta):
        verbose_name = verbose_name_plural = _("추진과제")
        constraints = [*Node.Meta.constraints, *sibling_constraints("goal", "initiative")]

    def get_absolute_url(self) -> str:
        """Return the permanent URL, which does not depend on the place in the tree."""
        return reverse("public:initiative", args=[self.plan.year, self.slug])


QUARTERS = ("target_q1", "target_q2", "target_q3", "target_q4")
# The columns for amounts in the activity's own unit.
TARGETS = ("target", *QUARTERS)


def quantity(label: str) -> models.DecimalField:
    """Return a column for an amount in the activity's own unit; None if not set."""
    return models.DecimalField(label, max_digits=14, decimal_places=2, null=True, blank=True)


@tracked
@hold_choices
class Activity(Owned, Node):
    """An initiative's activity (세부 활동): the smallest thing that is promised and counted."""

    PARENT = "initiative"
    PLAN_ORDER = (
        "initiative__goal__pillar__position",
        "initiative__goal__position",
        "initiative__position",
        "position",
    )
    PILLAR_PATH = "initiative__goal__pillar"

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, verbose_name=_("추진과제"), related_name="activities"
    )
    kind = models.CharField(_("일의 종류"), choices=ActivityKind, max_length=20, blank=True)
    is_derived = models.BooleanField(
        _("제목에서 따온 활동"),
        default=False,
        help_text=_("문서가 활동을 따로 적지 않아 추진과제의 제목에서 따왔습니다."),
    )
    starts_on = models.DateField(_("시작일"), null=True, blank=True)
    ends_on = models.DateField(_("마감일"), null=True, blank=True)
    record_kind = models.CharField(
        _("기록 양식"), choices=record_kind_choices, max_length=40, default=PLAIN
    )
    measure = models.CharField(
        _("재는 방법"),
        choices=Measure,
        max_length=10,
        default=Measure.RECORDS,
        help_text=_("기록의 무엇을 더하는지 고릅니다."),
    )
    counted = models.CharField(
        _("세는 것"),
        max_length=200,
        blank=True,
        help_text=_("무엇을 세어 진행을 재는지 적습니다. 예: 합동 순찰 횟수"),
    )
    unit = models.CharField(_("단위"), max_length=20, blank=True, help_text=_("예: 회, 명, 개소"))
    target = quantity(_("연간 목표"))
    target_q1 = quantity(_("1분기 목표"))
    target_q2 = quantity(_("2분기 목표"))
    target_q3 = quantity(_("3분기 목표"))
    target_q4 = quantity(_("4분기 목표"))
    target_origin = models.CharField(
        _("목표의 출처"), choices=TargetOrigin, max_length=10, blank=True
    )
    target_set_on = models.DateField(_("목표를 정한 날"), null=True, blank=True)
    target_set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("목표를 정한 사람"),
        null=True,
        blank=True,
        related_name="+",
    )
    budget = models.PositiveBigIntegerField(_("계획 예산(원)"), null=True, blank=True)
    audiences = ArrayField(
        models.CharField(choices=Audience, max_length=20),
        verbose_name=_("대상"),
        default=list,
        blank=True,
    )
    supporters = models.ManyToManyField(
        Department,
        through="ActivitySupporter",
        verbose_name=_("협조부서"),
        blank=True,
        related_name="supported_activities",
    )
    dongs = models.ManyToManyField(
        Dong, through="ActivityDong", verbose_name=_("동"), blank=True, related_name="activities"
    )

    class Meta(Node.Meta):
        verbose_name = verbose_name_plural = _("활동")
        constraints = [
            *Node.Meta.constraints,
            *sibling_constraints("initiative", "activity"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(starts_on__lte=F("ends_on")),
                name="activity_starts_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(target=None, target_origin="", target_set_on=None)
                | Q(target__gt=0, target_set_on__isnull=False) & ~Q(target_origin=""),
                name="activity_target_with_its_origin",
            ),
            models.CheckConstraint(
                condition=Q(target_q1=None, target_q2=None, target_q3=None, target_q4=None)
                | Q(
                    target_q1__gte=0,
                    target_q2__gte=0,
                    target_q3__gte=0,
                    target_q4__gte=0,
                    target=F("target_q1") + F("target_q2") + F("target_q3") + F("target_q4"),
                ),
                name="activity_quarters_add_up",
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the permanent URL, which does not depend on the place in the tree."""
        return reverse("public:activity", args=[self.plan.year, self.slug])

    @property
    def audience_labels(self) -> list[str]:
        """The labels of the activity's audiences."""
        return [str(Audience(code).label) for code in self.audiences]

    @property
    def quarters(self) -> list[Decimal]:
        """The four quarterly targets in order; empty if not set."""
        return [] if self.target_q1 is None else [getattr(self, name) for name in QUARTERS]


@tracked
class ActivitySupporter(models.Model):
    """A department that supports an activity."""

    activity = models.ForeignKey(Activity, models.CASCADE)
    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("협조부서"))

    class Meta:
        verbose_name = verbose_name_plural = _("협조부서")
        ordering = ["department__position", "department__name"]
        triggers = [HOLD_KEY, PUBLIC_STATE]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "department"], name="activity_supporter_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.department)


@tracked
class ActivityDong(models.Model):
    """A dong that an activity is for. An activity without one is for the whole district."""

    activity = models.ForeignKey(Activity, models.CASCADE)
    dong = models.ForeignKey(Dong, models.PROTECT, verbose_name=_("동"))

    class Meta:
        verbose_name = verbose_name_plural = _("동")
        ordering = ["dong__position", "dong__name"]
        triggers = [HOLD_KEY, PUBLIC_STATE]
        constraints = [
            models.UniqueConstraint(fields=["activity", "dong"], name="activity_dong_once")
        ]

    def __str__(self) -> str:
        return str(self.dong)
