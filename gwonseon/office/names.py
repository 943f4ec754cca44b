"""Find departments, dong and people by the names in tables and lists."""

from collections.abc import Iterable

from gwonseon.fields.names import Names
from gwonseon.office.models import Department, Dong, User

Named = Department | Dong | User
# Endings of names that people often leave out: 「입북」 means 입북동.
ENDINGS = ("동", "과", "실", "담당관")


def names_of(rows: Iterable[Named]) -> Names[Named]:
    """Return a look-up of rows by name. Read people with their department (`select_related`)."""
    names: Names[Named] = Names()
    for row in rows:
        if isinstance(row, User):
            about = row.department.name if row.department else ""
            names.add(row, name_of(row), person_words(row), about)
        else:
            names.add(row, name_of(row), [row.name.removesuffix(end) for end in ENDINGS])
    return names


def name_of(row: Named) -> str:
    """Return a unique name: a person's with the username, as people may share a name."""
    return f"{row.name} ({row.username})" if isinstance(row, User) else str(row)


def person_words(person: User) -> list[str]:
    """Return other words for a person; none for one who has left."""
    if not person.is_active:
        return []
    return [person.name, person.username, f"{person.name} ({person.department})"]
