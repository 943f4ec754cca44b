"""The row that the first migration makes: the public state's number of all years."""

from typing import Any


def add_rows(apps: Any, _editor: Any = None) -> None:
    """Make the row; `apps` are those of the migration's moment."""
    apps.get_model("plans", "PublicState").objects.get_or_create(year=0)
