"""The recipients of a dispatch, written from whatever query names them."""

from django.db import connection, transaction
from django.db.models import QuerySet

from gwonseon.messaging.models import Dispatch, Message

SLICE = 50_000
WRITE = """
WITH slice AS MATERIALIZED (
    SELECT mac, sealed FROM ({audience}) audience
    WHERE mac > %s ORDER BY mac LIMIT %s
), written AS (
    INSERT INTO messaging_message
        (dispatch_id, mac, sealed, state, reference, code, attempts, not_before)
    SELECT %s, mac, sealed, 'queued', '', '', 0, %s FROM slice
    ON CONFLICT (dispatch_id, mac) DO NOTHING
)
SELECT count(*), (SELECT mac FROM slice ORDER BY mac DESC LIMIT 1) FROM slice
"""


@transaction.atomic
def expand(*, dispatch: Dispatch, audience: QuerySet, slice_size: int = SLICE) -> bool:
    """Write the next slice of a dispatch's recipients; return whether they are complete.

    `audience` is a query of the two columns `mac` and `sealed`. Call it again until it returns
    True: a worker that is killed in between loses nothing, and nothing is written twice.
    """
    dispatch = Dispatch.objects.select_for_update(no_key=True).get(pk=dispatch.pk)
    if dispatch.state != Dispatch.State.EXPANDING:
        return True
    sql, parameters = audience.values("mac", "sealed").order_by().query.sql_with_params()
    after = bytes(dispatch.expanded_to or b"")
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE.format(audience=sql),
            [*parameters, after, slice_size, dispatch.pk, dispatch.not_before],
        )
        read, last = cursor.fetchone()
    if read < slice_size:
        dispatch.state = Dispatch.State.SENDING
        analyze()
    else:
        dispatch.expanded_to = last
    dispatch.save(update_fields=["state", "expanded_to"])
    return dispatch.state == Dispatch.State.SENDING


def analyze() -> None:
    """Tell the planner of the new rows: without it, marking is five times as slow for a while."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {Message._meta.db_table}")
