"""QuerySets of plans and nodes, and the manager of the pillars' proxy models."""

from typing import Self

from django.db import models


class PlanQuerySet(models.QuerySet):
    """A query of plans."""

    def published(self) -> Self:
        """Return the plans that residents may read, newest year first."""
        return self.filter(status=self.model.Status.PUBLISHED).order_by("-year")


class NodeQuerySet(models.QuerySet):
    """A query of nodes of one level."""

    def in_force(self) -> Self:
        """Return the nodes that are not retired."""
        return self.filter(retired_on=None)

    def in_plan_order(self) -> Self:
        """Return the nodes in the order of the plan."""
        return self.order_by(*self.model.PLAN_ORDER)


class OfPillar(models.Manager.from_queryset(NodeQuerySet)):
    """The manager of a pillar's proxy models, which sees only that pillar's rows."""

    def __init__(self, code: str = "") -> None:
        super().__init__()
        self.code = code

    def get_queryset(self) -> NodeQuerySet:
        """Return the rows below the pillar with this code."""
        return super().get_queryset().filter(**{f"{self.model.PILLAR_PATH}__code": self.code})
