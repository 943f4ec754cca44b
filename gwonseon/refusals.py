"""The error for a write that the rules do not allow."""


class RefusedError(Exception):
    """A write that the rules do not allow, as one Korean sentence that says what to do instead."""
