"""A record is not of a day before its activity was added to its plan, whoever writes."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("plans.migrations.0015_hold_confirmed_records").FITS.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
ENDS = "AND r.happened_on <= coalesce(a.retired_on, r.happened_on)\n"
AFTER = BEFORE.replace(
    ENDS,
    f"""{ENDS}        AND NOT EXISTS (
            SELECT 1 FROM plans_change h JOIN plans_amendment m ON m.id = h.amendment_id
            WHERE h.lineage = a.lineage AND h.field = 'addition'
            AND m.plan_id = p.id AND m.state = 'applied' AND m.effective_on > r.happened_on
        )
""",
)


class Migration(migrations.Migration):
    dependencies = [("plans", "0021_ask_why_a_filling_reaches_back")]
    operations = [migrations.RunSQL(AFTER, BEFORE)]
