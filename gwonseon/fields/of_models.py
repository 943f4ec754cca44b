"""Give ModelForms the portal's own form fields: `formfield_callback = field_of`."""

from typing import Any

from django import forms
from django.db import models

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
    return column.formfield(**(({"form_class": own} if own else {}) | options))
