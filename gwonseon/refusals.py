"""Why a write was not done."""


class RefusedError(Exception):
    """A write that the rules do not allow, as one Korean sentence that says what to do instead."""
