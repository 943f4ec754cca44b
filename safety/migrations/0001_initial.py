"""What the safety pillar's records know, and the limits of what is measured."""

from decimal import Decimal

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

from gwonseon.initial_migration import InitialMigration
from safety.initial_rows import add_rows


class Migration(InitialMigration):
    dependencies = [
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
            name="Patrol",
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
                ("route", models.CharField(blank=True, max_length=200, verbose_name="순찰한 길")),
                ("school", models.CharField(blank=True, max_length=50, verbose_name="학교")),
                ("students", models.PositiveSmallIntegerField(default=0, verbose_name="학생(명)")),
                ("residents", models.PositiveSmallIntegerField(default=0, verbose_name="주민(명)")),
                ("police", models.PositiveSmallIntegerField(default=0, verbose_name="경찰(명)")),
                (
                    "officials",
                    models.PositiveSmallIntegerField(default=0, verbose_name="공무원(명)"),
                ),
            ],
            options={
                "verbose_name": "순찰",
                "verbose_name_plural": "순찰",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("students__gt", 0),
                            ("residents__gt", 0),
                            ("police__gt", 0),
                            ("officials__gt", 0),
                            _connector="OR",
                        ),
                        name="patrol_has_people",
                        violation_error_message="함께한 사람을 한 명 이상 적어 주세요.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StallCheck",
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
                    "stalls",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="점검한 칸",
                    ),
                ),
                (
                    "methods",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("eye", "육안"),
                                ("lens", "렌즈 탐지"),
                                ("radio", "전파 탐지"),
                            ],
                            max_length=10,
                        ),
                        size=None,
                        verbose_name="점검 방법",
                    ),
                ),
                (
                    "holes",
                    models.PositiveSmallIntegerField(default=0, verbose_name="막은 의심 구멍(개)"),
                ),
                (
                    "devices",
                    models.PositiveSmallIntegerField(default=0, verbose_name="찾은 기기(대)"),
                ),
                (
                    "bell",
                    models.CharField(
                        choices=[("works", "정상"), ("broken", "고장"), ("none", "없음")],
                        default="works",
                        max_length=10,
                        verbose_name="비상벨",
                    ),
                ),
            ],
            options={
                "verbose_name": "불법촬영 점검",
                "verbose_name_plural": "불법촬영 점검",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stalls__gt", 0), models.Q(("methods", []), _negated=True)
                        ),
                        name="stall_check_has_stalls_and_methods",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("methods__contained_by", ["eye", "lens", "radio"])),
                        name="stallcheck_methods_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("bell__in", ["works", "broken", "none"])),
                        name="stallcheck_bell_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadinessCheck",
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
                    "season",
                    models.CharField(
                        choices=[("flood", "풍수해"), ("snow", "설해"), ("heat", "폭염")],
                        max_length=10,
                        verbose_name="대비",
                    ),
                ),
                (
                    "asset",
                    models.CharField(
                        choices=[
                            ("salt-box", "제설함"),
                            ("shade", "그늘막"),
                            ("drain", "빗물받이"),
                            ("pump", "양수기"),
                            ("other", "그 밖의 장비"),
                        ],
                        max_length=10,
                        verbose_name="시설·장비",
                    ),
                ),
                ("needed", models.PositiveIntegerField(verbose_name="있어야 할 수")),
                ("ready", models.PositiveIntegerField(verbose_name="쓸 수 있는 수")),
            ],
            options={
                "verbose_name": "재난 대비 점검",
                "verbose_name_plural": "재난 대비 점검",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ready__lte", models.F("needed"))),
                        name="readiness_ready_within_needed",
                        violation_error_message="쓸 수 있는 수가 있어야 할 수보다 많습니다. 두 수를 확인하세요.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("season__in", ["flood", "snow", "heat"])),
                        name="readinesscheck_season_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asset__in", ["salt-box", "shade", "drain", "pump", "other"])
                        ),
                        name="readinesscheck_asset_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AirMeasurement",
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
                    "place",
                    models.CharField(
                        choices=[("outside", "바깥"), ("daycare", "어린이집 실내")],
                        max_length=10,
                        verbose_name="잰 곳의 종류",
                    ),
                ),
                ("spot", models.CharField(max_length=100, verbose_name="잰 곳")),
                (
                    "pm10",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=9,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal(0))],
                        verbose_name="미세먼지 PM10(㎍/㎥)",
                    ),
                ),
                (
                    "pm25",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=9,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal(0))],
                        verbose_name="초미세먼지 PM2.5(㎍/㎥)",
                    ),
                ),
                (
                    "co2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=9,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal(0))],
                        verbose_name="이산화탄소(ppm)",
                    ),
                ),
                (
                    "hcho",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=9,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal(0))],
                        verbose_name="폼알데하이드(㎍/㎥)",
                    ),
                ),
                (
                    "co",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=9,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal(0))],
                        verbose_name="일산화탄소(ppm)",
                    ),
                ),
                (
                    "bacteria",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=9,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal(0))],
                        verbose_name="총부유세균(CFU/㎥)",
                    ),
                ),
            ],
            options={
                "verbose_name": "공기질 측정",
                "verbose_name_plural": "공기질 측정",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("place__in", ["outside", "daycare"])),
                        name="airmeasurement_place_is_a_choice",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WaterMeasurement",
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
                    "place",
                    models.CharField(
                        choices=[("tank", "저수조"), ("spring", "약수터")],
                        max_length=10,
                        verbose_name="잰 곳의 종류",
                    ),
                ),
                ("spot", models.CharField(max_length=100, verbose_name="잰 곳")),
                (
                    "turbidity",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=9,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal(0))],
                        verbose_name="탁도(NTU)",
                    ),
                ),
                (
                    "ph",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=9,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal(0))],
                        verbose_name="수소이온농도(pH)",
                    ),
                ),
                (
                    "chlorine",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=9,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal(0))],
                        verbose_name="잔류염소(mg/L)",
                    ),
                ),
                (
                    "bacteria",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=9,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal(0))],
                        verbose_name="일반세균(CFU/mL)",
                    ),
                ),
                (
                    "coliforms",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=9,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal(0))],
                        verbose_name="총대장균군(100mL당)",
                    ),
                ),
            ],
            options={
                "verbose_name": "수질 측정",
                "verbose_name_plural": "수질 측정",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ph", None), ("ph__lte", 14), _connector="OR"),
                        name="ph_up_to_14",
                        violation_error_message="pH는 0에서 14까지의 수입니다.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place__in", ["tank", "spring"])),
                        name="watermeasurement_place_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Limit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.CharField(max_length=20, verbose_name="재는 것")),
                ("place", models.CharField(max_length=10, verbose_name="잰 곳의 종류")),
                ("grade", models.CharField(max_length=20, verbose_name="등급")),
                (
                    "least",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=9, null=True, verbose_name="이상"
                    ),
                ),
                (
                    "most",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=9, null=True, verbose_name="이하"
                    ),
                ),
                ("since", models.DateField(verbose_name="이날부터")),
                ("until", models.DateField(blank=True, null=True, verbose_name="이날까지")),
            ],
            options={
                "verbose_name": "측정 기준",
                "verbose_name_plural": "측정 기준",
                "ordering": ["place", "item", models.OrderBy(models.F("most"), nulls_last=True)],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("least", None),
                            ("most", None),
                            ("least__lte", models.F("most")),
                            _connector="OR",
                        ),
                        name="limit_least_not_above_most",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("item__in", ("pm10", "pm25", "co2", "hcho", "co", "bacteria")),
                                ("place__in", ["outside", "daycare"]),
                            ),
                            models.Q(
                                (
                                    "item__in",
                                    ("turbidity", "ph", "chlorine", "bacteria", "coliforms"),
                                ),
                                ("place__in", ["tank", "spring"]),
                            ),
                            _connector="OR",
                        ),
                        name="limit_is_of_a_measured_value",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="limit_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.RunPython(add_rows, migrations.RunPython.noop),
    ]
