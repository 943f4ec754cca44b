"""Departments, dong and people by their names, as tables and lists write them."""

from collections.abc import Iterable

from gwonseon.fields.names import Names
from gwonseon.office.models import Department, Dong, User

Named = Department | Dong | User
# What ends the names of offices and places, and is left out in haste: 「입북」 is 입북동.
ENDINGS = ("동", "과", "실", "담당관")


def names_of(rows: Iterable[Named]) -> Names[Named]:
    """Return rows by their names. People are read with their departments."""
    names: Names[Named] = Names()
    for row in rows:
        if isinstance(row, User):
            about = row.department.name if row.department else ""
            names.add(row, name_of(row), person_words(row), about)
        else:
            names.add(row, name_of(row), [row.name.removesuffix(end) for end in ENDINGS])
    return names


def name_of(row: Named) -> str:
    """Return the name that only one row has; people may share theirs."""
    return f"{row.name} ({row.username})" if isinstance(row, User) else str(row)


def person_words(person: User) -> list[str]:
    """Return other words for somebody; whoever has left is named in full only."""
    if not person.is_active:
        return []
    return [person.name, person.username, f"{person.name} ({person.department})"]
