"""Residents, the ledger of their consents, codes, visits and what was deleted."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from gwonseon.initial_migration import InitialMigration


class Migration(InitialMigration):
    dependencies = [
        ("messaging", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Resident",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mac", models.BinaryField(max_length=32, unique=True)),
                ("sealed", models.BinaryField()),
                ("verified_at", models.DateTimeField(verbose_name="번호를 확인한 때")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="신청한 때")),
            ],
            options={
                "verbose_name": "문자를 받는 주민",
                "verbose_name_plural": "문자를 받는 주민",
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ConsentEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mac", models.BinaryField(db_index=True, max_length=32)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("collect", "개인정보 수집·이용"),
                            ("dong", "사는 동의 수집·이용"),
                            ("age", "만 14세 이상"),
                        ],
                        max_length=10,
                        verbose_name="동의 항목",
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[("given", "동의"), ("withdrawn", "철회")],
                        max_length=10,
                        verbose_name="한 일",
                    ),
                ),
                ("wording", models.PositiveSmallIntegerField(verbose_name="문구의 판")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="일시",
                    ),
                ),
            ],
            options={
                "verbose_name": "동의 이력",
                "verbose_name_plural": "동의 이력",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("wording__gte", 1)), name="consent_names_its_wording"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("what__in", ["collect", "dong", "age"])),
                        name="consentevent_what_is_a_choice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("act__in", ["given", "withdrawn"])),
                        name="consentevent_act_is_a_choice",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key_hash", models.BinaryField(max_length=32, unique=True)),
                ("mac", models.BinaryField(db_index=True, max_length=32)),
                ("sealed", models.BinaryField()),
                ("verified_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "verbose_name": "주민의 방문",
                "verbose_name_plural": "주민의 방문",
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="verifications",
                        to="residents.visit",
                    ),
                ),
                ("mac", models.BinaryField(max_length=32)),
                ("address_mac", models.BinaryField(max_length=32)),
                ("code_hash", models.BinaryField(max_length=32, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "verbose_name": "인증번호",
                "verbose_name_plural": "인증번호",
                "indexes": [
                    models.Index(fields=["mac", "sent_at"], name="verification_by_number"),
                    models.Index(fields=["address_mac", "sent_at"], name="verification_by_address"),
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=20, verbose_name="무엇")),
                ("count", models.PositiveIntegerField(verbose_name="지운 수")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="지운 때")),
            ],
            options={
                "verbose_name": "개인정보 파기 기록",
                "verbose_name_plural": "개인정보 파기 기록",
                "ordering": ["-at"],
                "indexes": [],
                "constraints": [],
            },
        ),
    ]
