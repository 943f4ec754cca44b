"""A child belongs to its parent's plan: held by the database, whoever writes."""

from django.db import migrations

PARENTS = {"goal": "pillar", "initiative": "goal", "activity": "initiative"}


def unique_pair(parent: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER TABLE plans_{parent} ADD CONSTRAINT {parent}_id_and_plan UNIQUE (id, plan_id)",
        f"ALTER TABLE plans_{parent} DROP CONSTRAINT {parent}_id_and_plan",
    )


def same_plan(child: str, parent: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER TABLE plans_{child} ADD CONSTRAINT {child}_in_its_parents_plan"
        f" FOREIGN KEY ({parent}_id, plan_id) REFERENCES plans_{parent} (id, plan_id)"
        " DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE plans_{child} DROP CONSTRAINT {child}_in_its_parents_plan",
    )


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]
    operations = [
        *[unique_pair(parent) for parent in PARENTS.values()],
        *[same_plan(child, parent) for child, parent in PARENTS.items()],
    ]
