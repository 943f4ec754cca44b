"""How a lower floor shows what a higher one has."""

from collections.abc import Iterator
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


class Registry(Generic[Entry]):
    """Entries that apps register in `AppConfig.ready()`, in the order of their registering.

    An entry carries functions, URL names and template names: the floor that iterates over it
    imports nothing of the floor that registered it. Registering an equal entry again is no change,
    so that `ready()` may run twice.
    """

    def __init__(self) -> None:
        self._entries: list[Entry] = []

    def register(self, entry: Entry) -> None:
        """Add an entry, unless it is there already."""
        if entry not in self._entries:
            self._entries.append(entry)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)
