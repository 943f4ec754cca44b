"""What the civic pillar's records and notices know."""

import uuid
from decimal import Decimal

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from gwonseon.initial_migration import InitialMigration


class Migration(InitialMigration):
    dependencies = [
        ("messaging", "0001_initial"),
        ("office", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("plans", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
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
                        related_name="notices",
                        to="plans.activity",
                        verbose_name="관련 활동",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.department",
                        verbose_name="보내는 부서",
                    ),
                ),
                (
                    "nature",
                    models.CharField(
                        choices=[("information", "정보"), ("safety", "안전")],
                        default="information",
                        max_length=15,
                        verbose_name="성격",
                    ),
                ),
                (
                    "news",
                    models.CharField(
                        choices=[
                            ("notice", "생활 안내 (공사, 단속, 재난 대비)"),
                            ("joining", "참여와 모집 (강좌, 텃밭, 주민 의견)"),
                            ("event", "행사와 공연"),
                            ("plan", "계획의 변경과 추진 결과"),
                        ],
                        max_length=10,
                        verbose_name="소식의 종류",
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
                    "dongs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="받는 동",
                    ),
                ),
                ("title", models.CharField(max_length=40, verbose_name="제목")),
                ("text", models.TextField(max_length=2000, verbose_name="문안")),
                ("words", models.JSONField(blank=True, default=dict)),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="messaging.sender",
                        verbose_name="발신번호",
                    ),
                ),
                ("send_at", models.DateTimeField(blank=True, null=True, verbose_name="보낼 때")),
                ("expires_at", models.DateTimeField(verbose_name="보낼 기한")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "작성중"),
                            ("waiting", "승인 대기"),
                            ("approved", "발송 예약"),
                            ("sending", "보내는 중"),
                            ("done", "발송 끝"),
                            ("cancelled", "발송 취소"),
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
                ("written_at", models.DateTimeField(auto_now_add=True, verbose_name="쓴 때")),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="승인을 요청한 때"),
                ),
                (
                    "returned_for",
                    models.CharField(blank=True, max_length=200, verbose_name="돌려보낸 까닭"),
                ),
                (
                    "approver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="승인한 사람",
                    ),
                ),
                (
                    "approved_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="승인한 때"),
                ),
                (
                    "recipients",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="승인한 사람 수"
                    ),
                ),
                ("body", models.TextField(blank=True, verbose_name="보낸 글")),
                (
                    "unit_price",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=6,
                        null=True,
                        verbose_name="건당 금액(원)",
                    ),
                ),
                (
                    "dispatch",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="messaging.dispatch",
                        verbose_name="발송",
                    ),
                ),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="끝난 때"),
                ),
                (
                    "left",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="보낸 건수"),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="취소한 사람",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "token",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        help_text="Of the form that it came from: the same form sent twice is one notice.",
                        unique=True,
                    ),
                ),
            ],
            options={
                "verbose_name": "문자 안내",
                "verbose_name_plural": "문자 안내",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "approved", "sending"])),
                        fields=["id"],
                        name="notice_open",
                    ),
                    models.Index(fields=["-approved_at", "-id"], name="notice_latest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approver", None),
                            models.Q(("approver", models.F("author")), _negated=True),
                            _connector="OR",
                        ),
                        name="notice_approved_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at", None),
                                ("approver", None),
                                ("body", ""),
                                ("dispatch", None),
                                ("recipients", None),
                                ("state__in", ["draft", "waiting"]),
                            ),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approver__isnull", False),
                                ("dispatch__isnull", False),
                                ("recipients__gt", 0),
                                ("state__in", ["approved", "sending", "done", "cancelled"]),
                                models.Q(("body", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="notice_approved_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "draft"), ("submitted_at", None)),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("submitted_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="notice_submitted_has_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("finished_at__isnull", False),
                                ("left__isnull", False),
                                ("state__in", ["done", "cancelled"]),
                            ),
                            models.Q(
                                models.Q(("state__in", ["done", "cancelled"]), _negated=True),
                                ("finished_at", None),
                                ("left", None),
                            ),
                            _connector="OR",
                        ),
                        name="notice_finished_is_counted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_by__isnull", False), ("state", "cancelled")),
                            models.Q(
                                models.Q(("state", "cancelled"), _negated=True),
                                ("cancelled_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="notice_cancelled_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pillars__len__gte", 1), ("initiatives__len__gte", 1), _connector="OR"
                        ),
                        name="notice_has_an_audience",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("send_at", None),
                            ("expires_at__gt", models.F("send_at")),
                            _connector="OR",
                        ),
                        name="notice_expires_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("nature__in", ["information", "safety"])),
                        name="notice_nature_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("news__in", ["notice", "joining", "event", "plan"])),
                        name="notice_news_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pillars__contained_by", ["safety", "welfare", "civic", "culture"])
                        ),
                        name="notice_pillars_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["draft", "waiting", "approved", "sending", "done", "cancelled"],
                            )
                        ),
                        name="notice_state_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=50, unique=True, verbose_name="이름")),
                (
                    "nature",
                    models.CharField(
                        choices=[("information", "정보"), ("safety", "안전")],
                        default="information",
                        max_length=15,
                        verbose_name="성격",
                    ),
                ),
                (
                    "news",
                    models.CharField(
                        choices=[
                            ("notice", "생활 안내 (공사, 단속, 재난 대비)"),
                            ("joining", "참여와 모집 (강좌, 텃밭, 주민 의견)"),
                            ("event", "행사와 공연"),
                            ("plan", "계획의 변경과 추진 결과"),
                        ],
                        max_length=10,
                        verbose_name="소식의 종류",
                    ),
                ),
                ("title", models.CharField(max_length=40, verbose_name="제목")),
                ("text", models.TextField(max_length=2000, verbose_name="문안")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "문안 서식",
                "verbose_name_plural": "문안 서식",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("nature__in", ["information", "safety"])),
                        name="noticetemplate_nature_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("news__in", ["notice", "joining", "event", "plan"])),
                        name="noticetemplate_news_is_a_choice",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Budget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(unique=True, verbose_name="연도")),
                ("amount", models.PositiveBigIntegerField(verbose_name="예산(원)")),
                (
                    "sms_price",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=6,
                        validators=[django.core.validators.MinValueValidator(Decimal(0))],
                        verbose_name="단문 한 건(원)",
                    ),
                ),
                (
                    "lms_price",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=6,
                        validators=[django.core.validators.MinValueValidator(Decimal(0))],
                        verbose_name="장문 한 건(원)",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "문자 예산",
                "verbose_name_plural": "문자 예산",
                "ordering": ["-year"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("lms_price__gte", 0), ("sms_price__gte", 0)),
                        name="budget_price_not_negative",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="BudgetEvent",
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
                        to="civic.budget",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="연도")),
                ("amount", models.PositiveBigIntegerField(verbose_name="예산(원)")),
                (
                    "sms_price",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=6,
                        validators=[django.core.validators.MinValueValidator(Decimal(0))],
                        verbose_name="단문 한 건(원)",
                    ),
                ),
                (
                    "lms_price",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=6,
                        validators=[django.core.validators.MinValueValidator(Decimal(0))],
                        verbose_name="장문 한 건(원)",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="TextNotice",
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
                (
                    "notice",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="detail",
                        to="civic.notice",
                        verbose_name="문자 안내",
                    ),
                ),
            ],
            options={
                "verbose_name": "문자 안내",
                "verbose_name_plural": "문자 안내",
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[],
            options={
                "verbose_name": "목표",
                "verbose_name_plural": "목표",
                "proxy": True,
                "indexes": [],
                "constraints": [],
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
                "indexes": [],
                "constraints": [],
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
                "indexes": [],
                "constraints": [],
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
                "indexes": [],
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
                "indexes": [],
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
                "indexes": [],
            },
        ),
    ]
