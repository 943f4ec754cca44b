"""Convert a new node to the JSON content that an amendment stores for it, and back."""

from collections.abc import Mapping
from typing import Any

from plans.amendments.promised_fields import PROMISES, as_stored, from_stored
from plans.tree.access import LEVELS
from plans.tree.models import Activity, Initiative, Node, Pillar
from plans.tree.writing import LINKS

# Columns that are not promises; the form's cleaned data and the content use the same names.
FACTS: dict[type[Node], tuple[str, ...]] = {
    Pillar: ("code",),
    Initiative: ("person_id", "phone"),
    Activity: ("person_id", "phone", "kind", "record_kind", "budget"),
}


def content_of(level: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content for a new node of a level, from values by column name."""
    model = LEVELS[level]
    names = (*PROMISES[model], *FACTS.get(model, ()))
    blank = model()
    content: dict[str, Any] = {
        name: as_stored(values.get(name, getattr(blank, name))) for name in names
    }
    if model is Activity:
        content["audiences"] = list(values.get("audiences", []))
        for name in LINKS:
            content[name] = sorted(one.pk for one in values.get(name, []))
    return content


def node_of(level: str, content: Mapping[str, Any]) -> Node:
    """Return the node that a content describes, not saved, without plan, position and parent."""
    model = LEVELS[level]
    names = (*PROMISES[model], *FACTS.get(model, ()))
    node = model(**{name: from_stored(model, name, content.get(name)) for name in names})
    if isinstance(node, Activity):
        node.audiences = content.get("audiences", [])
    return node
