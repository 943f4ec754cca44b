"""Sessions end by a number, temporary passwords are marked, and nobody overwrites unseen."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("office", "0003_close_people_on_a_day")]
    operations = [
        migrations.AddField(
            model_name="user",
            name="must_change_password",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="비밀번호를 바꿔야 함"
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="session_number",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="user",
            name="version",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
