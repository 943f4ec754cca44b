"""A registry, through which a lower layer shows what a higher layer has without importing it."""

from collections.abc import Iterator
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


class Registry(Generic[Entry]):
    """Entries that apps register in `AppConfig.ready()`, in the order of registration.

    An entry holds functions, URL names and template names, so that the layer that iterates over
    the entries does not import the layer that registered them. Registering an equal entry again
    changes nothing, so `ready()` may run twice.
    """

    def __init__(self) -> None:
        self._entries: list[Entry] = []

    def register(self, entry: Entry) -> None:
        """Add an entry, unless it is there already."""
        if entry not in self._entries:
            self._entries.append(entry)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)
