"""The error for a document that cannot be read or imported."""

from gwonseon.refusals import RefusedError


class DocumentError(RefusedError):
    """The document cannot be used; the Korean message says how to correct it."""
