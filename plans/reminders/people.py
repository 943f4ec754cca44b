"""Find who gets a reminder: who is in charge, who decides, and who stands in."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from gwonseon.office.models import User
from plans.amendments.approvers import OF_DEPARTMENT, WHOLE_PLAN, Known, known_people
from plans.reminders.models import Absence
from plans.tree.access import in_charge_of, may_approve, owner_of
from plans.tree.models import Activity, Node


@dataclass(frozen=True)
class Staff:
    """The active staff of a day, read once for all rules.

    `names` and `departments` are by person, `heads` by department; `known` has everybody who
    approves anything; `stand_ins` has who is absent that day, and who stands in.
    """

    names: dict[int, str]
    departments: dict[int, int | None]
    heads: dict[int | None, list[int]]
    known: list[Known]
    stand_ins: dict[int, int]

    @property
    def planners(self) -> list[int]:
        """The keys of staff who may approve the whole plan: those with a role, or else all."""
        may = [one for one in self.known if one.has_perm(WHOLE_PLAN)]
        return [one.pk for one in may if one.roles] or [one.pk for one in may]

    def in_charge_of(self, activity: Activity) -> list[int]:
        """Return who is told of an activity: who is in charge, else heads, else planners."""
        person = in_charge_of(activity)
        return [person] if person in self.names else self.heads_of(owner_of(activity))

    def heads_of(self, department: int | None) -> list[int]:
        """Return the heads of a department; the planners if it has none."""
        return self.heads.get(department) or self.planners

    def deciders_of(self, node: Node, but: Collection[int] = ()) -> list[int]:
        """Return who decides on changes and updates of a node: heads, else leads, else planners."""
        return self.nearest(
            one for one in self.known if may_approve(one, node) and one.pk not in but
        )

    def nearest(self, people: Iterable[Known]) -> list[int]:
        """Return heads of departments; if there are none, leads of pillars, and last planners."""
        found = list(people)
        planners = set(self.planners)
        others = [one for one in found if not one.has_perm(WHOLE_PLAN)]
        heads = [one for one in others if one.has_perm(OF_DEPARTMENT)]
        last = [one for one in found if one.pk in planners] or found
        return [one.pk for one in heads or others or last]

    def instead_of(self, person: int) -> int:
        """Return who gets a person's reminders: the person, or the last stand-in in the chain."""
        seen = {person}
        while (stand_in := self.stand_ins.get(person)) not in seen | {None}:
            seen.add(stand_in)
            person = stand_in
        return person


def staff_on(day: date) -> Staff:
    """Return the staff as they are now, and who is absent on a day (5 queries)."""
    rows = User.objects.filter(is_active=True).values_list("pk", "name", "username", "department")
    people = list(rows)
    known = known_people()
    heads: dict[int | None, list[int]] = defaultdict(list)
    for one in known:
        if one.has_perm(OF_DEPARTMENT) and one.department_id:
            heads[one.department_id].append(one.pk)
    names = {pk: name or username for pk, name, username, _department in people}
    absent = Absence.objects.filter(first_on__lte=day, last_on__gte=day)
    return Staff(
        names=names,
        departments={pk: department for pk, _name, _username, department in people},
        heads=dict(heads),
        known=known,
        stand_ins={
            person: stand_in
            for person, stand_in in absent.values_list("person", "stand_in")
            if stand_in in names
        },
    )


def holders_of(permission: str) -> list[int]:
    """Return the active staff with a permission, by role or of their own (1 query)."""
    backend = "django.contrib.auth.backends.ModelBackend"
    rows = User.objects.with_perm(permission, backend=backend, include_superusers=False)
    return list(rows.values_list("pk", flat=True))
