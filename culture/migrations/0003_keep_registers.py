"""The registers of garden plots and of performances to come; residents read the latter."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from plans.public.state import raise_public_state


class Migration(migrations.Migration):
    dependencies = [
        ("culture", "0002_keep_records"),
        ("office", "0009_mark_samples"),
        ("pghistory", "0007_auto_20250421_0444"),
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
            },
        ),
        migrations.CreateModel(
            name="PlotEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
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
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.activity",
                        verbose_name="활동",
                    ),
                ),
                (
                    "dong",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="office.dong",
                        verbose_name="동",
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
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="culture.plot",
                    ),
                ),
            ],
            options={
                "abstract": False,
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
            },
        ),
        migrations.CreateModel(
            name="ShowEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("title", models.CharField(max_length=100, verbose_name="제목")),
                ("starts_at", models.DateTimeField(verbose_name="시작")),
                ("place", models.CharField(max_length=100, verbose_name="곳")),
                ("host", models.CharField(blank=True, max_length=100, verbose_name="주관")),
                ("cancelled_on", models.DateField(blank=True, null=True, verbose_name="취소한 날")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "activity",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.activity",
                        verbose_name="활동",
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
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="culture.show",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="plot",
            constraint=models.UniqueConstraint(
                fields=("activity", "garden", "number"),
                name="plot_once_in_a_garden",
                violation_error_message="이 텃밭에 같은 번호의 구좌가 있습니다. 그 구좌를 고치거나 다른 번호를 적으세요.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plot",
            constraint=models.CheckConstraint(
                condition=models.Q(("area__gt", 0), ("number__gt", 0)), name="plot_has_room"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plot",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "culture_plotevent" ("activity_id", "area", "closed_on", "dong_id", "garden", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT new_values."activity_id", new_values."area", new_values."closed_on", new_values."dong_id", new_values."garden", new_values."id", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4c3b32eb46abb058546c12755ca2179a6eef4d0a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_fdb63",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="culture_plot",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plot",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "culture_plotevent" ("activity_id", "area", "closed_on", "dong_id", "garden", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT new_values."activity_id", new_values."area", new_values."closed_on", new_values."dong_id", new_values."garden", new_values."id", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="9150f33c63fbd8ae7ab2036168333381f8d8eaaf",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_712b6",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="culture_plot",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plot",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "culture_plotevent" ("activity_id", "area", "closed_on", "dong_id", "garden", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT old_values."activity_id", old_values."area", old_values."closed_on", old_values."dong_id", old_values."garden", old_values."id", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="7f4c2f8003c060ebcfd134991bcdbd065b69f25b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c12d3",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="culture_plot",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plotevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="69bc5f048e46fb0c56cea9ac65598662a67b7982",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_07e62",
                    table="culture_plotevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="show",
            constraint=models.UniqueConstraint(
                fields=("activity", "title", "starts_at"),
                name="show_once_at_a_time",
                violation_error_message="같은 때에 같은 제목의 공연이 있습니다. 그 공연을 고치세요.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="show",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "culture_showevent" ("activity_id", "cancelled_on", "host", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "starts_at", "title", "version") SELECT new_values."activity_id", new_values."cancelled_on", new_values."host", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place", new_values."starts_at", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6b6fdd2dd7858ebdc9239473f05a0afb301503cd",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c7727",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="culture_show",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="show",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "culture_showevent" ("activity_id", "cancelled_on", "host", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "starts_at", "title", "version") SELECT new_values."activity_id", new_values."cancelled_on", new_values."host", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place", new_values."starts_at", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ff069de9880c56f2dcfd03ec0ca358e7a9cb43ae",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b48cd",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="culture_show",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="show",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "culture_showevent" ("activity_id", "cancelled_on", "host", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "starts_at", "title", "version") SELECT old_values."activity_id", old_values."cancelled_on", old_values."host", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."starts_at", old_values."title", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="3e37498d90dba3023ab5e51eb0a7d16f8e182041",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f75ce",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="culture_show",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="showevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="725486ec609bdaa5e26a884bd3de3f087ac6255b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_fde8e",
                    table="culture_showevent",
                    when="BEFORE",
                ),
            ),
        ),
        raise_public_state("culture_show"),
    ]
