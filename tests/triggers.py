"""Triggers that a test has to do without for a moment."""

from collections.abc import Iterator
from contextlib import contextmanager

import pgtrigger
from django.db import connection
from django.db.models import Model


@contextmanager
def without_trigger(model: type[Model], name: str) -> Iterator[None]:
    """Disable a trigger of the access log's, as its tables' owner alone can."""
    ((_, trigger),) = pgtrigger.registered(f"{model._meta.label}:{name}")
    alter = f"ALTER TABLE {model._meta.db_table} {{}} TRIGGER {trigger.get_pgid(model)}"
    with connection.cursor() as cursor:
        cursor.execute(alter.format("DISABLE"))
        yield
        cursor.execute(alter.format("ENABLE ALWAYS"))
