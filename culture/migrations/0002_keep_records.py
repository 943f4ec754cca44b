"""What only this pillar's kinds of record know, held as the record is held."""

from decimal import Decimal

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

from plans.ledger.holding import hold_detail


class Migration(migrations.Migration):
    dependencies = [
        ("culture", "0001_initial"),
        ("plans", "0015_hold_confirmed_records"),
    ]

    operations = [
        migrations.CreateModel(
            name="Collection",
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
                ("spot", models.CharField(blank=True, max_length=100, verbose_name="수거한 곳")),
                (
                    "cans",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="통(18L)"),
                ),
            ],
            options={
                "verbose_name": "수거",
                "verbose_name_plural": "수거",
            },
        ),
        migrations.CreateModel(
            name="Performance",
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
                ("title", models.CharField(max_length=100, verbose_name="제목")),
                ("host", models.CharField(blank=True, max_length=100, verbose_name="주관")),
                ("performers", models.CharField(blank=True, max_length=200, verbose_name="출연")),
                (
                    "teams",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="참가 팀"),
                ),
            ],
            options={
                "verbose_name": "공연·축제",
                "verbose_name_plural": "공연·축제",
            },
        ),
        migrations.CreateModel(
            name="Upkeep",
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
                    "works",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("mow", "예초"),
                                ("prune", "전정"),
                                ("plant", "식재"),
                                ("clean", "청소"),
                                ("repair", "보수"),
                                ("check", "점검"),
                            ],
                            max_length=10,
                        ),
                        size=None,
                        verbose_name="한 일",
                    ),
                ),
                (
                    "area",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=10,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal(0))],
                        verbose_name="면적(㎡)",
                    ),
                ),
                (
                    "plants",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="나무·꽃(주)"),
                ),
                (
                    "bags",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="쓰레기 봉투(장)"
                    ),
                ),
                (
                    "defects",
                    models.PositiveSmallIntegerField(default=0, verbose_name="찾은 고장(건)"),
                ),
                (
                    "fixed",
                    models.PositiveSmallIntegerField(default=0, verbose_name="고친 고장(건)"),
                ),
            ],
            options={
                "verbose_name": "유지관리",
                "verbose_name_plural": "유지관리",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("works", []), _negated=True),
                        name="upkeep_does_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fixed__lte", models.F("defects"))),
                        name="upkeep_fixes_what_it_found",
                        violation_error_message="고친 고장이 찾은 고장보다 많습니다. 두 수를 확인하세요.",
                    ),
                ],
            },
        ),
        *hold_detail("culture_collection"),
        *hold_detail("culture_upkeep"),
        *hold_detail("culture_performance"),
    ]
