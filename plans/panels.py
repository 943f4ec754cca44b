"""Panels: sections that a pillar shows on its pages, and on pages of the plan's items.

A pillar registers its panels in `AppConfig.ready()`; the pages do not import the pillar.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gwonseon.registry import Registry
from plans.tree.models import Activity, Initiative, Plan


@dataclass(frozen=True)
class Panel:
    """A section of a pillar's page, or with `pillar` "" of all pages of items.

    `read` returns the template's variable `panel`. Its argument is a plan on a pillar's page for
    residents, a user on its page for staff, and the item on pages of items.
    """

    pillar: str
    title: str
    template: str
    read: Callable[[Any], Any]


@dataclass(frozen=True)
class ShownPanel:
    """A panel with the content that `read` returned."""

    title: str
    template: str
    content: Any


public_panels: Registry[Panel] = Registry()
staff_panels: Registry[Panel] = Registry()
# Of residents' pages of a plan, an initiative and an activity. A panel without content is left out.
item_panels: Registry[Panel] = Registry()


def shown_panels(panels: Registry[Panel], pillar: str, of: Any) -> list[ShownPanel]:
    """Return the panels of a pillar with their content for `of`, a plan or a user."""
    return [
        ShownPanel(panel.title, panel.template, panel.read(of))
        for panel in panels
        if panel.pillar == pillar
    ]


def shown_item_panels(item: Plan | Initiative | Activity) -> list[ShownPanel]:
    """Return the panels that have content for a plan or one of its items."""
    found = [ShownPanel(panel.title, panel.template, panel.read(item)) for panel in item_panels]
    return [panel for panel in found if panel.content]
