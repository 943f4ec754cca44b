"""The error that stops `make run`."""


class Failure(Exception):  # noqa: N818  it is not a programming error
    """An error with one Korean sentence for the terminal, which says how to correct it."""
