"""Panels: sections that only one pillar shows on its pages.

A pillar registers its panels in `AppConfig.ready()`; the pages do not import the pillar.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gwonseon.registry import Registry


@dataclass(frozen=True)
class Panel:
    """A section of a pillar's page.

    `read` returns the template's variable `panel`. Its argument is a plan on residents' pages, and
    a user on staff pages.
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


def shown_panels(panels: Registry[Panel], pillar: str, of: Any) -> list[ShownPanel]:
    """Return the panels of a pillar with their content for `of`, a plan or a user."""
    return [
        ShownPanel(panel.title, panel.template, panel.read(of))
        for panel in panels
        if panel.pillar == pillar
    ]
