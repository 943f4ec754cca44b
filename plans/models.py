"""Every subject's models, so that Django finds them."""

from plans.amendments.models import Amendment, Change
from plans.editing.models import Review, SheetUpload
from plans.public.models import PublicState
from plans.tree.models import (
    Activity,
    ActivityDong,
    ActivitySupporter,
    Goal,
    Initiative,
    Pillar,
    Plan,
)

__all__ = [
    "Activity",
    "ActivityDong",
    "ActivitySupporter",
    "Amendment",
    "Change",
    "Goal",
    "Initiative",
    "Pillar",
    "Plan",
    "PublicState",
    "Review",
    "SheetUpload",
]
