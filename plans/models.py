"""Imports of every subject's models, so that Django finds them."""

from plans.amendments.models import Amendment, Change
from plans.editing.reviews.models import Review
from plans.facilities.models import Facility
from plans.ledger.models import Evidence, Finding, Inspection, Record
from plans.ledger.releases.models import PhotoRelease
from plans.ledger.two_person_kinds import TwoPersonKind
from plans.ledger.versions.models import RecordVersion
from plans.progress.models import Hold
from plans.public.models import PublicState
from plans.reminders.calendars.models import Entry, Feed
from plans.reminders.models import Absence, Digest, Mute, ReminderSent, Round, UrgentPhone
from plans.reports.exports.models import Export
from plans.reports.saved.models import SavedReport
from plans.subscriptions.models import Subscription
from plans.tracking.blockers.models import Blocker
from plans.tracking.budget.models import Spending
from plans.tracking.closing.models import Closing, Reopening, Snapshot
from plans.tracking.milestones.models import Milestone
from plans.tracking.models import Period, Update
from plans.tracking.risks.models import Risk, RiskReview
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
    "Absence",
    "Activity",
    "ActivityDong",
    "ActivitySupporter",
    "Amendment",
    "Blocker",
    "Change",
    "Closing",
    "Digest",
    "Entry",
    "Evidence",
    "Export",
    "Facility",
    "Feed",
    "Finding",
    "Goal",
    "Hold",
    "Initiative",
    "Inspection",
    "Milestone",
    "Mute",
    "Period",
    "PhotoRelease",
    "Pillar",
    "Plan",
    "PublicState",
    "Record",
    "RecordVersion",
    "ReminderSent",
    "Reopening",
    "Review",
    "Risk",
    "RiskReview",
    "Round",
    "SavedReport",
    "Snapshot",
    "Spending",
    "Subscription",
    "TwoPersonKind",
    "Update",
    "UrgentPhone",
]
