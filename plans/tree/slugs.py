"""Make slugs for new nodes: the title's words, and a number if another node has them."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.text import slugify

from plans.tree.models import SLUG_LENGTH, Node, Plan


class Slugs:
    """The slugs that are used in one level of a plan."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = set(taken)
        self._numbers: dict[str, int] = defaultdict(lambda: 1)

    @classmethod
    def of(cls, plan: Plan, model: type[Node]) -> "Slugs":
        """Return the used slugs of a plan's level, with those of retired nodes (1 query)."""
        return cls(model.objects.filter(plan=plan).values_list("slug", flat=True))

    def take(self, node: Node) -> str:
        """Return a free slug for a node and mark it as used."""
        words = slugify(node.title, allow_unicode=True) or node._meta.model_name
        stem = slug = words[: SLUG_LENGTH - 8].strip("-_")
        while slug in self.taken:
            self._numbers[stem] += 1
            slug = f"{stem}-{self._numbers[stem]}"
        self.taken.add(slug)
        return slug
