"""Triggers of the ledger of consents: they set the time of a line and refuse changes."""

from pgtrigger import Delete, Insert, Truncate, Update

from gwonseon.office.access_log.triggers import (
    DATE_ACCESS,
    KEEP_AS_WRITTEN,
    REFUSE_EMPTYING,
    always,
    function,
)

# Claims for damages end after three years (민법 제766조 제1항); retention.py deletes by the same.
KEEP_CONSENTS = function(
    "residents_keep_consents",
    """
        IF EXISTS (SELECT FROM public.residents_resident WHERE mac = OLD.mac)
            OR EXISTS (SELECT FROM public.residents_consentevent
                       WHERE mac = OLD.mac AND at > clock_timestamp() - interval '3 years') THEN
          RAISE integrity_constraint_violation
            USING MESSAGE = format('%s is kept for three years after its last line', TG_TABLE_NAME);
        END IF;
        RETURN OLD;""",
)

CONSENT_TRIGGERS = [
    always("dated_by_the_database", DATE_ACCESS, Insert),
    always("stays_as_written", KEEP_AS_WRITTEN, Update),
    always("stays_three_years", KEEP_CONSENTS, Delete),
    always("is_not_emptied", REFUSE_EMPTYING, Truncate),
]
