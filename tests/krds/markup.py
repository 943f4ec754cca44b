"""A small HTML parser for tests: finds elements by tag, attributes or id."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta"}


@dataclass
class Element:
    """An element with its attributes and all text inside it."""

    tag: str
    attrs: dict[str, str]
    text: str = ""
    inside: list[str] = field(default_factory=list)


class Markup(HTMLParser):
    """All elements of a page, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        element.inside = [outer.tag for outer in self.open]
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def all(self, tag: str, **attrs: str) -> list[Element]:
        """Return the elements with this tag name and these attributes."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [
            element
            for element in self.elements
            if element.tag == tag and wanted.items() <= element.attrs.items()
        ]

    def one(self, tag: str, **attrs: str) -> Element:
        """Return the only such element."""
        (element,) = self.all(tag, **attrs)
        return element

    def with_id(self, name: str) -> Element:
        """Return the only element with the id."""
        (element,) = [one for one in self.elements if one.attrs.get("id") == name]
        return element

    @property
    def ids(self) -> list[str]:
        return [element.attrs["id"] for element in self.elements if "id" in element.attrs]

    def words(self, element: Element) -> str:
        """Return the element's text with single spaces."""
        return " ".join(element.text.split())
