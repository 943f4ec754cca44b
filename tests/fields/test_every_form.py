"""Every form reads numbers, days, times and telephone numbers with the portal's own fields.

An empty choice has words.
"""

from collections.abc import Iterator

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.urls import get_resolver

from gwonseon.fields.days import DayField, MonthField
from gwonseon.fields.numbers import NumberField
from gwonseon.fields.phones import PhoneField
from gwonseon.fields.times import MomentField, TimeField
from gwonseon.messaging.fields import MobileField

OURS = (DayField, MonthField, NumberField, TimeField, MomentField)
DJANGOS = (
    forms.IntegerField,
    forms.DateField,
    forms.TimeField,
    forms.DateTimeField,
    forms.SplitDateTimeField,
    forms.EmailField,
)
PROJECT = ("gwonseon", "plans", "safety", "welfare", "civic", "culture")
# The styleguide also shows Django's own fields; nobody uses its forms.
SHOWCASE = "gwonseon.krds.styleguide"


def forms_below(kind: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for one in kind.__subclasses__():
        yield one
        yield from forms_below(one)


def test_every_form_reads_numbers_days_and_times_in_one_way() -> None:
    assert get_resolver().url_patterns  # imports all views, and so all forms
    typed = [
        (form, name, field)
        for form in forms_below(forms.BaseForm)
        if form.__module__.startswith(PROJECT) and form.__module__ != SHOWCASE
        for name, field in form.base_fields.items()
        if not isinstance(field.widget, forms.HiddenInput)
    ]
    wrong = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form, name, field in typed
        if isinstance(field, DJANGOS) and not isinstance(field, OURS)
    ]
    assert not wrong
    assert sum(isinstance(field, OURS) for _form, _name, field in typed) > 50
    phones = [field for _form, name, field in typed if name == "phone"]
    assert phones
    assert all(isinstance(field, PhoneField) for field in phones)
    dashes = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form, name, field in typed
        if isinstance(field, forms.TypedChoiceField) and BLANK_CHOICE_DASH[0] in field.choices
    ]
    assert not dashes
    mobiles = [field for *_form, field in typed if getattr(field.widget, "input_type", "") == "tel"]
    assert mobiles
    assert all(isinstance(field, MobileField) for field in mobiles)
