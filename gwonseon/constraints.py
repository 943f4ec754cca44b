"""Turn broken database constraints into RefusedErrors with a sentence."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.functional import Promise

from gwonseon.refusals import RefusedError

# A sentence (also a lazily translated one), or a function that makes the error.
Refusal = str | Promise | Callable[[], Exception]


@contextmanager
def refusing(refusals: Mapping[str, Refusal]) -> Iterator[None]:
    """Raise RefusedError if a statement in the `with` block breaks a constraint.

    All writes of the block are undone. `refusals` maps the name of a constraint, or a part of the
    name that several share, to a Refusal. Any other broken constraint raises IntegrityError.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        broken = broken_constraint(error)
        refusal = next((one for name, one in refusals.items() if name in broken), None)
        if refusal is None:
            raise
        raise (refusal() if callable(refusal) else RefusedError(str(refusal))) from error


def broken_constraint(error: IntegrityError) -> str:
    """Return the name of the constraint that was broken, or "" if PostgreSQL gives none."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
