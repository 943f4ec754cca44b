"""Tokens of the links by which who gets a mail turns a kind of reminder off: signed, no secret."""

from django.core.signing import BadSignature, Signer

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
    """Return what signs these tokens, and no others."""
    return Signer(salt=SALT, sep=".")
