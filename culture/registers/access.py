"""Rules for who may see and edit the registers of plots and of performances.

Users who read drafts of plans may see them. A row belongs to an activity: users who may record for
that activity may edit it.
"""

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from culture.models import Plot, Show
from gwonseon.office.models import User
from gwonseon.office.people.access import needs
from plans.ledger.access import may_record
from plans.ledger.queries import recordable_by
from plans.tree.models import Activity
from plans.tree.querysets import NodeQuerySet

Row = Plot | Show

needs_reading = needs("plans.view_draft")
# The activities that rows of each register may belong to.
KEPT_FOR = {Plot: {"kind": "plot"}, Show: {"record_kind": "performance"}}


def register_rows(model: type[Row]) -> QuerySet:
    """Return a register's rows, with related rows and their activities' ancestors."""
    places = ["dong"] if model is Plot else []
    above = f"activity__{Activity.PILLAR_PATH}"
    return model.objects.select_related(above, "activity__plan", *places)


def row_for(model: type[Row], key: int) -> Row:
    """Return a row of a register, or answer 404 (1 query)."""
    row = register_rows(model).filter(pk=key).first()
    if row is None:
        raise Http404(_("그런 항목이 없습니다."))
    return row


def activities_for(model: type[Row], user: User) -> NodeQuerySet:
    """Return the activities for which the user may add rows to a register."""
    return recordable_by(user).filter(**KEPT_FOR[model])


def may_keep(user: User, row: Row) -> bool:
    """Return whether the user may edit a row (1 query at most)."""
    return may_record(user, row.activity)
