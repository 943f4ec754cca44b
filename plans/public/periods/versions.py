"""The versions of a closed period, and which of them a page shows."""

from django.http import Http404
from django.utils.translation import gettext as _

from plans.tracking.closing.models import Closing


def versions_of(closings: list[Closing], number: int) -> list[Closing]:
    """Return the versions of the period with a number, latest first; answer 404 without any."""
    found = [one for one in closings if one.period.number == number]
    if not found:
        raise Http404(_("마감한 기간이 아닙니다."))
    return found[::-1]


def version_in(versions: list[Closing], number: int | None) -> Closing:
    """Return the version with a number, or the latest for None; answer 404 without it."""
    for one in versions:
        if number in {None, one.version}:
            return one
    raise Http404(_("그런 판이 없습니다."))
