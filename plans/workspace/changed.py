"""Changes by others of the user's own items since their last visit."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import (
    BigIntegerField,
    CharField,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, NullIf
from django.urls import reverse

from gwonseon.office.models import User
from plans.tree.access import plans_for
from plans.tree.models import Activity, Initiative, Node
from plans.workspace.items import SHOWN_TITLE

MOST = 20


@dataclass(frozen=True)
class Changed:
    """An item that somebody else changed: its title, when, by whom, and its history page."""

    title: str
    at: datetime
    by: str
    url: str


def changed_since(user: User, moment: datetime) -> list[Changed]:
    """Return the latest change by somebody else of each of the user's items, latest first.

    1 query: a union over two levels.
    """
    first, second = (latest_changes(model, user, moment) for model in (Initiative, Activity))
    rows = first.union(second, all=True).order_by("-pgh_created_at")
    return [
        Changed(
            row["shown"],
            row["pgh_created_at"],
            row["by"] or "",
            reverse("editing:history", args=[row["year"], row["level"], row["pgh_obj_id"]]),
        )
        for row in rows[:MOST]
    ]


def latest_changes(model: type[Node], user: User, moment: datetime) -> QuerySet:
    """Return one level's rows of the union."""
    rows = model.pgh_event_model.objects.filter(person=user, pgh_created_at__gt=moment)
    rows = rows.filter(plan__in=plans_for(user).order_by())
    rows = rows.exclude(pgh_context__metadata__user=user.pk)
    key = Cast(KeyTextTransform("user", OuterRef("pgh_context__metadata")), BigIntegerField())
    names = User.objects.filter(pk=key).values(
        shown=Coalesce(NullIf("name", Value("")), "username", output_field=CharField())
    )
    return (
        rows.order_by("pgh_obj_id", "-pgh_id")
        .distinct("pgh_obj_id")
        .values(
            "pgh_obj_id",
            "pgh_created_at",
            shown=SHOWN_TITLE,
            year=F("plan__year"),
            level=Value(model._meta.model_name),
            by=Subquery(names),
        )
    )
