"""A context that disables a trigger for a test."""

from collections.abc import Iterator
from contextlib import contextmanager

import pgtrigger
from django.db import connection
from django.db.models import Model


@contextmanager
def without_trigger(model: type[Model], name: str) -> Iterator[None]:
    """Disable a trigger of the access log, which only the owner of its tables can do."""
    ((_, trigger),) = pgtrigger.registered(f"{model._meta.label}:{name}")
    alter = f"ALTER TABLE {model._meta.db_table} {{}} TRIGGER {trigger.get_pgid(model)}"
    with connection.cursor() as cursor:
        cursor.execute(alter.format("DISABLE"))
        yield
        cursor.execute(alter.format("ENABLE ALWAYS"))
