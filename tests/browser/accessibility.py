"""Accessibility checks of a page by axe.

Contrast is two thirds of axe's time and depends on how a text looks, not on what it says. So axe
checks it once for every look: an element with text, in its row of ancestors, with their tags,
classes and states, at one width of the window. All other rules are checked on every page.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

Check = Callable[[Page], None]

AXE = Path("node_modules/axe-core/axe.min.js")
RULES = """
async () => {
  const options = {preload: false, rules: {"color-contrast": {enabled: false}}};
  return (await axe.run({...options, resultTypes: ["violations"]})).violations;
}
"""
# Installs the function that returns the visible texts of the page by their looks.
LOOKS = """
() => {
  const VALUES = ["class", "type", "data-krds-mode", "aria-current", "aria-selected"];
  const known = new WeakMap();
  const attribute = one => VALUES.includes(one.name) ? `${one.name}=${one.value}` : one.name;
  const look = element => {
    if (!element) return "";
    if (!known.has(element)) {
      const state = element.matches(":checked") ? ":checked" : "";
      const attributes = [...element.attributes].map(attribute).sort().join(" ");
      const own = `${element.localName} ${attributes}${state}`;
      known.set(element, `${look(element.parentElement)}>${own}`);
    }
    return known.get(element);
  };
  const says = element =>
    ["input", "select", "textarea"].includes(element.localName) ||
    [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  window.textsByLook = () => {
    const texts = new Map();
    for (const element of document.body.querySelectorAll("*"))
      if (says(element) && element.checkVisibility({visibilityProperty: true})) {
        const its = look(element);
        if (!texts.has(its)) texts.set(its, element);
      }
    return texts;
  };
}
"""
CONTRAST = """
async looks => {
  const texts = textsByLook();
  const include = looks.map(look => texts.get(look)).filter(Boolean);
  const options = {preload: false, runOnly: ["color-contrast"], resultTypes: ["violations"]};
  return include.length ? (await axe.run({include}, options)).violations : [];
}
"""


class Accessibility:
    """A check of pages, which remembers the looks that have enough contrast."""

    def __init__(self) -> None:
        self.source = AXE.read_text(encoding="utf-8")
        self.clear: set[tuple[int, str]] = set()

    def check(self, page: Page) -> None:
        """Fail where axe finds a violation, or where something is wider than the window."""
        if not page.evaluate("'axe' in window"):
            page.evaluate(self.source)
            page.evaluate(LOOKS)
        refuse(page, page.evaluate(RULES))
        self.check_contrast(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            raise AssertionError(f"{page.url} is wider than the window")

    def check_contrast(self, page: Page) -> None:
        """Fail where a text whose look is new has too little contrast."""
        width = page.viewport_size["width"]
        looks = page.evaluate("[...textsByLook().keys()]")
        if new := [look for look in looks if (width, look) not in self.clear]:
            refuse(page, page.evaluate(CONTRAST, new))
            self.clear.update((width, look) for look in new)


def refuse(page: Page, violations: list[dict[str, Any]]) -> None:
    """Fail with one line for each element that breaks a rule, if there is any."""
    found = [
        f"{one['id']}: {node['html']} ({node['failureSummary']})"
        for one in violations
        for node in one["nodes"]
    ]
    if found:
        raise AssertionError("\n".join([page.url, *found]))
