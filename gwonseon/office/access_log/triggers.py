"""Triggers of the access log: they set the time of a row and refuse changes.

The functions do not use the client's search_path, and the triggers also fire in a session with the
role of a replica, so that no client can get around them.
"""

from pgtrigger import Delete, Insert, Operation, Row, Statement, Truncate, Update

from gwonseon.triggers import AlwaysTriggerSql, Function, SharedTrigger, before_row


def function(name: str, body: str) -> Function:
    """Return a function that does not use the client's search_path."""
    return Function(name, f" BEGIN {body} END ", options="SET search_path = pg_catalog, pg_temp")


DATE_ACCESS = function("office_date_access", "NEW.at := clock_timestamp(); RETURN NEW;")
DATE_REVIEW = function(
    "office_date_access_review",
    """
        NEW.reviewed_at := clock_timestamp();
        IF (NEW.reviewed_at AT TIME ZONE 'Asia/Seoul')::date
            < (NEW.month + interval '1 month')::date THEN
          RAISE integrity_constraint_violation USING MESSAGE = 'the month is not over';
        END IF;
        RETURN NEW;""",
)
KEEP_AS_WRITTEN = function(
    "office_keep_as_written",
    """
        RAISE integrity_constraint_violation
          USING MESSAGE = format('%s stays as it was written', TG_TABLE_NAME);""",
)
KEEP_TWO_YEARS = function(
    "office_keep_two_years",
    """
        IF OLD.at > clock_timestamp() - interval '2 years' THEN
          RAISE integrity_constraint_violation
            USING MESSAGE = format('%s is kept for two years', TG_TABLE_NAME);
        END IF;
        RETURN OLD;""",
)
REFUSE_EMPTYING = function(
    "office_refuse_emptying",
    """
        DECLARE kept boolean;
        BEGIN
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', TG_RELID::regclass) INTO kept;
        IF kept THEN
          RAISE integrity_constraint_violation
            USING MESSAGE = format('%s is not emptied', TG_TABLE_NAME);
        END IF;
        RETURN NULL;
        END;""",
)


def always(name: str, function: Function, operation: Operation) -> SharedTrigger:
    """Return a trigger that fires in every session."""
    level = Statement if operation == Truncate else Row
    return before_row(name, function, operation, level=level, sql=AlwaysTriggerSql)


ACCESS_TRIGGERS = [
    always("dated_by_the_database", DATE_ACCESS, Insert),
    always("stays_as_written", KEEP_AS_WRITTEN, Update),
    always("stays_two_years", KEEP_TWO_YEARS, Delete),
    always("is_not_emptied", REFUSE_EMPTYING, Truncate),
]
REVIEW_TRIGGERS = [
    always("dated_by_the_database", DATE_REVIEW, Insert),
    always("stays_as_written", KEEP_AS_WRITTEN, Update | Delete),
    always("is_not_emptied", REFUSE_EMPTYING, Truncate),
]
