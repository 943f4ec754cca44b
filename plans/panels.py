"""What one pillar alone shows on its own pages, beside what every pillar's page shows.

A pillar registers its panels in `AppConfig.ready()`; the pages show them without knowing them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gwonseon.registry import Registry


@dataclass(frozen=True)
class Panel:
    """A section of a pillar's page.

    `read` returns what the template gets as `panel`, read from the database: from a plan on
    residents' pages, from a user on the staff's.
    """

    pillar: str
    title: str
    template: str
    read: Callable[[Any], Any]


@dataclass(frozen=True)
class ShownPanel:
    """A panel with what was read for it."""

    title: str
    template: str
    content: Any


public_panels: Registry[Panel] = Registry()
staff_panels: Registry[Panel] = Registry()


def shown_panels(panels: Registry[Panel], pillar: str, of: Any) -> list[ShownPanel]:
    """Return the panels of a pillar, each with what it shows of a plan or to a user."""
    return [
        ShownPanel(panel.title, panel.template, panel.read(of))
        for panel in panels
        if panel.pillar == pillar
    ]
