"""Write an outline to the tree. Each import is one transaction; `by` is None at a terminal."""

import logging
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import CharField, F, ProtectedError, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from gwonseon.constraints import refusing
from gwonseon.office.models import User
from plans.documents.compare import MODELS, OutlineDifference, compare_outline, wanted
from plans.documents.errors import DocumentError
from plans.documents.markers import Rank
from plans.documents.outline import Item, Outline
from plans.tree.choices import TargetOrigin
from plans.tree.models import QUARTERS, Activity, Goal, Initiative, Node, Pillar, Plan
from plans.tree.postgres_copy import reserved_keys
from plans.tree.queries import read_tree
from plans.tree.slugs import Slugs
from plans.tree.writing import YEAR_ONCE, insert, update

SOURCE = ("source_line", "source_lead", "source_text", "slug", "position")
KNOWN = ("title", "corrected_title", "certainty", "source_note")
VISION = ("vision_title", "vision_line", "vision_lead", "vision_text")
TARGET = ("target", *QUARTERS, "target_origin", "target_set_on", "target_set_by_id")
# The columns that an outline can change, for each level.
FIELDS: dict[type[Node], tuple[str, ...]] = {
    Pillar: (*SOURCE, *KNOWN, "code", *VISION),
    Goal: (*SOURCE, *KNOWN, "pillar_id", *VISION),
    Initiative: (*SOURCE, *KNOWN, "goal_id"),
    Activity: (
        *SOURCE,
        *KNOWN,
        "initiative_id",
        "kind",
        "is_derived",
        "record_kind",
        "measure",
        "counted",
        "unit",
        *TARGET,
    ),
}

log = logging.getLogger(__name__)


def refuse_published(plan: Plan) -> None:
    """Raise DocumentError if the plan is published."""
    if plan.is_published:
        raise DocumentError(
            f"{plan.year}년 계획은 이미 공개되어 파일로 바꿀 수 없습니다. "
            "변경 신청과 승인을 거치는 변경 절차로 고치세요."
        )


def import_outline(*, year: int, outline: Outline, by: User | None) -> Plan:
    """Write a new draft plan from an outline and return it.

    Makes two queries for the plan and two for each level. Raises DocumentError if the year has a
    plan already.
    """
    taken = DocumentError(f"{year}년 계획이 방금 만들어졌습니다. 다시 불러와 차이를 확인하세요.")
    with refusing({YEAR_ONCE: lambda: taken}):
        plan = Plan.objects.create(year=year)
        write_outline(plan, outline, OutlineDifference())
    log.info("plan %s imported by %s", year, by and by.pk)
    return plan


@transaction.atomic
def apply_outline(*, plan: Plan, outline: Outline, by: User | None) -> OutlineDifference:
    """Change a draft plan to match an outline, and return the difference.

    Locks the plan, so that the returned difference is the applied one. Raises DocumentError for a
    published plan, and if other rows belong to an activity that is gone. The number of queries does
    not grow with the plan.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    refuse_published(plan)
    difference = compare_outline(read_tree(plan), outline)
    try:
        write_outline(plan, outline, difference)
    except ProtectedError as error:
        raise DocumentError(still_used(error)) from error
    log.info("plan %s re-imported by %s", plan.year, by and by.pk)
    return difference


def still_used(error: ProtectedError) -> str:
    """Return the error message for activities that other rows use and that cannot be deleted."""
    rows = {str(row._meta.verbose_name) for row in error.protected_objects}
    return (
        f"문서에 없는 활동에 {', '.join(sorted(rows))}이(가) 있어 지울 수 없습니다. "
        "그 활동을 문서에 남기거나 계획에서 「끝내기」로 끝내세요."
    )


def write_outline(plan: Plan, outline: Outline, difference: OutlineDifference) -> None:
    """Write a plan's rows: create and update from the top level down, then delete bottom up."""
    write_headlines(plan, outline)
    new, changed = nodes_to_write(plan, outline, difference)
    set_aside([*changed, *difference.gone])
    for model in MODELS.values():
        insert(model, [node for node in new if type(node) is model])
        update(model, [node for node in changed if type(node) is model], FIELDS[model])
    for model in reversed(MODELS.values()):
        if gone := [node.pk for node in difference.gone if type(node) is model]:
            model.objects.filter(pk__in=gone).delete()


def write_headlines(plan: Plan, outline: Outline) -> None:
    """Write the plan's vision, headings and notes."""
    plan.vision = outline.vision.title if outline.vision else ""
    plan.vision_line = outline.vision.line if outline.vision else None
    plan.vision_text = outline.vision.text if outline.vision else ""
    plan.frame = [vars(line) for line in outline.frame]
    plan.save()


def nodes_to_write(
    plan: Plan, outline: Outline, difference: OutlineDifference
) -> tuple[list[Node], list[Node]]:
    """Return the new and the changed nodes, with the values of their items. Does not save them.

    Makes one query for each level's keys, and one for its rows that the outline does not name.
    """
    nodes: dict[int, Node] = {}
    new: list[Node] = []
    changed: list[Node] = []
    free = {rank: FreePlaces(plan, rank, outline, difference) for rank in MODELS}
    for parent, item in outline.links():
        above = nodes[id(parent)] if parent else None
        node = difference.node_of(item)
        if node is None:
            node = MODELS[item.rank](pk=next(free[item.rank].keys), plan_id=plan.pk)
            new.append(node)
        before = None if node._state.adding else values_of(node)
        set_values(node, item, above, annotated=outline.annotated)
        free[item.rank].give(node, parent)
        if before is not None and values_of(node) != before:
            changed.append(node)
        nodes[id(item)] = node
    return new, changed


def values_of(node: Node) -> list:
    """Return a node's values in the columns that an outline can change."""
    return [getattr(node, name) for name in FIELDS[type(node)]]


def set_values(node: Node, item: Item, above: Node | None, *, annotated: bool) -> None:
    """Set a node's values from its item, with the lines in the document. Does not save it."""
    known = wanted(item, None if node._state.adding else node, annotated=annotated)
    if above:
        setattr(node, f"{node.PARENT}_id", above.pk)
    node.source_line = item.source.line
    node.source_lead = item.source.lead
    node.source_text = item.source.text
    if item.rank in {Rank.PILLAR, Rank.GOAL}:
        node.vision_line = item.vision.line if item.vision else None
        node.vision_lead = item.vision.lead if item.vision else ""
        node.vision_text = item.vision.text if item.vision else ""
    if "target" in known and node.target != known["target"]:
        set_documented_target(node)
    for name, value in known.items():
        setattr(node, name, value)


def set_documented_target(node: Activity) -> None:
    """Mark an activity's target as the document's, and clear quarterly targets set by staff."""
    node.target_origin = TargetOrigin.DOCUMENT
    node.target_set_on, node.target_set_by = timezone.localdate(), None
    for quarter in QUARTERS:
        setattr(node, quarter, None)


class FreePlaces:
    """Gives slugs, positions and keys to the nodes of one level.

    Rows that the outline does not name (retired ones, activities derived from titles) keep theirs.
    Makes one query for the keys of new rows, and one more if the plan has rows already.
    """

    def __init__(
        self, plan: Plan, rank: Rank, outline: Outline, difference: OutlineDifference
    ) -> None:
        model = MODELS[rank]
        items = outline.of_rank(rank)
        self.keys = reserved_keys(model, sum(1 for one in items if not difference.node_of(one)))
        self.slugs = Slugs(item.known["slug"] for item in items if "slug" in item.known)
        self.places: dict[int | None, set[int]] = defaultdict(set)
        self.next: dict[int, int] = defaultdict(int)
        paired = [node for node in difference.nodes.values() if type(node) is model]
        self.slugs.taken.update(node.slug for node in paired)
        if not difference.nodes:
            return
        named = {node.pk for node in [*paired, *difference.gone] if type(node) is model}
        for node in model.objects.filter(plan=plan).exclude(pk__in=named):
            self.slugs.taken.add(node.slug)
            self.places[node.parent_id].add(node.position)

    def give(self, node: Node, parent: Item | None) -> None:
        """Give a node the next free position below its parent, and a slug if it has none."""
        taken = self.places[node.parent_id]
        key = id(parent)
        self.next[key] += 1
        while self.next[key] in taken:
            self.next[key] += 1
        node.position = self.next[key]
        node.slug = node.slug or self.slugs.take(node)


def set_aside(nodes: Iterable[Node]) -> None:
    """Give nodes to change or delete temporary titles and slugs, and clear pillars' codes.

    Otherwise two nodes that swap a title would break a unique constraint on the way.
    """
    nodes = list(nodes)
    aside = Concat(Value("#"), Cast(F("pk"), CharField()))
    for model in MODELS.values():
        if keys := [node.pk for node in nodes if type(node) is model]:
            code = {"code": ""} if model is Pillar else {}
            model.objects.filter(pk__in=keys).update(title=aside, slug=aside, **code)
