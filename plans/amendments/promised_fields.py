"""Which facts of a node are promises, and how a change writes their values down.

The triggers watch these columns (`plans/amendments/triggers.py`).
"""

from datetime import date
from decimal import Decimal
from typing import Any

from plans.tree.models import QUARTERS, TARGETS, Activity, Goal, Initiative, Node, Pillar

WORDS = ("title", "corrected_title", "certainty", "text", "weight")
PROMISES: dict[type[Node], tuple[str, ...]] = {
    Pillar: WORDS,
    Goal: WORDS,
    Initiative: (*WORDS, "department_id"),
    Activity: (
        *WORDS,
        "department_id",
        "starts_on",
        "ends_on",
        "measure",
        "counted",
        "unit",
        "target",
        *QUARTERS,
    ),
}
# Columns that are one promise: a target is an amount of what is counted, and its quarters add up to
# it; a period ends after it starts. What one amendment says of any of them, it says with the others
# as they stand then.
TOGETHER = ((*TARGETS, "measure", "counted", "unit"), ("starts_on", "ends_on"))


# What a plan may come without: to fill it in, where nothing was, is no change of a promise.
FILLED_IN = ("department_id", "target", *QUARTERS, "starts_on", "ends_on", "counted", "unit")


def as_stored(value: Any) -> str | None:
    """Return a value as PostgreSQL writes it in JSON: `to_jsonb(row) ->> column`."""
    if value is None:
        return None
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def from_stored(model: type[Node], name: str, text: str | None) -> Any:
    """Return the value of a column that a change wrote down."""
    field = model._meta.get_field(name)
    if text is None:
        return None
    # A foreign key's column holds the key itself.
    return int(text) if field.is_relation else field.to_python(text)


def parent_lineage(node: Node) -> str | None:
    """Return the lineage of the node above (no query where it was read along)."""
    return str(getattr(node, node.PARENT).lineage) if node.PARENT else None
