"""What the welfare pillar's records know, and its cases."""

import uuid
from decimal import Decimal

import django.contrib.postgres.functions
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from gwonseon.initial_migration import InitialMigration


class Migration(InitialMigration):
    dependencies = [
        ("office", "0001_initial"),
        ("plans", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
            name="SupportCase",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="연도")),
                ("serial", models.PositiveIntegerField(verbose_name="차례")),
                ("opened_on", models.DateField(verbose_name="시작한 날")),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="시작을 적은 사람",
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="시작을 적은 때"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("first-talk", "초기상담"),
                            ("needs", "욕구조사"),
                            ("conference", "사례회의"),
                            ("service", "서비스 제공"),
                            ("review", "점검"),
                            ("closed", "종결"),
                        ],
                        default="first-talk",
                        max_length=15,
                        verbose_name="단계",
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="종결한 날")),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="종결을 적은 사람",
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="종결을 적은 때"),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "token",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        help_text="Of the form that it was opened by: the same form sent twice is one case.",
                        unique=True,
                    ),
                ),
            ],
            options={
                "verbose_name": "사례",
                "verbose_name_plural": "사례",
                "ordering": ["-year", "-serial"],
                "constraints": [
                    models.UniqueConstraint(fields=("year", "serial"), name="case_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", False), ("state", "closed")),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True), ("closed_on", None)
                            ),
                            _connector="OR",
                        ),
                        name="case_closed_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on", None),
                            ("closed_on__gte", models.F("opened_on")),
                            _connector="OR",
                        ),
                        name="case_closed_after_it_opened",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("opened_on__year", models.F("year"))),
                        name="case_opened_in_its_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "first-talk",
                                    "needs",
                                    "conference",
                                    "service",
                                    "review",
                                    "closed",
                                ],
                            )
                        ),
                        name="supportcase_state_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="welfare.supportcase",
                        verbose_name="사례",
                    ),
                ),
                (
                    "service",
                    models.CharField(
                        choices=[
                            ("talk", "상담"),
                            ("money", "생계·의료 지원"),
                            ("care", "돌봄"),
                            ("language", "한국어·통역"),
                            ("home", "주거"),
                            ("work", "일자리"),
                            ("link", "다른 기관 연계"),
                        ],
                        max_length=10,
                        verbose_name="한 일",
                    ),
                ),
                (
                    "finder",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("office", "공무원"),
                            ("neighbour", "이웃·통장"),
                            ("agency", "기관"),
                            ("self", "본인"),
                        ],
                        max_length=10,
                        verbose_name="찾은 사람",
                    ),
                ),
                (
                    "agencies",
                    models.PositiveSmallIntegerField(default=0, verbose_name="함께한 기관(곳)"),
                ),
            ],
            options={
                "verbose_name": "사례 접촉",
                "verbose_name_plural": "사례 접촉",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "service__in",
                                ["talk", "money", "care", "language", "home", "work", "link"],
                            )
                        ),
                        name="contact_service_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finder__in", ["office", "neighbour", "agency", "self", ""])
                        ),
                        name="contact_finder_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Counselling",
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
                ("counselled", models.PositiveSmallIntegerField(verbose_name="상담한 사람(명)")),
                (
                    "placed",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="자활근로에 참여한 사람(명)"
                    ),
                ),
                (
                    "employed",
                    models.PositiveSmallIntegerField(default=0, verbose_name="취업한 사람(명)"),
                ),
            ],
            options={
                "verbose_name": "자활상담",
                "verbose_name_plural": "자활상담",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("employed__lte", models.F("counselled")),
                            ("placed__lte", models.F("counselled")),
                        ),
                        name="counselling_placed_within_counselled",
                        violation_error_message="자활근로나 취업을 한 사람이 상담한 사람보다 많습니다. 수를 확인하세요.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
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
                ("portions", models.PositiveSmallIntegerField(verbose_name="반찬(인분)")),
                (
                    "no_answer",
                    models.PositiveSmallIntegerField(default=0, verbose_name="못 만난 가구"),
                ),
            ],
            options={
                "verbose_name": "반찬 전달",
                "verbose_name_plural": "반찬 전달",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DaycareVisit",
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
                    "met",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(15)],
                        verbose_name="지킨 지표(15개 가운데)",
                    ),
                ),
                (
                    "trained",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="인권교육을 받은 교직원(명)"
                    ),
                ),
            ],
            options={
                "verbose_name": "어린이집 방문",
                "verbose_name_plural": "어린이집 방문",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("met__lte", 15)), name="daycare_meets_up_to_15"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StudyRoomVisit",
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
                    "seats",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="자리",
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
                        verbose_name="연 시간",
                    ),
                ),
            ],
            options={
                "verbose_name": "공부방 운영",
                "verbose_name_plural": "공부방 운영",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ShelterVisit",
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
                ("cools", models.BooleanField(default=False, verbose_name="냉방기가 잘 됨")),
                ("is_signed", models.BooleanField(default=False, verbose_name="안내판이 있음")),
                ("is_open", models.BooleanField(default=False, verbose_name="문을 열어 둠")),
                (
                    "celsius",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=3,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal(0)),
                            django.core.validators.MaxValueValidator(Decimal(50)),
                        ],
                        verbose_name="실내 온도(℃)",
                    ),
                ),
            ],
            options={
                "verbose_name": "쉼터 방문",
                "verbose_name_plural": "쉼터 방문",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Outing",
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
                    "volunteers",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="봉사자(명)",
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
                ("host", models.CharField(blank=True, max_length=100, verbose_name="찾아간 곳")),
                ("programme", models.CharField(blank=True, max_length=200, verbose_name="한 일")),
            ],
            options={
                "verbose_name": "봉사·캠페인",
                "verbose_name_plural": "봉사·캠페인",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("volunteers__gt", 0)), name="outing_has_volunteers"
                    )
                ],
            },
        ),
    ]
