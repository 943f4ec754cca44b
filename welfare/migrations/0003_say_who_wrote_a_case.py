"""A case was opened and closed by somebody, at a moment; the days are stated."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("welfare", "0002_keep_records"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="supportcase",
            name="closed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="종결을 적은 때"),
        ),
        migrations.AddField(
            model_name="supportcase",
            name="closed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="종결을 적은 사람",
            ),
        ),
        migrations.AddField(
            model_name="supportcase",
            name="opened_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, verbose_name="시작을 적은 때"
            ),
        ),
        migrations.AddField(
            model_name="supportcase",
            name="opened_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="시작을 적은 사람",
            ),
        ),
    ]
