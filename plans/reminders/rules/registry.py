"""What a rule of reminders is, and the registry to which each subject adds its own."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from gwonseon.office.workdays.days import Calendar
from gwonseon.registry import Registry
from plans.reminders.models import Urgency
from plans.reminders.people import Staff
from plans.reminders.steps import step_after, step_before
from plans.tree.models import Activity, Plan
from plans.tree.queries import Tree, read_tree


@dataclass(frozen=True)
class Today:
    """What the rules read about a day: working days, staff, and plans, each read once."""

    on: date
    calendar: Calendar
    staff: Staff
    trees: dict[int, Tree] = field(default_factory=dict)

    def tree(self, plan: Plan) -> Tree:
        """Return a plan's tree with retired nodes (4 queries when first asked)."""
        if plan.pk not in self.trees:
            self.trees[plan.pk] = read_tree(plan, in_force=False)
        return self.trees[plan.pk]

    def activities(self, plan: Plan) -> list[Activity]:
        """Return a plan's activities that are not retired, nor anything above them."""
        return [one for one in self.tree(plan).activities if not is_retired(one)]

    def until(self, day: date) -> int:
        """Return how many working days are left until a day; negative if it has passed."""
        return self.calendar.between(self.on, day)

    def since(self, day: date) -> int:
        """Return how many working days have passed after a day."""
        return self.calendar.between(day, self.on)


@dataclass(frozen=True)
class Due:
    """A task that a person should finish by a day; it is open as long as the rule finds it.

    `thing` names the row, such as "milestone:12"; `url` is the one page on which to act, without
    the host, and `for_head` another one for the head who is told, too.
    """

    person: int
    thing: str
    on: date
    about: str
    url: str
    for_head: str = ""


@dataclass(frozen=True)
class Reminder:
    """Something of which a person is to be told.

    A rule tells a person of a `thing` once for each `step`. `since` is the day since which an
    answer is missing, if any.
    """

    person: int
    thing: str
    step: str
    about: str
    why: str
    url: str
    urgency: Urgency = Urgency.NORMAL
    since: date | None = None
    for_head: str = ""
    rule: str = ""


@dataclass(frozen=True)
class Rule:
    """A kind of reminder: finds all reminders of a day, also those already sent.

    It has either `dues`, of which people are told in steps before and after the day, or `finds`.
    Rules that are `urgent` when late also go to the phone of who agreed to that. What stays open
    under one that `tells_head` goes to the head of the person's department, too. What only the
    person can do (`is_personal`) goes to nobody who stands in.
    """

    code: str
    label: str
    dues: Callable[[Today], Iterable[Due]] | None = None
    finds: Callable[[Today], Iterable[Reminder]] | None = None
    urgent: bool = False
    tells_head: bool = False
    is_personal: bool = False

    def find(self, today: Today) -> Iterator[Reminder]:
        """Yield all reminders of a day."""
        if self.finds:
            yield from self.finds(today)
        if self.dues:
            yield from filter(None, (reminder_of(one, today) for one in self.dues(today)))


def reminder_of(due: Due, today: Today) -> Reminder | None:
    """Return today's reminder of something due, or None if no step is reached yet."""
    about = (due.person, due.thing)
    if today.on <= due.on:
        left = today.until(due.on)
        step, urgency, since = step_before(left), Urgency.SOON, None
        why = _("%(day)s까지, 근무일 %(n)s일 남음") if left else _("오늘까지")
    else:
        left = today.since(due.on)
        step, urgency, since = step_after(left), Urgency.LATE, due.on
        why = _("%(day)s까지였고, 근무일 %(n)s일 지남")
    if step is None:
        return None
    why %= {"day": f"{due.on:%Y. %-m. %-d.}", "n": left}
    return Reminder(*about, step, due.about, why, due.url, urgency, since, due.for_head)


def is_retired(activity: Activity) -> bool:
    """Return whether an activity, or anything above it, is retired."""
    initiative = activity.initiative
    nodes = (activity, initiative, initiative.goal, initiative.goal.pillar)
    return any(one.retired_on for one in nodes)


rules: Registry[Rule] = Registry()
