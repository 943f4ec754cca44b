"""Who may do what with whose account."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpResponse

from gwonseon.office.models import User

View = Callable[..., HttpResponse]


def needs(permission: str) -> Callable[[View], View]:
    """Return a decorator: strangers are led to the sign-in, who lacks the permission gets 403."""

    def guarded(view: View) -> View:
        return login_required(permission_required(permission, raise_exception=True)(view))

    return guarded


def may_touch(by: User, person: User) -> bool:
    """Return whether `by` may change the account: a superuser's only if they are one."""
    return by.is_superuser or not person.is_superuser
