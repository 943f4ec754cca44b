"""A column with choices holds one of them, whoever writes: constraints made of the choices."""

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.choices import CallableChoiceIterator


class ChoiceConstraint(models.CheckConstraint):
    """A check that forms do not ask the database about: their fields know the choices."""

    def validate(self, *_args: Any, **_options: Any) -> None:
        """Do nothing: the field has said it, with a sentence of its own and without a query."""

    def deconstruct(self) -> tuple[str, tuple, dict[str, Any]]:
        """Return Django's own check, for migrations."""
        _, arguments, options = super().deconstruct()
        return "django.db.models.CheckConstraint", arguments, options


def hold_choices(model: type[models.Model]) -> type[models.Model]:
    """Decorate a model: the database refuses what is none of its columns' choices.

    Choices that are known only when the code runs (a callable's) are left to others.
    """
    options = model._meta
    options.constraints = [*options.constraints, *choice_constraints(model)]
    options.original_attrs["constraints"] = options.constraints
    return model


def choice_constraints(model: type[models.Model]) -> Iterator[ChoiceConstraint]:
    """Yield the constraint of each column with choices, named for it."""
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
