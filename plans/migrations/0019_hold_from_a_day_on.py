"""What is decided holds from a day on (시행일); holds and their ends are of a stated day.

An applied amendment holds from a day within its plan's year, not later than its decision. Where
that is earlier than the day it was asked for, it says why, unless all of it is a first setting:
nothing was promised there before. What it ends, ends on that day, and no activity ends before a
confirmed record of it.
"""

from importlib import import_module

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

ORIGINAL = import_module("plans.migrations.0008_hold_published_promises").AMENDMENT.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
# The columns are those of `FILLED_IN` in plans/amendments/models.py.
EFFECTIVE = """
CREATE FUNCTION plans_hold_effective_day(one plans_amendment) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    first date;
    last date;
BEGIN
    SELECT make_date(year, 1, 1), make_date(year, 12, 31) INTO first, last
    FROM plans_plan WHERE id = one.plan_id;
    IF one.effective_on < first OR one.effective_on > greatest(first, least(last, one.decided_on))
    THEN
        RAISE EXCEPTION 'an amendment holds from a day of its year, until its decision: %', one.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'amendment_holds_within_its_year';
    END IF;
    IF EXISTS (
        SELECT 1 FROM plans_change c WHERE c.amendment_id = one.id
        AND c.field = 'retired_on' AND c.after IS DISTINCT FROM one.effective_on::text
    ) THEN
        RAISE EXCEPTION 'what an amendment ends, ends on its day: %', one.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'amendment_ends_on_its_day';
    END IF;
    IF one.effective_reason = ''
        AND one.effective_on < greatest(first, least(last, one.requested_on))
        AND EXISTS (
            SELECT 1 FROM plans_change c WHERE c.amendment_id = one.id
            AND NOT (
                c.field IN (
                    'department_id', 'target', 'target_q1', 'target_q2', 'target_q3', 'target_q4',
                    'starts_on', 'ends_on', 'counted', 'unit'
                )
                AND coalesce(c.before, '') = ''
                AND NOT EXISTS (
                    SELECT 1 FROM plans_change e JOIN plans_amendment a ON a.id = e.amendment_id
                    WHERE a.plan_id = one.plan_id AND a.state = 'applied' AND a.id <> one.id
                    AND e.lineage = c.lineage AND e.field = c.field
                )
            )
        )
    THEN
        RAISE EXCEPTION 'an amendment that holds from an earlier day says why: %', one.id
            USING ERRCODE = 'check_violation',
                CONSTRAINT = 'amendment_backdated_with_its_reason';
    END IF;
END $$
"""
AMENDMENT = ORIGINAL.replace(
    "    RETURN NEW;",
    """    IF NEW.state = 'applied' THEN
        PERFORM plans_hold_effective_day(NEW);
    END IF;
    RETURN NEW;""",
)
ENDS = """
CREATE FUNCTION plans_hold_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM old_rows o JOIN new_rows n ON n.id = o.id
        JOIN plans_record r ON r.activity_id = n.id AND r.state = 'confirmed'
        WHERE n.retired_on IS DISTINCT FROM o.retired_on AND r.happened_on > n.retired_on
    ) THEN
        RAISE EXCEPTION 'an activity does not end before its records'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'activity_ends_after_its_records';
    END IF;
    RETURN NULL;
END $$
"""
# What was decided before held from the day of its decision.
BACKFILL = """
ALTER TABLE plans_amendment DISABLE TRIGGER hold_amendment;
UPDATE plans_amendment SET requested_on = (requested_at AT TIME ZONE 'Asia/Seoul')::date
WHERE requested_at IS NOT NULL;
UPDATE plans_amendment a SET effective_on = greatest(
    make_date(p.year, 1, 1),
    least(make_date(p.year, 12, 31), coalesce(a.decided_on, a.requested_on))
)
FROM plans_plan p WHERE p.id = a.plan_id AND a.requested_at IS NOT NULL;
UPDATE plans_change c SET after = a.effective_on::text
FROM plans_amendment a
WHERE a.id = c.amendment_id AND a.state = 'requested' AND c.field = 'retired_on';
ALTER TABLE plans_amendment ENABLE TRIGGER hold_amendment
"""
HOLDS = """
UPDATE plans_hold h SET
    set_at = coalesce((
        SELECT min(e.pgh_created_at) FROM plans_holdevent e
        WHERE e.pgh_obj_id = h.id AND e.pgh_label = 'insert'
    ), h.set_at),
    ended_by_id = CASE WHEN h.ends_on IS NOT NULL THEN h.set_by_id END,
    ended_at = h.ends_on::timestamp AT TIME ZONE 'Asia/Seoul';
UPDATE plans_hold SET set_on = (set_at AT TIME ZONE 'Asia/Seoul')::date;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED
"""


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0018_stand_for_records_in_twos"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="hold",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="hold",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="hold",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="amendment",
            name="amendment_requested_with_its_reason",
        ),
        migrations.RemoveConstraint(
            model_name="hold",
            name="hold_one_at_a_time",
        ),
        migrations.AddField(
            model_name="amendment",
            name="effective_on",
            field=models.DateField(blank=True, null=True, verbose_name="시행일"),
        ),
        migrations.AddField(
            model_name="amendment",
            name="effective_reason",
            field=models.TextField(blank=True, max_length=20000, verbose_name="소급 사유"),
        ),
        migrations.AddField(
            model_name="amendment",
            name="part_of",
            field=models.ForeignKey(
                blank=True,
                help_text="맡은 부분만 먼저 승인하면 그 부분이 따로 한 변경이 됩니다.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="plans.amendment",
                verbose_name="먼저 승인한 부분이 나온 변경",
            ),
        ),
        migrations.AddField(
            model_name="amendment",
            name="requested_on",
            field=models.DateField(blank=True, null=True, verbose_name="신청한 날"),
        ),
        migrations.AddField(
            model_name="hold",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="다시 시작을 적은 때"),
        ),
        migrations.AddField(
            model_name="hold",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="다시 시작한 사람",
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="set_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, verbose_name="보류를 적은 때"
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="set_on",
            field=models.DateField(
                default=django.utils.timezone.localdate, verbose_name="보류를 적은 날"
            ),
        ),
        migrations.AddField(
            model_name="holdevent",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="다시 시작을 적은 때"),
        ),
        migrations.AddField(
            model_name="holdevent",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="다시 시작한 사람",
            ),
        ),
        migrations.AddField(
            model_name="holdevent",
            name="set_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, verbose_name="보류를 적은 때"
            ),
        ),
        migrations.AddField(
            model_name="holdevent",
            name="set_on",
            field=models.DateField(
                default=django.utils.timezone.localdate, verbose_name="보류를 적은 날"
            ),
        ),
        migrations.RunSQL(BACKFILL, migrations.RunSQL.noop),
        migrations.RunSQL(HOLDS, migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_holdevent" ("activity_id", "ended_at", "ended_by_id", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "set_at", "set_by_id", "set_on", "starts_on") SELECT new_values."activity_id", new_values."ended_at", new_values."ended_by_id", new_values."ends_on", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."set_at", new_values."set_by_id", new_values."set_on", new_values."starts_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="810ce8401b143dddc8d558b082246f8112e812a8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9d747",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="plans_hold",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_holdevent" ("activity_id", "ended_at", "ended_by_id", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "set_at", "set_by_id", "set_on", "starts_on") SELECT new_values."activity_id", new_values."ended_at", new_values."ended_by_id", new_values."ends_on", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."set_at", new_values."set_by_id", new_values."set_on", new_values."starts_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="72325278ea716292085cd9d8a0b931bae3bd90c5",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ea4e2",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="plans_hold",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_holdevent" ("activity_id", "ended_at", "ended_by_id", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "set_at", "set_by_id", "set_on", "starts_on") SELECT old_values."activity_id", old_values."ended_at", old_values."ended_by_id", old_values."ends_on", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."set_at", old_values."set_by_id", old_values."set_on", old_values."starts_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="7ec30593fdabdb31c72125300a18bb955179adde",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_567da",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="plans_hold",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["requested", "applied"]), _negated=True),
                    models.Q(
                        ("effective_on__isnull", False),
                        ("requested_at__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                        models.Q(("ground", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="amendment_requested_with_its_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("requested_at", None), ("requested_on", None)),
                    models.Q(("requested_at__isnull", False), ("requested_on__isnull", False)),
                    _connector="OR",
                ),
                name="amendment_requested_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            "activity",
                            "activity",
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            "starts_on",
                            "ends_on",
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="hold_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None), ("ends_on", None)),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        ("ends_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="hold_ended_by_somebody",
            ),
        ),
        migrations.RunSQL(EFFECTIVE, "DROP FUNCTION plans_hold_effective_day(plans_amendment)"),
        migrations.RunSQL(AMENDMENT, ORIGINAL),
        migrations.RunSQL(ENDS, "DROP FUNCTION plans_hold_ends()"),
        migrations.RunSQL(
            "CREATE TRIGGER hold_ends AFTER UPDATE ON plans_activity"
            " REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows"
            " FOR EACH STATEMENT EXECUTE FUNCTION plans_hold_ends()",
            "DROP TRIGGER hold_ends ON plans_activity",
        ),
    ]
