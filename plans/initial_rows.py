"""The row that the first migration makes: the number of the public state."""

from typing import Any


def add_rows(apps: Any, _editor: Any = None) -> None:
    """Make the row; `apps` are those of the migration's moment."""
    apps.get_model("plans", "PublicState").objects.create(pk=1)
