"""The number of the public state: raised by every change that residents could see."""

from django.db import models
from django.db.models import Q


class PublicState(models.Model):
    """One row. A deferred trigger on every public table raises `number` once per transaction.

    It is raised at commit, so that writers wait for each other only there, and a page made
    from an older state is kept under an older number, which nobody asks for again.
    """

    number = models.BigIntegerField(default=0)
    raised_by = models.BigIntegerField(null=True, help_text="The transaction that raised it last.")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="public_state_is_one_row")]

    def __str__(self) -> str:
        return str(self.number)
