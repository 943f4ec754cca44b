"""Uploaded tables."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from gwonseon.initial_migration import InitialMigration


class Migration(InitialMigration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("scope", models.CharField(blank=True, max_length=40)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                ("rows", models.JSONField()),
                ("unchanged", models.PositiveIntegerField(default=0)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "올린 표",
                "verbose_name_plural": "올린 표",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("uploaded_by", "kind", "scope"),
                        name="upload_once_of_a_kind_and_scope",
                    )
                ],
            },
        ),
    ]
