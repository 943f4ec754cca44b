"""Rules for who arranges periods, who writes updates, and who decides on them.

- 기획 (`plans.change_plan`) arranges, opens and closes periods.
- Who may change an activity or initiative writes its updates: 부서 담당자 and 부서장 of its
  department, 축 총괄 and 기획.
- 부서장 of its department, 축 총괄 and 기획 approve and return updates, but none that they wrote.
- Everybody who may read drafts reads all of it.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from gwonseon.office.models import User
from gwonseon.office.people.access import needs
from plans.tracking.models import ABOVE, LEVELS, Period, Update, UpdateQuerySet
from plans.tree.access import may_approve, may_edit, node_for, owned_by
from plans.tree.models import Activity, Initiative, Pillar

needs_reading = needs("plans.view_draft")


def may_read(user: User) -> bool:
    """Return whether the user may read periods and updates."""
    return user.has_perm("plans.view_draft")


def may_arrange(user: User) -> bool:
    """Return whether the user may set up, open and close periods."""
    return user.has_perm("plans.change_plan")


def may_write(user: User, node: Activity | Initiative) -> bool:
    """Return whether the user may write updates about an activity or initiative."""
    return may_edit(user, node)


def may_decide(user: User, update: Update) -> bool:
    """Return whether the user may approve or return an update."""
    return user.pk not in update.writers and may_approve(user, update.node)


def decidable_by(user: User) -> UpdateQuerySet:
    """Return the waiting updates of open periods that the user may decide on.

    It is `may_decide` as a query.
    """
    waiting = Update.objects.waiting().filter(period__state=Period.State.OPEN)
    waiting = waiting.exclude(writers__contains=[user.pk])
    if user.has_perm("plans.change_plan"):
        return waiting
    theirs = Q(pk__in=[])
    for level, model in LEVELS.items():
        codes = [one for one in Pillar.Code.values if user.has_perm(f"{one}.change_{level}")]
        theirs |= Q(**{f"{level}__{model.PILLAR_PATH}__code__in": codes})
    if user.department_id and user.has_perm("plans.approve_department"):
        theirs |= owned_by(user.department_id, "activity__")
        theirs |= Q(initiative__department=user.department_id)
    return waiting.filter(theirs)


def period_for(user: User, key: int) -> Period:
    """Return a period with its plan, or answer 404 (1 query)."""
    period = Period.objects.select_related("plan__district").filter(pk=key).first()
    if period is None or not may_read(user):
        raise Http404(_("그런 보고 기간이 없습니다."))
    return period


def update_for(user: User, key: int) -> Update:
    """Return an update with its period, people and all that it is about, or 404 (1 query)."""
    people = ("author", "decided_by")
    rows = Update.objects.select_related("period__plan__district", *ABOVE, *people)
    update = rows.filter(pk=key).first()
    if update is None or not may_read(user):
        raise Http404(_("그런 추진상황이 없습니다."))
    return update


def node_to_write(user: User, period: Period, level: str, key: int) -> Activity | Initiative:
    """Return an activity or initiative that the user writes about (2 queries).

    Raises Http404 if the period's plan has none, PermissionDenied if the user may not write.
    """
    node = node_to_read(user, period, level, key)
    if not may_write(user, node):
        raise PermissionDenied
    return node


def node_to_read(user: User, period: Period, level: str, key: int) -> Activity | Initiative:
    """Return an activity or initiative of a period's plan, or answer 404 (2 queries)."""
    if level not in LEVELS:
        raise Http404(_("추진상황은 추진과제와 활동에만 씁니다."))
    return node_for(user, period.plan.year, level, key)
