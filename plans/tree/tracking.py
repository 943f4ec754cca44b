"""Every change of a row is kept by the database, whoever makes it (django-pghistory)."""

import pghistory
from django.db import models


def tracked(model: type[models.Model]) -> type[models.Model]:
    """Let the database keep every change of the model's rows, whoever makes it."""
    names = {field.name for field in model._meta.local_fields}
    events = [pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()]
    return pghistory.track(*events, exclude=sorted({"search_text", "updated_at"} & names))(model)
