"""Read the state of a user's one-time codes."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django_otp.plugins.otp_totp.models import TOTPDevice

from gwonseon.office.models import District, User


class CodeState(NamedTuple):
    """Whether one-time codes are set up, and whether one of the user's roles requires them."""

    are_set_up: bool
    are_required: bool


def code_state(user: User) -> CodeState:
    """Return the state of the user's one-time codes (1 query)."""
    devices = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
    roles = District.code_roles.through.objects.filter(group__user=OuterRef("pk"))
    found = User.objects.filter(pk=user.pk).values_list(Exists(devices), Exists(roles))
    return CodeState(*found.get())
