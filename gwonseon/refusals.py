"""The error for a write that the rules do not allow, and the check that raises it."""


class RefusedError(Exception):
    """A write that the rules do not allow, as one Korean sentence that says what to do instead."""


def refuse_unless(allowed: object, sentence: str) -> None:
    """Raise RefusedError with a sentence unless something is allowed."""
    if not allowed:
        raise RefusedError(sentence)
