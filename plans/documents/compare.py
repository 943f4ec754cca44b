"""Compare an outline with a plan's tree: nodes added, reworded, moved or gone."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from plans.documents.likeness import most_alike
from plans.documents.markers import Rank
from plans.documents.outline import LEVEL_NAMES, Item, Outline
from plans.tree.models import Activity, Goal, Initiative, Node, Pillar
from plans.tree.queries import Tree

MODELS: dict[Rank, type[Node]] = {
    Rank.PILLAR: Pillar,
    Rank.GOAL: Goal,
    Rank.INITIATIVE: Initiative,
    Rank.ACTIVITY: Activity,
}
# Two titles under one parent that are less similar than this are two items, not two wordings.
ALIKE = 0.5


class ChangeKind(StrEnum):
    """What happens to a node."""

    ADDED = "추가"
    REWORDED = "수정"
    MOVED = "이동"
    GONE = "삭제"


@dataclass(frozen=True)
class OutlineChange:
    """One change, as it is printed."""

    kind: ChangeKind
    level: str
    title: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.kind}  {self.level} 「{self.title}」{self.detail}"


@dataclass
class OutlineDifference:
    """The pairs of an outline's items and a tree's nodes, and the changes between them.

    `nodes` maps an item's id() to its node; an item without a node is new.
    """

    nodes: dict[int, Node] = field(default_factory=dict)
    gone: list[Node] = field(default_factory=list)
    changes: list[OutlineChange] = field(default_factory=list)

    def node_of(self, item: Item) -> Node | None:
        """Return the item's node, or None if the item is new."""
        return self.nodes.get(id(item))


def compare_outline(tree: Tree, outline: Outline) -> OutlineDifference:
    """Compare a tree and an outline. Makes no queries."""
    difference = OutlineDifference()
    parents = {id(item): parent for parent, item in outline.links() if parent}
    compare_headlines(difference, tree, outline)
    for rank, model in MODELS.items():
        level = LevelComparison(difference, rank, tree.level(model), outline.of_rank(rank), parents)
        level.compare(annotated=outline.annotated)
    return difference


def compare_headlines(difference: OutlineDifference, tree: Tree, outline: Outline) -> None:
    """Compare the vision, headings and notes."""
    vision = outline.vision.title if outline.vision else ""
    if vision != tree.plan.vision:
        detail = f" → 「{vision}」"
        difference.changes.append(
            OutlineChange(ChangeKind.REWORDED, "비전", tree.plan.vision, detail)
        )
    before = [line["text"].strip() for line in tree.plan.frame]
    after = [line.text.strip() for line in outline.frame]
    for text in before:
        if text not in after:
            difference.changes.append(OutlineChange(ChangeKind.GONE, "항목이 아닌 줄", text))
    for text in after:
        if text not in before:
            difference.changes.append(OutlineChange(ChangeKind.ADDED, "항목이 아닌 줄", text))


class LevelComparison:
    """The comparison of one level; the levels above must be compared before.

    `pairs` maps an item's index in `items` to its node's index in `nodes`.
    """

    def __init__(
        self,
        difference: OutlineDifference,
        rank: Rank,
        nodes: list[Node],
        items: list[Item],
        parents: dict[int, Item],
    ) -> None:
        self.difference = difference
        self.name = LEVEL_NAMES[rank]
        self.parent_type = MODELS.get(rank - 1)
        self.nodes = nodes
        self.items = items
        self.node_places = [node.parent_id for node in nodes]
        self.item_places = [self.place_of(parents.get(id(item))) for item in items]
        self.pairs: dict[int, int] = {}

    def place_of(self, parent: Item | None) -> int | None:
        """Return the key of a parent's node, a unique negative number if the parent is new."""
        if parent is None:
            return None
        node = self.difference.node_of(parent)
        return node.pk if node else -id(parent)

    def compare(self, *, annotated: bool) -> None:
        """Pair items with nodes and add the changes to the difference."""
        node_titles = [node.title for node in self.nodes]
        item_titles = [item.title for item in self.items]
        self.pair_equal(
            list(zip(self.item_places, item_titles, strict=True)),
            list(zip(self.node_places, node_titles, strict=True)),
        )
        self.pair_equal(item_titles, node_titles)
        self.pair_equal(
            [item.known.get("slug") for item in self.items], [n.slug for n in self.nodes]
        )
        self.pair_alike()
        for i, j in self.pairs.items():
            self.difference.nodes[id(self.items[i])] = self.nodes[j]
        self.note_changes(annotated=annotated)
        self.note_gone(annotated=annotated)

    def pair_equal(self, item_keys: Sequence[Hashable], node_keys: Sequence[Hashable]) -> None:
        """Pair free items and nodes with equal keys, in their order."""
        waiting = defaultdict(list)
        for j in reversed(self.free_nodes()):
            waiting[node_keys[j]].append(j)
        for i in self.free_items():
            if waiting[item_keys[i]]:
                self.pairs[i] = waiting[item_keys[i]].pop()

    def pair_alike(self) -> None:
        """Pair free items and nodes of one parent whose titles are similar."""
        free_nodes = defaultdict(list)
        free_items = defaultdict(list)
        for j in self.free_nodes():
            free_nodes[self.node_places[j]].append(j)
        for i in self.free_items():
            free_items[self.item_places[i]].append(i)
        for place, items in free_items.items():
            nodes = free_nodes[place]
            wordings = [self.items[i].title for i in items]
            titles = [self.nodes[j].title for j in nodes]
            for one, other in most_alike(wordings, titles, least=ALIKE).items():
                self.pairs[items[one]] = nodes[other]

    def free_items(self) -> list[int]:
        """Return the indexes of the items that have no node yet."""
        return [i for i in range(len(self.items)) if i not in self.pairs]

    def free_nodes(self) -> list[int]:
        """Return the indexes of the nodes that have no item yet."""
        taken = set(self.pairs.values())
        return [j for j in range(len(self.nodes)) if j not in taken]

    def note_changes(self, *, annotated: bool) -> None:
        """Add changes for new, reworded and moved items, in the outline's order."""
        displaced = self.displaced()
        for i, item in enumerate(self.items):
            if i not in self.pairs:
                self.note(ChangeKind.ADDED, item.title, f" ({item.source.line}행)")
                continue
            node = self.nodes[self.pairs[i]]
            for detail in rewordings(item, node, annotated=annotated):
                self.note(ChangeKind.REWORDED, node.title, detail)
            if self.item_places[i] != node.parent_id:
                self.note(ChangeKind.MOVED, item.title, f" ({item.source.line}행의 자리로)")
            elif i in displaced:
                self.note(ChangeKind.MOVED, item.title, " (순서)")

    def note_gone(self, *, annotated: bool) -> None:
        """Add changes for nodes that are not in the outline any more.

        An activity that was derived from a title has no line of its own. A document without its
        data file cannot name it, so it stays as long as its initiative.
        """
        gone_parents = {node.pk for node in self.difference.gone if type(node) is self.parent_type}
        for j in self.free_nodes():
            node = self.nodes[j]
            says_nothing = isinstance(node, Activity) and node.is_derived and not annotated
            if says_nothing and node.parent_id not in gone_parents:
                continue
            self.difference.gone.append(node)
            self.note(ChangeKind.GONE, node.title)

    def note(self, kind: ChangeKind, title: str, detail: str = "") -> None:
        """Add one change."""
        self.difference.changes.append(OutlineChange(kind, self.name, title, detail))

    def displaced(self) -> set[int]:
        """Return the indexes of the items whose order below the same parent changed.

        They are as few as possible: all except a longest sequence that kept its order.
        """
        staying = defaultdict(list)
        for i in sorted(self.pairs):
            if self.item_places[i] == self.node_places[self.pairs[i]]:
                staying[self.item_places[i]].append(i)
        moved: set[int] = set()
        for items in staying.values():
            kept = longest_increasing([self.pairs[i] for i in items])
            moved.update(i for at, i in enumerate(items) if at not in kept)
        return moved


def rewordings(item: Item, node: Node, *, annotated: bool) -> Iterator[str]:
    """Yield a text for each value that differs between item and node."""
    for name, value in wanted(item, node, annotated=annotated).items():
        before = getattr(node, name)
        if before == value:
            continue
        if name == "title":
            yield f" → 「{value}」"
        else:
            label = node._meta.get_field(name).verbose_name
            yield f": {label} 「{before}」 → 「{value}」"


def wanted(item: Item, node: Node | None, *, annotated: bool) -> dict[str, str | bool | int]:
    """Return the values that a node should have by its item: wordings, and facts from the notes.

    A correction belongs to one wording: a new wording has none, unless the data file gives one.
    """
    fields: dict[str, str | bool | int] = {"title": item.title}
    if item.rank in {Rank.PILLAR, Rank.GOAL}:
        fields["vision_title"] = item.vision.title if item.vision else ""
    if item.rank is Rank.ACTIVITY:
        fields["is_derived"] = False
    if annotated or node is None or node.title != item.title:
        fields |= {"corrected_title": "", "certainty": "", "source_note": ""}
    return fields | item.known


def longest_increasing(numbers: list[int]) -> set[int]:
    """Return the indexes of a longest increasing subsequence (patience sorting, O(n log n))."""
    ends: list[int] = []
    at_end: list[int] = []
    before: list[int | None] = []
    for at, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(at_end[length - 1] if length else None)
        if length == len(ends):
            ends.append(number)
            at_end.append(at)
        else:
            ends[length], at_end[length] = number, at
    run: set[int] = set()
    at = at_end[-1] if at_end else None
    while at is not None:
        run.add(at)
        at = before[at]
    return run
