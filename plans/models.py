"""Imports of every subject's models, so that Django finds them."""

from plans.amendments.models import Amendment, Change
from plans.editing.reviews.models import Review
from plans.facilities.models import Facility
from plans.ledger.models import Evidence, Finding, Inspection, Record
from plans.ledger.two_person_kinds import TwoPersonKind
from plans.ledger.versions.models import RecordVersion
from plans.progress.models import Hold
from plans.public.models import PublicState
from plans.subscriptions.models import Subscription
from plans.tracking.blockers.models import Blocker
from plans.tracking.closing.models import Closing, Reopening, Snapshot
from plans.tracking.milestones.models import Milestone
from plans.tracking.models import Period, Update
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
    "Blocker",
    "Change",
    "Closing",
    "Evidence",
    "Facility",
    "Finding",
    "Goal",
    "Hold",
    "Initiative",
    "Inspection",
    "Milestone",
    "Period",
    "Pillar",
    "Plan",
    "PublicState",
    "Record",
    "RecordVersion",
    "Reopening",
    "Review",
    "Snapshot",
    "Subscription",
    "TwoPersonKind",
    "Update",
]
