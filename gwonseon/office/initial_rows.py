"""The rows that the first migration makes: the settings row and the 12 dong of the district."""

from typing import Any

# 「수원시 행정운영동 및 통·반 설치 조례」, as they stand since 2017.
DONG = (
    "세류1동", "세류2동", "세류3동", "평동", "서둔동", "구운동",
    "금곡동", "호매실동", "권선1동", "권선2동", "곡선동", "입북동",
)  # fmt: skip


def add_rows(apps: Any, _editor: Any = None) -> None:
    """Make the rows. `apps` is the app registry of the migration."""
    apps.get_model("office", "District").objects.create(pk=1)
    dong = apps.get_model("office", "Dong")
    dong.objects.bulk_create(
        dong(name=name, position=place) for place, name in enumerate(DONG, start=1)
    )
