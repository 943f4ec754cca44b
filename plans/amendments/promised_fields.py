"""The columns of nodes that are promises, and the text form of their values in a change.

The triggers in `plans/amendments/triggers.py` check these columns.
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
# Columns that form one promise: a target belongs to a measure and unit and is the sum of its
# quarters, and a period ends after it starts. An amendment of one of them also confirms the others
# with their values of that time.
TOGETHER = ((*TARGETS, "measure", "counted", "unit"), ("starts_on", "ends_on"))


# Columns that may be empty in a published plan. To fill in an empty one does not change a promise.
FILLED_IN = ("department_id", "target", *QUARTERS, "starts_on", "ends_on", "counted", "unit")


def as_stored(value: Any) -> str | None:
    """Return a value as text, as PostgreSQL writes it in JSON: `to_jsonb(row) ->> column`."""
    if value is None:
        return None
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def from_stored(model: type[Node], name: str, text: str | None) -> Any:
    """Return the value of a column from its text in a change; the reverse of `as_stored`."""
    field = model._meta.get_field(name)
    if text is None:
        return None
    # For a foreign key, `name` is the column of the key itself (`department_id`).
    return int(text) if field.is_relation else field.to_python(text)


def parent_lineage(node: Node) -> str | None:
    """Return the lineage of the parent, None for a pillar (no query if the parent was read)."""
    return str(getattr(node, node.PARENT).lineage) if node.PARENT else None
