"""The registers of garden plots and of performances to come; residents read the latter."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

from plans.public.state import raise_public_state


class Migration(migrations.Migration):
    dependencies = [
        ("culture", "0002_keep_records"),
        ("office", "0009_mark_samples"),
        ("plans", "0017_keep_record_uploads"),
    ]

    operations = [
        migrations.CreateModel(
            name="Plot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.activity",
                        verbose_name="활동",
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
                        condition=models.Q(("area__gt", 0), ("number__gt", 0)), name="plot_has_room"
                    ),
                ],
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
                ("title", models.CharField(max_length=100, verbose_name="제목")),
                ("starts_at", models.DateTimeField(verbose_name="시작")),
                ("place", models.CharField(max_length=100, verbose_name="곳")),
                ("host", models.CharField(blank=True, max_length=100, verbose_name="주관")),
                ("cancelled_on", models.DateField(blank=True, null=True, verbose_name="취소한 날")),
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
        raise_public_state("culture_show"),
    ]
