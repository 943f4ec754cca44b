"""The settings row and the 12 dong that the district consists of."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# 「수원시 행정운영동 및 통·반 설치 조례」, as they stand since 2017.
DONG = (
    "세류1동", "세류2동", "세류3동", "평동", "서둔동", "구운동",
    "금곡동", "호매실동", "권선1동", "권선2동", "곡선동", "입북동",
)  # fmt: skip


def seed(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("office", "District").objects.get_or_create(pk=1)
    dong = apps.get_model("office", "Dong")
    dong.objects.bulk_create(
        dong(name=name, position=place) for place, name in enumerate(DONG, start=1)
    )


def unseed(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("office", "Dong").objects.filter(name__in=DONG).delete()
    apps.get_model("office", "District").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("office", "0001_initial")]
    operations = [migrations.RunPython(seed, unseed)]
