"""Database constraints, made from a model's choices: a column with choices holds one of them."""

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.choices import CallableChoiceIterator


class ChoiceConstraint(models.CheckConstraint):
    """A check constraint that form validation skips: the form's field checks the choices itself."""

    def validate(self, *_args: Any, **_options: Any) -> None:
        """Do nothing: the form's field has checked the value already, without a query."""

    def deconstruct(self) -> tuple[str, tuple, dict[str, Any]]:
        """Return the arguments of Django's own CheckConstraint, for migrations."""
        _, arguments, options = super().deconstruct()
        return "django.db.models.CheckConstraint", arguments, options


def hold_choices(model: type[models.Model]) -> type[models.Model]:
    """Add a constraint to a model for each column with choices (a class decorator).

    Columns whose choices are a callable get none: they are known only when the code runs.
    """
    options = model._meta
    options.constraints = [*options.constraints, *choice_constraints(model)]
    options.original_attrs["constraints"] = options.constraints
    return model


def choice_constraints(model: type[models.Model]) -> Iterator[ChoiceConstraint]:
    """Yield a constraint for each column with choices, named `<model>_<column>_is_a_choice`."""
    for field in model._meta.local_fields:
        many = isinstance(field, ArrayField)
        choosing = field.base_field if many else field
        if choosing.choices is None or isinstance(choosing.choices, CallableChoiceIterator):
            continue
        known = [value for value, _ in choosing.flatchoices]
        if field.blank and not many:
            known.append("")
        lookup = "contained_by" if many else "in"
        yield ChoiceConstraint(
            condition=Q(**{f"{field.name}__{lookup}": known}),
            name=f"{model._meta.model_name}_{field.name}_is_a_choice",
        )
