"""What only this pillar's kinds of record know, held as the record is held."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

from plans.ledger.holding import hold_detail


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0015_hold_confirmed_records"),
        ("welfare", "0001_initial"),
    ]

    operations = [
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("employed__lte", models.F("counselled")),
                            ("placed__lte", models.F("counselled")),
                        ),
                        name="counselling_helps_who_came",
                        violation_error_message="자활근로나 취업을 한 사람이 상담한 사람보다 많습니다. 수를 확인하세요.",
                    )
                ],
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("met__lte", 15)), name="daycare_meets_up_to_15"
                    )
                ],
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("volunteers__gt", 0)), name="outing_of_somebody"
                    )
                ],
            },
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
                ("year", models.PositiveSmallIntegerField(verbose_name="연도")),
                ("serial", models.PositiveIntegerField(verbose_name="차례")),
                ("opened_on", models.DateField(verbose_name="시작한 날")),
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
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.activity",
                        verbose_name="활동",
                    ),
                ),
            ],
            options={
                "verbose_name": "사례",
                "verbose_name_plural": "사례",
                "ordering": ["-year", "-serial"],
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
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="welfare.supportcase",
                        verbose_name="사례",
                    ),
                ),
            ],
            options={
                "verbose_name": "사례 접촉",
                "verbose_name_plural": "사례 접촉",
            },
        ),
        migrations.AddConstraint(
            model_name="supportcase",
            constraint=models.UniqueConstraint(
                fields=("year", "serial"), name="case_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="supportcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on__isnull", False), ("state", "closed")),
                    models.Q(models.Q(("state", "closed"), _negated=True), ("closed_on", None)),
                    _connector="OR",
                ),
                name="case_closed_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_on", None), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                ),
                name="case_closed_after_it_opened",
            ),
        ),
        *hold_detail("welfare_contact"),
        *hold_detail("welfare_counselling"),
        *hold_detail("welfare_delivery"),
        *hold_detail("welfare_daycarevisit"),
        *hold_detail("welfare_studyroomvisit"),
        *hold_detail("welfare_sheltervisit"),
        *hold_detail("welfare_outing"),
    ]
