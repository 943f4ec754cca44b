"""Reviews: how a draft is read by another person."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0006_amendments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "검토 대기"),
                            ("returned", "돌려보냄"),
                            ("approved", "검토 마침"),
                            ("lapsed", "다시 고침"),
                        ],
                        default="requested",
                        max_length=10,
                        verbose_name="상태",
                    ),
                ),
                ("requested_at", models.DateTimeField(auto_now_add=True, verbose_name="요청한 때")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="검토한 때"),
                ),
                ("note", models.TextField(blank=True, max_length=20000, verbose_name="검토 의견")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="검토한 사람",
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="plans.initiative",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="요청한 사람",
                    ),
                ),
            ],
            options={
                "verbose_name": "검토",
                "verbose_name_plural": "검토",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="review_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="review_decided_with_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["returned", "approved"]), _negated=True),
                            ("decided_by__isnull", False),
                            _connector="OR",
                        ),
                        name="review_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="review_returned_with_a_note",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["requested", "approved"])),
                        fields=("initiative",),
                        name="review_one_at_a_time",
                    ),
                ],
            },
        ),
    ]
