"""Access rules for the table of days off."""

from gwonseon.office.models import User

READING = "office.view_holiday"
WRITING = "office.change_holiday"


def may_read(user: User) -> bool:
    """Return whether the user sees the table of days off."""
    return user.has_perm(READING)


def may_write(user: User) -> bool:
    """Return whether the user may change it."""
    return user.has_perm(WRITING)
