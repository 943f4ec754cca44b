"""What a constraint of the database refuses, told in a sentence."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.functional import Promise

from gwonseon.refusals import RefusedError

# A sentence, translated late or not, or what makes the error.
Refusal = str | Promise | Callable[[], Exception]


@contextmanager
def refusing(refusals: Mapping[str, Refusal]) -> Iterator[None]:
    """Raise RefusedError where a constraint is broken inside; what was written inside is undone.

    A refusal is a sentence, or what makes another error, by the constraint's name or a part of it
    that several constraints share. What no refusal is known for goes on as IntegrityError.
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
    """Return the name of the constraint that was broken, empty where PostgreSQL tells none."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
