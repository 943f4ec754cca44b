"""A first setting says why, too, where it holds from before what was decided of the same promise.

What is one promise is carried along (see `TOGETHER` in plans/amendments/force.py): a unit that is
filled in from 1 January on would carry a target of June back to January, and nobody would have said
why. An added item begins on its 시행일; what is filled in of it does not reach back behind that.
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("plans.migrations.0019_hold_from_a_day_on").EFFECTIVE.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
SAME_COLUMN = "AND e.lineage = c.lineage AND e.field = c.field\n"
AFTER = BEFORE.replace(
    SAME_COLUMN,
    """AND e.lineage = c.lineage AND (
                        e.field = c.field
                        OR a.effective_on > one.effective_on AND (
                            e.field = 'addition'
                            OR e.field IN ('starts_on', 'ends_on')
                            AND c.field IN ('starts_on', 'ends_on')
                            OR e.field = ANY (amount) AND c.field = ANY (amount)
                        )
                    )
""",
).replace(
    "    last date;\n",
    """    last date;
    amount text[] := '{target,target_q1,target_q2,target_q3,target_q4,measure,counted,unit}';
""",
)


class Migration(migrations.Migration):
    dependencies = [("plans", "0020_hold_two_person_kinds_and_holds")]
    operations = [migrations.RunSQL(AFTER, BEFORE)]
