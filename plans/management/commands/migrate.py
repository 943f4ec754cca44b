"""`manage.py migrate`: Django's command, alone in the database and not in another version's."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from gwonseon.commands import PortalCommand


class Command(PortalCommand, migrate.Command):
    """Django's migrate, which holds the database lock."""

    alone = True

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate; raise CommandError if another version of the portal made the database."""
        refuse_other_versions(options["database"])
        super().handle(*args, **options)


def refuse_other_versions(database: str) -> None:
    """Raise CommandError if the database has one of our migrations that this version does not.

    Then it was made by an earlier version, whose initial migrations were rewritten since, or by a
    later version.
    """
    ours = {
        config.label
        for config in apps.get_app_configs()
        if (settings.BASE_DIR / config.name.partition(".")[0]).is_dir()
    }
    loader = MigrationLoader(connections[database])
    strange = sorted(loader.applied_migrations.keys() - loader.disk_migrations.keys())
    for app, name in strange:
        if app in ours:
            raise CommandError(
                f"다른 판의 포털이 만든 데이터베이스라 쓸 수 없습니다({app}.{name}). "
                "그 판으로 여시거나, `VAR=var-new make run`처럼 새 폴더로, 또는 DATABASE_URL에 빈 "
                "데이터베이스를 적어 새로 시작하세요."
            )
