"""The shared spine: the plans' trees, their amendments and reviews, the ledger.

Others' migrations come first, because each of their steps has Django render all models so far.
"""

import uuid
from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import plans.ledger.models
import plans.reports.exports.models
import plans.tree.measures
from gwonseon.initial_migration import InitialMigration
from plans.initial_rows import add_rows

PARENTS = {"goal": "pillar", "initiative": "goal", "activity": "initiative"}


def unique_pair(parent: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER TABLE plans_{parent} ADD CONSTRAINT {parent}_id_and_plan UNIQUE (id, plan_id)",
        f"ALTER TABLE plans_{parent} DROP CONSTRAINT {parent}_id_and_plan",
    )


def same_plan(child: str, parent: str) -> migrations.RunSQL:
    """A child belongs to its parent's plan."""
    return migrations.RunSQL(
        f"ALTER TABLE plans_{child} ADD CONSTRAINT {child}_in_its_parents_plan"
        f" FOREIGN KEY ({parent}_id, plan_id) REFERENCES plans_{parent} (id, plan_id)"
        " DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE plans_{child} DROP CONSTRAINT {child}_in_its_parents_plan",
    )


class Migration(InitialMigration):
    dependencies = [
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("axes", "0010_accessattemptexpiration"),
        ("office", "0001_initial"),
        ("otp_static", "0003_add_timestamps"),
        ("otp_totp", "0003_add_timestamps"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("residents", "0001_initial"),
        ("sessions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        default=1,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="office.district",
                        verbose_name="자치단체",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(unique=True, verbose_name="연도")),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "작성 중"), ("published", "공개")],
                        default="draft",
                        max_length=10,
                        verbose_name="상태",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="공개한 때"),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="공개한 사람",
                    ),
                ),
                ("vision", models.CharField(blank=True, max_length=500, verbose_name="비전")),
                (
                    "vision_line",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="비전의 줄"),
                ),
                ("vision_text", models.TextField(blank=True, verbose_name="비전의 원문")),
                (
                    "frame",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="제목, 참고, 이해하지 못한 줄. 줄마다 line, kind, text, corrected",
                        verbose_name="항목이 아닌 줄",
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="고친 때")),
            ],
            options={
                "verbose_name": "계획",
                "verbose_name_plural": "계획",
                "ordering": ["-year"],
                "permissions": [
                    ("view_draft", "작성 중인 계획 열람"),
                    ("publish_plan", "계획 공개"),
                    ("edit_department", "소속 부서 항목 수정"),
                    ("approve_department", "소속 부서 항목 승인"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1995), ("year__lte", 2100)),
                        name="plan_year_is_plausible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at", None), ("status", "draft")),
                            models.Q(("published_at__isnull", False), ("status", "published")),
                            _connector="OR",
                        ),
                        name="plan_published_with_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "published"])),
                        name="plan_status_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.plan",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "district",
                    models.ForeignKey(
                        db_constraint=False,
                        default=1,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="office.district",
                        verbose_name="자치단체",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="연도")),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "작성 중"), ("published", "공개")],
                        default="draft",
                        max_length=10,
                        verbose_name="상태",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="공개한 때"),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="공개한 사람",
                    ),
                ),
                ("vision", models.CharField(blank=True, max_length=500, verbose_name="비전")),
                (
                    "vision_line",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="비전의 줄"),
                ),
                ("vision_text", models.TextField(blank=True, verbose_name="비전의 원문")),
                (
                    "frame",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="제목, 참고, 이해하지 못한 줄. 줄마다 line, kind, text, corrected",
                        verbose_name="항목이 아닌 줄",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Pillar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="plans.plan",
                        verbose_name="계획",
                    ),
                ),
                (
                    "lineage",
                    models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="계보"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="판"),
                ),
                (
                    "slug",
                    models.CharField(
                        max_length=100,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[-\\w]+\\Z", "주소에는 글자, 숫자, 붙임표만 쓸 수 있습니다."
                            )
                        ],
                        verbose_name="주소",
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="순서")),
                ("title", models.CharField(max_length=500, verbose_name="제목")),
                (
                    "corrected_title",
                    models.CharField(blank=True, max_length=500, verbose_name="바로잡은 제목"),
                ),
                (
                    "certainty",
                    models.CharField(
                        blank=True,
                        choices=[("high", "확실"), ("medium", "추정")],
                        max_length=10,
                        verbose_name="바로잡음의 확실성",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        max_length=20000,
                        validators=[django.core.validators.MaxLengthValidator(20000)],
                        verbose_name="내용",
                    ),
                ),
                (
                    "weight",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal(1),
                        help_text="윗단계의 진행률을 낼 때 차지하는 몫. 따로 정하지 않으면 1입니다.",
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="가중치",
                    ),
                ),
                ("source_note", models.TextField(blank=True, verbose_name="원문에 대한 설명")),
                (
                    "source_line",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="원문의 줄"),
                ),
                (
                    "source_lead",
                    models.CharField(
                        blank=True, max_length=50, verbose_name="원문에서 제목 앞의 글자"
                    ),
                ),
                ("source_text", models.TextField(blank=True, verbose_name="원문")),
                ("retired_on", models.DateField(blank=True, null=True, verbose_name="종료일")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="고친 때")),
                (
                    "vision_title",
                    models.CharField(blank=True, max_length=500, verbose_name="비전 쪽의 제목"),
                ),
                (
                    "vision_line",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="비전 쪽의 줄"),
                ),
                (
                    "vision_lead",
                    models.CharField(
                        blank=True, max_length=50, verbose_name="비전 쪽에서 제목 앞의 글자"
                    ),
                ),
                ("vision_text", models.TextField(blank=True, verbose_name="비전 쪽의 원문")),
                (
                    "search_text",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.Func(
                                models.F("title"),
                                models.F("corrected_title"),
                                models.F("source_text"),
                                models.F("text"),
                                models.F("vision_title"),
                                arg_joiner=" || '|' || ",
                                template="LOWER(%(expressions)s)",
                            ),
                            models.Value("[\\s·ㆍ‧・「」()\\[\\],.:]+"),
                            models.Value(""),
                            models.Value("g"),
                            function="REGEXP_REPLACE",
                            output_field=models.TextField(),
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("safety", "안전"),
                            ("welfare", "복지"),
                            ("civic", "소통"),
                            ("culture", "문화"),
                        ],
                        max_length=10,
                        verbose_name="분야",
                    ),
                ),
            ],
            options={
                "verbose_name": "축",
                "verbose_name_plural": "축",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "slug"), name="pillar_slug_once_a_plan"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("certainty", ""), ("corrected_title", "")),
                            models.Q(
                                models.Q(("corrected_title", ""), _negated=True),
                                models.Q(("certainty", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="pillar_correction_with_its_certainty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="pillar_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gt", 0)), name="pillar_has_weight"
                    ),
                    models.UniqueConstraint(
                        fields=("plan", "lineage"), name="pillar_lineage_once_a_plan"
                    ),
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("plan", "position"),
                        name="pillar_position_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("retired_on", None)),
                        fields=("plan", "title"),
                        name="pillar_title_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("plan", "code"),
                        name="pillar_code_once_a_plan",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("certainty__in", ["high", "medium", ""])),
                        name="pillar_certainty_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__in", ["safety", "welfare", "civic", "culture", ""])
                        ),
                        name="pillar_code_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PillarEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.pillar",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.plan",
                        verbose_name="계획",
                    ),
                ),
                (
                    "lineage",
                    models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="계보"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="판"),
                ),
                (
                    "slug",
                    models.CharField(
                        max_length=100,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[-\\w]+\\Z", "주소에는 글자, 숫자, 붙임표만 쓸 수 있습니다."
                            )
                        ],
                        verbose_name="주소",
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="순서")),
                ("title", models.CharField(max_length=500, verbose_name="제목")),
                (
                    "corrected_title",
                    models.CharField(blank=True, max_length=500, verbose_name="바로잡은 제목"),
                ),
                (
                    "certainty",
                    models.CharField(
                        blank=True,
                        choices=[("high", "확실"), ("medium", "추정")],
                        max_length=10,
                        verbose_name="바로잡음의 확실성",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        max_length=20000,
                        validators=[django.core.validators.MaxLengthValidator(20000)],
                        verbose_name="내용",
                    ),
                ),
                (
                    "weight",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal(1),
                        help_text="윗단계의 진행률을 낼 때 차지하는 몫. 따로 정하지 않으면 1입니다.",
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="가중치",
                    ),
                ),
                ("source_note", models.TextField(blank=True, verbose_name="원문에 대한 설명")),
                (
                    "source_line",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="원문의 줄"),
                ),
                (
                    "source_lead",
                    models.CharField(
                        blank=True, max_length=50, verbose_name="원문에서 제목 앞의 글자"
                    ),
                ),
                ("source_text", models.TextField(blank=True, verbose_name="원문")),
                ("retired_on", models.DateField(blank=True, null=True, verbose_name="종료일")),
                (
                    "vision_title",
                    models.CharField(blank=True, max_length=500, verbose_name="비전 쪽의 제목"),
                ),
                (
                    "vision_line",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="비전 쪽의 줄"),
                ),
                (
                    "vision_lead",
                    models.CharField(
                        blank=True, max_length=50, verbose_name="비전 쪽에서 제목 앞의 글자"
                    ),
                ),
                ("vision_text", models.TextField(blank=True, verbose_name="비전 쪽의 원문")),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("safety", "안전"),
                            ("welfare", "복지"),
                            ("civic", "소통"),
                            ("culture", "문화"),
                        ],
                        max_length=10,
                        verbose_name="분야",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="plans.plan",
                        verbose_name="계획",
                    ),
                ),
                (
                    "lineage",
                    models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="계보"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="판"),
                ),
                (
                    "slug",
                    models.CharField(
                        max_length=100,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[-\\w]+\\Z", "주소에는 글자, 숫자, 붙임표만 쓸 수 있습니다."
                            )
                        ],
                        verbose_name="주소",
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="순서")),
                ("title", models.CharField(max_length=500, verbose_name="제목")),
                (
                    "corrected_title",
                    models.CharField(blank=True, max_length=500, verbose_name="바로잡은 제목"),
                ),
                (
                    "certainty",
                    models.CharField(
                        blank=True,
                        choices=[("high", "확실"), ("medium", "추정")],
                        max_length=10,
                        verbose_name="바로잡음의 확실성",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        max_length=20000,
                        validators=[django.core.validators.MaxLengthValidator(20000)],
                        verbose_name="내용",
                    ),
                ),
                (
                    "weight",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal(1),
                        help_text="윗단계의 진행률을 낼 때 차지하는 몫. 따로 정하지 않으면 1입니다.",
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="가중치",
                    ),
                ),
                ("source_note", models.TextField(blank=True, verbose_name="원문에 대한 설명")),
                (
                    "source_line",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="원문의 줄"),
                ),
                (
                    "source_lead",
                    models.CharField(
                        blank=True, max_length=50, verbose_name="원문에서 제목 앞의 글자"
                    ),
                ),
                ("source_text", models.TextField(blank=True, verbose_name="원문")),
                ("retired_on", models.DateField(blank=True, null=True, verbose_name="종료일")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="고친 때")),
                (
                    "vision_title",
                    models.CharField(blank=True, max_length=500, verbose_name="비전 쪽의 제목"),
                ),
                (
                    "vision_line",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="비전 쪽의 줄"),
                ),
                (
                    "vision_lead",
                    models.CharField(
                        blank=True, max_length=50, verbose_name="비전 쪽에서 제목 앞의 글자"
                    ),
                ),
                ("vision_text", models.TextField(blank=True, verbose_name="비전 쪽의 원문")),
                (
                    "search_text",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.Func(
                                models.F("title"),
                                models.F("corrected_title"),
                                models.F("source_text"),
                                models.F("text"),
                                models.F("vision_title"),
                                arg_joiner=" || '|' || ",
                                template="LOWER(%(expressions)s)",
                            ),
                            models.Value("[\\s·ㆍ‧・「」()\\[\\],.:]+"),
                            models.Value(""),
                            models.Value("g"),
                            function="REGEXP_REPLACE",
                            output_field=models.TextField(),
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "pillar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="goals",
                        to="plans.pillar",
                        verbose_name="축",
                    ),
                ),
            ],
            options={
                "verbose_name": "목표",
                "verbose_name_plural": "목표",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "slug"), name="goal_slug_once_a_plan"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("certainty", ""), ("corrected_title", "")),
                            models.Q(
                                models.Q(("corrected_title", ""), _negated=True),
                                models.Q(("certainty", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="goal_correction_with_its_certainty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="goal_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gt", 0)), name="goal_has_weight"
                    ),
                    models.UniqueConstraint(
                        fields=("plan", "lineage"), name="goal_lineage_once_a_plan"
                    ),
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("pillar", "position"),
                        name="goal_position_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("retired_on", None)),
                        fields=("pillar", "title"),
                        name="goal_title_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("certainty__in", ["high", "medium", ""])),
                        name="goal_certainty_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GoalEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.goal",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.plan",
                        verbose_name="계획",
                    ),
                ),
                (
                    "lineage",
                    models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="계보"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="판"),
                ),
                (
                    "slug",
                    models.CharField(
                        max_length=100,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[-\\w]+\\Z", "주소에는 글자, 숫자, 붙임표만 쓸 수 있습니다."
                            )
                        ],
                        verbose_name="주소",
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="순서")),
                ("title", models.CharField(max_length=500, verbose_name="제목")),
                (
                    "corrected_title",
                    models.CharField(blank=True, max_length=500, verbose_name="바로잡은 제목"),
                ),
                (
                    "certainty",
                    models.CharField(
                        blank=True,
                        choices=[("high", "확실"), ("medium", "추정")],
                        max_length=10,
                        verbose_name="바로잡음의 확실성",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        max_length=20000,
                        validators=[django.core.validators.MaxLengthValidator(20000)],
                        verbose_name="내용",
                    ),
                ),
                (
                    "weight",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal(1),
                        help_text="윗단계의 진행률을 낼 때 차지하는 몫. 따로 정하지 않으면 1입니다.",
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="가중치",
                    ),
                ),
                ("source_note", models.TextField(blank=True, verbose_name="원문에 대한 설명")),
                (
                    "source_line",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="원문의 줄"),
                ),
                (
                    "source_lead",
                    models.CharField(
                        blank=True, max_length=50, verbose_name="원문에서 제목 앞의 글자"
                    ),
                ),
                ("source_text", models.TextField(blank=True, verbose_name="원문")),
                ("retired_on", models.DateField(blank=True, null=True, verbose_name="종료일")),
                (
                    "vision_title",
                    models.CharField(blank=True, max_length=500, verbose_name="비전 쪽의 제목"),
                ),
                (
                    "vision_line",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="비전 쪽의 줄"),
                ),
                (
                    "vision_lead",
                    models.CharField(
                        blank=True, max_length=50, verbose_name="비전 쪽에서 제목 앞의 글자"
                    ),
                ),
                ("vision_text", models.TextField(blank=True, verbose_name="비전 쪽의 원문")),
                (
                    "pillar",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.pillar",
                        verbose_name="축",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Initiative",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="plans.plan",
                        verbose_name="계획",
                    ),
                ),
                (
                    "lineage",
                    models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="계보"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="판"),
                ),
                (
                    "slug",
                    models.CharField(
                        max_length=100,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[-\\w]+\\Z", "주소에는 글자, 숫자, 붙임표만 쓸 수 있습니다."
                            )
                        ],
                        verbose_name="주소",
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="순서")),
                ("title", models.CharField(max_length=500, verbose_name="제목")),
                (
                    "corrected_title",
                    models.CharField(blank=True, max_length=500, verbose_name="바로잡은 제목"),
                ),
                (
                    "certainty",
                    models.CharField(
                        blank=True,
                        choices=[("high", "확실"), ("medium", "추정")],
                        max_length=10,
                        verbose_name="바로잡음의 확실성",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        max_length=20000,
                        validators=[django.core.validators.MaxLengthValidator(20000)],
                        verbose_name="내용",
                    ),
                ),
                (
                    "weight",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal(1),
                        help_text="윗단계의 진행률을 낼 때 차지하는 몫. 따로 정하지 않으면 1입니다.",
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="가중치",
                    ),
                ),
                ("source_note", models.TextField(blank=True, verbose_name="원문에 대한 설명")),
                (
                    "source_line",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="원문의 줄"),
                ),
                (
                    "source_lead",
                    models.CharField(
                        blank=True, max_length=50, verbose_name="원문에서 제목 앞의 글자"
                    ),
                ),
                ("source_text", models.TextField(blank=True, verbose_name="원문")),
                ("retired_on", models.DateField(blank=True, null=True, verbose_name="종료일")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="고친 때")),
                (
                    "search_text",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.Func(
                                models.F("title"),
                                models.F("corrected_title"),
                                models.F("source_text"),
                                models.F("text"),
                                arg_joiner=" || '|' || ",
                                template="LOWER(%(expressions)s)",
                            ),
                            models.Value("[\\s·ㆍ‧・「」()\\[\\],.:]+"),
                            models.Value(""),
                            models.Value("g"),
                            function="REGEXP_REPLACE",
                            output_field=models.TextField(),
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="office.department",
                        verbose_name="담당부서",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_in_charge",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="담당자",
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True,
                        help_text="담당부서의 대표전화와 다를 때만 적습니다.",
                        max_length=30,
                        verbose_name="담당 전화",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="initiatives",
                        to="plans.goal",
                        verbose_name="목표",
                    ),
                ),
            ],
            options={
                "verbose_name": "추진과제",
                "verbose_name_plural": "추진과제",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "slug"), name="initiative_slug_once_a_plan"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("certainty", ""), ("corrected_title", "")),
                            models.Q(
                                models.Q(("corrected_title", ""), _negated=True),
                                models.Q(("certainty", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="initiative_correction_with_its_certainty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="initiative_has_a_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gt", 0)), name="initiative_has_weight"
                    ),
                    models.UniqueConstraint(
                        fields=("plan", "lineage"), name="initiative_lineage_once_a_plan"
                    ),
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("goal", "position"),
                        name="initiative_position_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("retired_on", None)),
                        fields=("goal", "title"),
                        name="initiative_title_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("certainty__in", ["high", "medium", ""])),
                        name="initiative_certainty_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InitiativeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.initiative",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.plan",
                        verbose_name="계획",
                    ),
                ),
                (
                    "lineage",
                    models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="계보"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="판"),
                ),
                (
                    "slug",
                    models.CharField(
                        max_length=100,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[-\\w]+\\Z", "주소에는 글자, 숫자, 붙임표만 쓸 수 있습니다."
                            )
                        ],
                        verbose_name="주소",
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="순서")),
                ("title", models.CharField(max_length=500, verbose_name="제목")),
                (
                    "corrected_title",
                    models.CharField(blank=True, max_length=500, verbose_name="바로잡은 제목"),
                ),
                (
                    "certainty",
                    models.CharField(
                        blank=True,
                        choices=[("high", "확실"), ("medium", "추정")],
                        max_length=10,
                        verbose_name="바로잡음의 확실성",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        max_length=20000,
                        validators=[django.core.validators.MaxLengthValidator(20000)],
                        verbose_name="내용",
                    ),
                ),
                (
                    "weight",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal(1),
                        help_text="윗단계의 진행률을 낼 때 차지하는 몫. 따로 정하지 않으면 1입니다.",
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="가중치",
                    ),
                ),
                ("source_note", models.TextField(blank=True, verbose_name="원문에 대한 설명")),
                (
                    "source_line",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="원문의 줄"),
                ),
                (
                    "source_lead",
                    models.CharField(
                        blank=True, max_length=50, verbose_name="원문에서 제목 앞의 글자"
                    ),
                ),
                ("source_text", models.TextField(blank=True, verbose_name="원문")),
                ("retired_on", models.DateField(blank=True, null=True, verbose_name="종료일")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="office.department",
                        verbose_name="담당부서",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="담당자",
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True,
                        help_text="담당부서의 대표전화와 다를 때만 적습니다.",
                        max_length=30,
                        verbose_name="담당 전화",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.goal",
                        verbose_name="목표",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to="plans.plan",
                        verbose_name="계획",
                    ),
                ),
                (
                    "lineage",
                    models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="계보"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="판"),
                ),
                (
                    "slug",
                    models.CharField(
                        max_length=100,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[-\\w]+\\Z", "주소에는 글자, 숫자, 붙임표만 쓸 수 있습니다."
                            )
                        ],
                        verbose_name="주소",
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="순서")),
                ("title", models.CharField(max_length=500, verbose_name="제목")),
                (
                    "corrected_title",
                    models.CharField(blank=True, max_length=500, verbose_name="바로잡은 제목"),
                ),
                (
                    "certainty",
                    models.CharField(
                        blank=True,
                        choices=[("high", "확실"), ("medium", "추정")],
                        max_length=10,
                        verbose_name="바로잡음의 확실성",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        max_length=20000,
                        validators=[django.core.validators.MaxLengthValidator(20000)],
                        verbose_name="내용",
                    ),
                ),
                (
                    "weight",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal(1),
                        help_text="윗단계의 진행률을 낼 때 차지하는 몫. 따로 정하지 않으면 1입니다.",
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="가중치",
                    ),
                ),
                ("source_note", models.TextField(blank=True, verbose_name="원문에 대한 설명")),
                (
                    "source_line",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="원문의 줄"),
                ),
                (
                    "source_lead",
                    models.CharField(
                        blank=True, max_length=50, verbose_name="원문에서 제목 앞의 글자"
                    ),
                ),
                ("source_text", models.TextField(blank=True, verbose_name="원문")),
                ("retired_on", models.DateField(blank=True, null=True, verbose_name="종료일")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="고친 때")),
                (
                    "search_text",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.Func(
                                models.F("title"),
                                models.F("corrected_title"),
                                models.F("source_text"),
                                models.F("text"),
                                arg_joiner=" || '|' || ",
                                template="LOWER(%(expressions)s)",
                            ),
                            models.Value("[\\s·ㆍ‧・「」()\\[\\],.:]+"),
                            models.Value(""),
                            models.Value("g"),
                            function="REGEXP_REPLACE",
                            output_field=models.TextField(),
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="office.department",
                        verbose_name="담당부서",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_in_charge",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="담당자",
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True,
                        help_text="담당부서의 대표전화와 다를 때만 적습니다.",
                        max_length=30,
                        verbose_name="담당 전화",
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="activities",
                        to="plans.initiative",
                        verbose_name="추진과제",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("patrol", "순찰"),
                            ("inspection", "점검·방문"),
                            ("course", "교육·강좌"),
                            ("event", "행사·활동"),
                            ("works", "공사·정비"),
                            ("upkeep", "유지관리"),
                            ("measurement", "측정"),
                            ("request", "신청·방문"),
                            ("case", "상담·사례관리"),
                            ("delivery", "나눔·전달"),
                            ("collection", "수거"),
                            ("plot", "텃밭 분양"),
                            ("budget", "예산 참여"),
                            ("opinion", "의견 수렴"),
                            ("gathering", "회의·모임"),
                            ("tally", "창구 운영"),
                            ("notice", "문자 안내"),
                            ("audit", "감사"),
                        ],
                        max_length=20,
                        verbose_name="일의 종류",
                    ),
                ),
                (
                    "is_derived",
                    models.BooleanField(
                        default=False,
                        help_text="문서가 활동을 따로 적지 않아 추진과제의 제목에서 따왔습니다.",
                        verbose_name="제목에서 따온 활동",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="시작일")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="마감일")),
                (
                    "record_kind",
                    models.CharField(
                        choices=plans.tree.measures.record_kind_choices,
                        default="plain",
                        max_length=40,
                        verbose_name="기록 양식",
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[("records", "건수"), ("people", "인원"), ("quantity", "수량")],
                        default="records",
                        help_text="기록의 무엇을 더하는지 고릅니다.",
                        max_length=10,
                        verbose_name="재는 방법",
                    ),
                ),
                (
                    "counted",
                    models.CharField(
                        blank=True,
                        help_text="무엇을 세어 진행을 재는지 적습니다. 예: 합동 순찰 횟수",
                        max_length=200,
                        verbose_name="세는 것",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        blank=True, help_text="예: 회, 명, 개소", max_length=20, verbose_name="단위"
                    ),
                ),
                (
                    "target",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="연간 목표",
                    ),
                ),
                (
                    "target_q1",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="1분기 목표",
                    ),
                ),
                (
                    "target_q2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="2분기 목표",
                    ),
                ),
                (
                    "target_q3",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="3분기 목표",
                    ),
                ),
                (
                    "target_q4",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="4분기 목표",
                    ),
                ),
                (
                    "target_origin",
                    models.CharField(
                        blank=True,
                        choices=[("document", "문서"), ("staff", "담당자")],
                        max_length=10,
                        verbose_name="목표의 출처",
                    ),
                ),
                (
                    "target_set_on",
                    models.DateField(blank=True, null=True, verbose_name="목표를 정한 날"),
                ),
                (
                    "target_set_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="목표를 정한 사람",
                    ),
                ),
                (
                    "budget",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="계획 예산(원)"
                    ),
                ),
                (
                    "audiences",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("everyone", "모든 주민"),
                                ("children", "영유아·어린이"),
                                ("youth", "청소년"),
                                ("adults", "청년·중장년"),
                                ("seniors", "어르신"),
                                ("families", "가정"),
                                ("women", "여성"),
                                ("disabled", "장애인"),
                                ("multicultural", "다문화 가정"),
                                ("low-income", "저소득·취약계층"),
                                ("businesses", "기업·소상공인"),
                                ("staff", "공직자"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="대상",
                    ),
                ),
            ],
            options={
                "verbose_name": "활동",
                "verbose_name_plural": "활동",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "slug"), name="activity_slug_once_a_plan"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("certainty", ""), ("corrected_title", "")),
                            models.Q(
                                models.Q(("corrected_title", ""), _negated=True),
                                models.Q(("certainty", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="activity_correction_with_its_certainty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="activity_has_a_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gt", 0)), name="activity_has_weight"
                    ),
                    models.UniqueConstraint(
                        fields=("plan", "lineage"), name="activity_lineage_once_a_plan"
                    ),
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("initiative", "position"),
                        name="activity_position_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("retired_on", None)),
                        fields=("initiative", "title"),
                        name="activity_title_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("ends_on", None),
                            ("starts_on__lte", models.F("ends_on")),
                            _connector="OR",
                        ),
                        name="activity_starts_before_it_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("target", None), ("target_origin", ""), ("target_set_on", None)
                            ),
                            models.Q(
                                ("target__gt", 0),
                                ("target_set_on__isnull", False),
                                models.Q(("target_origin", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="activity_target_with_its_origin",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("target_q1", None),
                                ("target_q2", None),
                                ("target_q3", None),
                                ("target_q4", None),
                            ),
                            models.Q(
                                (
                                    "target",
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("target_q1"), "+", models.F("target_q2")
                                            ),
                                            "+",
                                            models.F("target_q3"),
                                        ),
                                        "+",
                                        models.F("target_q4"),
                                    ),
                                ),
                                ("target_q1__gte", 0),
                                ("target_q2__gte", 0),
                                ("target_q3__gte", 0),
                                ("target_q4__gte", 0),
                            ),
                            _connector="OR",
                        ),
                        name="activity_quarters_add_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("certainty__in", ["high", "medium", ""])),
                        name="activity_certainty_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "patrol",
                                    "inspection",
                                    "course",
                                    "event",
                                    "works",
                                    "upkeep",
                                    "measurement",
                                    "request",
                                    "case",
                                    "delivery",
                                    "collection",
                                    "plot",
                                    "budget",
                                    "opinion",
                                    "gathering",
                                    "tally",
                                    "notice",
                                    "audit",
                                    "",
                                ],
                            )
                        ),
                        name="activity_kind_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("measure__in", ["records", "people", "quantity"])),
                        name="activity_measure_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("target_origin__in", ["document", "staff", ""])),
                        name="activity_target_origin_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "audiences__contained_by",
                                [
                                    "everyone",
                                    "children",
                                    "youth",
                                    "adults",
                                    "seniors",
                                    "families",
                                    "women",
                                    "disabled",
                                    "multicultural",
                                    "low-income",
                                    "businesses",
                                    "staff",
                                ],
                            )
                        ),
                        name="activity_audiences_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.activity",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.plan",
                        verbose_name="계획",
                    ),
                ),
                (
                    "lineage",
                    models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="계보"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="판"),
                ),
                (
                    "slug",
                    models.CharField(
                        max_length=100,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[-\\w]+\\Z", "주소에는 글자, 숫자, 붙임표만 쓸 수 있습니다."
                            )
                        ],
                        verbose_name="주소",
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="순서")),
                ("title", models.CharField(max_length=500, verbose_name="제목")),
                (
                    "corrected_title",
                    models.CharField(blank=True, max_length=500, verbose_name="바로잡은 제목"),
                ),
                (
                    "certainty",
                    models.CharField(
                        blank=True,
                        choices=[("high", "확실"), ("medium", "추정")],
                        max_length=10,
                        verbose_name="바로잡음의 확실성",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        max_length=20000,
                        validators=[django.core.validators.MaxLengthValidator(20000)],
                        verbose_name="내용",
                    ),
                ),
                (
                    "weight",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal(1),
                        help_text="윗단계의 진행률을 낼 때 차지하는 몫. 따로 정하지 않으면 1입니다.",
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="가중치",
                    ),
                ),
                ("source_note", models.TextField(blank=True, verbose_name="원문에 대한 설명")),
                (
                    "source_line",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="원문의 줄"),
                ),
                (
                    "source_lead",
                    models.CharField(
                        blank=True, max_length=50, verbose_name="원문에서 제목 앞의 글자"
                    ),
                ),
                ("source_text", models.TextField(blank=True, verbose_name="원문")),
                ("retired_on", models.DateField(blank=True, null=True, verbose_name="종료일")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="office.department",
                        verbose_name="담당부서",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="담당자",
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True,
                        help_text="담당부서의 대표전화와 다를 때만 적습니다.",
                        max_length=30,
                        verbose_name="담당 전화",
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.initiative",
                        verbose_name="추진과제",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("patrol", "순찰"),
                            ("inspection", "점검·방문"),
                            ("course", "교육·강좌"),
                            ("event", "행사·활동"),
                            ("works", "공사·정비"),
                            ("upkeep", "유지관리"),
                            ("measurement", "측정"),
                            ("request", "신청·방문"),
                            ("case", "상담·사례관리"),
                            ("delivery", "나눔·전달"),
                            ("collection", "수거"),
                            ("plot", "텃밭 분양"),
                            ("budget", "예산 참여"),
                            ("opinion", "의견 수렴"),
                            ("gathering", "회의·모임"),
                            ("tally", "창구 운영"),
                            ("notice", "문자 안내"),
                            ("audit", "감사"),
                        ],
                        max_length=20,
                        verbose_name="일의 종류",
                    ),
                ),
                (
                    "is_derived",
                    models.BooleanField(
                        default=False,
                        help_text="문서가 활동을 따로 적지 않아 추진과제의 제목에서 따왔습니다.",
                        verbose_name="제목에서 따온 활동",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="시작일")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="마감일")),
                (
                    "record_kind",
                    models.CharField(
                        choices=plans.tree.measures.record_kind_choices,
                        default="plain",
                        max_length=40,
                        verbose_name="기록 양식",
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[("records", "건수"), ("people", "인원"), ("quantity", "수량")],
                        default="records",
                        help_text="기록의 무엇을 더하는지 고릅니다.",
                        max_length=10,
                        verbose_name="재는 방법",
                    ),
                ),
                (
                    "counted",
                    models.CharField(
                        blank=True,
                        help_text="무엇을 세어 진행을 재는지 적습니다. 예: 합동 순찰 횟수",
                        max_length=200,
                        verbose_name="세는 것",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        blank=True, help_text="예: 회, 명, 개소", max_length=20, verbose_name="단위"
                    ),
                ),
                (
                    "target",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="연간 목표",
                    ),
                ),
                (
                    "target_q1",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="1분기 목표",
                    ),
                ),
                (
                    "target_q2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="2분기 목표",
                    ),
                ),
                (
                    "target_q3",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="3분기 목표",
                    ),
                ),
                (
                    "target_q4",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="4분기 목표",
                    ),
                ),
                (
                    "target_origin",
                    models.CharField(
                        blank=True,
                        choices=[("document", "문서"), ("staff", "담당자")],
                        max_length=10,
                        verbose_name="목표의 출처",
                    ),
                ),
                (
                    "target_set_on",
                    models.DateField(blank=True, null=True, verbose_name="목표를 정한 날"),
                ),
                (
                    "target_set_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="목표를 정한 사람",
                    ),
                ),
                (
                    "budget",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="계획 예산(원)"
                    ),
                ),
                (
                    "audiences",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("everyone", "모든 주민"),
                                ("children", "영유아·어린이"),
                                ("youth", "청소년"),
                                ("adults", "청년·중장년"),
                                ("seniors", "어르신"),
                                ("families", "가정"),
                                ("women", "여성"),
                                ("disabled", "장애인"),
                                ("multicultural", "다문화 가정"),
                                ("low-income", "저소득·취약계층"),
                                ("businesses", "기업·소상공인"),
                                ("staff", "공직자"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="대상",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ActivitySupporter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="plans.activity"
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="office.department",
                        verbose_name="협조부서",
                    ),
                ),
            ],
            options={
                "verbose_name": "협조부서",
                "verbose_name_plural": "협조부서",
                "ordering": ["department__position", "department__name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("activity", "department"), name="activity_supporter_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivitySupporterEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.activitysupporter",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "activity",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.activity",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="office.department",
                        verbose_name="협조부서",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ActivityDong",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="plans.activity"
                    ),
                ),
                (
                    "dong",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="office.dong",
                        verbose_name="동",
                    ),
                ),
            ],
            options={
                "verbose_name": "동",
                "verbose_name_plural": "동",
                "ordering": ["dong__position", "dong__name"],
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "dong"), name="activity_dong_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityDongEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.activitydong",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "activity",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.activity",
                    ),
                ),
                (
                    "dong",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="office.dong",
                        verbose_name="동",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="plans.plan",
                        verbose_name="계획",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("writing", "작성 중"),
                            ("requested", "승인 대기"),
                            ("returned", "돌려보냄"),
                            ("withdrawn", "취소"),
                            ("applied", "반영"),
                        ],
                        default="writing",
                        max_length=10,
                        verbose_name="상태",
                    ),
                ),
                (
                    "reason",
                    models.TextField(blank=True, max_length=20000, verbose_name="변경 사유"),
                ),
                (
                    "ground",
                    models.TextField(
                        blank=True,
                        help_text="법령, 조례, 방침, 예산 등. 예: 권선구 방침 제12호(2021. 6. 1.)",
                        max_length=20000,
                        verbose_name="근거",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="신청한 사람",
                    ),
                ),
                (
                    "requested_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="신청한 때"),
                ),
                ("requested_on", models.DateField(blank=True, null=True, verbose_name="신청한 날")),
                ("effective_on", models.DateField(blank=True, null=True, verbose_name="시행일")),
                (
                    "effective_reason",
                    models.TextField(blank=True, max_length=20000, verbose_name="소급 사유"),
                ),
                (
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        help_text="맡은 부분만 먼저 승인하면 그 부분이 따로 한 변경이 됩니다.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="plans.amendment",
                        verbose_name="먼저 승인한 부분이 나온 변경",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="결정한 사람",
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="결정한 때"),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="결정한 날")),
                (
                    "decision_note",
                    models.TextField(blank=True, max_length=20000, verbose_name="결정 의견"),
                ),
                (
                    "transaction",
                    models.BigIntegerField(
                        editable=False,
                        help_text="The transaction that applied it; a trigger writes it.",
                        null=True,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="만든 때")),
            ],
            options={
                "verbose_name": "변경",
                "verbose_name_plural": "변경",
                "indexes": [
                    models.Index(fields=["plan", "state", "decided_at"], name="amendment_by_state")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="amendment_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None), ("decided_by", None), ("decided_on", None)
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("decided_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="amendment_decided_with_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["requested", "applied"]), _negated=True),
                            models.Q(
                                ("effective_on__isnull", False),
                                ("requested_at__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                                models.Q(("ground", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="amendment_requested_with_its_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("requested_at", None), ("requested_on", None)),
                            models.Q(
                                ("requested_at__isnull", False), ("requested_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="amendment_requested_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_by__isnull", False),
                                ("state__in", ["returned", "applied"]),
                            ),
                            models.Q(
                                models.Q(("state__in", ["returned", "applied"]), _negated=True),
                                ("decided_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="amendment_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(("decision_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="amendment_returned_with_a_note",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "writing")),
                        fields=("plan", "requested_by"),
                        name="amendment_one_in_writing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["writing", "requested", "returned", "withdrawn", "applied"],
                            )
                        ),
                        name="amendment_state_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "amendment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="plans.amendment",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("pillar", "축"),
                            ("goal", "목표"),
                            ("initiative", "추진과제"),
                            ("activity", "활동"),
                        ],
                        max_length=10,
                        verbose_name="단계",
                    ),
                ),
                ("lineage", models.UUIDField(verbose_name="계보")),
                ("field", models.CharField(max_length=30, verbose_name="칸")),
                ("before", models.TextField(blank=True, null=True, verbose_name="이전")),
                ("after", models.TextField(blank=True, null=True, verbose_name="이후")),
                ("content", models.JSONField(blank=True, null=True, verbose_name="추가할 내용")),
                ("title", models.TextField(verbose_name="항목")),
            ],
            options={
                "verbose_name": "변경 내용",
                "verbose_name_plural": "변경 내용",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["lineage", "field"], name="change_by_lineage")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("amendment", "lineage", "field"), name="change_once_a_field"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("after", None),
                                ("before", None),
                                ("content__isnull", False),
                                ("field", "addition"),
                            ),
                            models.Q(
                                models.Q(("field", "addition"), _negated=True), ("content", None)
                            ),
                            _connector="OR",
                        ),
                        name="change_addition_with_its_content",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level__in", ["pillar", "goal", "initiative", "activity"])
                        ),
                        name="change_level_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="plans.initiative",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "검토 대기"),
                            ("returned", "돌려보냄"),
                            ("approved", "검토 마침"),
                            ("lapsed", "다시 고침"),
                        ],
                        default="requested",
                        max_length=10,
                        verbose_name="상태",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="요청한 사람",
                    ),
                ),
                ("requested_at", models.DateTimeField(auto_now_add=True, verbose_name="요청한 때")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="검토한 사람",
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="검토한 때"),
                ),
                ("note", models.TextField(blank=True, max_length=20000, verbose_name="검토 의견")),
            ],
            options={
                "verbose_name": "검토",
                "verbose_name_plural": "검토",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="review_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="review_decided_with_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["returned", "approved"]), _negated=True),
                            ("decided_by__isnull", False),
                            _connector="OR",
                        ),
                        name="review_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="review_returned_with_a_note",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["requested", "approved"])),
                        fields=("initiative",),
                        name="review_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["requested", "returned", "approved", "lapsed"])
                        ),
                        name="review_state_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Facility",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="이름")),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("senior-centre", "경로당"),
                                ("heat-shelter", "무더위쉼터"),
                                ("daycare", "어린이집"),
                                ("study-room", "청소년 공부방"),
                                ("toilet", "공중화장실"),
                                ("park", "공원"),
                                ("green", "녹지"),
                                ("sports", "체육시설"),
                                ("water", "먹는물 시설"),
                                ("shop", "다중이용시설"),
                                ("office", "공공청사"),
                                ("depot", "방재 시설·장비"),
                                ("other", "그 밖의 시설"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                        verbose_name="종류",
                    ),
                ),
                (
                    "dong",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.dong",
                        verbose_name="동",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="주소")),
                (
                    "capacity",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="정원(명)"),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="폐쇄일")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "시설",
                "verbose_name_plural": "시설",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name", "dong"),
                        name="facility_once_in_a_dong",
                        violation_error_message="이 동에 같은 이름의 시설이 있습니다. 그 시설을 고치거나 이름을 달리 적으세요.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kinds", []), _negated=True),
                        name="facility_has_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kinds__contained_by",
                                [
                                    "senior-centre",
                                    "heat-shelter",
                                    "daycare",
                                    "study-room",
                                    "toilet",
                                    "park",
                                    "green",
                                    "sports",
                                    "water",
                                    "shop",
                                    "office",
                                    "depot",
                                    "other",
                                ],
                            )
                        ),
                        name="facility_kinds_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FacilityEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.facility",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=100, verbose_name="이름")),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("senior-centre", "경로당"),
                                ("heat-shelter", "무더위쉼터"),
                                ("daycare", "어린이집"),
                                ("study-room", "청소년 공부방"),
                                ("toilet", "공중화장실"),
                                ("park", "공원"),
                                ("green", "녹지"),
                                ("sports", "체육시설"),
                                ("water", "먹는물 시설"),
                                ("shop", "다중이용시설"),
                                ("office", "공공청사"),
                                ("depot", "방재 시설·장비"),
                                ("other", "그 밖의 시설"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                        verbose_name="종류",
                    ),
                ),
                (
                    "dong",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="office.dong",
                        verbose_name="동",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="주소")),
                (
                    "capacity",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="정원(명)"),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="폐쇄일")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Record",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="plans.activity",
                        verbose_name="활동",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=plans.tree.measures.record_kind_choices,
                        max_length=40,
                        verbose_name="기록 양식",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="연도")),
                ("happened_on", models.DateField(verbose_name="추진일자")),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="시작")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="끝")),
                (
                    "dong",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.dong",
                        verbose_name="동",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.facility",
                        verbose_name="시설",
                    ),
                ),
                (
                    "quantity",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal(0))],
                        verbose_name="수량",
                    ),
                ),
                ("people", models.PositiveIntegerField(blank=True, null=True, verbose_name="인원")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="내용")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "작성중"),
                            ("confirmed", "확정"),
                            ("corrected", "정정됨"),
                            ("void", "취소"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="상태",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="쓴 사람",
                    ),
                ),
                ("written_at", models.DateTimeField(auto_now_add=True, verbose_name="쓴 때")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="확정한 사람",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="확정한 때"),
                ),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="확정한 날")),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction",
                        to="plans.record",
                        verbose_name="바로잡는 기록",
                    ),
                ),
                (
                    "strikes_out",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="취소하는 기록"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "token",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        help_text="Of the form that it came from: the same form sent twice is one record.",
                        unique=True,
                    ),
                ),
            ],
            options={
                "verbose_name": "실적",
                "verbose_name_plural": "실적",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "confirmed")),
                        fields=["activity", "happened_on"],
                        include=("quantity", "people", "dong"),
                        name="record_sums",
                    ),
                    models.Index(fields=["happened_on", "id"], name="record_by_day"),
                    models.Index(
                        fields=["activity", "happened_on", "id"], name="record_of_activity"
                    ),
                    models.Index(fields=["dong", "happened_on", "id"], name="record_of_dong"),
                    models.Index(fields=["kind", "happened_on", "id"], name="record_of_kind"),
                    models.Index(
                        fields=["written_by", "happened_on", "id"], name="record_of_writer"
                    ),
                    models.Index(
                        fields=["written_by", "activity", "id"], name="record_last_of_writer"
                    ),
                    models.Index(
                        condition=models.Q(("facility__isnull", False)),
                        fields=["facility", "happened_on", "id"],
                        name="record_of_facility",
                    ),
                    models.Index(
                        condition=models.Q(("state", "draft")),
                        fields=["happened_on", "id"],
                        name="record_drafts",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quantity", None), ("quantity__gte", 0), _connector="OR"
                        ),
                        name="record_quantity_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("happened_on__year", models.F("year"))),
                        name="record_happened_in_its_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_on", None),
                            ("happened_on__lte", models.F("confirmed_on")),
                            _connector="OR",
                        ),
                        name="record_confirmed_after_it_happened",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at", None),
                            models.Q(
                                ("ends_at__gt", models.F("starts_at")), ("starts_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="record_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_at", None),
                                ("confirmed_by", None),
                                ("confirmed_on", None),
                                ("state", "draft"),
                            ),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                                ("confirmed_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="record_confirmed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("strikes_out", False), models.Q(("state", "void"), _negated=True)
                            ),
                            models.Q(
                                ("corrects__isnull", False),
                                ("state__in", ["draft", "void"]),
                                ("strikes_out", True),
                                models.Q(("note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="record_void_replaces_one_and_has_a_note",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "confirmed", "corrected", "void"])
                        ),
                        name="record_state_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="plans.record",
                        verbose_name="실적",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        upload_to=plans.ledger.models.evidence_path, verbose_name="파일"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="이름")),
                (
                    "type",
                    models.CharField(
                        choices=[("image/jpeg", "사진"), ("application/pdf", "문서")],
                        max_length=20,
                        verbose_name="형식",
                    ),
                ),
                ("size", models.PositiveIntegerField(help_text="Bytes.", verbose_name="크기")),
                (
                    "digest",
                    models.CharField(
                        editable=False, help_text="SHA-256 of the content.", max_length=64
                    ),
                ),
            ],
            options={
                "verbose_name": "증빙",
                "verbose_name_plural": "증빙",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                        name="evidence_has_a_digest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("type__in", ["image/jpeg", "application/pdf"])),
                        name="evidence_type_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="plans.record",
                        verbose_name="실적",
                    ),
                ),
                ("category", models.CharField(blank=True, max_length=40, verbose_name="구분")),
                ("what", models.CharField(max_length=500, verbose_name="무엇")),
                ("spot", models.CharField(blank=True, max_length=200, verbose_name="어디")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.department",
                        verbose_name="조치할 부서",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="조치 기한")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="조치한 날")),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="조치를 적은 사람",
                    ),
                ),
                (
                    "done_note",
                    models.CharField(blank=True, max_length=500, verbose_name="조치 내용"),
                ),
            ],
            options={
                "verbose_name": "조치 사항",
                "verbose_name_plural": "조치 사항",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_on", None)),
                        fields=["due_on"],
                        name="finding_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_by", None), ("done_note", ""), ("done_on", None)),
                            models.Q(
                                ("done_by__isnull", False),
                                ("done_on__isnull", False),
                                models.Q(("done_note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="finding_done_says_how",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="%(class)s",
                        serialize=False,
                        to="plans.record",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("regular", "정기"), ("ad-hoc", "수시"), ("joint", "합동")],
                        default="regular",
                        max_length=10,
                        verbose_name="점검 방법",
                    ),
                ),
                (
                    "grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("A", "A 우수"),
                            ("B", "B 양호"),
                            ("C", "C 보통"),
                            ("D", "D 미흡"),
                            ("E", "E 불량"),
                        ],
                        max_length=1,
                        verbose_name="안전 등급",
                    ),
                ),
                (
                    "passed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="이상 없는 항목",
                    ),
                ),
                (
                    "failed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="조치할 항목",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("fine", "이상 없음"),
                            ("fixed", "현장 시정"),
                            ("repair", "보수·보강 필요"),
                            ("diagnosis", "정밀안전진단 필요"),
                        ],
                        max_length=10,
                        verbose_name="점검 결과",
                    ),
                ),
            ],
            options={
                "verbose_name": "점검",
                "verbose_name_plural": "점검",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["regular", "ad-hoc", "joint"])),
                        name="inspection_way_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grade__in", ["A", "B", "C", "D", "E", ""])),
                        name="inspection_grade_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["fine", "fixed", "repair", "diagnosis"])
                        ),
                        name="inspection_outcome_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TwoPersonKind",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="기록 양식"
                    ),
                ),
            ],
            options={
                "verbose_name": "다른 사람이 확정하는 기록 양식",
                "verbose_name_plural": "다른 사람이 확정하는 기록 양식",
            },
        ),
        migrations.CreateModel(
            name="RecordVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="plans.record",
                        verbose_name="실적",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="번호")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="쓴 사람",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="쓴 때")),
                (
                    "token",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        help_text="Of the form that it was written by.",
                    ),
                ),
                ("said", models.JSONField(verbose_name="내용")),
            ],
            options={
                "verbose_name": "실적의 이력",
                "verbose_name_plural": "실적의 이력",
                "ordering": ["record", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("record", "number"), name="record_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds",
                        to="plans.activity",
                        verbose_name="활동",
                    ),
                ),
                ("reason", models.TextField(max_length=500, verbose_name="보류 사유")),
                ("starts_on", models.DateField(verbose_name="보류한 날")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="다시 시작한 날")),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="보류한 사람",
                    ),
                ),
                (
                    "set_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="보류를 적은 때"
                    ),
                ),
                (
                    "set_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="보류를 적은 날"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="다시 시작한 사람",
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="다시 시작을 적은 때"),
                ),
            ],
            options={
                "verbose_name": "보류",
                "verbose_name_plural": "보류",
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    "activity",
                                    "activity",
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    "starts_on",
                                    "ends_on",
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="hold_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None), ("ends_on", None)),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                ("ends_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="hold_ended_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="hold_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="hold_says_why"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HoldEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.hold",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "activity",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.activity",
                        verbose_name="활동",
                    ),
                ),
                ("reason", models.TextField(max_length=500, verbose_name="보류 사유")),
                ("starts_on", models.DateField(verbose_name="보류한 날")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="다시 시작한 날")),
                (
                    "set_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="보류한 사람",
                    ),
                ),
                (
                    "set_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="보류를 적은 때"
                    ),
                ),
                (
                    "set_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="보류를 적은 날"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="다시 시작한 사람",
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="다시 시작을 적은 때"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PublicState",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("number", models.BigIntegerField(default=0)),
                (
                    "raised_by",
                    models.BigIntegerField(
                        help_text="The transaction that raised it last.", null=True
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                (
                    "resident",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="subscription",
                        serialize=False,
                        to="residents.resident",
                    ),
                ),
                (
                    "pillars",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("safety", "안전"),
                                ("welfare", "복지"),
                                ("civic", "소통"),
                                ("culture", "문화"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="분야",
                    ),
                ),
                (
                    "initiatives",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="추진과제",
                    ),
                ),
                (
                    "news",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("notice", "생활 안내 (공사, 단속, 재난 대비)"),
                                ("joining", "참여와 모집 (강좌, 텃밭, 주민 의견)"),
                                ("event", "행사와 공연"),
                                ("plan", "계획의 변경과 추진 결과"),
                            ],
                            max_length=10,
                        ),
                        size=None,
                        verbose_name="소식의 종류",
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="바꾼 때")),
                (
                    "dong",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.dong",
                        verbose_name="사는 동",
                    ),
                ),
            ],
            options={
                "verbose_name": "받아 보는 소식",
                "verbose_name_plural": "받아 보는 소식",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["pillars", "news"], name="subscription_by_pillar"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["initiatives"], name="subscription_by_initiative"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pillars__len__gte", 1), ("initiatives__len__gte", 1), _connector="OR"
                        ),
                        name="subscription_follows_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("news__len__gte", 1)),
                        name="subscription_has_a_kind_of_news",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("initiatives__len__lte", 100)),
                        name="subscription_follows_not_too_much",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pillars__contained_by", ["safety", "welfare", "civic", "culture"])
                        ),
                        name="subscription_pillars_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("news__contained_by", ["notice", "joining", "event", "plan"])
                        ),
                        name="subscription_news_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Period",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="periods",
                        to="plans.plan",
                        verbose_name="계획",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("quarter", "분기"), ("half", "반기"), ("year", "연간")],
                        max_length=10,
                        verbose_name="주기",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="차례")),
                ("first_on", models.DateField(verbose_name="첫날")),
                ("last_on", models.DateField(verbose_name="마지막 날")),
                ("opens_on", models.DateField(verbose_name="쓰기 시작하는 날")),
                ("due_on", models.DateField(verbose_name="제출 기한")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "시작 전"), ("open", "작성 기간"), ("closed", "마감")],
                        default="planned",
                        max_length=10,
                        verbose_name="상태",
                    ),
                ),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="연 때")),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="연 사람",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "보고 기간",
                "verbose_name_plural": "보고 기간",
                "ordering": ["first_on"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "kind", "number"), name="period_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number__gte", 1),
                            models.Q(
                                models.Q(("kind", "quarter"), ("number__lte", 4)),
                                models.Q(("kind", "half"), ("number__lte", 2)),
                                models.Q(("kind", "year"), ("number__lte", 1)),
                                _connector="OR",
                            ),
                        ),
                        name="period_number_is_of_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_on__lt", models.F("last_on")),
                            ("opens_on__lte", models.F("due_on")),
                        ),
                        name="period_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opened_at", None), ("state", "planned")),
                            models.Q(
                                models.Q(("state", "planned"), _negated=True),
                                ("opened_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="period_opened_has_its_moment",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    "plan",
                                    "plan",
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    "first_on",
                                    "last_on",
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="period_days_not_twice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["quarter", "half", "year"])),
                        name="period_kind_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "open", "closed"])),
                        name="period_state_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PeriodEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.period",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.plan",
                        verbose_name="계획",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("quarter", "분기"), ("half", "반기"), ("year", "연간")],
                        max_length=10,
                        verbose_name="주기",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="차례")),
                ("first_on", models.DateField(verbose_name="첫날")),
                ("last_on", models.DateField(verbose_name="마지막 날")),
                ("opens_on", models.DateField(verbose_name="쓰기 시작하는 날")),
                ("due_on", models.DateField(verbose_name="제출 기한")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "시작 전"), ("open", "작성 기간"), ("closed", "마감")],
                        default="planned",
                        max_length=10,
                        verbose_name="상태",
                    ),
                ),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="연 때")),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="연 사람",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Update",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="updates",
                        to="plans.period",
                        verbose_name="보고 기간",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="updates",
                        to="plans.activity",
                        verbose_name="활동",
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="updates",
                        to="plans.initiative",
                        verbose_name="추진과제",
                    ),
                ),
                (
                    "results",
                    models.TextField(blank=True, max_length=20000, verbose_name="추진실적"),
                ),
                (
                    "next_steps",
                    models.TextField(blank=True, max_length=20000, verbose_name="향후계획"),
                ),
                (
                    "problems",
                    models.TextField(blank=True, max_length=20000, verbose_name="문제점 및 대책"),
                ),
                (
                    "evidence",
                    models.TextField(blank=True, max_length=20000, verbose_name="근거 자료"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "작성중"),
                            ("submitted", "제출"),
                            ("returned", "반려"),
                            ("approved", "승인"),
                            ("confirmed", "확정"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="상태",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="쓴 사람",
                    ),
                ),
                (
                    "writers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, editable=False, size=None
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="고친 때")),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="제출한 때"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="결정한 사람",
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="결정한 때"),
                ),
                (
                    "returned_for",
                    models.CharField(blank=True, max_length=500, verbose_name="반려한 까닭"),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                "verbose_name": "추진상황",
                "verbose_name_plural": "추진상황",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("activity", None), ("initiative__isnull", False)),
                            models.Q(("activity__isnull", False), ("initiative", None)),
                            _connector="OR",
                        ),
                        name="update_is_about_one_thing",
                    ),
                    models.UniqueConstraint(
                        fields=("period", "activity"), name="update_once_an_activity"
                    ),
                    models.UniqueConstraint(
                        fields=("period", "initiative"), name="update_once_an_initiative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(
                                ("writers__contains", [models.F("decided_by")]), _negated=True
                            ),
                            _connector="OR",
                        ),
                        name="update_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("writers__contains", [models.F("author")])),
                        name="update_author_is_a_writer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None),
                                ("decided_by", None),
                                ("state__in", ["draft", "submitted"]),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("state__in", ["returned", "approved", "confirmed"]),
                            ),
                            _connector="OR",
                        ),
                        name="update_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "draft"), ("submitted_at", None)),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("submitted_at__isnull", False),
                                models.Q(("results", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="update_submitted_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "returned"), models.Q(("returned_for", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("state", "returned"), _negated=True), ("returned_for", "")
                            ),
                            _connector="OR",
                        ),
                        name="update_returned_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["draft", "submitted", "returned", "approved", "confirmed"],
                            )
                        ),
                        name="update_state_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UpdateEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.update",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "period",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.period",
                        verbose_name="보고 기간",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.activity",
                        verbose_name="활동",
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.initiative",
                        verbose_name="추진과제",
                    ),
                ),
                (
                    "results",
                    models.TextField(blank=True, max_length=20000, verbose_name="추진실적"),
                ),
                (
                    "next_steps",
                    models.TextField(blank=True, max_length=20000, verbose_name="향후계획"),
                ),
                (
                    "problems",
                    models.TextField(blank=True, max_length=20000, verbose_name="문제점 및 대책"),
                ),
                (
                    "evidence",
                    models.TextField(blank=True, max_length=20000, verbose_name="근거 자료"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "작성중"),
                            ("submitted", "제출"),
                            ("returned", "반려"),
                            ("approved", "승인"),
                            ("confirmed", "확정"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="상태",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="쓴 사람",
                    ),
                ),
                (
                    "writers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, editable=False, size=None
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="고친 때")),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="제출한 때"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="결정한 사람",
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="결정한 때"),
                ),
                (
                    "returned_for",
                    models.CharField(blank=True, max_length=500, verbose_name="반려한 까닭"),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Closing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closings",
                        to="plans.period",
                        verbose_name="보고 기간",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="판")),
                (
                    "closed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="마감한 때"
                    ),
                ),
                (
                    "closed_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="마감한 날"
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="마감한 사람",
                    ),
                ),
                ("content", models.JSONField(verbose_name="전체")),
                ("staff_content", models.JSONField(verbose_name="직원만 보는 것")),
                (
                    "digest",
                    models.CharField(
                        max_length=64,
                        validators=[django.core.validators.RegexValidator("^[0-9a-f]{64}\\Z")],
                        verbose_name="지문(SHA-256)",
                    ),
                ),
            ],
            options={
                "verbose_name": "마감",
                "verbose_name_plural": "마감",
                "ordering": ["period", "-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("period", "version"), name="closing_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="closing_version_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                        name="closing_digest_is_sha256",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "closing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snapshots",
                        to="plans.closing",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snapshots",
                        to="plans.activity",
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="순서")),
                ("counted", models.DecimalField(decimal_places=2, max_digits=20)),
                ("data", models.JSONField()),
            ],
            options={
                "verbose_name": "마감한 활동",
                "verbose_name_plural": "마감한 활동",
                "ordering": ["closing", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("closing", "activity"), name="snapshot_once_an_activity"
                    ),
                    models.UniqueConstraint(
                        fields=("closing", "position"), name="snapshot_position_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reopening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "closing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reopenings",
                        to="plans.closing",
                        verbose_name="마감",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="다시 여는 까닭")),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="요청한 사람",
                    ),
                ),
                (
                    "requested_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="요청한 때"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="결정한 사람",
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="결정한 때"),
                ),
                ("is_approved", models.BooleanField(null=True, verbose_name="승인")),
            ],
            options={
                "verbose_name": "다시 열기",
                "verbose_name_plural": "다시 열기",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="reopening_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="reopening_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None), ("decided_by", None), ("is_approved", None)
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("is_approved__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="reopening_decided_by_somebody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("is_approved", None), ("is_approved", True), _connector="OR"
                        ),
                        fields=("closing",),
                        name="reopening_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="plans.activity",
                        verbose_name="활동",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="무엇")),
                ("planned_on", models.DateField(verbose_name="계획한 날")),
                (
                    "weight",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="비중(%)",
                    ),
                ),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="마친 날")),
                ("evidence", models.CharField(blank=True, max_length=500, verbose_name="근거")),
            ],
            options={
                "verbose_name": "추진일정",
                "verbose_name_plural": "추진일정",
                "ordering": ["planned_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="milestone_has_a_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("weight", None),
                            models.Q(("weight__gte", 1), ("weight__lte", 100)),
                            _connector="OR",
                        ),
                        name="milestone_weight_is_a_percentage",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on", None), ("evidence", "")),
                            models.Q(
                                ("done_on__isnull", False),
                                models.Q(("evidence", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="milestone_done_with_evidence",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MilestoneEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.milestone",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "activity",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.activity",
                        verbose_name="활동",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="무엇")),
                ("planned_on", models.DateField(verbose_name="계획한 날")),
                (
                    "weight",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="비중(%)",
                    ),
                ),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="마친 날")),
                ("evidence", models.CharField(blank=True, max_length=500, verbose_name="근거")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Blocker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blockers",
                        to="plans.activity",
                        verbose_name="활동",
                    ),
                ),
                ("what", models.CharField(max_length=500, verbose_name="무엇이 막고 있나요")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.department",
                        verbose_name="풀어야 할 부서",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="언제까지")),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="알린 사람",
                    ),
                ),
                (
                    "raised_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        editable=False,
                        verbose_name="알린 날",
                    ),
                ),
                ("resolved_on", models.DateField(blank=True, null=True, verbose_name="푼 날")),
                (
                    "resolved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="풀었다고 적은 사람",
                    ),
                ),
                (
                    "resolution",
                    models.CharField(blank=True, max_length=500, verbose_name="어떻게 풀었나요"),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                "verbose_name": "애로사항",
                "verbose_name_plural": "애로사항",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("resolved_on", None)),
                        fields=["due_on"],
                        name="blocker_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True), name="blocker_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("resolution", ""), ("resolved_by", None), ("resolved_on", None)
                            ),
                            models.Q(
                                ("resolved_by__isnull", False),
                                ("resolved_on__gte", models.F("raised_on")),
                                models.Q(("resolution", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="blocker_resolved_says_how",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BlockerEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.blocker",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "activity",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.activity",
                        verbose_name="활동",
                    ),
                ),
                ("what", models.CharField(max_length=500, verbose_name="무엇이 막고 있나요")),
                (
                    "department",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="office.department",
                        verbose_name="풀어야 할 부서",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="언제까지")),
                (
                    "raised_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="알린 사람",
                    ),
                ),
                (
                    "raised_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        editable=False,
                        verbose_name="알린 날",
                    ),
                ),
                ("resolved_on", models.DateField(blank=True, null=True, verbose_name="푼 날")),
                (
                    "resolved_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="풀었다고 적은 사람",
                    ),
                ),
                (
                    "resolution",
                    models.CharField(blank=True, max_length=500, verbose_name="어떻게 풀었나요"),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Spending",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spending",
                        to="plans.period",
                        verbose_name="보고 기간",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spending",
                        to="plans.activity",
                        verbose_name="활동",
                    ),
                ),
                ("contracted", models.PositiveBigIntegerField(verbose_name="계약액 누계(원)")),
                ("spent", models.PositiveBigIntegerField(verbose_name="집행액 누계(원)")),
                ("source", models.CharField(max_length=200, verbose_name="출처")),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="적은 사람",
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="고친 때")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                "verbose_name": "예산 집행",
                "verbose_name_plural": "예산 집행",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("period", "activity"), name="spending_once_a_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        name="spending_has_a_source",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpendingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.spending",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "period",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.period",
                        verbose_name="보고 기간",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.activity",
                        verbose_name="활동",
                    ),
                ),
                ("contracted", models.PositiveBigIntegerField(verbose_name="계약액 누계(원)")),
                ("spent", models.PositiveBigIntegerField(verbose_name="집행액 누계(원)")),
                ("source", models.CharField(max_length=200, verbose_name="출처")),
                (
                    "written_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="적은 사람",
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="고친 때")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("on", models.DateField(primary_key=True, serialize=False, verbose_name="날")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="만든 때")),
            ],
            options={
                "verbose_name": "알림을 만든 날",
                "verbose_name_plural": "알림을 만든 날",
            },
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="digests",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="직원",
                    ),
                ),
                ("on", models.DateField(verbose_name="날")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "보낼 것"),
                            ("sending", "보내는 중"),
                            ("sent", "전자우편으로 보냄"),
                            ("shown", "포털에만 알림"),
                            ("refused", "전자우편이 거절됨"),
                            ("unknown", "보냈는지 알 수 없음"),
                            ("empty", "그 사이에 다 마침"),
                            ("merged", "다음 알림에 합침"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="상태",
                    ),
                ),
                ("not_before", models.DateTimeField(editable=False, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("claimed_at", models.DateTimeField(editable=False, null=True)),
                ("sent_at", models.DateTimeField(null=True, verbose_name="보낸 때")),
                ("code", models.CharField(blank=True, max_length=40, verbose_name="서버의 답")),
            ],
            options={
                "verbose_name": "알림",
                "verbose_name_plural": "알림",
                "ordering": ["-on", "person"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "sending", "unknown"])),
                        fields=["on"],
                        name="digest_unsent",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "on"), name="digest_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sending"), _negated=True),
                            ("claimed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="digest_sending_was_claimed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "waiting",
                                    "sending",
                                    "sent",
                                    "shown",
                                    "refused",
                                    "unknown",
                                    "empty",
                                    "merged",
                                ],
                            )
                        ),
                        name="digest_state_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderSent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "digest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="plans.digest",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("rule", models.CharField(max_length=40)),
                ("thing", models.CharField(max_length=80)),
                ("step", models.CharField(max_length=20)),
                (
                    "urgency",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "알림"), (2, "곧 마감"), (3, "늦음")]
                    ),
                ),
                ("about", models.CharField(max_length=500, verbose_name="무엇")),
                ("why", models.CharField(max_length=300, verbose_name="까닭")),
                ("url", models.CharField(max_length=300)),
                ("is_dropped", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "알린 일",
                "verbose_name_plural": "알린 일",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("thing", "rule", "person", "step"), name="reminder_sent_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("urgency__in", [1, 2, 3])),
                        name="remindersent_urgency_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mutes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("rule", models.CharField(max_length=40)),
                ("muted_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "받지 않는 알림",
                "verbose_name_plural": "받지 않는 알림",
                "constraints": [
                    models.UniqueConstraint(fields=("person", "rule"), name="mute_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="직원",
                    ),
                ),
                (
                    "stand_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="대신할 사람",
                    ),
                ),
                ("first_on", models.DateField(verbose_name="첫날")),
                ("last_on", models.DateField(verbose_name="마지막 날")),
            ],
            options={
                "verbose_name": "부재",
                "verbose_name_plural": "부재",
                "ordering": ["first_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("stand_in")), _negated=True),
                        name="absence_stand_in_is_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first_on__lte", models.F("last_on"))),
                        name="absence_days_in_order",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    "person",
                                    "person",
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    "first_on",
                                    "last_on",
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="absence_days_not_twice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UrgentPhone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="urgent_phone",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("sealed", models.BinaryField()),
                ("agreed_at", models.DateTimeField(auto_now_add=True, verbose_name="동의한 때")),
            ],
            options={
                "verbose_name": "급한 알림을 받는 번호",
                "verbose_name_plural": "급한 알림을 받는 번호",
            },
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "secret_digest",
                    models.CharField(
                        max_length=64,
                        unique=True,
                        validators=[django.core.validators.RegexValidator("^[0-9a-f]{64}\\Z")],
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="만든 때")),
            ],
            options={
                "verbose_name": "달력 주소",
                "verbose_name_plural": "달력 주소",
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_entries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("thing", models.CharField(max_length=80)),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("on", models.DateField(verbose_name="날")),
                ("about", models.CharField(max_length=500, verbose_name="무엇")),
                ("url", models.CharField(max_length=300)),
                ("is_cancelled", models.BooleanField(default=False)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "달력의 날",
                "verbose_name_plural": "달력의 날",
                "ordering": ["on", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "thing"), name="calendar_entry_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="activity",
            name="supporters",
            field=models.ManyToManyField(
                blank=True,
                related_name="supported_activities",
                through="plans.ActivitySupporter",
                to="office.department",
                verbose_name="협조부서",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="dongs",
            field=models.ManyToManyField(
                blank=True,
                related_name="activities",
                through="plans.ActivityDong",
                to="office.dong",
                verbose_name="동",
            ),
        ),
        *[unique_pair(parent) for parent in PARENTS.values()],
        *[same_plan(child, parent) for child, parent in PARENTS.items()],
        migrations.CreateModel(
            name="Risk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="위험")),
                ("what", models.CharField(max_length=500, verbose_name="무슨 일이 생길 수 있나요")),
                (
                    "likelihood",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "낮음"), (2, "보통"), (3, "높음")],
                        verbose_name="일어날 가능성",
                    ),
                ),
                (
                    "impact",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "작음"), (2, "보통"), (3, "큼")], verbose_name="미칠 영향"
                    ),
                ),
                ("response", models.CharField(max_length=500, verbose_name="대응")),
                (
                    "raised_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        editable=False,
                        verbose_name="적은 날",
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="닫은 날")),
                (
                    "closed_for",
                    models.CharField(blank=True, max_length=500, verbose_name="닫은 까닭"),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risks",
                        to="plans.activity",
                        verbose_name="활동",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="닫은 사람",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="살피는 사람",
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="적은 사람",
                    ),
                ),
            ],
            options={
                "verbose_name": "위험",
                "verbose_name_plural": "위험",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("what", ""), _negated=True),
                            models.Q(("response", ""), _negated=True),
                        ),
                        name="risk_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_by", None), ("closed_for", ""), ("closed_on", None)),
                            models.Q(
                                ("closed_by__isnull", False),
                                ("closed_on__gte", models.F("raised_on")),
                                models.Q(("closed_for", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="risk_closed_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("likelihood__in", [1, 2, 3])),
                        name="risk_likelihood_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("impact__in", [1, 2, 3])),
                        name="risk_impact_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("title", models.CharField(max_length=200, verbose_name="위험")),
                ("what", models.CharField(max_length=500, verbose_name="무슨 일이 생길 수 있나요")),
                (
                    "likelihood",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "낮음"), (2, "보통"), (3, "높음")],
                        verbose_name="일어날 가능성",
                    ),
                ),
                (
                    "impact",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "작음"), (2, "보통"), (3, "큼")], verbose_name="미칠 영향"
                    ),
                ),
                ("response", models.CharField(max_length=500, verbose_name="대응")),
                (
                    "raised_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        editable=False,
                        verbose_name="적은 날",
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="닫은 날")),
                (
                    "closed_for",
                    models.CharField(blank=True, max_length=500, verbose_name="닫은 까닭"),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "activity",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.activity",
                        verbose_name="활동",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="닫은 사람",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="살피는 사람",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.risk",
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="적은 사람",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RiskReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "likelihood",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "낮음"), (2, "보통"), (3, "높음")],
                        verbose_name="일어날 가능성",
                    ),
                ),
                (
                    "impact",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "작음"), (2, "보통"), (3, "큼")], verbose_name="미칠 영향"
                    ),
                ),
                ("note", models.CharField(max_length=500, verbose_name="살핀 내용")),
                (
                    "reviewed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="검토한 때"
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risk_reviews",
                        to="plans.period",
                        verbose_name="보고 기간",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="검토한 사람",
                    ),
                ),
                (
                    "risk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="plans.risk",
                        verbose_name="위험",
                    ),
                ),
            ],
            options={
                "verbose_name": "위험 검토",
                "verbose_name_plural": "위험 검토",
                "ordering": ["period__first_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("risk", "period"), name="risk_review_once_a_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("note", ""), _negated=True),
                        name="risk_review_has_a_note",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("likelihood__in", [1, 2, 3])),
                        name="riskreview_likelihood_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("impact__in", [1, 2, 3])),
                        name="riskreview_impact_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskReviewEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "likelihood",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "낮음"), (2, "보통"), (3, "높음")],
                        verbose_name="일어날 가능성",
                    ),
                ),
                (
                    "impact",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "작음"), (2, "보통"), (3, "큼")], verbose_name="미칠 영향"
                    ),
                ),
                ("note", models.CharField(max_length=500, verbose_name="살핀 내용")),
                (
                    "reviewed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="검토한 때"
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.period",
                        verbose_name="보고 기간",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.riskreview",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="검토한 사람",
                    ),
                ),
                (
                    "risk",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.risk",
                        verbose_name="위험",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SavedReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("progress", "추진실적 보고"),
                            ("departments", "부서별 현황"),
                            ("summary", "주요업무 한 장 요약"),
                            ("dongs", "동별 현황"),
                            ("late", "지연과제 목록"),
                            ("amendments", "변경(수정계획) 목록"),
                            ("evidence", "자료집(수치의 근거)"),
                            ("plan", "계획서"),
                        ],
                        max_length=20,
                        verbose_name="보고서",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("plan", "계획 전체"),
                            ("pillar", "축"),
                            ("initiative", "추진과제"),
                            ("department", "부서"),
                            ("dong", "동"),
                        ],
                        default="plan",
                        max_length=20,
                        verbose_name="범위",
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=200, verbose_name="범위의 이름")),
                (
                    "scope_title",
                    models.CharField(blank=True, max_length=500, verbose_name="범위의 제목"),
                ),
                ("parts", models.JSONField(blank=True, default=list, verbose_name="넣을 것")),
                (
                    "compared",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "견주지 않음"),
                            ("period", "앞 기간의 마감본"),
                            ("year", "지난해 같은 기간의 마감본"),
                        ],
                        max_length=10,
                        verbose_name="견줄 것",
                    ),
                ),
                (
                    "won",
                    models.PositiveIntegerField(
                        choices=[(1, "원"), (1000, "천원"), (1000000, "백만원")],
                        default=1000,
                        verbose_name="금액 단위",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="이름")),
                (
                    "of",
                    models.CharField(
                        choices=[("closing", "가장 최근 마감본"), ("today", "오늘까지의 원장")],
                        max_length=10,
                        verbose_name="여는 것",
                    ),
                ),
                (
                    "scheduled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="예약한 때"),
                ),
                (
                    "formats",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("hwpx", "한글(HWPX)"),
                                ("pdf", "PDF"),
                                ("xlsx", "엑셀(XLSX)"),
                                ("csv", "CSV"),
                                ("html", "웹 문서(HTML)"),
                                ("txt", "글(TXT)"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="형식",
                    ),
                ),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="저장한 사람",
                    ),
                ),
                (
                    "recipients",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="받을 사람",
                    ),
                ),
            ],
            options={
                "verbose_name": "저장한 보고서",
                "verbose_name_plural": "저장한 보고서",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "name"), name="saved_report_name_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="saved_report_has_a_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scheduled_at", None),
                            models.Q(("formats", []), _negated=True),
                            _connector="OR",
                        ),
                        name="saved_report_scheduled_has_formats",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "progress",
                                    "departments",
                                    "summary",
                                    "dongs",
                                    "late",
                                    "amendments",
                                    "evidence",
                                    "plan",
                                ],
                            )
                        ),
                        name="savedreport_kind_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level__in", ["plan", "pillar", "initiative", "department", "dong"])
                        ),
                        name="savedreport_level_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("compared__in", ["", "period", "year", ""])),
                        name="savedreport_compared_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("won__in", [1, 1000, 1000000])),
                        name="savedreport_won_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("of__in", ["closing", "today"])),
                        name="savedreport_of_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("formats__contained_by", ["hwpx", "pdf", "xlsx", "csv", "html", "txt"])
                        ),
                        name="savedreport_formats_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("progress", "추진실적 보고"),
                            ("departments", "부서별 현황"),
                            ("summary", "주요업무 한 장 요약"),
                            ("dongs", "동별 현황"),
                            ("late", "지연과제 목록"),
                            ("amendments", "변경(수정계획) 목록"),
                            ("evidence", "자료집(수치의 근거)"),
                            ("plan", "계획서"),
                        ],
                        max_length=20,
                        verbose_name="보고서",
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("hwpx", "한글(HWPX)"),
                            ("pdf", "PDF"),
                            ("xlsx", "엑셀(XLSX)"),
                            ("csv", "CSV"),
                            ("html", "웹 문서(HTML)"),
                            ("txt", "글(TXT)"),
                        ],
                        max_length=10,
                        verbose_name="형식",
                    ),
                ),
                ("on", models.DateField(blank=True, null=True, verbose_name="기준일")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("plan", "계획 전체"),
                            ("pillar", "축"),
                            ("initiative", "추진과제"),
                            ("department", "부서"),
                            ("dong", "동"),
                        ],
                        default="plan",
                        max_length=20,
                        verbose_name="범위",
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=200, verbose_name="범위의 이름")),
                (
                    "scope_title",
                    models.CharField(blank=True, max_length=500, verbose_name="범위의 제목"),
                ),
                ("title", models.CharField(max_length=600, verbose_name="제목")),
                ("parts", models.JSONField(blank=True, default=list, verbose_name="넣을 것")),
                (
                    "compared",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "견주지 않음"),
                            ("period", "앞 기간의 마감본"),
                            ("year", "지난해 같은 기간의 마감본"),
                        ],
                        max_length=10,
                        verbose_name="견줄 것",
                    ),
                ),
                (
                    "won",
                    models.PositiveIntegerField(
                        choices=[(1, "원"), (1000, "천원"), (1000000, "백만원")],
                        default=1000,
                        verbose_name="금액 단위",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="받은 때"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "기다림"),
                            ("running", "만드는 중"),
                            ("done", "다 됨"),
                            ("failed", "만들지 못함"),
                            ("cancelled", "그만둠"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="상태",
                    ),
                ),
                ("step", models.CharField(blank=True, max_length=100, verbose_name="하고 있는 일")),
                ("progress", models.PositiveSmallIntegerField(default=0, verbose_name="진행(%)")),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("failure", models.CharField(blank=True, max_length=300, verbose_name="까닭")),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        upload_to=plans.reports.exports.models.export_path,
                        verbose_name="파일",
                    ),
                ),
                (
                    "size",
                    models.PositiveIntegerField(default=0, help_text="Bytes.", verbose_name="크기"),
                ),
                (
                    "digest",
                    models.CharField(
                        blank=True,
                        max_length=64,
                        validators=[django.core.validators.RegexValidator("^[0-9a-f]{64}$")],
                        verbose_name="지문(SHA-256)",
                    ),
                ),
                ("snapshot_digest", models.CharField(blank=True, max_length=64)),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="다 된 때"),
                ),
                ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="가져간 때")),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="받은 사람",
                    ),
                ),
                (
                    "closing",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.closing",
                        verbose_name="마감본",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.plan",
                        verbose_name="계획",
                    ),
                ),
                (
                    "saved",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="plans.savedreport",
                        verbose_name="예약한 설정",
                    ),
                ),
            ],
            options={
                "verbose_name": "내보낸 보고서",
                "verbose_name_plural": "내보낸 보고서",
                "ordering": ["-asked_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "running"])),
                        fields=["asked_at"],
                        name="export_unfinished",
                    ),
                    models.Index(fields=["asked_by", "-asked_at"], name="export_of_a_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("token", "format"), name="export_once_a_form_and_format"
                    ),
                    models.UniqueConstraint(
                        fields=("saved", "closing", "format", "asked_by"),
                        name="export_scheduled_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closing", None), ("on__isnull", False)),
                            models.Q(("closing__isnull", False), ("on", None)),
                            _connector="OR",
                        ),
                        name="export_of_a_closing_or_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            models.Q(
                                ("digest__regex", "^[0-9a-f]{64}$"), ("finished_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="export_done_has_a_digest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), _negated=True),
                            models.Q(("failure", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="export_failed_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "running"), _negated=True),
                            ("lease_until__isnull", False),
                            _connector="OR",
                        ),
                        name="export_running_has_a_lease",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("progress__lte", 100)), name="export_progress_percent"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "progress",
                                    "departments",
                                    "summary",
                                    "dongs",
                                    "late",
                                    "amendments",
                                    "evidence",
                                    "plan",
                                ],
                            )
                        ),
                        name="export_kind_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("format__in", ["hwpx", "pdf", "xlsx", "csv", "html", "txt"])
                        ),
                        name="export_format_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level__in", ["plan", "pillar", "initiative", "department", "dong"])
                        ),
                        name="export_level_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("compared__in", ["", "period", "year", ""])),
                        name="export_compared_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("won__in", [1, 1000, 1000000])),
                        name="export_won_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "running", "done", "failed", "cancelled"])
                        ),
                        name="export_state_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PhotoRelease",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("alt", models.CharField(max_length=200, verbose_name="사진에 보이는 것")),
                ("caption", models.CharField(blank=True, max_length=200, verbose_name="사진 설명")),
                ("released_at", models.DateTimeField(auto_now_add=True, verbose_name="실은 때")),
                (
                    "evidence",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="release",
                        to="plans.evidence",
                        verbose_name="사진",
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="실은 사람",
                    ),
                ),
            ],
            options={
                "verbose_name": "보고서에 싣는 사진",
                "verbose_name_plural": "보고서에 싣는 사진",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("alt", ""), _negated=True),
                        name="released_photo_says_what_is_seen",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PhotoReleaseEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("alt", models.CharField(max_length=200, verbose_name="사진에 보이는 것")),
                ("caption", models.CharField(blank=True, max_length=200, verbose_name="사진 설명")),
                ("released_at", models.DateTimeField(auto_now_add=True, verbose_name="실은 때")),
                (
                    "evidence",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.evidence",
                        verbose_name="사진",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.photorelease",
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="실은 사람",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RunPython(add_rows, migrations.RunPython.noop),
    ]
