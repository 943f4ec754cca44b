"""Access rules for staff accounts."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpResponse

from gwonseon.office.models import User

View = Callable[..., HttpResponse]


def needs(permission: str) -> Callable[[View], View]:
    """Return a decorator for a view: sign-in page if not signed in, 403 without the permission."""

    def guarded(view: View) -> View:
        return login_required(permission_required(permission, raise_exception=True)(view))

    return guarded


def may_touch(by: User, person: User) -> bool:
    """Return whether `by` may change a person's account: only superusers change a superuser's."""
    return by.is_superuser or not person.is_superuser
