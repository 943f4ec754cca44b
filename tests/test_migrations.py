from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from gwonseon.initial_migration import InitialMigration
from gwonseon.office.models import District, Dong
from plans.public.models import PublicState
from safety.models import Limit


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_our_first_migrations_make_their_tables_at_once() -> None:
    migrations = MigrationLoader(None).disk_migrations
    ours = {app: one for (app, name), one in migrations.items() if name == "0001_initial"}
    at_once = {app for app, one in ours.items() if isinstance(one, InitialMigration)}

    assert at_once == {app for app in ours if is_ours(app)}


def is_ours(app: str) -> bool:
    """Return whether an app is in this folder, and not installed."""
    path = Path(apps.get_app_config(app).path)
    return path.is_relative_to(settings.BASE_DIR) and ".venv" not in path.parts


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_our_migrations_can_be_reversed_and_applied_again() -> None:
    call_command("migrate", "office", "zero", verbosity=0)
    assert not {"office_user", "plans_plan"} & {*connection.introspection.table_names()}

    call_command("migrate", verbosity=0)

    assert Dong.objects.count() == 12
    assert Limit.objects.exists()
    assert District.objects.get().pk == 1
    assert PublicState.objects.get().year == 0


@pytest.mark.parametrize("app", ["office", "plans", "culture"])
def test_a_database_of_another_version_is_refused(db: None, app: str) -> None:
    MigrationRecorder(connection).record_applied(app, "0099_of_another_version")

    with pytest.raises(CommandError, match=rf"{app}\.0099_of_another_version") as refusal:
        call_command("migrate", verbosity=0)

    assert "VAR=" in str(refusal.value)


@pytest.mark.parametrize(
    "change",
    ["ALTER TABLE office_district DROP COLUMN office", "DROP TABLE plans_subscription CASCADE"],
)
def test_a_database_of_rewritten_migrations_is_refused(db: None, change: str) -> None:
    with connection.cursor() as cursor:
        # Rows that this transaction wrote may wait for their checks.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(change)

    with pytest.raises(CommandError, match="다른 판의 포털") as refusal:
        call_command("migrate", verbosity=0)

    assert "VAR=" in str(refusal.value)


def test_migrations_removed_from_other_apps_do_not_matter(db: None) -> None:
    MigrationRecorder(connection).record_applied("axes", "0099_squashed_since")

    call_command("migrate", verbosity=0)
