"""One-time codes as an authenticator app makes them."""

from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from gwonseon.office.codes.actions import confirm_set_up, start_set_up
from gwonseon.office.models import User

SET_UP = reverse("office:code_set_up")


def code_of(device: TOTPDevice) -> str:
    """Return the code that the app would show now."""
    return f"{totp(device.bin_key):06d}"


def set_up(user: User) -> list[str]:
    """Set up one-time codes for the user; return the recovery codes."""
    device = start_set_up(by=user)
    recovery = confirm_set_up(device=device, code=code_of(device), by=user)
    TOTPDevice.objects.update(last_t=-1)  # the tests do not wait for the next code
    return recovery


def begin_set_up(client: Client) -> TOTPDevice:
    """Start the set-up of codes; return the new device."""
    client.post(SET_UP)
    return TOTPDevice.objects.get(confirmed=False)
