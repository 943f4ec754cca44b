"""Every change of the tree is kept by triggers; the rows as they are now are the first versions."""

import uuid
from decimal import Decimal

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.apps.registry import Apps
from django.conf import settings
from django.db import connection, migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TRACKED = ("Plan", "Pillar", "Goal", "Initiative", "Activity")


def keep_first_versions(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    for name in TRACKED:
        table = apps.get_model("plans", name)._meta.db_table
        event = apps.get_model("plans", f"{name}Event")._meta
        columns = ", ".join(
            f'"{field.column}"' for field in event.fields if not field.name.startswith("pgh_")
        )
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {event.db_table}"
                f" (pgh_created_at, pgh_label, pgh_obj_id, {columns})"
                f" SELECT updated_at, 'insert', id, {columns} FROM {table}"
            )


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0002_seed_district_and_dong"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("plans", "0004_give_nodes_their_facts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ActivityDongEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ActivityEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
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
                    "phone",
                    models.CharField(
                        blank=True,
                        help_text="담당부서의 대표전화와 다를 때만 적습니다.",
                        max_length=30,
                        verbose_name="담당 전화",
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
            name="ActivitySupporterEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="GoalEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InitiativeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
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
                    "phone",
                    models.CharField(
                        blank=True,
                        help_text="담당부서의 대표전화와 다를 때만 적습니다.",
                        max_length=30,
                        verbose_name="담당 전화",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PillarEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
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
            name="PlanEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
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
        pgtrigger.migrations.AddTrigger(
            model_name="activity",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_activityevent" ("audiences", "budget", "certainty", "corrected_title", "counted", "department_id", "ends_on", "id", "initiative_id", "is_derived", "kind", "lineage", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "plan_id", "position", "retired_on", "slug", "source_lead", "source_line", "source_note", "source_text", "starts_on", "target", "target_origin", "target_q1", "target_q2", "target_q3", "target_q4", "target_set_by_id", "target_set_on", "text", "title", "unit", "version", "weight") SELECT new_values."audiences", new_values."budget", new_values."certainty", new_values."corrected_title", new_values."counted", new_values."department_id", new_values."ends_on", new_values."id", new_values."initiative_id", new_values."is_derived", new_values."kind", new_values."lineage", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."phone", new_values."plan_id", new_values."position", new_values."retired_on", new_values."slug", new_values."source_lead", new_values."source_line", new_values."source_note", new_values."source_text", new_values."starts_on", new_values."target", new_values."target_origin", new_values."target_q1", new_values."target_q2", new_values."target_q3", new_values."target_q4", new_values."target_set_by_id", new_values."target_set_on", new_values."text", new_values."title", new_values."unit", new_values."version", new_values."weight" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f1ac234798851511f1c511b00cc708fd3b817d14",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5cd65",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="plans_activity",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="activity",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_activityevent" ("audiences", "budget", "certainty", "corrected_title", "counted", "department_id", "ends_on", "id", "initiative_id", "is_derived", "kind", "lineage", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "plan_id", "position", "retired_on", "slug", "source_lead", "source_line", "source_note", "source_text", "starts_on", "target", "target_origin", "target_q1", "target_q2", "target_q3", "target_q4", "target_set_by_id", "target_set_on", "text", "title", "unit", "version", "weight") SELECT new_values."audiences", new_values."budget", new_values."certainty", new_values."corrected_title", new_values."counted", new_values."department_id", new_values."ends_on", new_values."id", new_values."initiative_id", new_values."is_derived", new_values."kind", new_values."lineage", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phone", new_values."plan_id", new_values."position", new_values."retired_on", new_values."slug", new_values."source_lead", new_values."source_line", new_values."source_note", new_values."source_text", new_values."starts_on", new_values."target", new_values."target_origin", new_values."target_q1", new_values."target_q2", new_values."target_q3", new_values."target_q4", new_values."target_set_by_id", new_values."target_set_on", new_values."text", new_values."title", new_values."unit", new_values."version", new_values."weight" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."audiences" IS DISTINCT FROM (new_values."audiences") OR old_values."budget" IS DISTINCT FROM (new_values."budget") OR old_values."certainty" IS DISTINCT FROM (new_values."certainty") OR old_values."corrected_title" IS DISTINCT FROM (new_values."corrected_title") OR old_values."counted" IS DISTINCT FROM (new_values."counted") OR old_values."department_id" IS DISTINCT FROM (new_values."department_id") OR old_values."ends_on" IS DISTINCT FROM (new_values."ends_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."initiative_id" IS DISTINCT FROM (new_values."initiative_id") OR old_values."is_derived" IS DISTINCT FROM (new_values."is_derived") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."lineage" IS DISTINCT FROM (new_values."lineage") OR old_values."person_id" IS DISTINCT FROM (new_values."person_id") OR old_values."phone" IS DISTINCT FROM (new_values."phone") OR old_values."plan_id" IS DISTINCT FROM (new_values."plan_id") OR old_values."position" IS DISTINCT FROM (new_values."position") OR old_values."retired_on" IS DISTINCT FROM (new_values."retired_on") OR old_values."slug" IS DISTINCT FROM (new_values."slug") OR old_values."source_lead" IS DISTINCT FROM (new_values."source_lead") OR old_values."source_line" IS DISTINCT FROM (new_values."source_line") OR old_values."source_note" IS DISTINCT FROM (new_values."source_note") OR old_values."source_text" IS DISTINCT FROM (new_values."source_text") OR old_values."starts_on" IS DISTINCT FROM (new_values."starts_on") OR old_values."target" IS DISTINCT FROM (new_values."target") OR old_values."target_origin" IS DISTINCT FROM (new_values."target_origin") OR old_values."target_q1" IS DISTINCT FROM (new_values."target_q1") OR old_values."target_q2" IS DISTINCT FROM (new_values."target_q2") OR old_values."target_q3" IS DISTINCT FROM (new_values."target_q3") OR old_values."target_q4" IS DISTINCT FROM (new_values."target_q4") OR old_values."target_set_by_id" IS DISTINCT FROM (new_values."target_set_by_id") OR old_values."target_set_on" IS DISTINCT FROM (new_values."target_set_on") OR old_values."text" IS DISTINCT FROM (new_values."text") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."unit" IS DISTINCT FROM (new_values."unit") OR old_values."version" IS DISTINCT FROM (new_values."version") OR old_values."weight" IS DISTINCT FROM (new_values."weight")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3c6be47234298b451a9a57e1f9598e39af178202",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_9669a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="plans_activity",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="activity",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_activityevent" ("audiences", "budget", "certainty", "corrected_title", "counted", "department_id", "ends_on", "id", "initiative_id", "is_derived", "kind", "lineage", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "plan_id", "position", "retired_on", "slug", "source_lead", "source_line", "source_note", "source_text", "starts_on", "target", "target_origin", "target_q1", "target_q2", "target_q3", "target_q4", "target_set_by_id", "target_set_on", "text", "title", "unit", "version", "weight") SELECT old_values."audiences", old_values."budget", old_values."certainty", old_values."corrected_title", old_values."counted", old_values."department_id", old_values."ends_on", old_values."id", old_values."initiative_id", old_values."is_derived", old_values."kind", old_values."lineage", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."phone", old_values."plan_id", old_values."position", old_values."retired_on", old_values."slug", old_values."source_lead", old_values."source_line", old_values."source_note", old_values."source_text", old_values."starts_on", old_values."target", old_values."target_origin", old_values."target_q1", old_values."target_q2", old_values."target_q3", old_values."target_q4", old_values."target_set_by_id", old_values."target_set_on", old_values."text", old_values."title", old_values."unit", old_values."version", old_values."weight" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="c2c453a931d3561b2cd864eadfd206d7cbc86fe9",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8d75f",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="plans_activity",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="activitydong",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_activitydongevent" ("activity_id", "dong_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."activity_id", new_values."dong_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="430622aa90fd10d60298ad7ce4c4088b34c4b73f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_33449",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="plans_activitydong",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="activitydong",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_activitydongevent" ("activity_id", "dong_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."activity_id", new_values."dong_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="df35c6a01a0acc390888b2e76894fca0a8de691c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8518d",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="plans_activitydong",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="activitydong",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_activitydongevent" ("activity_id", "dong_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."activity_id", old_values."dong_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="5986a51fd306b45bb9d042ceb93d573c4f88966b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3e2de",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="plans_activitydong",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="activitysupporter",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_activitysupporterevent" ("activity_id", "department_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."activity_id", new_values."department_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="29456eed1e49f4ca77351b867293ab20507adb6f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_77cd8",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="plans_activitysupporter",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="activitysupporter",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_activitysupporterevent" ("activity_id", "department_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."activity_id", new_values."department_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="85c123d2b6bf04f6f0535f21020e6560061f73a3",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e2beb",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="plans_activitysupporter",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="activitysupporter",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_activitysupporterevent" ("activity_id", "department_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."activity_id", old_values."department_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="8e53ff39ab89dbe0938779ca3021552c075ee004",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_bc3b5",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="plans_activitysupporter",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="goal",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_goalevent" ("certainty", "corrected_title", "id", "lineage", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "plan_id", "position", "retired_on", "slug", "source_lead", "source_line", "source_note", "source_text", "text", "title", "version", "vision_lead", "vision_line", "vision_text", "vision_title", "weight") SELECT new_values."certainty", new_values."corrected_title", new_values."id", new_values."lineage", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."pillar_id", new_values."plan_id", new_values."position", new_values."retired_on", new_values."slug", new_values."source_lead", new_values."source_line", new_values."source_note", new_values."source_text", new_values."text", new_values."title", new_values."version", new_values."vision_lead", new_values."vision_line", new_values."vision_text", new_values."vision_title", new_values."weight" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b939255a26a24cb31a8a5dd943d9f1dc4059f64c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_397f0",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="plans_goal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="goal",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_goalevent" ("certainty", "corrected_title", "id", "lineage", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "plan_id", "position", "retired_on", "slug", "source_lead", "source_line", "source_note", "source_text", "text", "title", "version", "vision_lead", "vision_line", "vision_text", "vision_title", "weight") SELECT new_values."certainty", new_values."corrected_title", new_values."id", new_values."lineage", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."pillar_id", new_values."plan_id", new_values."position", new_values."retired_on", new_values."slug", new_values."source_lead", new_values."source_line", new_values."source_note", new_values."source_text", new_values."text", new_values."title", new_values."version", new_values."vision_lead", new_values."vision_line", new_values."vision_text", new_values."vision_title", new_values."weight" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."certainty" IS DISTINCT FROM (new_values."certainty") OR old_values."corrected_title" IS DISTINCT FROM (new_values."corrected_title") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."lineage" IS DISTINCT FROM (new_values."lineage") OR old_values."pillar_id" IS DISTINCT FROM (new_values."pillar_id") OR old_values."plan_id" IS DISTINCT FROM (new_values."plan_id") OR old_values."position" IS DISTINCT FROM (new_values."position") OR old_values."retired_on" IS DISTINCT FROM (new_values."retired_on") OR old_values."slug" IS DISTINCT FROM (new_values."slug") OR old_values."source_lead" IS DISTINCT FROM (new_values."source_lead") OR old_values."source_line" IS DISTINCT FROM (new_values."source_line") OR old_values."source_note" IS DISTINCT FROM (new_values."source_note") OR old_values."source_text" IS DISTINCT FROM (new_values."source_text") OR old_values."text" IS DISTINCT FROM (new_values."text") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."version" IS DISTINCT FROM (new_values."version") OR old_values."vision_lead" IS DISTINCT FROM (new_values."vision_lead") OR old_values."vision_line" IS DISTINCT FROM (new_values."vision_line") OR old_values."vision_text" IS DISTINCT FROM (new_values."vision_text") OR old_values."vision_title" IS DISTINCT FROM (new_values."vision_title") OR old_values."weight" IS DISTINCT FROM (new_values."weight")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="160ce477e4a7efa4c06b83a57107a33cc12fd43e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d65b1",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="plans_goal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="goal",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_goalevent" ("certainty", "corrected_title", "id", "lineage", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "plan_id", "position", "retired_on", "slug", "source_lead", "source_line", "source_note", "source_text", "text", "title", "version", "vision_lead", "vision_line", "vision_text", "vision_title", "weight") SELECT old_values."certainty", old_values."corrected_title", old_values."id", old_values."lineage", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."pillar_id", old_values."plan_id", old_values."position", old_values."retired_on", old_values."slug", old_values."source_lead", old_values."source_line", old_values."source_note", old_values."source_text", old_values."text", old_values."title", old_values."version", old_values."vision_lead", old_values."vision_line", old_values."vision_text", old_values."vision_title", old_values."weight" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="3031de7c9b35b9dd7e7a9424b34cbc8ce3c76d3a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4160e",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="plans_goal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="initiative",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_initiativeevent" ("certainty", "corrected_title", "department_id", "goal_id", "id", "lineage", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "plan_id", "position", "retired_on", "slug", "source_lead", "source_line", "source_note", "source_text", "text", "title", "version", "weight") SELECT new_values."certainty", new_values."corrected_title", new_values."department_id", new_values."goal_id", new_values."id", new_values."lineage", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."phone", new_values."plan_id", new_values."position", new_values."retired_on", new_values."slug", new_values."source_lead", new_values."source_line", new_values."source_note", new_values."source_text", new_values."text", new_values."title", new_values."version", new_values."weight" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4f20963041ddba03345ffd270b7615eff1ca1a69",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_02744",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="plans_initiative",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="initiative",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_initiativeevent" ("certainty", "corrected_title", "department_id", "goal_id", "id", "lineage", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "plan_id", "position", "retired_on", "slug", "source_lead", "source_line", "source_note", "source_text", "text", "title", "version", "weight") SELECT new_values."certainty", new_values."corrected_title", new_values."department_id", new_values."goal_id", new_values."id", new_values."lineage", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phone", new_values."plan_id", new_values."position", new_values."retired_on", new_values."slug", new_values."source_lead", new_values."source_line", new_values."source_note", new_values."source_text", new_values."text", new_values."title", new_values."version", new_values."weight" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."certainty" IS DISTINCT FROM (new_values."certainty") OR old_values."corrected_title" IS DISTINCT FROM (new_values."corrected_title") OR old_values."department_id" IS DISTINCT FROM (new_values."department_id") OR old_values."goal_id" IS DISTINCT FROM (new_values."goal_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."lineage" IS DISTINCT FROM (new_values."lineage") OR old_values."person_id" IS DISTINCT FROM (new_values."person_id") OR old_values."phone" IS DISTINCT FROM (new_values."phone") OR old_values."plan_id" IS DISTINCT FROM (new_values."plan_id") OR old_values."position" IS DISTINCT FROM (new_values."position") OR old_values."retired_on" IS DISTINCT FROM (new_values."retired_on") OR old_values."slug" IS DISTINCT FROM (new_values."slug") OR old_values."source_lead" IS DISTINCT FROM (new_values."source_lead") OR old_values."source_line" IS DISTINCT FROM (new_values."source_line") OR old_values."source_note" IS DISTINCT FROM (new_values."source_note") OR old_values."source_text" IS DISTINCT FROM (new_values."source_text") OR old_values."text" IS DISTINCT FROM (new_values."text") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."version" IS DISTINCT FROM (new_values."version") OR old_values."weight" IS DISTINCT FROM (new_values."weight")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0f4a69a27c7445ae10a9a040cf5221c3db209bf1",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_10b85",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="plans_initiative",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="initiative",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_initiativeevent" ("certainty", "corrected_title", "department_id", "goal_id", "id", "lineage", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "plan_id", "position", "retired_on", "slug", "source_lead", "source_line", "source_note", "source_text", "text", "title", "version", "weight") SELECT old_values."certainty", old_values."corrected_title", old_values."department_id", old_values."goal_id", old_values."id", old_values."lineage", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."phone", old_values."plan_id", old_values."position", old_values."retired_on", old_values."slug", old_values."source_lead", old_values."source_line", old_values."source_note", old_values."source_text", old_values."text", old_values."title", old_values."version", old_values."weight" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="089673a01456ceaff9fb9c25aab5ff21932369e7",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_201a0",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="plans_initiative",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pillar",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_pillarevent" ("certainty", "code", "corrected_title", "id", "lineage", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "retired_on", "slug", "source_lead", "source_line", "source_note", "source_text", "text", "title", "version", "vision_lead", "vision_line", "vision_text", "vision_title", "weight") SELECT new_values."certainty", new_values."code", new_values."corrected_title", new_values."id", new_values."lineage", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan_id", new_values."position", new_values."retired_on", new_values."slug", new_values."source_lead", new_values."source_line", new_values."source_note", new_values."source_text", new_values."text", new_values."title", new_values."version", new_values."vision_lead", new_values."vision_line", new_values."vision_text", new_values."vision_title", new_values."weight" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c5006991a1a45121c202b61ebc6ef6566063bd83",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_be396",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="plans_pillar",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pillar",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_pillarevent" ("certainty", "code", "corrected_title", "id", "lineage", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "retired_on", "slug", "source_lead", "source_line", "source_note", "source_text", "text", "title", "version", "vision_lead", "vision_line", "vision_text", "vision_title", "weight") SELECT new_values."certainty", new_values."code", new_values."corrected_title", new_values."id", new_values."lineage", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan_id", new_values."position", new_values."retired_on", new_values."slug", new_values."source_lead", new_values."source_line", new_values."source_note", new_values."source_text", new_values."text", new_values."title", new_values."version", new_values."vision_lead", new_values."vision_line", new_values."vision_text", new_values."vision_title", new_values."weight" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."certainty" IS DISTINCT FROM (new_values."certainty") OR old_values."code" IS DISTINCT FROM (new_values."code") OR old_values."corrected_title" IS DISTINCT FROM (new_values."corrected_title") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."lineage" IS DISTINCT FROM (new_values."lineage") OR old_values."plan_id" IS DISTINCT FROM (new_values."plan_id") OR old_values."position" IS DISTINCT FROM (new_values."position") OR old_values."retired_on" IS DISTINCT FROM (new_values."retired_on") OR old_values."slug" IS DISTINCT FROM (new_values."slug") OR old_values."source_lead" IS DISTINCT FROM (new_values."source_lead") OR old_values."source_line" IS DISTINCT FROM (new_values."source_line") OR old_values."source_note" IS DISTINCT FROM (new_values."source_note") OR old_values."source_text" IS DISTINCT FROM (new_values."source_text") OR old_values."text" IS DISTINCT FROM (new_values."text") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."version" IS DISTINCT FROM (new_values."version") OR old_values."vision_lead" IS DISTINCT FROM (new_values."vision_lead") OR old_values."vision_line" IS DISTINCT FROM (new_values."vision_line") OR old_values."vision_text" IS DISTINCT FROM (new_values."vision_text") OR old_values."vision_title" IS DISTINCT FROM (new_values."vision_title") OR old_values."weight" IS DISTINCT FROM (new_values."weight")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ffda00b2698e7d37113dbdd1b330caaf0a48bdb6",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a89e8",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="plans_pillar",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pillar",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_pillarevent" ("certainty", "code", "corrected_title", "id", "lineage", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "retired_on", "slug", "source_lead", "source_line", "source_note", "source_text", "text", "title", "version", "vision_lead", "vision_line", "vision_text", "vision_title", "weight") SELECT old_values."certainty", old_values."code", old_values."corrected_title", old_values."id", old_values."lineage", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_id", old_values."position", old_values."retired_on", old_values."slug", old_values."source_lead", old_values."source_line", old_values."source_note", old_values."source_text", old_values."text", old_values."title", old_values."version", old_values."vision_lead", old_values."vision_line", old_values."vision_text", old_values."vision_title", old_values."weight" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="b6eed903af9b9b724d625599cbd388e33cd43830",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a1dc3",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="plans_pillar",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_planevent" ("district_id", "frame", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "vision", "vision_line", "vision_text", "year") SELECT new_values."district_id", new_values."frame", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."status", new_values."vision", new_values."vision_line", new_values."vision_text", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="5c0bd3a175fe07e13fb1d6962f212ea20fe61972",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8b340",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="plans_plan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_planevent" ("district_id", "frame", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "vision", "vision_line", "vision_text", "year") SELECT new_values."district_id", new_values."frame", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."status", new_values."vision", new_values."vision_line", new_values."vision_text", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."district_id" IS DISTINCT FROM (new_values."district_id") OR old_values."frame" IS DISTINCT FROM (new_values."frame") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."published_at" IS DISTINCT FROM (new_values."published_at") OR old_values."published_by_id" IS DISTINCT FROM (new_values."published_by_id") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."vision" IS DISTINCT FROM (new_values."vision") OR old_values."vision_line" IS DISTINCT FROM (new_values."vision_line") OR old_values."vision_text" IS DISTINCT FROM (new_values."vision_text") OR old_values."year" IS DISTINCT FROM (new_values."year")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d6e82f4101ebee44cdff4af7ccf07e882c735cf0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ee9c7",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="plans_plan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_planevent" ("district_id", "frame", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "vision", "vision_line", "vision_text", "year") SELECT old_values."district_id", old_values."frame", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."published_by_id", old_values."status", old_values."vision", old_values."vision_line", old_values."vision_text", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="1b9e021fb456829bc6598512a4d337280ec2050f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3e165",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="plans_plan",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="activitydongevent",
            name="activity",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="plans.activity",
            ),
        ),
        migrations.AddField(
            model_name="activitydongevent",
            name="dong",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="office.dong",
                verbose_name="동",
            ),
        ),
        migrations.AddField(
            model_name="activitydongevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="activitydongevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="plans.activitydong",
            ),
        ),
        migrations.AddField(
            model_name="activityevent",
            name="department",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="activityevent",
            name="initiative",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="plans.initiative",
                verbose_name="추진과제",
            ),
        ),
        migrations.AddField(
            model_name="activityevent",
            name="person",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="activityevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="activityevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="plans.activity",
            ),
        ),
        migrations.AddField(
            model_name="activityevent",
            name="plan",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="plans.plan",
                verbose_name="계획",
            ),
        ),
        migrations.AddField(
            model_name="activityevent",
            name="target_set_by",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="activitysupporterevent",
            name="activity",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="plans.activity",
            ),
        ),
        migrations.AddField(
            model_name="activitysupporterevent",
            name="department",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="office.department",
                verbose_name="협조부서",
            ),
        ),
        migrations.AddField(
            model_name="activitysupporterevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="activitysupporterevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="plans.activitysupporter",
            ),
        ),
        migrations.AddField(
            model_name="goalevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="goalevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="plans.goal",
            ),
        ),
        migrations.AddField(
            model_name="goalevent",
            name="pillar",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="plans.pillar",
                verbose_name="축",
            ),
        ),
        migrations.AddField(
            model_name="goalevent",
            name="plan",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="plans.plan",
                verbose_name="계획",
            ),
        ),
        migrations.AddField(
            model_name="initiativeevent",
            name="department",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="initiativeevent",
            name="goal",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="plans.goal",
                verbose_name="목표",
            ),
        ),
        migrations.AddField(
            model_name="initiativeevent",
            name="person",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="initiativeevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="initiativeevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="plans.initiative",
            ),
        ),
        migrations.AddField(
            model_name="initiativeevent",
            name="plan",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="plans.plan",
                verbose_name="계획",
            ),
        ),
        migrations.AddField(
            model_name="pillarevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="pillarevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="plans.pillar",
            ),
        ),
        migrations.AddField(
            model_name="pillarevent",
            name="plan",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="plans.plan",
                verbose_name="계획",
            ),
        ),
        migrations.AddField(
            model_name="planevent",
            name="district",
            field=models.ForeignKey(
                db_constraint=False,
                default=1,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="office.district",
                verbose_name="자치단체",
            ),
        ),
        migrations.AddField(
            model_name="planevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="planevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="plans.plan",
            ),
        ),
        migrations.AddField(
            model_name="planevent",
            name="published_by",
            field=models.ForeignKey(
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
        pgtrigger.migrations.AddTrigger(
            model_name="activitydongevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b4e83c0c641a9ad7c7fca434781ea77019a828aa",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f83e2",
                    table="plans_activitydongevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="activityevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7e5425c289b9b0e7b47bf44306ca8da48435db1b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6dd48",
                    table="plans_activityevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="activitysupporterevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d14d5ec437ecb8f662630dc5a2eb91e5a203ac1e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_68391",
                    table="plans_activitysupporterevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="goalevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="43fd81ad1fdda945025dadb0f038c483c7d28f3f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c62fb",
                    table="plans_goalevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="initiativeevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f8af2c993f38400eb788f132b5d51c58fe104e11",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9f414",
                    table="plans_initiativeevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pillarevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8e692673ad3f62d6f99c4c0e055e60bb1d86912d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_93f12",
                    table="plans_pillarevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="planevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b3f68a381db6a5160c734b02b91c789f663d554e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_038a7",
                    table="plans_planevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunPython(keep_first_versions, migrations.RunPython.noop),
    ]
