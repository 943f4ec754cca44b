"""Who is closed was closed on a day; who was so far is taken to be closed today."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def close_inactive(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    users = apps.get_model("office", "User").objects
    users.filter(is_active=False).update(closed_on=timezone.localdate())


class Migration(migrations.Migration):
    dependencies = [("office", "0002_seed_district_and_dong")]
    operations = [
        migrations.AddField(
            model_name="user",
            name="closed_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="닫은 날"),
        ),
        migrations.RunPython(close_inactive, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on", None), ("is_active", True)),
                    models.Q(("closed_on__isnull", False), ("is_active", False)),
                    _connector="OR",
                ),
                name="user_is_active_or_closed_on_a_day",
            ),
        ),
    ]
