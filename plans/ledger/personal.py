"""Logging who sees records of somebody's personal matters."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gwonseon.office.access_log.actions import log_access
from gwonseon.office.models import PersonalAccess
from plans.ledger.kinds import kind_of
from plans.ledger.models import Record


def log_personal(request: HttpRequest, shown: Iterable[Record], what: PersonalAccess.What) -> None:
    """Log that records of somebody's personal matters are shown or written (1 query, if any).

    Whoever shows records to staff calls it; what is about nobody's personal matters is left out.
    """
    personal = [record for record in shown if kind_of(record.kind).is_personal]
    if personal:
        subject = _("실적 %(key)s") % {"key": personal[0].pk}
        log_access(request=request, what=what, subject=subject, count=len(personal))
