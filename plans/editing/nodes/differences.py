"""Two versions of a node side by side: what is saved, and what somebody else is about to save."""

from dataclasses import dataclass

from gwonseon.fields.display import displayed
from plans.editing.nodes.forms import NodeForm
from plans.tree.models import Node


@dataclass(frozen=True)
class NodeDifference:
    """One fact that differs, in words."""

    label: str
    saved: str
    typed: str


def differences(node: Node, form: NodeForm) -> list[NodeDifference]:
    """Return where a form differs from the node as it is saved now."""
    now = type(form)(instance=node, user=form.user)
    found = []
    for name, field in form.fields.items():
        saved = displayed(field, now.initial.get(name))
        typed = displayed(field, form.cleaned_data.get(name))
        if name != "version" and saved != typed:
            found.append(NodeDifference(str(field.label), saved, typed))
    return found
