"""Who handles whose personal data is kept, and stays as it was written for two years."""

import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0007_keep_drafts"),
    ]

    operations = [
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
                ("count", models.PositiveIntegerField(default=1, verbose_name="건수")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="직원",
                    ),
                ),
            ],
            options={
                "verbose_name": "접속기록",
                "verbose_name_plural": "접속기록",
                "indexes": [models.Index(fields=["at"], name="personal_access_by_moment")],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personalaccess",
            trigger=pgtrigger.compiler.Trigger(
                name="stays_as_written",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="1e50e51a1381ac2d1ce6ff23b4bc6354eff1b11f",
                    operation="UPDATE",
                    pgid="pgtrigger_stays_as_written_2866e",
                    table="office_personalaccess",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personalaccess",
            trigger=pgtrigger.compiler.Trigger(
                name="stays_two_years",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.at > now() - interval '2 years')",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="35298c5637b8d93455e3f7da1aa9d0728186ba45",
                    operation="DELETE",
                    pgid="pgtrigger_stays_two_years_5fd2a",
                    table="office_personalaccess",
                    when="BEFORE",
                ),
            ),
        ),
    ]
