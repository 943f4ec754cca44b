"""Every subject's models, so that Django finds them."""

from plans.public.models import PublicState
from plans.tree.models import Activity, Goal, Initiative, Pillar, Plan

__all__ = ["Activity", "Goal", "Initiative", "Pillar", "Plan", "PublicState"]
