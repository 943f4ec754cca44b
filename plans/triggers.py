"""What several subjects' tables share: the public state's number, and rows that keep their key."""

from pgtrigger import Delete, Insert, Operation, Update, UpdateOf

from gwonseon.triggers import Function, SharedTrigger, at_commit, before_row

RAISE = Function(
    "raise_public_state",
    """
BEGIN
    UPDATE plans_publicstate
    SET number = number + 1, raised_by = pg_current_xact_id()::text::bigint
    WHERE raised_by IS DISTINCT FROM pg_current_xact_id()::text::bigint;
    RETURN NULL;
END """,
)


def raise_public_state(
    operation: Operation = Insert | Update | Delete, condition: str = ""
) -> SharedTrigger:
    """Return the trigger of a table whose rows residents see: their pages follow every change.

    It raises the number when the transaction ends, so that writers wait for each other only there;
    within one transaction all but the first find it raised already.
    """
    return at_commit("public_state", RAISE, operation=operation, condition=condition)


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
