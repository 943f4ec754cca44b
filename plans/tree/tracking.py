"""Keep the history of a model's rows by database triggers (django-pghistory)."""

import pghistory
from django.db import models


def tracked(model: type[models.Model]) -> type[models.Model]:
    """Add triggers to a model that keep every insert, update and delete (a class decorator).

    The columns `search_text` and `updated_at` are left out.
    """
    names = {field.name for field in model._meta.local_fields}
    events = [pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()]
    return pghistory.track(*events, exclude=sorted({"search_text", "updated_at"} & names))(model)
