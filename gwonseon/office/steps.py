"""Find the step that signed-in staff must take before other pages: code, new password, set-up."""

from dataclasses import dataclass

from gwonseon.office.codes.queries import code_state
from gwonseon.office.models import User


@dataclass(frozen=True)
class SignInStep:
    """A step: the URL names of its pages. The user is redirected to the first."""

    pages: tuple[str, ...]


CODE = SignInStep(("office:code",))
PASSWORD = SignInStep(("office:password",))
SET_UP = SignInStep(("office:code_set_up", "office:code_picture"))


def missing_step(user: User) -> SignInStep | None:
    """Return the step that the user must take first, or None (1 query at most).

    The code comes first: with only a password, a user may change nothing. `user` must come from a
    request that went through OTPMiddleware; a user who has given a code costs no query here.
    """
    codes = None if user.is_verified() else code_state(user)
    if codes and codes.are_set_up:
        return CODE
    if user.must_change_password:
        return PASSWORD
    return SET_UP if codes and codes.are_required else None
