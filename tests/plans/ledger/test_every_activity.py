"""Each of the 57 activities can be recorded with its own kind, and its progress rises."""

from typing import Any

import pytest
from django import forms
from django.test import Client

from gwonseon.office.roles import EDITOR, HEAD
from plans.facilities.models import FacilityKind
from plans.ledger.kinds import kind_of
from plans.ledger.models import Record
from plans.progress.queries import last_day, progress_of
from plans.tree.models import Activity, Plan
from tests.factories.amendments import amend
from tests.factories.ledger import FacilityFactory
from tests.factories.office import DepartmentFactory, staff
from tests.plans.ledger.forms import add_url, filled, page_of
from tests.transactions import undone
from welfare.models import SupportCase

pytestmark = [pytest.mark.django_db, pytest.mark.long]


def test_a_record_of_every_activity_raises_its_progress(plan_2021: Plan, client: Client) -> None:
    activities = list(Activity.objects.filter(plan=plan_2021))
    assert len(activities) == 57
    for activity in activities:
        with undone():
            recorded(activity, client)


def recorded(activity: Activity, client: Client) -> None:
    """Record an activity once as its department, and check that its progress rises."""
    department = DepartmentFactory()
    amend(activity, department_id=department.pk)
    before = counted(activity)
    SupportCase.objects.create(activity=activity, year=2021, serial=1, opened_on="2021-01-04")
    place = FacilityFactory(kinds=FacilityKind.values)
    url = add_url(activity)
    if kind_of(activity.record_kind).facilities:
        url += f"?facility={place.pk}"
    client.force_login(staff(EDITOR, department=department))
    values = filled(client, url, happened_on="2021-05-03") | samples(client, url)

    answer = client.post(url, values)

    assert answer.status_code == 302, (activity.slug, answer.context["forms"].all)
    record = Record.objects.get()
    client.force_login(staff(HEAD, department=department))
    client.post(page_of(record, "confirm"), {"version": 0})
    page = client.get(page_of(record))
    assert page.status_code == 200
    assert counted(activity) > before, activity.slug


def counted(activity: Activity) -> Any:
    """Return the number counted for an activity, with personal kinds not hidden."""
    plan = activity.plan
    return progress_of(plan, last_day(plan)).figure_of(activity).counted


def samples(client: Client, url: str) -> dict[str, Any]:
    """Return input for every field of the kind's own form, and for the people."""
    shown = client.get(url).context["forms"]
    fields = [*(shown.detail or ())] + [one for one in shown.record if one.name == "people"]
    return {field.html_name: sample(field.field) for field in fields}


def sample(field: forms.Field) -> Any:
    """Return possible input for a field."""
    if isinstance(field, forms.MultipleChoiceField):
        return [] if not field.required else [field.choices[0][0]]
    if isinstance(field, forms.ModelChoiceField):
        return field.queryset.first().pk
    if isinstance(field, forms.ChoiceField):
        return next(code for code, _label in field.choices if code)
    if isinstance(field, forms.BooleanField):
        return "on"
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        return "1"
    return "예시"
