"""Links in mails and messages, and signed tokens to turn off a kind of reminder.

Their tokens are signed, but no secret.
"""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

SALT = "plans.reminders.links"


def mute_token(person_pk: int, rule_code: str) -> str:
    """Return the token for a person and a kind of reminder: ASCII that URLs hold as it is.

    It never expires, so that an old mail's link still works: who has it can only turn that one
    kind off, which the person can turn on again.
    """
    return signer().sign(f"{person_pk}.{rule_code}")


def read_mute_token(token: str) -> tuple[int, str] | None:
    """Return the person's key and the rule's code of a token, or None if we did not make it."""
    try:
        person, _dot, rule = signer().unsign(token).partition(".")
    except BadSignature:
        return None
    return int(person), rule


def signer() -> Signer:
    """Return the signer of the tokens that turn a kind of reminder off."""
    return Signer(salt=SALT, sep=".")


def address(name: str, *args: object) -> str:
    """Return the whole address of a page of the portal."""
    return settings.PORTAL_URL + reverse(name, args=args)
