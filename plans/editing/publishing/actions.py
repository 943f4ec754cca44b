"""Checks of what a draft lacks, and the action that publishes it."""

from dataclasses import dataclass
from hashlib import blake2b

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from plans.editing.reviews.models import Review
from plans.tree.models import Node, Plan
from plans.tree.queries import Tree, read_tree
from plans.tree.writing import lock_plan, publish_plan


@dataclass(frozen=True)
class Gap:
    """One kind of missing content, and the nodes that miss it."""

    sentence: str
    nodes: list[Node]

    @property
    def rows(self) -> list[dict[str, object]]:
        """The nodes with their levels, for links."""
        return [{"level": node._meta.model_name, "node": node} for node in self.nodes]


def gaps_of(tree: Tree) -> list[Gap]:
    """Return what is incomplete in a plan's tree (2 queries: reviews, and people who left).

    An activity without a department has that of its initiative.
    """
    gone = set(User.objects.filter(is_active=False).values_list("pk", flat=True))
    active = [one for one in tree.activities if not one.department_id]
    approved = Review.objects.filter(initiative__plan=tree.plan, state=Review.State.APPROVED)
    reviewed = set(approved.values_list("initiative", flat=True))
    gaps = [
        Gap(
            _("담당부서가 없습니다."),
            [
                *(one for one in tree.initiatives if not one.department_id),
                *(one for one in active if not one.initiative.department_id),
            ],
        ),
        Gap(
            _("담당자가 없습니다."),
            [
                one
                for one in [*tree.initiatives, *tree.activities]
                if one.person_id in gone | {None}
            ],
        ),
        Gap(_("목표가 없습니다."), [one for one in tree.activities if one.target is None]),
        Gap(
            _("검토를 마치지 않았습니다."),
            [one for one in tree.initiatives if one.pk not in reviewed],
        ),
        Gap(
            _("활동이 없습니다."),
            [one for one in tree.initiatives if not tree.activities_of(one)],
        ),
    ]
    return [gap for gap in gaps if gap.nodes]


def gaps_stamp(gaps: list[Gap]) -> str:
    """Return a hash of the gaps, to check that they are still as shown."""
    text = repr([(str(gap.sentence), [node.pk for node in gap.nodes]) for gap in gaps])
    return blake2b(text.encode(), digest_size=8).hexdigest()


@transaction.atomic
def publish(*, plan: Plan, seen: str, by: User) -> None:
    """Publish a draft. Raises RefusedError if its gaps are not those `seen` (a stamp)."""
    plan = lock_plan(plan.pk)
    if gaps_stamp(gaps_of(read_tree(plan))) != seen:
        raise RefusedError("확인하는 동안 빠진 곳이 달라졌습니다. 다시 확인하고 공개해 주세요.")
    publish_plan(plan=plan, by=by)
