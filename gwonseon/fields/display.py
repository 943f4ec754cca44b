"""Show the value of a form field as text for people."""

from datetime import time
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Model, QuerySet

from gwonseon.fields.numbers import grouped

YES, NO = "예", "아니오"


def displayed(field: forms.Field, value: Any) -> str:
    """Return a field's value as text for people.

    Makes 1 query if the value is the key of a row of another table.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, QuerySet | list | tuple):
        return ", ".join(displayed(field, one) for one in value)
    if isinstance(field, forms.ChoiceField):
        return chosen(field, value)
    if isinstance(value, int | Decimal):
        return grouped(value)
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def chosen(field: forms.ChoiceField, value: Any) -> str:
    """Return the label of a chosen value, which is a row, a row's key, or a code."""
    if isinstance(value, Model):
        return str(value)
    if isinstance(field, forms.ModelChoiceField):
        return str(field.queryset.model.objects.get(pk=value))
    return {str(code): str(label) for code, label in field.choices}.get(str(value), str(value))
