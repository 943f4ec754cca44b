"""Triggers that cancel an approved review when what was reviewed changes, whoever changes it.

Changes of the initiative and its activities with their links count; not their order among
siblings, the person in charge and the telephone number.
"""

from pgtrigger import Delete, Insert, Operation, Update

from gwonseon.triggers import Function, SharedTrigger, after_statement

LAPSE = Function(
    "plans_lapse_reviews",
    """
DECLARE
    touched bigint[];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        EXECUTE format(
            'SELECT array_agg(old_rows.%1$I) || array_agg(new_rows.%1$I)'
            ' FROM old_rows JOIN new_rows USING (id)'
            ' WHERE to_jsonb(old_rows) - $1 IS DISTINCT FROM to_jsonb(new_rows) - $1', TG_ARGV[0]
        ) INTO touched USING '{position,version,updated_at,search_text,person_id,phone}'::text[];
    ELSIF TG_OP = 'INSERT' THEN
        EXECUTE format('SELECT array_agg(%I) FROM new_rows', TG_ARGV[0]) INTO touched;
    ELSE
        EXECUTE format('SELECT array_agg(%I) FROM old_rows', TG_ARGV[0]) INTO touched;
    END IF;
    IF TG_ARGV[0] = 'activity_id' THEN
        touched := ARRAY(SELECT initiative_id FROM plans_activity WHERE id = ANY (touched));
    END IF;
    UPDATE plans_review SET state = 'lapsed'
    WHERE state = 'approved' AND initiative_id = ANY (touched);
    RETURN NULL;
END """,
)


def lapse_reviews(column: str, *operations: Operation) -> list[SharedTrigger]:
    """Return the triggers for a reviewed table, for these operations or for all.

    The column names the initiative, or (`activity_id`) the activity below it.
    """
    return [
        after_statement(f"lapse_reviews_{operation}".lower(), LAPSE, column, operation=operation)
        for operation in operations or (Insert, Update, Delete)
    ]
