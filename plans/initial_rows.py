"""The row that the first migration makes: the public state that all years share."""

from typing import Any


def add_rows(apps: Any, _editor: Any = None) -> None:
    """Make the row. `apps` is the app registry of the migration."""
    apps.get_model("plans", "PublicState").objects.get_or_create(year=0)
