"""The numbers of the public state: raised by every change that residents could see."""

from django.db import models


class PublicState(models.Model):
    """A number that a deferred trigger on public tables raises once per transaction.

    Year 0 is what the pages of all years show; each year's own row is what its records change. A
    number is raised at commit, so that writers wait for each other only there, and a page made from
    an older state is kept under an older number, which nobody asks for again.
    """

    year = models.PositiveSmallIntegerField(primary_key=True)
    number = models.BigIntegerField(default=0)
    raised_by = models.BigIntegerField(null=True, help_text="The transaction that raised it last.")

    def __str__(self) -> str:
        return f"{self.year}: {self.number}"
