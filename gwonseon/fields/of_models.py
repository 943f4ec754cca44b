"""Give ModelForms the portal's own form fields: `formfield_callback = field_of`."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from gwonseon.fields.days import DayField
from gwonseon.fields.mails import MailField
from gwonseon.fields.numbers import NumberField, WholeNumberField
from gwonseon.fields.times import TimeField

FIELDS: dict[type[models.Field], type[forms.Field]] = {
    models.DateField: DayField,
    models.DecimalField: NumberField,
    models.EmailField: MailField,
    models.IntegerField: WholeNumberField,
    models.TimeField: TimeField,
}


def field_of(column: models.Field, **options: Any) -> forms.Field | None:
    """Return the form field for a column: the portal's own for numbers, days and times."""
    is_free = not column.choices and not isinstance(column, models.DateTimeField)
    own = next((one for kind, one in FIELDS.items() if is_free and isinstance(column, kind)), None)
    field = column.formfield(**(({"form_class": own} if own else {}) | options))
    if isinstance(field, forms.TypedChoiceField):
        name_the_empty_choice(field)
    return field


def name_the_empty_choice(field: forms.TypedChoiceField) -> None:
    """Say in words what Django shows as dashes, which screen readers read out one by one."""
    empty = _("고르세요") if field.required else _("정하지 않음")
    field.choices = [
        (value, empty if value in field.empty_values else label) for value, label in field.choices
    ]
