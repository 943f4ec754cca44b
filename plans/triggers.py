"""Triggers that several subjects share: raise the public state's number, keep a row's key."""

from pgtrigger import Delete, Insert, Operation, Update, UpdateOf

from gwonseon.triggers import Function, SharedTrigger, at_commit, before_row, refuses

# With the name of a column as argument, it raises the number of the year in that column; else the
# number that all years share. It always locks the shared row first, which prevents deadlocks.
RAISE = Function(
    "raise_public_state",
    """
DECLARE
    this bigint := pg_current_xact_id()::text::bigint;
    of_year smallint := coalesce((to_jsonb(NEW) ->> TG_ARGV[0])::smallint, 0);
BEGIN
    IF EXISTS (SELECT FROM plans_publicstate WHERE year = of_year AND raised_by = this) THEN
        RETURN NULL;
    END IF;
    PERFORM FROM plans_publicstate WHERE year = 0 FOR NO KEY UPDATE;
    INSERT INTO plans_publicstate AS state (year, number, raised_by) VALUES (of_year, 1, this)
    ON CONFLICT (year) DO UPDATE SET number = state.number + 1, raised_by = this;
    RETURN NULL;
END """,
)


def raise_public_state(
    *year: str, operation: Operation = Insert | Update | Delete, condition: str = ""
) -> SharedTrigger:
    """Return a trigger that renews residents' cached pages when a row of the table changes.

    It raises the number at the end of the transaction, so that writers wait for each other only
    there; in one transaction only the first change raises it. `year` is the column of the year, if
    residents see the rows only on pages of that year and on pages of no year.
    """
    return at_commit("public_state", RAISE, *year, operation=operation, condition=condition)


PUBLIC_STATE = raise_public_state()

KEY = refuses(
    "plans_hold_key", "row_keeps_its_key", "a row keeps its key: % %", "TG_TABLE_NAME, OLD.id"
)
# Statement triggers pair the old and new row by the key, so the key must not change.
HOLD_KEY = before_row("hold_key", KEY, UpdateOf("id"), condition="OLD.id <> NEW.id")
