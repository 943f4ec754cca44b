"""A person keeps one uploaded workbook for a plan: the last."""

from django.db import migrations, models

DELETE_OLDER = """
DELETE FROM plans_sheetupload older USING plans_sheetupload newer
WHERE newer.plan_id = older.plan_id AND newer.uploaded_by_id = older.uploaded_by_id
AND newer.id > older.id
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0011_lapse_reviews")]
    operations = [
        migrations.RunSQL(DELETE_OLDER, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="sheetupload",
            constraint=models.UniqueConstraint(
                fields=["plan", "uploaded_by"], name="sheet_upload_once"
            ),
        ),
    ]
