"""What was promised: Plan → Pillar → Goal → Initiative → Activity, one table a level."""

import uuid
from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gwonseon.office.models import Department, District
from plans.tree.search import SEPARATORS

# Elected district offices exist since 1995.
FIRST_YEAR, LAST_YEAR = 1995, 2100
TITLE_LENGTH = 500
SLUG_LENGTH = 100

valid_slug = RegexValidator(r"^[-\w]+\Z", _("주소에는 글자, 숫자, 붙임표만 쓸 수 있습니다."))


class Certainty(models.TextChoices):
    """How sure the office is of a correction."""

    HIGH = "high", _("확실")
    MEDIUM = "medium", _("추정")


class ActivityKind(models.TextChoices):
    """The kind of work an activity is."""

    PATROL = "patrol", _("순찰")
    INSPECTION = "inspection", _("점검·방문")
    COURSE = "course", _("교육·강좌")
    EVENT = "event", _("행사·활동")
    WORKS = "works", _("공사·정비")
    UPKEEP = "upkeep", _("유지관리")
    MEASUREMENT = "measurement", _("측정")
    REQUEST = "request", _("신청·방문")
    CASE = "case", _("상담·사례관리")
    DELIVERY = "delivery", _("나눔·전달")
    COLLECTION = "collection", _("수거")
    PLOT = "plot", _("텃밭 분양")
    BUDGET = "budget", _("예산 참여")
    OPINION = "opinion", _("의견 수렴")
    GATHERING = "gathering", _("회의·모임")
    TALLY = "tally", _("창구 운영")
    NOTICE = "notice", _("문자 안내")
    AUDIT = "audit", _("감사")


class PlanQuerySet(models.QuerySet):
    """Plans, by what may be seen of them."""

    def published(self) -> Self:
        """Return the plans that residents may read, the newest year first."""
        return self.filter(status=Plan.Status.PUBLISHED).order_by("-year")


class Plan(models.Model):
    """One district's plan for one year."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("작성 중")
        PUBLISHED = "published", _("공개")

    district = models.ForeignKey(District, models.PROTECT, verbose_name=_("자치단체"), default=1)
    year = models.PositiveSmallIntegerField(_("연도"), unique=True)
    status = models.CharField(_("상태"), choices=Status, default=Status.DRAFT, max_length=10)
    published_at = models.DateTimeField(_("공개한 때"), null=True, blank=True)
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
        """Whether residents may read it."""
        return self.status == self.Status.PUBLISHED


def squeezed(*fields: str) -> models.Func:
    """Return the SQL of the fields' text as search compares it: lower case, nothing between.

    A bar keeps the fields apart, so that no match runs from one into the next.
    """
    return models.Func(
        models.Func(*map(F, fields), template="LOWER(%(expressions)s)", arg_joiner=" || '|' || "),
        Value(SEPARATORS),
        Value(""),
        Value("g"),
        function="REGEXP_REPLACE",
        output_field=models.TextField(),
    )


class NodeQuerySet(models.QuerySet):
    """Nodes of one level."""

    def in_force(self) -> Self:
        """Return the nodes that are not retired."""
        return self.filter(retired_on=None)

    def in_plan_order(self) -> Self:
        """Return the nodes in the plan's own order."""
        return self.order_by(*self.model.PLAN_ORDER)


class Node(models.Model):
    """What every level has: a title, its place, and where the document says it.

    `title` is the promise's wording, at first the document's own. `corrected_title` is what
    residents read where the document has a slip. `source_lead` and `source_text` are the
    document's characters untouched: what stands before the title on its line, and the title.
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
    source_note = models.TextField(_("원문에 대한 설명"), blank=True)
    source_line = models.PositiveIntegerField(_("원문의 줄"), null=True, blank=True)
    source_lead = models.CharField(_("원문에서 제목 앞의 글자"), max_length=50, blank=True)
    source_text = models.TextField(_("원문"), blank=True)
    retired_on = models.DateField(_("종료일"), null=True, blank=True)
    updated_at = models.DateTimeField(_("고친 때"), auto_now=True)
    search_text = models.GeneratedField(
        expression=squeezed("title", "corrected_title", "source_text"),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = NodeQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["plan", "slug"], name="%(class)s_slug_once_a_plan"),
            models.CheckConstraint(
                condition=Q(corrected_title="", certainty="")
                | (~Q(corrected_title="") & ~Q(certainty="")),
                name="%(class)s_correction_with_its_certainty",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="%(class)s_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.shown_title

    @property
    def parent_id(self) -> int | None:
        """The key of the node above, None for a pillar."""
        return getattr(self, f"{self.PARENT}_id") if self.PARENT else None

    @property
    def shown_title(self) -> str:
        """What residents read: the corrected wording where there is one."""
        return self.corrected_title or self.title


class VisionWording(models.Model):
    """A second wording: the document names pillars and goals on its vision page, too."""

    vision_title = models.CharField(_("비전 쪽의 제목"), max_length=TITLE_LENGTH, blank=True)
    vision_line = models.PositiveIntegerField(_("비전 쪽의 줄"), null=True, blank=True)
    vision_lead = models.CharField(_("비전 쪽에서 제목 앞의 글자"), max_length=50, blank=True)
    vision_text = models.TextField(_("비전 쪽의 원문"), blank=True)
    search_text = models.GeneratedField(
        expression=squeezed("title", "corrected_title", "source_text", "vision_title"),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta:
        abstract = True

    @property
    def other_wording(self) -> str:
        """The vision page's wording where it says something else than the shown title."""
        same = self.vision_title in {"", self.title, self.shown_title}
        return "" if same else self.vision_title


def sibling_constraints(parent: str, level: str) -> list[models.BaseConstraint]:
    """Return what holds among the children of one parent: one place each, one title each."""
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


class Pillar(VisionWording, Node):
    """One of the plan's pillars (축). `code` ties it to the app that models its work."""

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


class Initiative(Node):
    """A goal's initiative (▶, 추진과제)."""

    PARENT = "goal"
    PLAN_ORDER = ("goal__pillar__position", "goal__position", "position")
    PILLAR_PATH = "goal__pillar"

    goal = models.ForeignKey(
        Goal, models.CASCADE, verbose_name=_("목표"), related_name="initiatives"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name=_("담당부서"), null=True, blank=True
    )

    class Meta(Node.Meta):
        verbose_name = verbose_name_plural = _("추진과제")
        constraints = [*Node.Meta.constraints, *sibling_constraints("goal", "initiative")]

    def get_absolute_url(self) -> str:
        """Return the lasting address; it does not tell the place in the tree."""
        return reverse("public:initiative", args=[self.plan.year, self.slug])


class Activity(Node):
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
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name=_("담당부서"), null=True, blank=True
    )
    kind = models.CharField(_("일의 종류"), choices=ActivityKind, max_length=20, blank=True)
    is_derived = models.BooleanField(
        _("제목에서 따온 활동"),
        default=False,
        help_text=_("문서가 활동을 따로 적지 않아 추진과제의 제목에서 따왔습니다."),
    )

    class Meta(Node.Meta):
        verbose_name = verbose_name_plural = _("활동")
        constraints = [*Node.Meta.constraints, *sibling_constraints("initiative", "activity")]

    def get_absolute_url(self) -> str:
        """Return the lasting address; it does not tell the place in the tree."""
        return reverse("public:activity", args=[self.plan.year, self.slug])


class OfPillar(models.Manager.from_queryset(NodeQuerySet)):
    """The manager of a pillar's proxies: only that pillar's rows."""

    def __init__(self, code: str = "") -> None:
        super().__init__()
        self.code = code

    def get_queryset(self) -> NodeQuerySet:
        """Return the rows below the pillar with this code."""
        return super().get_queryset().filter(**{f"{self.model.PILLAR_PATH}__code": self.code})
