"""Access rules for the register of facilities.

Staff who may read drafts of plans may read it. Staff who may write any part of a plan (기획,
축 총괄, 부서장, 부서 담당자) may write all of it: no row belongs to a department.
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
    """Return whether the user may read the register."""
    return user.has_perm("plans.view_draft")


def may_write(user: User) -> bool:
    """Return whether the user may write the register."""
    return may_read(user) and any(map(user.has_perm, WRITERS))


def needs_writing(view: View) -> View:
    """Decorate a view: sign-in page if not signed in, 403 if the user may not write."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if not may_write(request.user):
            raise PermissionDenied
        return view(request, *args, **options)

    return needs_reading(guarded)
