"""What the culture pillar's records know, its garden plots and performances to come."""

from decimal import Decimal

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

from gwonseon.initial_migration import InitialMigration


class Migration(InitialMigration):
    dependencies = [
        ("office", "0001_initial"),
        ("plans", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
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
                "abstract": False,
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
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("works", []), _negated=True),
                        name="upkeep_has_works",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fixed__lte", models.F("defects"))),
                        name="upkeep_fixed_within_defects",
                        violation_error_message="고친 고장이 찾은 고장보다 많습니다. 두 수를 확인하세요.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "works__contained_by",
                                ["mow", "prune", "plant", "clean", "repair", "check"],
                            )
                        ),
                        name="upkeep_works_is_a_choice",
                    ),
                ],
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Plot",
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
                        related_name="+",
                        to="plans.activity",
                        verbose_name="활동",
                    ),
                ),
                ("garden", models.CharField(max_length=100, verbose_name="텃밭")),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="구좌 번호",
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
                (
                    "area",
                    models.DecimalField(
                        decimal_places=1,
                        max_digits=6,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.1"))],
                        verbose_name="면적(㎡)",
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="없앤 날")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "텃밭 구좌",
                "verbose_name_plural": "텃밭 구좌",
                "ordering": ["garden", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("activity", "garden", "number"),
                        name="plot_once_in_a_garden",
                        violation_error_message="이 텃밭에 같은 번호의 구좌가 있습니다. 그 구좌를 고치거나 다른 번호를 적으세요.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("area__gt", 0), ("number__gt", 0)),
                        name="plot_area_and_number_positive",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlotEvent",
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
                        to="culture.plot",
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
                ("garden", models.CharField(max_length=100, verbose_name="텃밭")),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="구좌 번호",
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
                (
                    "area",
                    models.DecimalField(
                        decimal_places=1,
                        max_digits=6,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.1"))],
                        verbose_name="면적(㎡)",
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="없앤 날")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Show",
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
                        related_name="+",
                        to="plans.activity",
                        verbose_name="활동",
                    ),
                ),
                ("title", models.CharField(max_length=100, verbose_name="제목")),
                ("starts_at", models.DateTimeField(verbose_name="시작")),
                ("place", models.CharField(max_length=100, verbose_name="곳")),
                ("host", models.CharField(blank=True, max_length=100, verbose_name="주관")),
                ("cancelled_on", models.DateField(blank=True, null=True, verbose_name="취소한 날")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "공연 예정",
                "verbose_name_plural": "공연 예정",
                "ordering": ["-starts_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("activity", "title", "starts_at"),
                        name="show_once_at_a_time",
                        violation_error_message="같은 때에 같은 제목의 공연이 있습니다. 그 공연을 고치세요.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ShowEvent",
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
                        to="culture.show",
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
                ("title", models.CharField(max_length=100, verbose_name="제목")),
                ("starts_at", models.DateTimeField(verbose_name="시작")),
                ("place", models.CharField(max_length=100, verbose_name="곳")),
                ("host", models.CharField(blank=True, max_length=100, verbose_name="주관")),
                ("cancelled_on", models.DateField(blank=True, null=True, verbose_name="취소한 날")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
