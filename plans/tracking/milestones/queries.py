"""What is read of milestones: those of an activity, how late they are, and 공정률."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from plans.tracking.milestones.models import Milestone
from plans.tree.models import Activity


@dataclass(frozen=True)
class Schedule:
    """An activity's milestones as they stand on a day, by the planned day."""

    milestones: Sequence[Milestone]
    on: date

    def __bool__(self) -> bool:
        return bool(self.milestones)

    @property
    def late(self) -> list[Milestone]:
        """Those that should be done by now and are not."""
        return [one for one in self.milestones if self.days_late(one) and not self.is_done(one)]

    @property
    def share_done(self) -> int | None:
        """공정률 in percent: the weights of those that are done; None without weights."""
        if not self.milestones or self.milestones[0].weight is None:
            return None
        return sum(one.weight for one in self.milestones if self.is_done(one))

    @property
    def lines(self) -> list[tuple[Milestone, bool, int]]:
        """Each milestone, whether it is done, and by how many days it is or was late."""
        return [(one, self.is_done(one), self.days_late(one)) for one in self.milestones]

    def is_done(self, one: Milestone) -> bool:
        """Return whether a milestone was done by the day."""
        return one.done_on is not None and one.done_on <= self.on

    def days_late(self, one: Milestone) -> int:
        """Return how many days after the planned one it was done, or is still open; 0 if not.

        What was never done is late until the end of its year, with which the plan ends.
        """
        year_end = date(one.planned_on.year, 12, 31)
        until = one.done_on if self.is_done(one) else min(self.on, year_end)
        return max((until - one.planned_on).days, 0)


def schedule_of(activity: Activity, on: date) -> Schedule:
    """Return an activity's milestones as they stand on a day (1 query)."""
    return Schedule(list(Milestone.objects.filter(activity=activity)), on)


def schedules_of(plan: int, on: date) -> dict[int, Schedule]:
    """Return the schedules of a plan's activities on a day, by activity key (1 query).

    Activities without milestones are left out.
    """
    found = defaultdict(list)
    for one in Milestone.objects.filter(activity__plan=plan):
        found[one.activity_id].append(one)
    return {key: Schedule(milestones, on) for key, milestones in found.items()}


def stamp_of(milestones: Sequence[Milestone]) -> str:
    """Return a hash of milestones as somebody saw them, to notice that another changed them."""
    rows = [
        (one.pk, one.title, one.planned_on, one.weight, one.done_on, one.evidence)
        for one in sorted(milestones, key=lambda one: one.pk)
    ]
    return blake2b(repr(rows).encode(), digest_size=8).hexdigest()
