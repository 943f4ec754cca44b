"""The whole tree as a flat list of rows, with what the user may do with each."""

from collections.abc import Iterator
from dataclasses import dataclass

from gwonseon.office.models import User
from plans.tree.access import may_add, may_arrange, may_edit
from plans.tree.models import Node
from plans.tree.queries import Tree

BELOW = {"pillar": "goal", "goal": "initiative", "initiative": "activity"}


@dataclass(frozen=True)
class TreeRow:
    """A node of the tree as the page shows it; `depth` is 1 for a pillar."""

    node: Node
    level: str
    depth: int
    is_first: bool
    is_last: bool
    may_edit: bool
    may_arrange: bool
    may_add: bool

    @property
    def level_name(self) -> str:
        """The level's Korean name."""
        return str(self.node._meta.verbose_name)


def tree_rows(tree: Tree, user: User) -> list[TreeRow]:
    """Return the tree's rows in plan order. Makes no query but for the user's permissions."""
    children = {
        "pillar": tree.goals_of,
        "goal": tree.initiatives_of,
        "initiative": tree.activities_of,
    }

    def walk(nodes: list[Node], depth: int) -> Iterator[TreeRow]:
        for place, node in enumerate(nodes, start=1):
            level = node._meta.model_name
            below = BELOW.get(level, "")
            yield TreeRow(
                node,
                level,
                depth,
                is_first=place == 1,
                is_last=place == len(nodes),
                may_edit=may_edit(user, node),
                may_arrange=may_arrange(user, node) and not node.retired_on,
                may_add=bool(below) and not node.retired_on and may_add(user, below, node),
            )
            if below:
                yield from walk(children[level](node), depth + 1)

    return list(walk(tree.pillars, 1))
