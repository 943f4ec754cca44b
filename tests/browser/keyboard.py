"""Keyboard control of a page, for tests that never use the mouse."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Locator, Page, expect

MOST_TABS = 1000

FOCUS_IS_VISIBLE = """
() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const looks = [getComputedStyle(element), getComputedStyle(element, '::after')];
  if (element.labels?.length) looks.push(getComputedStyle(element.labels[0]));
  const ring = looks.some(
    look => look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2
  );
  return ring && box.bottom > 0 && box.top < innerHeight;
}
"""

# How many stops of the Tab key there are at least before a control; a group of radios is one.
STOPS_BEFORE = """
control => {
  const groups = new Set();
  const stops = [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']"
  )].filter(one => {
    if (one.disabled || one.tabIndex < 0 || !one.checkVisibility({visibilityProperty: true}))
      return false;
    if (one.type !== "radio" || one === control) return true;
    const seen = groups.has(one.name);
    groups.add(one.name);
    return !seen;
  });
  const passed = stops.indexOf(control) - stops.indexOf(document.activeElement) - 1;
  return Math.max(passed - 1, 0);
}
"""


@dataclass(frozen=True)
class Keyboard:
    """Keyboard control of one page. `looked` is called with each page that a key opens."""

    page: Page
    looked: Callable[[Page], None]

    def open(self, url: str) -> None:
        """Open an address."""
        self.page.goto(url)
        self.looked(self.page)

    def reach(self, control: Locator) -> None:
        """Press Tab until a control has focus, and check that the focus is visible."""
        expect(control).to_be_visible()
        handle = control.element_handle()
        # No need to look at each stop on the way.
        for _ in range(handle.evaluate(STOPS_BEFORE)):
            self.page.keyboard.press("Tab")
        for _ in range(MOST_TABS):
            if handle.evaluate("control => control === document.activeElement"):
                assert self.page.evaluate(FOCUS_IS_VISIBLE), control
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {control}")

    def press(self, name: str, role: str = "button") -> None:
        """Press Enter on a button, or another role, that opens another page."""
        self.enter(self.page.get_by_role(role, name=name, exact=True).first)

    def enter(self, control: Locator) -> None:
        """Press Enter on a control that opens another page."""
        self.reach(control)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.looked(self.page)

    def follow(self, name: str) -> None:
        """Press Enter on a link."""
        self.press(name, role="link")

    def field(self, label: str) -> Locator:
        """Return the first field with a label; sections have labels, too."""
        fields = self.page.locator("input, select, textarea")
        return self.page.get_by_label(label).and_(fields).first

    def write(self, label: str, text: str) -> None:
        """Replace the text of a field."""
        self.reach(self.field(label))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def write_day(self, label: str, day: date) -> None:
        """Replace the day of a field; the browser decides in which order its parts are typed."""
        control = self.field(label)
        self.reach(control)
        for typed in (f"{day:%m%d%Y}", f"{day.year:06}{day:%m%d}", f"{day:%d%m%Y}"):
            for key in ("ArrowLeft", "ArrowLeft"):
                self.page.keyboard.press(key)
            self.page.keyboard.type(typed)
            if control.input_value() == day.isoformat():
                return
        raise AssertionError(f"{label} does not take {day}")

    def unfold(self, name: str) -> None:
        """Press Enter on the first summary that begins with a name, which shows what it hides."""
        self.reach(self.page.locator("summary").filter(has_text=name).first)
        self.page.keyboard.press("Enter")
        self.looked(self.page)

    def choose(self, label: str, option: str) -> None:
        """Press the down key in a list until the option is chosen."""
        control = self.field(label)
        self.reach(control)
        self.page.keyboard.press("Home")
        for _ in range(control.locator("option").count()):
            if control.evaluate("list => list.selectedOptions[0].label") == option:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{label} does not offer {option}")

    def tick(self, label: str) -> None:
        """Press Space on a checkbox, which ticks or unticks it."""
        self.reach(self.field(label))
        self.page.keyboard.press("Space")

    def download(self, name: str) -> bytes:
        """Press Enter on a link to a file, and return the file's content."""
        self.reach(self.page.get_by_role("link", name=name, exact=True))
        with self.page.expect_download() as found:
            self.page.keyboard.press("Enter")
        return found.value.path().read_bytes()

    def upload(self, label: str, name: str, content: bytes) -> None:
        """Move to a file field and set its file, without the browser's dialog."""
        control = self.page.get_by_label(label)
        self.reach(control)
        control.set_input_files({"name": name, "mimeType": "", "buffer": content})
