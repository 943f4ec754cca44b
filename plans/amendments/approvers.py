"""Find the staff who can decide on an amendment, with their roles and names."""

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
# All permissions that `plans.tree.access.may_approve` checks.
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
    """A member of staff with the roles and permissions that matter for approval."""

    pk: int
    name: str
    department_id: int | None
    department: str
    perms: set[str] = field(default_factory=set)
    roles: dict[str, None] = field(default_factory=dict)

    def has_perm(self, perm: str) -> bool:
        """Return whether the person has a permission."""
        return perm in self.perms

    def take(self, role: str, perm: str) -> None:
        """Add a permission, and the role that gives it ("" if none does)."""
        self.perms.add(perm)
        if role:
            self.roles[f"{self.department} {role}" if perm == OF_DEPARTMENT else role] = None

    def __str__(self) -> str:
        return " ".join([", ".join(self.roles), self.name]).strip()


@dataclass
class Approvers:
    """The staff who can decide on all of an amendment, and those who can on a part of it."""

    whole: list[Known]
    part: list[Known]

    def __bool__(self) -> bool:
        return bool(self.whole or self.part)

    def decides(self, user: User) -> bool:
        """Return whether a user can decide on all of it."""
        return user.pk in {one.pk for one in self.whole}

    @property
    def of_all(self) -> str:
        """The people who can decide on all of it, as one line of text."""
        return in_one_line(self.whole)

    @property
    def of_parts(self) -> str:
        """The people who can decide on a part of it, as one line of text."""
        return in_one_line(self.part)


def in_one_line(people: list[Known]) -> str:
    """Return the roles and names of the first MOST people, and how many others there are."""
    names = ", ".join(map(str, people[:MOST]))
    others = len(people) - MOST
    return names + (_(" 외 %(number)s명") % {"number": others} if others > 0 else "")


def approvers_of(amendment: Amendment) -> Approvers:
    """Return the staff who can decide on an amendment (8 queries at most)."""
    return approvers_by(amendment.plan, [amendment])[amendment.pk]


def approvers_by(plan: Plan, amendments: list[Amendment]) -> dict[int, Approvers]:
    """Return the staff who can decide on each of a plan's amendments, by the amendment's key.

    Makes at most 7 queries for any number of amendments, if their changes are prefetched.
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
    """Return the staff with any of the permissions, 기획 first and 부서장 last (3 queries)."""
    people: dict[int, Known] = {}
    for user in User.objects.filter(is_active=True, is_superuser=True):
        people[user.pk] = Known(user.pk, str(user), None, "", {WHOLE_PLAN})
    by_role = holders_of("groups__permissions", F("groups__name"))
    for row in chain(by_role, holders_of("user_permissions", Value(""))):
        known = Known(row["pk"], row["name"], row["department_id"], row["department__name"] or "")
        person = people.setdefault(row["pk"], known)
        person.take(row["role"], f"{row['app']}.{row['codename']}")
    return sorted(
        people.values(), key=lambda one: (WHOLE_PLAN not in one.perms, OF_DEPARTMENT in one.perms)
    )


def holders_of(way: str, role: Expression | F) -> QuerySet[User, dict[str, str]]:
    """Return the active users with each of the permissions, by one path (1 query).

    `way` is the look-up from a user to permissions, `role` the name of the role that gives them.
    """
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
