"""The pillar's part of the tree in Django's admin."""

from plans.admin import register_pillar
from safety.models import Activity, Goal, Initiative

register_pillar(Goal, Initiative, Activity)
