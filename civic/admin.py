"""Registration of the pillar's part of the tree in Django's admin (read only)."""

from civic.models import Activity, Goal, Initiative
from plans.admin import register_pillar

register_pillar(Goal, Initiative, Activity)
