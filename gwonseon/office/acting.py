"""Act for a member of staff, and say on the next page whether it is done."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpRequest

from gwonseon.refusals import RefusedError


def act_and_say(
    request: HttpRequest, act: Callable[[], Mapping[str, str] | None], said: str
) -> bool:
    """Run an action; return whether it was allowed. The next page shows the result.

    `said` may name, as in `%(name)s`, what `act` returns.
    """
    try:
        facts = act()
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, said % facts if facts else said)
    return True
