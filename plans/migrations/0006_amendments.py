"""Amendments: how a published plan changes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0005_keep_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                    "requested_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="신청한 때"),
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
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="plans.plan",
                        verbose_name="계획",
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
            ],
            options={
                "verbose_name": "변경",
                "verbose_name_plural": "변경",
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
                (
                    "amendment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="plans.amendment",
                    ),
                ),
            ],
            options={
                "verbose_name": "변경 내용",
                "verbose_name_plural": "변경 내용",
                "ordering": ["pk"],
            },
        ),
        migrations.AddIndex(
            model_name="amendment",
            index=models.Index(fields=["plan", "state", "decided_at"], name="amendment_by_state"),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by", None),
                    models.Q(("decided_by", models.F("requested_by")), _negated=True),
                    _connector="OR",
                ),
                name="amendment_decided_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None), ("decided_on", None)),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("decided_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="amendment_decided_with_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["requested", "applied"]), _negated=True),
                    models.Q(
                        ("requested_at__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                        models.Q(("ground", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="amendment_requested_with_its_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by__isnull", False), ("state__in", ["returned", "applied"])),
                    models.Q(
                        models.Q(("state__in", ["returned", "applied"]), _negated=True),
                        ("decided_by", None),
                    ),
                    _connector="OR",
                ),
                name="amendment_decided_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "returned"), _negated=True),
                    models.Q(("decision_note", ""), _negated=True),
                    _connector="OR",
                ),
                name="amendment_returned_with_a_note",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "writing")),
                fields=("plan", "requested_by"),
                name="amendment_one_in_writing",
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["lineage", "field"], name="change_by_lineage"),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.UniqueConstraint(
                fields=("amendment", "lineage", "field"), name="change_once_a_field"
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("after", None),
                        ("before", None),
                        ("content__isnull", False),
                        ("field", "addition"),
                    ),
                    models.Q(models.Q(("field", "addition"), _negated=True), ("content", None)),
                    _connector="OR",
                ),
                name="change_addition_with_its_content",
            ),
        ),
    ]
