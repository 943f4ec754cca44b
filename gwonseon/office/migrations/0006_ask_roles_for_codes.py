"""Some roles are asked for a one-time code."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("office", "0005_keep_history_of_people"),
    ]
    operations = [
        migrations.AddField(
            model_name="district",
            name="code_roles",
            field=models.ManyToManyField(
                blank=True,
                help_text="고른 역할의 직원은 비밀번호 다음에 휴대전화 인증 앱의 번호를 넣어야 들어옵니다.",
                to="auth.group",
                verbose_name="일회용 번호를 요구하는 역할",
            ),
        ),
    ]
