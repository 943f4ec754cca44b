"""Who sees the register of facilities, and who keeps it.

Whoever reads drafts of plans sees it. Whoever writes somewhere in a plan (기획, 축 총괄, 부서장,
부서 담당자) keeps it: it is one register, and none of its rows is anybody's own.
"""

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from gwonseon.office.models import User
from gwonseon.office.people.access import View, needs
from plans.tree.models import Pillar

WRITERS = (
    "plans.change_plan",
    "plans.edit_department",
    *(f"{code}.change_activity" for code in Pillar.Code.values),
)

needs_reading = needs("plans.view_draft")


def may_read(user: User) -> bool:
    """Return whether the user sees the register."""
    return user.has_perm("plans.view_draft")


def may_write(user: User) -> bool:
    """Return whether the user keeps the register."""
    return may_read(user) and any(map(user.has_perm, WRITERS))


def needs_writing(view: View) -> View:
    """Lead strangers to the sign-in, and answer 403 to who does not keep the register."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if not may_write(request.user):
            raise PermissionDenied
        return view(request, *args, **options)

    return needs_reading(guarded)
