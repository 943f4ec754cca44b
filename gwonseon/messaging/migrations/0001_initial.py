"""Senders, channels, dispatches, batches, messages, receipts and suppressions."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from gwonseon.initial_migration import InitialMigration


class Migration(InitialMigration):
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Sender",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=15, unique=True, verbose_name="발신번호")),
                ("name", models.CharField(max_length=50, verbose_name="쓰는 곳")),
                ("expires_on", models.DateField(verbose_name="통신서비스 이용증명원 만료일")),
                (
                    "closed_on",
                    models.DateField(blank=True, null=True, verbose_name="쓰지 않기 시작한 날"),
                ),
            ],
            options={
                "verbose_name": "발신번호",
                "verbose_name_plural": "발신번호",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__regex", "^[0-9]+$")), name="sender_is_digits"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Channel",
            fields=[
                (
                    "gateway",
                    models.CharField(
                        max_length=60, primary_key=True, serialize=False, verbose_name="중계사"
                    ),
                ),
                ("is_current", models.BooleanField(default=False)),
                (
                    "paused_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("balance", "잔액 부족"),
                            ("authentication", "인증 실패"),
                            ("sender", "발신번호 거절"),
                            ("operator", "담당자가 멈춤"),
                        ],
                        max_length=20,
                    ),
                ),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                ("paused_code", models.CharField(blank=True, max_length=100)),
                (
                    "free_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "verbose_name": "발송 경로",
                "verbose_name_plural": "발송 경로",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("is_current",),
                        name="channel_one_is_current",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("paused_at", None), ("paused_for", "")),
                            models.Q(
                                models.Q(("paused_for", ""), _negated=True),
                                ("paused_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="channel_pause_has_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "paused_for__in",
                                ["balance", "authentication", "sender", "operator", ""],
                            )
                        ),
                        name="channel_paused_for_is_a_choice",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=60, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("expanding", "받는 사람 적는 중"),
                            ("sending", "보내는 중"),
                            ("done", "끝남"),
                            ("cancelled", "취소됨"),
                        ],
                        max_length=10,
                    ),
                ),
                ("is_bulk", models.BooleanField()),
                ("is_urgent", models.BooleanField()),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="messaging.sender",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=40)),
                ("sealed_text", models.BinaryField(null=True)),
                ("stop_address", models.CharField(blank=True, max_length=200)),
                ("not_before", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("expanded_to", models.BinaryField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "발송",
                "verbose_name_plural": "발송",
                "indexes": [
                    models.Index(
                        models.F("is_bulk"),
                        models.F("not_before"),
                        condition=models.Q(("state__in", ["expanding", "sending"])),
                        name="dispatch_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("not_before"))),
                        name="dispatch_expires_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("finished_at__isnull", False), ("state__in", ["done", "cancelled"])
                            ),
                            models.Q(
                                ("state__in", ["expanding", "sending"]), ("finished_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="dispatch_finished_has_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["expanding", "sending", "done", "cancelled"])
                        ),
                        name="dispatch_state_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("key", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="batches",
                        to="messaging.dispatch",
                    ),
                ),
                ("gateway", models.CharField(max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("calling", "보내는 중"),
                            ("answered", "응답받음"),
                            ("refused", "접수되지 않음"),
                            ("unknown", "결과 모름"),
                        ],
                        default="calling",
                        max_length=10,
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=100)),
                ("attempts", models.PositiveSmallIntegerField(default=1)),
                ("first_called_at", models.DateTimeField()),
                ("lease_until", models.DateTimeField()),
            ],
            options={
                "verbose_name": "발송 묶음",
                "verbose_name_plural": "발송 묶음",
                "indexes": [
                    models.Index(
                        models.F("lease_until"),
                        condition=models.Q(("state__in", ["calling", "unknown"])),
                        name="batch_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["calling", "answered", "refused", "unknown"])
                        ),
                        name="batch_state_is_a_choice",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dispatch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="messaging.dispatch",
                    ),
                ),
                ("mac", models.BinaryField(max_length=32, null=True)),
                ("sealed", models.BinaryField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "대기"),
                            ("claimed", "보내는 중"),
                            ("accepted", "접수"),
                            ("delivered", "도달"),
                            ("undelivered", "실패"),
                            ("rejected", "거절"),
                            ("unknown", "결과 모름"),
                            ("cancelled", "취소"),
                            ("suppressed", "수신 거부"),
                            ("expired", "기한 지남"),
                        ],
                        default="queued",
                        max_length=11,
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="messaging.batch",
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=100)),
                ("code", models.CharField(blank=True, max_length=40)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "not_before",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "changed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "verbose_name": "문자",
                "verbose_name_plural": "문자",
                "indexes": [
                    models.Index(
                        models.F("dispatch"),
                        models.F("not_before"),
                        models.F("id"),
                        condition=models.Q(("state", "queued")),
                        name="message_queue",
                    ),
                    models.Index(
                        models.F("reference"),
                        condition=models.Q(("reference", ""), _negated=True),
                        name="message_reference",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dispatch", "mac"), name="message_once_a_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["queued", "claimed"]), _negated=True),
                            ("sealed__isnull", False),
                            _connector="OR",
                        ),
                        name="message_to_send_has_its_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "queued",
                                    "claimed",
                                    "accepted",
                                    "delivered",
                                    "undelivered",
                                    "rejected",
                                    "unknown",
                                    "cancelled",
                                    "suppressed",
                                    "expired",
                                ],
                            )
                        ),
                        name="message_state_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("gateway", models.CharField(max_length=60)),
                ("reference", models.CharField(max_length=100)),
                ("message_id", models.BigIntegerField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("delivered", "도달"),
                            ("undelivered", "실패"),
                            ("pending", "전달 중"),
                            ("unread", "알 수 없는 코드"),
                        ],
                        max_length=11,
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("happened_at", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField(auto_now_add=True)),
                ("applied_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "도달 보고",
                "verbose_name_plural": "도달 보고",
                "indexes": [
                    models.Index(
                        models.F("received_at"),
                        condition=models.Q(("applied_at", None)),
                        name="receipt_not_applied",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("gateway", "reference", "code"), name="receipt_once_a_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["delivered", "undelivered", "pending", "unread"])
                        ),
                        name="receipt_outcome_is_a_choice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suppression",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mac", models.BinaryField(max_length=32, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "수신 거부",
                "verbose_name_plural": "수신 거부",
                "indexes": [],
                "constraints": [],
            },
        ),
    ]
