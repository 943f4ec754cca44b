"""The database accepts only the choices of a column, whoever writes."""

from collections.abc import Iterator
from datetime import date

import pghistory.models
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, connection, models, transaction

from plans.facilities.models import Facility
from plans.ledger.models import Record
from plans.tree.models import Activity
from safety.models import Limit
from tests.factories.ledger import FacilityFactory, RecordFactory

pytestmark = pytest.mark.django_db

# Kinds of record are known only when pillars have registered them, so they have no constraint.
KNOWN_WHEN_RUNNING = {(Activity, "record_kind"), (Record, "kind")}


def chosen_columns() -> Iterator[tuple[type[models.Model], str]]:
    """Yield the columns with choices in our tables, without the event tables."""
    for config in apps.get_app_configs():
        if (settings.BASE_DIR / config.name.partition(".")[0]).is_dir():
            for model in config.get_models():
                if not (model._meta.proxy or issubclass(model, pghistory.models.Event)):
                    for field in model._meta.local_fields:
                        one = field.base_field if isinstance(field, ArrayField) else field
                        if one.choices:
                            yield model, field.name


def test_every_column_with_choices_has_its_constraint() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conrelid::regclass::text, conname FROM pg_constraint")
        held = {*cursor.fetchall()}
    columns = {*chosen_columns()}

    forgotten = {
        (model, name)
        for model, name in columns
        if (model._meta.db_table, f"{model._meta.model_name}_{name}_is_a_choice") not in held
    }

    assert forgotten == KNOWN_WHEN_RUNNING
    assert len(columns) > 30


def refused(write: models.QuerySet, **values: object) -> str:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write.update(**values)
    return error.value.__cause__.diag.constraint_name


def test_the_database_refuses_values_that_are_no_choice() -> None:
    RecordFactory(confirmed=True)
    FacilityFactory()

    assert refused(Record.objects, state="nonsense") == "record_state_is_a_choice"
    assert refused(Record.objects, state="") == "record_state_is_a_choice"
    assert refused(Activity.objects, measure="nonsense") == "activity_measure_is_a_choice"
    assert refused(Activity.objects, kind="nonsense") == "activity_kind_is_a_choice"
    assert refused(Facility.objects, kinds=["park", "x"]) == "facility_kinds_is_a_choice"
    Activity.objects.update(kind="", audiences=[])


@pytest.mark.parametrize(
    ("place", "item"), [("outside", "turbidity"), ("tank", "pm10"), ("moon", "pm10"), ("tank", "x")]
)
def test_a_limit_names_a_measured_column_of_its_place(place: str, item: str) -> None:
    with pytest.raises(IntegrityError, match="limit_is_of_a_measured_value"), transaction.atomic():
        Limit.objects.create(place=place, item=item, grade="예시", since=date(2021, 1, 1))
