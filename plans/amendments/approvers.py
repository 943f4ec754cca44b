"""Who can decide on an amendment, by role and name, as the permissions say."""

from dataclasses import dataclass, field
from itertools import chain

from django.contrib.auth.models import Permission
from django.db.models import Expression, F, Q, QuerySet, Value
from django.utils.translation import gettext as _

from gwonseon.office.models import User
from plans.amendments.decide import nodes_of, part_among
from plans.amendments.models import Amendment
from plans.tree.models import Pillar, Plan

OF_DEPARTMENT = "plans.approve_department"
WHOLE_PLAN = "plans.change_plan"
# Everything that `plans.tree.access.may_approve` asks for.
ASKED = {
    WHOLE_PLAN,
    OF_DEPARTMENT,
    *(
        f"{code}.change_{level}"
        for code in Pillar.Code.values
        for level in ("goal", "initiative", "activity")
    ),
}
MOST = 10


@dataclass
class Known:
    """A member of staff with the roles and the permissions that approving asks for."""

    pk: int
    name: str
    department_id: int | None
    department: str
    perms: set[str] = field(default_factory=set)
    roles: dict[str, None] = field(default_factory=dict)

    def has_perm(self, perm: str) -> bool:
        """Return whether they have a permission."""
        return perm in self.perms

    def take(self, role: str, perm: str) -> None:
        """Note down a permission with the role that gives it, if one does."""
        self.perms.add(perm)
        if role:
            self.roles[f"{self.department} {role}" if perm == OF_DEPARTMENT else role] = None

    def __str__(self) -> str:
        return " ".join([", ".join(self.roles), self.name]).strip()


@dataclass
class Approvers:
    """Who can decide on all of an amendment, and who on a part of it; the first ones of many."""

    whole: list[Known]
    part: list[Known]

    def __bool__(self) -> bool:
        return bool(self.whole or self.part)

    def decides(self, user: User) -> bool:
        """Whether somebody is among those who can decide on all of it."""
        return user.pk in {one.pk for one in self.whole}

    @property
    def of_all(self) -> str:
        """Who can decide on all of it, in one line."""
        return in_one_line(self.whole)

    @property
    def of_parts(self) -> str:
        """Who can approve their part of it, in one line."""
        return in_one_line(self.part)


def in_one_line(people: list[Known]) -> str:
    """Return people by role and name."""
    names = ", ".join(map(str, people[:MOST]))
    others = len(people) - MOST
    return names + (_(" 외 %(number)s명") % {"number": others} if others > 0 else "")


def approvers_of(amendment: Amendment) -> Approvers:
    """Return who can decide on an amendment (8 queries at most)."""
    return approvers_by(amendment.plan, [amendment])[amendment.pk]


def approvers_by(plan: Plan, amendments: list[Amendment]) -> dict[int, Approvers]:
    """Return who can decide on each of a plan's amendments, by its key.

    7 queries at most, however many there are, where their changes are read along.
    """
    changes = {one.pk: list(one.changes.all()) for one in amendments}
    nodes = nodes_of(plan, [row for rows in changes.values() for row in rows])
    found = {one.pk: Approvers([], []) for one in amendments}
    for person in known_people() if amendments else []:
        for one in amendments:
            rows = changes[one.pk]
            theirs = part_among(person, one, rows, nodes)
            if theirs:
                named = found[one.pk]
                (named.whole if len(theirs) == len(rows) else named.part).append(person)
    return found


def known_people() -> list[Known]:
    """Return the staff who have any of the permissions, 기획 first and 부서장 last (3 queries)."""
    people: dict[int, Known] = {}
    for user in User.objects.filter(is_active=True, is_superuser=True):
        people[user.pk] = Known(user.pk, str(user), None, "", {WHOLE_PLAN})
    by_role = granted("groups__permissions", F("groups__name"))
    for row in chain(by_role, granted("user_permissions", Value(""))):
        known = Known(row["pk"], row["name"], row["department_id"], row["department__name"] or "")
        person = people.setdefault(row["pk"], known)
        person.take(row["role"], f"{row['app']}.{row['codename']}")
    return sorted(
        people.values(), key=lambda one: (WHOLE_PLAN not in one.perms, OF_DEPARTMENT in one.perms)
    )


def granted(way: str, role: Expression | F) -> QuerySet[User, dict[str, str]]:
    """Return who has which of the permissions in one way, and by which role (1 query)."""
    wanted = Q()
    for name in ASKED:
        app, codename = name.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    rows = User.objects.filter(
        is_active=True, **{f"{way}__in": Permission.objects.filter(wanted)}
    ).order_by("name", "pk")
    return rows.values(
        "pk",
        "name",
        "department_id",
        "department__name",
        role=role,
        app=F(f"{way}__content_type__app_label"),
        codename=F(f"{way}__codename"),
    )
