"""What stops a start."""


class Failure(Exception):  # noqa: N818  it is no programming error
    """One Korean sentence for the person at the terminal, which names the cure."""
