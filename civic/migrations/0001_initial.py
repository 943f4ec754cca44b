"""What the civic pillar's records know."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("office", "0001_initial"),
        ("plans", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Goal",
            fields=[],
            options={
                "verbose_name": "목표",
                "verbose_name_plural": "목표",
                "proxy": True,
            },
            bases=("plans.goal",),
        ),
        migrations.CreateModel(
            name="Initiative",
            fields=[],
            options={
                "verbose_name": "추진과제",
                "verbose_name_plural": "추진과제",
                "proxy": True,
            },
            bases=("plans.initiative",),
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[],
            options={
                "verbose_name": "활동",
                "verbose_name_plural": "활동",
                "proxy": True,
            },
            bases=("plans.activity",),
        ),
        migrations.CreateModel(
            name="Gathering",
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
                ("subject", models.CharField(max_length=100, verbose_name="주제")),
                ("club", models.CharField(blank=True, max_length=50, verbose_name="동아리")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("online", "온라인"),
                            ("on-site", "대면"),
                            ("both", "온라인과 대면"),
                        ],
                        default="on-site",
                        max_length=10,
                        verbose_name="방식",
                    ),
                ),
                (
                    "hours",
                    models.DecimalField(
                        decimal_places=1,
                        max_digits=3,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.5")),
                            django.core.validators.MaxValueValidator(Decimal(24)),
                        ],
                        verbose_name="시간",
                    ),
                ),
                ("output", models.CharField(blank=True, max_length=200, verbose_name="결과물")),
            ],
            options={
                "verbose_name": "모임",
                "verbose_name_plural": "모임",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("hours__gt", 0), ("hours__lte", 24)),
                        name="gathering_lasts_within_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["online", "on-site", "both"])),
                        name="gathering_way_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CounterTally",
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
                ("service", models.CharField(blank=True, max_length=100, verbose_name="업무")),
                (
                    "group",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("seniors", "어르신"),
                            ("disabled", "장애인"),
                            ("parents", "임산부·영유아 동반"),
                            ("multicultural", "다문화 가정"),
                            ("others", "그 밖"),
                        ],
                        max_length=15,
                        verbose_name="이용자",
                    ),
                ),
                (
                    "on_show",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="비치한 책(권)"
                    ),
                ),
            ],
            options={
                "verbose_name": "창구 집계",
                "verbose_name_plural": "창구 집계",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "group__in",
                                ["seniors", "disabled", "parents", "multicultural", "others", ""],
                            )
                        ),
                        name="countertally_group_is_a_choice",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Audit",
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
                    "scope",
                    models.CharField(
                        choices=[
                            ("whole", "종합감사"),
                            ("part", "특정감사"),
                            ("conduct", "복무감사"),
                        ],
                        max_length=10,
                        verbose_name="감사 종류",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.department",
                        verbose_name="감사받은 부서",
                    ),
                ),
                ("subject", models.CharField(max_length=200, verbose_name="감사 내용")),
            ],
            options={
                "verbose_name": "감사",
                "verbose_name_plural": "감사",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("scope__in", ["whole", "part", "conduct"])),
                        name="audit_scope_is_a_choice",
                    )
                ],
            },
        ),
    ]
