"""Two versions of a node side by side: what is saved, and what somebody else is about to save."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Model, QuerySet

from gwonseon.fields.numbers import grouped
from plans.editing.forms import NodeForm
from plans.tree.models import Node


@dataclass(frozen=True)
class Difference:
    """One fact that differs, in words."""

    label: str
    saved: str
    typed: str


def differences(node: Node, form: NodeForm) -> list[Difference]:
    """Return where a form differs from the node as it is saved now."""
    now = type(form)(instance=node, user=form.user)
    found = []
    for name, field in form.fields.items():
        saved = in_words(field, now.initial.get(name))
        typed = in_words(field, form.cleaned_data.get(name))
        if name != "version" and saved != typed:
            found.append(Difference(str(field.label), saved, typed))
    return found


def in_words(field: Any, value: Any) -> str:
    """Return a form field's value as a person reads it."""
    if value is None or value == "":
        return ""
    if isinstance(value, QuerySet | list | tuple):
        return ", ".join(in_words(field, one) for one in value)
    if isinstance(value, Decimal):
        return grouped(value)
    if isinstance(value, Model):
        return str(value)
    if hasattr(field, "queryset"):
        return str(field.queryset.model.objects.get(pk=value))
    labels = {str(key): str(label) for key, label in getattr(field, "choices", [])}
    return labels.get(str(value), str(value))
