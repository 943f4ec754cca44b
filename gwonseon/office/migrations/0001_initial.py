"""The district's settings, departments, dong, staff, drafts and access log."""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from gwonseon.initial_migration import InitialMigration
from gwonseon.office.initial_rows import add_rows


class Migration(InitialMigration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="District",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(default="권선구", max_length=50, verbose_name="자치단체 이름"),
                ),
                (
                    "office",
                    models.CharField(default="권선구청", max_length=50, verbose_name="운영 기관"),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="주소")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="대표전화")),
                (
                    "message_sender",
                    models.CharField(
                        blank=True,
                        help_text="문자를 보내는 일을 맡은 회사의 이름. 개인정보 처리방침에 나옵니다.",
                        max_length=50,
                        verbose_name="문자 발송 수탁자",
                    ),
                ),
                (
                    "is_official",
                    models.BooleanField(
                        default=False,
                        help_text="공식 누리집에서만 켭니다. 전자정부 누리집 표시와 운영 기관 식별자가 나옵니다.",
                        verbose_name="공식 누리집",
                    ),
                ),
                (
                    "is_sample",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Nothing in the database is real, and every page says so.",
                        verbose_name="예시 자료",
                    ),
                ),
                (
                    "code_roles",
                    models.ManyToManyField(
                        blank=True,
                        help_text="고른 역할의 직원은 비밀번호 다음에 휴대전화 인증 앱의 번호를 넣어야 들어옵니다.",
                        to="auth.group",
                        verbose_name="일회용 번호를 요구하는 역할",
                    ),
                ),
            ],
            options={
                "verbose_name": "자치단체 설정",
                "verbose_name_plural": "자치단체 설정",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pk", 1)), name="district_is_one_row"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=50, unique=True, verbose_name="이름")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="전화")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="순서")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="폐지일")),
            ],
            options={
                "verbose_name": "부서",
                "verbose_name_plural": "부서",
                "ordering": ["position", "name"],
            },
        ),
        migrations.CreateModel(
            name="Dong",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=30, unique=True, verbose_name="이름")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="순서")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="폐지일")),
            ],
            options={
                "verbose_name": "동",
                "verbose_name_plural": "동",
                "ordering": ["position", "name"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="메일 주소"),
                ),
                (
                    "email_refused_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="메일이 거절된 때"
                    ),
                ),
                (
                    "email_refused_code",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=10,
                        verbose_name="거절한 서버의 코드",
                    ),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="이름")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="office.department",
                        verbose_name="부서",
                    ),
                ),
                (
                    "closed_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="닫은 날"),
                ),
                (
                    "must_change_password",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="비밀번호를 바꿔야 함"
                    ),
                ),
                ("session_number", models.PositiveIntegerField(default=0, editable=False)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="시연 계정"),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "직원",
                "verbose_name_plural": "직원",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on", None), ("is_active", True)),
                            models.Q(("closed_on__isnull", False), ("is_active", False)),
                            _connector="OR",
                        ),
                        name="user_is_active_or_closed_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("email", ""), _negated=True),
                            ("email_refused_at", None),
                            _connector="OR",
                        ),
                        name="user_refusal_is_of_an_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email_refused_code", ""),
                            ("email_refused_at__isnull", False),
                            _connector="OR",
                        ),
                        name="user_refusal_code_has_a_moment",
                    ),
                ],
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="UserEvent",
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
                        to=settings.AUTH_USER_MODEL,
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
                ("name", models.CharField(max_length=50, verbose_name="이름")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="office.department",
                        verbose_name="부서",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "closed_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="닫은 날"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UserGroup",
            fields=[],
            options={
                "proxy": True,
            },
            bases=("office.user_groups",),
        ),
        migrations.CreateModel(
            name="UserGroupEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
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
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="auth.group",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="직원",
                    ),
                ),
                ("place", models.CharField(max_length=100, verbose_name="자리")),
                ("text", models.TextField(verbose_name="글")),
                ("saved_at", models.DateTimeField(auto_now=True, verbose_name="저장한 때")),
            ],
            options={
                "verbose_name": "쓰다 만 글",
                "verbose_name_plural": "쓰다 만 글",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "place"), name="one_draft_for_user_and_place"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonalAccess",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="접속일시",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="직원",
                    ),
                ),
                (
                    "address",
                    models.GenericIPAddressField(
                        help_text="None where no server told it.",
                        null=True,
                        unpack_ipv4=True,
                        verbose_name="접속지",
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("view", "조회"),
                            ("search", "검색"),
                            ("add", "등록"),
                            ("change", "수정"),
                            ("delete", "삭제"),
                            ("download", "내려받기"),
                        ],
                        max_length=10,
                        verbose_name="수행업무",
                    ),
                ),
                ("subject", models.CharField(max_length=100, verbose_name="정보주체")),
                (
                    "page",
                    models.CharField(
                        help_text="The route's name.", max_length=100, verbose_name="화면"
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, max_length=200, verbose_name="내려받은 까닭"),
                ),
            ],
            options={
                "verbose_name": "접속기록",
                "verbose_name_plural": "접속기록",
                "indexes": [models.Index(fields=["at"], name="personal_access_by_moment")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("what", "download"), _negated=True),
                            ("reason__regex", "\\S.{3,}\\S"),
                            _connector="OR",
                        ),
                        name="personal_access_download_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("what__in", ["view", "search", "add", "change", "delete", "download"])
                        ),
                        name="personalaccess_what_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "month",
                    models.DateField(help_text="Its first day.", unique=True, verbose_name="달"),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="점검한 사람",
                    ),
                ),
                (
                    "reviewed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="점검한 때",
                    ),
                ),
                ("note", models.TextField(max_length=1000, verbose_name="점검 결과")),
                (
                    "count",
                    models.PositiveIntegerField(
                        help_text="How many rows the month had.", verbose_name="기록"
                    ),
                ),
                (
                    "own_count",
                    models.PositiveIntegerField(
                        help_text="How many of them are the reviewer's own.",
                        verbose_name="점검한 사람의 기록",
                    ),
                ),
            ],
            options={
                "verbose_name": "접속기록 점검",
                "verbose_name_plural": "접속기록 점검",
                "ordering": ["-month"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)),
                        name="access_review_is_of_a_whole_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("note__regex", "\\S")),
                        name="access_review_says_what_was_found",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Holiday",
            fields=[
                ("on", models.DateField(primary_key=True, serialize=False, verbose_name="날")),
                ("name", models.CharField(max_length=50, verbose_name="이름")),
                (
                    "is_worked",
                    models.BooleanField(
                        default=False,
                        help_text="공휴일이지만 일하는 날이면 고릅니다.",
                        verbose_name="일하는 날",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "쉬는 날",
                "verbose_name_plural": "쉬는 날",
                "ordering": ["on"],
            },
        ),
        migrations.RunPython(add_rows, migrations.RunPython.noop),
    ]
