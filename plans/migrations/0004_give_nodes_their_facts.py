"""What a node is, beyond its title: who, when, how much of what, for whom, where.

Search reads the text, too. PostgreSQL cannot change a generated column's expression: it is made
anew.
"""

from decimal import Decimal

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0002_seed_district_and_dong"),
        ("plans", "0003_raise_the_public_state"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ActivityDong",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "verbose_name": "동",
                "verbose_name_plural": "동",
                "ordering": ["dong__position", "dong__name"],
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
            ],
            options={
                "verbose_name": "협조부서",
                "verbose_name_plural": "협조부서",
                "ordering": ["department__position", "department__name"],
            },
        ),
        migrations.AddField(
            model_name="activity",
            name="audiences",
            field=django.contrib.postgres.fields.ArrayField(
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
        migrations.AddField(
            model_name="activity",
            name="budget",
            field=models.PositiveBigIntegerField(
                blank=True, null=True, verbose_name="계획 예산(원)"
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="counted",
            field=models.CharField(
                blank=True,
                help_text="무엇을 세어 진행을 재는지 적습니다. 예: 합동 순찰 횟수",
                max_length=200,
                verbose_name="세는 것",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="ends_on",
            field=models.DateField(blank=True, null=True, verbose_name="마감일"),
        ),
        migrations.AddField(
            model_name="activity",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)s_in_charge",
                to=settings.AUTH_USER_MODEL,
                verbose_name="담당자",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="phone",
            field=models.CharField(
                blank=True,
                help_text="담당부서의 대표전화와 다를 때만 적습니다.",
                max_length=30,
                verbose_name="담당 전화",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="starts_on",
            field=models.DateField(blank=True, null=True, verbose_name="시작일"),
        ),
        migrations.AddField(
            model_name="activity",
            name="target",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="연간 목표"
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="target_origin",
            field=models.CharField(
                blank=True,
                choices=[("document", "문서"), ("staff", "담당자")],
                max_length=10,
                verbose_name="목표의 출처",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="target_q1",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="1분기 목표"
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="target_q2",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="2분기 목표"
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="target_q3",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="3분기 목표"
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="target_q4",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="4분기 목표"
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="target_set_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="목표를 정한 사람",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="target_set_on",
            field=models.DateField(blank=True, null=True, verbose_name="목표를 정한 날"),
        ),
        migrations.AddField(
            model_name="activity",
            name="text",
            field=models.TextField(
                blank=True,
                max_length=20000,
                validators=[django.core.validators.MaxLengthValidator(20000)],
                verbose_name="내용",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="unit",
            field=models.CharField(
                blank=True, help_text="예: 회, 명, 개소", max_length=20, verbose_name="단위"
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="weight",
            field=models.DecimalField(
                decimal_places=2,
                default=Decimal(1),
                help_text="윗단계의 진행률을 낼 때 차지하는 몫. 따로 정하지 않으면 1입니다.",
                max_digits=5,
                validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                verbose_name="가중치",
            ),
        ),
        migrations.AddField(
            model_name="goal",
            name="text",
            field=models.TextField(
                blank=True,
                max_length=20000,
                validators=[django.core.validators.MaxLengthValidator(20000)],
                verbose_name="내용",
            ),
        ),
        migrations.AddField(
            model_name="goal",
            name="weight",
            field=models.DecimalField(
                decimal_places=2,
                default=Decimal(1),
                help_text="윗단계의 진행률을 낼 때 차지하는 몫. 따로 정하지 않으면 1입니다.",
                max_digits=5,
                validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                verbose_name="가중치",
            ),
        ),
        migrations.AddField(
            model_name="initiative",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)s_in_charge",
                to=settings.AUTH_USER_MODEL,
                verbose_name="담당자",
            ),
        ),
        migrations.AddField(
            model_name="initiative",
            name="phone",
            field=models.CharField(
                blank=True,
                help_text="담당부서의 대표전화와 다를 때만 적습니다.",
                max_length=30,
                verbose_name="담당 전화",
            ),
        ),
        migrations.AddField(
            model_name="initiative",
            name="text",
            field=models.TextField(
                blank=True,
                max_length=20000,
                validators=[django.core.validators.MaxLengthValidator(20000)],
                verbose_name="내용",
            ),
        ),
        migrations.AddField(
            model_name="initiative",
            name="weight",
            field=models.DecimalField(
                decimal_places=2,
                default=Decimal(1),
                help_text="윗단계의 진행률을 낼 때 차지하는 몫. 따로 정하지 않으면 1입니다.",
                max_digits=5,
                validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                verbose_name="가중치",
            ),
        ),
        migrations.AddField(
            model_name="pillar",
            name="text",
            field=models.TextField(
                blank=True,
                max_length=20000,
                validators=[django.core.validators.MaxLengthValidator(20000)],
                verbose_name="내용",
            ),
        ),
        migrations.AddField(
            model_name="pillar",
            name="weight",
            field=models.DecimalField(
                decimal_places=2,
                default=Decimal(1),
                help_text="윗단계의 진행률을 낼 때 차지하는 몫. 따로 정하지 않으면 1입니다.",
                max_digits=5,
                validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                verbose_name="가중치",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="published_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="공개한 사람",
            ),
        ),
        migrations.RemoveField(model_name="activity", name="search_text"),
        migrations.AddField(
            model_name="activity",
            name="search_text",
            field=models.GeneratedField(
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
        migrations.RemoveField(model_name="goal", name="search_text"),
        migrations.AddField(
            model_name="goal",
            name="search_text",
            field=models.GeneratedField(
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
        migrations.RemoveField(model_name="initiative", name="search_text"),
        migrations.AddField(
            model_name="initiative",
            name="search_text",
            field=models.GeneratedField(
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
        migrations.RemoveField(model_name="pillar", name="search_text"),
        migrations.AddField(
            model_name="pillar",
            name="search_text",
            field=models.GeneratedField(
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
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__gt", 0)), name="goal_has_weight"
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.UniqueConstraint(
                fields=("plan", "lineage"), name="goal_lineage_once_a_plan"
            ),
        ),
        migrations.AddConstraint(
            model_name="initiative",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__gt", 0)), name="initiative_has_weight"
            ),
        ),
        migrations.AddConstraint(
            model_name="initiative",
            constraint=models.UniqueConstraint(
                fields=("plan", "lineage"), name="initiative_lineage_once_a_plan"
            ),
        ),
        migrations.AddConstraint(
            model_name="pillar",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__gt", 0)), name="pillar_has_weight"
            ),
        ),
        migrations.AddConstraint(
            model_name="pillar",
            constraint=models.UniqueConstraint(
                fields=("plan", "lineage"), name="pillar_lineage_once_a_plan"
            ),
        ),
        migrations.AddField(
            model_name="activitydong",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, to="plans.activity"
            ),
        ),
        migrations.AddField(
            model_name="activitydong",
            name="dong",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="office.dong", verbose_name="동"
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
        migrations.AddField(
            model_name="activitysupporter",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, to="plans.activity"
            ),
        ),
        migrations.AddField(
            model_name="activitysupporter",
            name="department",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                to="office.department",
                verbose_name="협조부서",
            ),
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
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__gt", 0)), name="activity_has_weight"
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.UniqueConstraint(
                fields=("plan", "lineage"), name="activity_lineage_once_a_plan"
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on", None),
                    ("ends_on", None),
                    ("starts_on__lte", models.F("ends_on")),
                    _connector="OR",
                ),
                name="activity_starts_before_it_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("target", None), ("target_origin", ""), ("target_set_on", None)),
                    models.Q(
                        ("target__gt", 0),
                        ("target_set_on__isnull", False),
                        models.Q(("target_origin", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="activity_target_with_its_origin",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="activitydong",
            constraint=models.UniqueConstraint(
                fields=("activity", "dong"), name="activity_dong_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="activitysupporter",
            constraint=models.UniqueConstraint(
                fields=("activity", "department"), name="activity_supporter_once"
            ),
        ),
    ]
