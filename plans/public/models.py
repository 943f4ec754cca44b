"""Counters of the public state, raised by every change that residents could see."""

from django.db import models


class PublicState(models.Model):
    """A counter that a deferred trigger on public tables raises once per transaction.

    Year 0 counts changes that pages of every year show; each year's own row counts changes of its
    records. A counter is raised at commit, so that writers wait for each other only then. A page
    made from an older state is cached under an older number, which is never looked up again.
    """

    year = models.PositiveSmallIntegerField(primary_key=True)
    number = models.BigIntegerField(default=0)
    raised_by = models.BigIntegerField(null=True, help_text="The transaction that raised it last.")

    def __str__(self) -> str:
        return f"{self.year}: {self.number}"
