"""Forms as a browser sends them: every field as the page shows it, and what is typed over it."""

from typing import Any

from django.test import Client
from django.urls import reverse

from plans.tree.models import Node


def address(node: Node, name: str = "node") -> str:
    """Return a node's address for staff."""
    return reverse(f"editing:{name}", args=[node.plan.year, node._meta.model_name, node.pk])


def typed(client: Client, url: str, **over: Any) -> dict[str, Any]:
    """Return a page's form data with some of it typed over."""
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
