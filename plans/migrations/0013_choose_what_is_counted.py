"""What of an activity's records is added up, as a promise; and the form they are written in.

The triggers of 0008 get `measure` among an activity's promised columns. Additions that still wait
for their approval say the measure, too: the database compares them with the row that comes of them.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import plans.tree.measures

BEFORE = (
    "title,corrected_title,certainty,text,weight,retired_on,source_text,slug,lineage,plan_id"
    ",department_id,starts_on,ends_on,counted,unit"
    ",target,target_q1,target_q2,target_q3,target_q4"
)
AFTER = f"{BEFORE},measure"
OPERATIONS = {
    "added": "INSERT ON plans_activity REFERENCING NEW TABLE AS new_rows",
    "changed": ("UPDATE ON plans_activity REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows"),
}
WAITING = """
    FROM plans_amendment a
    WHERE a.id = plans_change.amendment_id AND a.state IN ('writing', 'returned', 'requested')
    AND plans_change.level = 'activity' AND plans_change.field = 'addition'
"""


def hold(what: str, promises: str) -> str:
    return (
        f"DROP TRIGGER hold_{what} ON plans_activity;"
        f"CREATE TRIGGER hold_{what} AFTER {OPERATIONS[what]}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION plans_hold_{what}"
        f"('activity', 'initiative', '{promises}')"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0012_keep_one_sheet_each"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="activity",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="activity",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="activity",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="activity",
            name="measure",
            field=models.CharField(
                choices=[("records", "건수"), ("people", "인원"), ("quantity", "수량")],
                default="records",
                help_text="기록의 무엇을 더하는지 고릅니다.",
                max_length=10,
                verbose_name="재는 방법",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="record_kind",
            field=models.CharField(
                choices=plans.tree.measures.record_kind_choices,
                default="plain",
                max_length=40,
                verbose_name="기록 양식",
            ),
        ),
        migrations.AddField(
            model_name="activityevent",
            name="measure",
            field=models.CharField(
                choices=[("records", "건수"), ("people", "인원"), ("quantity", "수량")],
                default="records",
                help_text="기록의 무엇을 더하는지 고릅니다.",
                max_length=10,
                verbose_name="재는 방법",
            ),
        ),
        migrations.AddField(
            model_name="activityevent",
            name="record_kind",
            field=models.CharField(
                choices=plans.tree.measures.record_kind_choices,
                default="plain",
                max_length=40,
                verbose_name="기록 양식",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="activity",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_activityevent" ("audiences", "budget", "certainty", "corrected_title", "counted", "department_id", "ends_on", "id", "initiative_id", "is_derived", "kind", "lineage", "measure", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "plan_id", "position", "record_kind", "retired_on", "slug", "source_lead", "source_line", "source_note", "source_text", "starts_on", "target", "target_origin", "target_q1", "target_q2", "target_q3", "target_q4", "target_set_by_id", "target_set_on", "text", "title", "unit", "version", "weight") SELECT new_values."audiences", new_values."budget", new_values."certainty", new_values."corrected_title", new_values."counted", new_values."department_id", new_values."ends_on", new_values."id", new_values."initiative_id", new_values."is_derived", new_values."kind", new_values."lineage", new_values."measure", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."phone", new_values."plan_id", new_values."position", new_values."record_kind", new_values."retired_on", new_values."slug", new_values."source_lead", new_values."source_line", new_values."source_note", new_values."source_text", new_values."starts_on", new_values."target", new_values."target_origin", new_values."target_q1", new_values."target_q2", new_values."target_q3", new_values."target_q4", new_values."target_set_by_id", new_values."target_set_on", new_values."text", new_values."title", new_values."unit", new_values."version", new_values."weight" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="273aeac379ad20d3f9532cfaef32238f06a05216",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5cd65",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="plans_activity",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="activity",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_activityevent" ("audiences", "budget", "certainty", "corrected_title", "counted", "department_id", "ends_on", "id", "initiative_id", "is_derived", "kind", "lineage", "measure", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "plan_id", "position", "record_kind", "retired_on", "slug", "source_lead", "source_line", "source_note", "source_text", "starts_on", "target", "target_origin", "target_q1", "target_q2", "target_q3", "target_q4", "target_set_by_id", "target_set_on", "text", "title", "unit", "version", "weight") SELECT new_values."audiences", new_values."budget", new_values."certainty", new_values."corrected_title", new_values."counted", new_values."department_id", new_values."ends_on", new_values."id", new_values."initiative_id", new_values."is_derived", new_values."kind", new_values."lineage", new_values."measure", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phone", new_values."plan_id", new_values."position", new_values."record_kind", new_values."retired_on", new_values."slug", new_values."source_lead", new_values."source_line", new_values."source_note", new_values."source_text", new_values."starts_on", new_values."target", new_values."target_origin", new_values."target_q1", new_values."target_q2", new_values."target_q3", new_values."target_q4", new_values."target_set_by_id", new_values."target_set_on", new_values."text", new_values."title", new_values."unit", new_values."version", new_values."weight" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."audiences" IS DISTINCT FROM (new_values."audiences") OR old_values."budget" IS DISTINCT FROM (new_values."budget") OR old_values."certainty" IS DISTINCT FROM (new_values."certainty") OR old_values."corrected_title" IS DISTINCT FROM (new_values."corrected_title") OR old_values."counted" IS DISTINCT FROM (new_values."counted") OR old_values."department_id" IS DISTINCT FROM (new_values."department_id") OR old_values."ends_on" IS DISTINCT FROM (new_values."ends_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."initiative_id" IS DISTINCT FROM (new_values."initiative_id") OR old_values."is_derived" IS DISTINCT FROM (new_values."is_derived") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."lineage" IS DISTINCT FROM (new_values."lineage") OR old_values."measure" IS DISTINCT FROM (new_values."measure") OR old_values."person_id" IS DISTINCT FROM (new_values."person_id") OR old_values."phone" IS DISTINCT FROM (new_values."phone") OR old_values."plan_id" IS DISTINCT FROM (new_values."plan_id") OR old_values."position" IS DISTINCT FROM (new_values."position") OR old_values."record_kind" IS DISTINCT FROM (new_values."record_kind") OR old_values."retired_on" IS DISTINCT FROM (new_values."retired_on") OR old_values."slug" IS DISTINCT FROM (new_values."slug") OR old_values."source_lead" IS DISTINCT FROM (new_values."source_lead") OR old_values."source_line" IS DISTINCT FROM (new_values."source_line") OR old_values."source_note" IS DISTINCT FROM (new_values."source_note") OR old_values."source_text" IS DISTINCT FROM (new_values."source_text") OR old_values."starts_on" IS DISTINCT FROM (new_values."starts_on") OR old_values."target" IS DISTINCT FROM (new_values."target") OR old_values."target_origin" IS DISTINCT FROM (new_values."target_origin") OR old_values."target_q1" IS DISTINCT FROM (new_values."target_q1") OR old_values."target_q2" IS DISTINCT FROM (new_values."target_q2") OR old_values."target_q3" IS DISTINCT FROM (new_values."target_q3") OR old_values."target_q4" IS DISTINCT FROM (new_values."target_q4") OR old_values."target_set_by_id" IS DISTINCT FROM (new_values."target_set_by_id") OR old_values."target_set_on" IS DISTINCT FROM (new_values."target_set_on") OR old_values."text" IS DISTINCT FROM (new_values."text") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."unit" IS DISTINCT FROM (new_values."unit") OR old_values."version" IS DISTINCT FROM (new_values."version") OR old_values."weight" IS DISTINCT FROM (new_values."weight")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="5db1d3c96c09012ccd1477978678aa4ab7e1974f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_9669a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="plans_activity",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="activity",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_activityevent" ("audiences", "budget", "certainty", "corrected_title", "counted", "department_id", "ends_on", "id", "initiative_id", "is_derived", "kind", "lineage", "measure", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "plan_id", "position", "record_kind", "retired_on", "slug", "source_lead", "source_line", "source_note", "source_text", "starts_on", "target", "target_origin", "target_q1", "target_q2", "target_q3", "target_q4", "target_set_by_id", "target_set_on", "text", "title", "unit", "version", "weight") SELECT old_values."audiences", old_values."budget", old_values."certainty", old_values."corrected_title", old_values."counted", old_values."department_id", old_values."ends_on", old_values."id", old_values."initiative_id", old_values."is_derived", old_values."kind", old_values."lineage", old_values."measure", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."phone", old_values."plan_id", old_values."position", old_values."record_kind", old_values."retired_on", old_values."slug", old_values."source_lead", old_values."source_line", old_values."source_note", old_values."source_text", old_values."starts_on", old_values."target", old_values."target_origin", old_values."target_q1", old_values."target_q2", old_values."target_q3", old_values."target_q4", old_values."target_set_by_id", old_values."target_set_on", old_values."text", old_values."title", old_values."unit", old_values."version", old_values."weight" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="262dbe8f8729a8c783077aac128da4e391615046",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8d75f",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="plans_activity",
                    when="AFTER",
                ),
            ),
        ),
        *[migrations.RunSQL(hold(what, AFTER), hold(what, BEFORE)) for what in OPERATIONS],
        migrations.RunSQL(
            f"""UPDATE plans_change SET content = content || '{{"measure": "records"}}' {WAITING}""",
            f"UPDATE plans_change SET content = content - 'measure' {WAITING}",
        ),
    ]
