"""Triggers are declared in models; each `migrate` installs exactly those in the database."""

import pgtrigger
import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from gwonseon.triggers import SharedTrigger
from plans.tree.models import Plan
from tests.factories.tree import ActivityFactory, publish

pytestmark = pytest.mark.django_db


def installed() -> dict[tuple[str, str], str]:
    """Return the hash of each enabled trigger, stored as its comment, by table and name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname, obj_description(oid, 'pg_trigger')"
            " FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        )
        return {(table, name): mark for table, name, mark in cursor.fetchall()}


def test_the_database_has_the_triggers_of_the_code_and_no_others() -> None:
    said = [trigger.compile(model) for model, trigger in pgtrigger.registered()]

    assert installed() == {(one.sql.table, one.sql.pgid): one.hash for one in said}


def test_migrate_repairs_missing_changed_disabled_and_extra_triggers() -> None:
    before = installed()
    names = {name.rpartition("_")[0]: name for table, name in before if table == "plans_plan"}
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {names['pgtrigger_hold_key']} ON plans_plan")
        cursor.execute(f"COMMENT ON TRIGGER {names['pgtrigger_hold_plan']} ON plans_plan IS 'old'")
        cursor.execute(f"ALTER TABLE plans_plan DISABLE TRIGGER {names['pgtrigger_public_state']}")
        cursor.execute(
            "CREATE TRIGGER pgtrigger_of_yesterday BEFORE UPDATE ON plans_plan"
            " FOR EACH ROW EXECUTE FUNCTION plans_hold_key()"
        )
    assert installed() != before

    call_command("migrate", verbosity=0)

    assert installed() == before


def test_migrate_does_not_touch_correct_triggers() -> None:
    numbers = "SELECT max(oid::bigint) FROM pg_trigger"
    with connection.cursor() as cursor:
        cursor.execute(numbers)
        before = cursor.fetchone()
        call_command("migrate", verbosity=0)
        cursor.execute(numbers)
        assert cursor.fetchone() == before


def test_no_client_setting_disables_our_triggers() -> None:
    activity = ActivityFactory()
    publish(activity.plan)
    ((model, trigger),) = pgtrigger.registered("plans.Plan:hold_plan")

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL pgtrigger.ignore = '{{{trigger.get_pgid(model)}}}'")
        with pytest.raises(IntegrityError, match="stays published"), transaction.atomic():
            Plan.objects.update(vision="다른 비전")


def test_a_client_setting_disables_only_history_triggers() -> None:
    """pgtrigger's own triggers record the history; triggers that enforce rules are ours."""
    giving_way = {
        one.name for _, one in pgtrigger.registered() if not isinstance(one, SharedTrigger)
    }

    assert giving_way == {"insert_insert", "update_update", "delete_delete", "append_only"}
