"""Plans and nodes, by what they are good for; nodes by pillar, for the pillars' views."""

from typing import Self

from django.db import models


class PlanQuerySet(models.QuerySet):
    """Plans, by what may be seen of them."""

    def published(self) -> Self:
        """Return the plans that residents may read, the newest year first."""
        return self.filter(status=self.model.Status.PUBLISHED).order_by("-year")


class NodeQuerySet(models.QuerySet):
    """Nodes of one level."""

    def in_force(self) -> Self:
        """Return the nodes that are not retired."""
        return self.filter(retired_on=None)

    def in_plan_order(self) -> Self:
        """Return the nodes in the plan's own order."""
        return self.order_by(*self.model.PLAN_ORDER)


class OfPillar(models.Manager.from_queryset(NodeQuerySet)):
    """The manager of a pillar's proxies: only that pillar's rows."""

    def __init__(self, code: str = "") -> None:
        super().__init__()
        self.code = code

    def get_queryset(self) -> NodeQuerySet:
        """Return the rows below the pillar with this code."""
        return super().get_queryset().filter(**{f"{self.model.PILLAR_PATH}__code": self.code})
