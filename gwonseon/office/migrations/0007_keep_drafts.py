"""Long texts are kept while they are written."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("office", "0006_ask_roles_for_codes")]
    operations = [
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
    ]
