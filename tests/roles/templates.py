"""Finds the database queries that templates make."""

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.template.base import Template

# Choices of a form are read when they are rendered; the district, if no view has read it.
ALLOWED = ("/django/forms/", "/gwonseon/office/context.py")

# A template's name, and what it read from where.
Queries = set[tuple[str, str]]


@contextmanager
def queries_of_templates() -> Iterator[Queries]:
    """Collect the queries that are made while a template is rendered."""
    found: Queries = set()
    rendering: list[str] = []
    render = Template.render

    def rendered(template: Template, *given: Any) -> str:
        rendering.append(template.name or "")
        try:
            return render(template, *given)
        finally:
            rendering.pop()

    def executed(execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        if rendering and not is_allowed():
            found.add((rendering[0], sql.partition(" FROM ")[2] or sql))
        return execute(sql, *given)

    with pytest.MonkeyPatch.context() as patch, connection.execute_wrapper(executed):
        patch.setattr(Template, "render", rendered)
        yield found


def is_allowed() -> bool:
    """Return whether the query comes from a place that may make one."""
    files = [frame.filename for frame in traceback.extract_stack()]
    return any(part in one for one in files for part in ALLOWED)
