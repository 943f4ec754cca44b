"""What several subjects' tables share: the public state's numbers, and rows that keep their key."""

from pgtrigger import Delete, Insert, Operation, Update, UpdateOf

from gwonseon.triggers import Function, SharedTrigger, at_commit, before_row

# Told a column, it raises the number of the year there; else the one that all years share. Whoever
# raises any holds the shared one first, so that no two transactions wait for each other in a ring.
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
    """Return the trigger of a table whose rows residents see: their pages follow every change.

    It raises the number when the transaction ends, so that writers wait for each other only there;
    within one transaction all but the first find it raised already. Where a column is named, the
    rows are seen on pages of that year alone, and on those of no year.
    """
    return at_commit("public_state", RAISE, *year, operation=operation, condition=condition)


PUBLIC_STATE = raise_public_state()

KEY = Function(
    "plans_hold_key",
    """
BEGIN
    RAISE EXCEPTION 'a row keeps its key: % %', TG_TABLE_NAME, OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'row_keeps_its_key';
END """,
)
# Triggers that pair a statement's old rows with its new ones know a changed row by its key.
HOLD_KEY = before_row("hold_key", KEY, UpdateOf("id"), condition="OLD.id <> NEW.id")
