"""Turn broken database constraints into RefusedErrors with a sentence."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.functional import Promise

from gwonseon.refusals import RefusedError

# A sentence (also a lazily translated one), or a function that makes the error.
Refusal = str | Promise | Callable[[], Exception]

Row = TypeVar("Row", bound=models.Model)
SENT_TWICE = "이미 보낸 양식입니다. 화면을 다시 열어 적어 주세요."


class SentTwiceError(RefusedError):
    """The same form already saved a row, perhaps a moment ago."""


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


def save_once(row: Row, refusals: Mapping[str, Refusal], **same: object) -> Row:
    """Save a new row with a form's `token`, or return the one that the same form has saved.

    Raises RefusedError where that one has other values in the columns of `same`, and as `refusing`.
    """
    token_key = f"{row._meta.db_table}_token_key"
    try:
        with refusing({**refusals, token_key: SentTwiceError}):
            row.save()
    except SentTwiceError:
        sent = type(row).objects.filter(token=row.token, **same).first()
        if sent is None:
            raise RefusedError(SENT_TWICE) from None
        return sent
    return row
