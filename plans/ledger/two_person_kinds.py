"""Kinds of record that need two persons: nobody may confirm what they wrote themselves.

A kind says so in code (`Kind.confirmed_by_another`); the database reads it from this table.
`plans/ledger/access.py` says who may confirm; the triggers are in
`plans/ledger/versions/triggers.py`.
"""

from typing import Any

from django.apps import apps as all_apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.ledger.kinds import kinds
from plans.ledger.versions.triggers import KIND_TRIGGERS


class TwoPersonKind(models.Model):
    """A kind whose records cannot be confirmed by their authors. Rows are never deleted."""

    code = models.CharField(_("기록 양식"), max_length=40, primary_key=True)

    class Meta:
        verbose_name = verbose_name_plural = _("다른 사람이 확정하는 기록 양식")
        triggers = KIND_TRIGGERS

    def __str__(self) -> str:
        return self.code


def set_up_two_person_kinds(
    *, using: str = "default", apps: Any = all_apps, **_signal: object
) -> None:
    """Write to the database which registered kinds need another person (1 query).

    Runs after `migrate`, also after migrating back to before the table existed. Kinds are only
    added: the rule stays in the database even if the code no longer has the kind.
    """
    try:
        model = apps.get_model("plans", "TwoPersonKind")
    except LookupError:
        return
    rows = [model(code=kind.code) for kind in kinds if kind.confirmed_by_another]
    model.objects.using(using).bulk_create(rows, ignore_conflicts=True)
