"""Records are counted by month and by dong in an index; what somebody wrote last is looked up."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0019_hold_from_a_day_on")]

    operations = [
        migrations.RemoveIndex(model_name="record", name="record_sums"),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(
                condition=models.Q(("state", "confirmed")),
                fields=["activity", "happened_on"],
                include=("quantity", "people", "dong"),
                name="record_sums",
            ),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(
                fields=["written_by", "activity", "id"], name="record_last_of_writer"
            ),
        ),
        migrations.AlterField(
            model_name="record",
            name="written_by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="쓴 사람",
            ),
        ),
    ]
