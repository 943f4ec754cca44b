"""Panels: sections that only one pillar shows on its page.

A pillar registers its panels in `AppConfig.ready()`; the pages list them from the registry.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gwonseon.registry import Registry


@dataclass(frozen=True)
class Panel:
    """A section of a pillar's page.

    `read` queries what the template gets as `panel`; its argument is the plan on residents' pages,
    the user on staff pages.
    """

    pillar: str
    title: str
    template: str
    read: Callable[[Any], Any]


@dataclass(frozen=True)
class ShownPanel:
    """A panel with the data that was read for it."""

    title: str
    template: str
    content: Any


public_panels: Registry[Panel] = Registry()
staff_panels: Registry[Panel] = Registry()


def shown_panels(panels: Registry[Panel], pillar: str, of: Any) -> list[ShownPanel]:
    """Return a pillar's panels with their data, read for a plan or a user."""
    return [
        ShownPanel(panel.title, panel.template, panel.read(of))
        for panel in panels
        if panel.pillar == pillar
    ]
