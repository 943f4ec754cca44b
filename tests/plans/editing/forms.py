"""Form data of node pages as a browser sends it, with some fields changed."""

from typing import Any

from django.test import Client
from django.urls import reverse

from plans.tree.models import Node


def address(node: Node, name: str = "node") -> str:
    """Return the address of a node's staff page."""
    return reverse(f"editing:{name}", args=[node.plan.year, node._meta.model_name, node.pk])


def typed(client: Client, url: str, **over: Any) -> dict[str, Any]:
    """Return a page's form data with some values replaced."""
    form = client.get(url).context["form"]
    data = {}
    for field in form:
        value = field.value()
        if value is None or value == []:
            continue
        data[field.html_name] = (
            [str(getattr(one, "pk", one)) for one in value] if isinstance(value, list) else value
        )
    return data | over
