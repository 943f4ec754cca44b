"""Which step a signed-in member of staff still has to take."""

from dataclasses import dataclass

from gwonseon.office.codes.queries import code_state
from gwonseon.office.models import User


@dataclass(frozen=True)
class Step:
    """A step: the URL names of its pages, the first of which one is led to."""

    pages: tuple[str, ...]


CODE = Step(("office:code",))
PASSWORD = Step(("office:password",))
SET_UP = Step(("office:code_set_up", "office:code_picture"))


def missing_step(user: User) -> Step | None:
    """Return the step to take first, if any (1 query at most).

    The code goes first: who has nothing but a password is to change nothing. `user` comes from a
    request that OTPMiddleware saw; who has given a code costs no query beyond that one's.
    """
    codes = None if user.is_verified() else code_state(user)
    if codes and codes.are_set_up:
        return CODE
    if user.must_change_password:
        return PASSWORD
    return SET_UP if codes and codes.are_required else None
