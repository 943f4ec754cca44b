"""`manage.py migrate`: migrate under the database lock; refuse another version's database."""

from typing import Any, NoReturn

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
    """Raise CommandError for a database that another version of the portal made.

    Either one of our migrations was applied that does not exist here, or the initial ones were
    written anew since: then they count as applied, but columns are missing.
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
            refuse(f"{app}.{name}")
    waiting = {app for app, _name in loader.disk_migrations.keys() - loader.applied_migrations}
    there = columns_of(database)
    for model in apps.get_models():
        meta = model._meta
        if meta.app_label in ours - waiting and meta.managed and not meta.proxy:
            for field in meta.local_concrete_fields:
                if (meta.db_table, field.column) not in there:
                    refuse(f"{meta.db_table}.{field.column}")


def columns_of(database: str) -> set[tuple[str, str]]:
    """Return the tables and columns of a database (1 query)."""
    with connections[database].cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema()"
        )
        return set(cursor.fetchall())


def refuse(sign: str) -> NoReturn:
    """Raise CommandError with advice; `sign` is the migration or column that does not match."""
    raise CommandError(
        f"다른 판의 포털이 만든 데이터베이스라 쓸 수 없습니다({sign}). "
        "그 판으로 여시거나, `VAR=var-new make run`처럼 새 폴더로, 또는 DATABASE_URL에 빈 "
        "데이터베이스를 적어 새로 시작하세요."
    )
