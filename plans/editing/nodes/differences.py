"""Differences between a node as it is saved and a form that is about to be saved."""

from dataclasses import dataclass

from gwonseon.fields.display import displayed
from plans.editing.nodes.forms import NodeForm
from plans.tree.models import Node


@dataclass(frozen=True)
class NodeDifference:
    """One fact that differs, as text."""

    label: str
    saved: str
    typed: str


def differences(node: Node, form: NodeForm) -> list[NodeDifference]:
    """Return the differences between a form and the node as it is saved now."""
    now = type(form)(instance=node, user=form.user)
    found = []
    for name, field in form.fields.items():
        saved = displayed(field, now.initial.get(name))
        typed = displayed(field, form.cleaned_data.get(name))
        if name != "version" and saved != typed:
            found.append(NodeDifference(str(field.label), saved, typed))
    return found
