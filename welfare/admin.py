"""Registration of the pillar's part of the tree in Django's admin (read only)."""

from plans.admin import register_pillar
from welfare.models import Activity, Goal, Initiative

register_pillar(Goal, Initiative, Activity)
