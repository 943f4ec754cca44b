"""Queries for a node's versions: who changed what and when; compare two, or restore one.

The rows are written by django-pghistory's triggers. Every action raises the node's version number,
so that each version is one row. Links have event rows of their own; they are matched by time, which
is equal within one transaction.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gwonseon.office.models import Department, Dong, User
from plans.amendments.wording import value_in_words
from plans.editing.nodes.forms import FORMS, people
from plans.tree.models import Activity, Node
from plans.tree.writing import LINKS

# Columns that are shown, too, though the node's form has no field for them.
OTHERS = ("source_note", "retired_on", "target_origin", "target_set_on")

Moves = list[tuple[datetime, str, int]]


@dataclass
class Version:
    """A node at one moment: its values as text by label, and the labels of what changed."""

    number: int
    at: datetime
    by: str
    facts: dict[str, str]
    values: dict[str, Any]
    changed: list[str] = field(default_factory=list)


def versions_of(node: Node) -> list[Version]:
    """Return a node's versions, oldest first (7 queries at most)."""
    rows = node.events.select_related("pgh_context").order_by("pgh_id")
    events: dict[int, Any] = {}
    for one in rows:
        # An import first writes temporary titles, in the same version: use its first event.
        events.setdefault(one.version, one)
    links = link_moves(node)
    names = HistoryNames(node, list(events.values()))
    versions: list[Version] = []
    for number, event in events.items():
        values = values_at(node, event, links)
        facts = {label: names.of(name, value) for name, label, value in labelled(node, values)}
        version = Version(number, event.pgh_created_at, names.author(event), facts, values)
        if versions:
            before = versions[-1].facts
            version.changed = [label for label, text in facts.items() if before[label] != text]
        versions.append(version)
    return versions


def values_at(node: Node, event: Any, links: dict[str, Moves]) -> dict[str, Any]:
    """Return a version's values by column name (links by field name)."""
    form = FORMS[type(node)]
    names = [name for name in form.base_fields if name not in {"version", *LINKS}]
    names += [name for name in OTHERS if hasattr(node, name)]
    if node.PARENT:
        names.append(node.PARENT)
    columns = [type(node)._meta.get_field(name).attname for name in names]
    values = {column: getattr(event, column) for column in columns}
    moment = event.pgh_created_at
    return values | {name: linked_at(moves, moment) for name, moves in links.items()}


def link_moves(node: Node) -> dict[str, Moves]:
    """Return when each supporter and dong of an activity was added and removed (2 queries)."""
    if not isinstance(node, Activity):
        return {}
    return {
        name: list(
            model.pgh_event_model.objects.filter(activity=node)
            .order_by("pgh_id")
            .values_list("pgh_created_at", "pgh_label", column)
        )
        for name, (model, column) in LINKS.items()
    }


def linked_at(moves: Moves, moment: datetime) -> list[int]:
    """Return the keys that were linked at a moment."""
    there: set[int] = set()
    for at, label, key in moves:
        if at <= moment:
            there = there - {key} if label == "delete" else there | {key}
    return sorted(there)


def labelled(node: Node, values: dict[str, Any]) -> list[tuple[str, str, Any]]:
    """Return name, label and value of each fact."""
    model = type(node)._meta
    return [
        (name, str(model.get_field(name.removesuffix("_id")).verbose_name), value)
        for name, value in values.items()
    ]


class HistoryNames:
    """Display names for the keys in a history: departments, dong, people, parents (4 queries)."""

    def __init__(self, node: Node, events: list[Any]) -> None:
        self.model = type(node)
        self.parent = f"{node.PARENT}_id"
        departments = {one.pk: one.name for one in Department.objects.all()}
        people = {getattr(one, "person_id", None) for one in events}
        people |= {author_key(one) for one in events}
        self.people = {one.pk: str(one) for one in User.objects.filter(pk__in=people - {None})}
        self.rows: dict[str, dict[int, str]] = {
            "department_id": departments,
            "supporters": departments,
            "person_id": self.people,
        }
        if isinstance(node, Activity):
            self.rows["dongs"] = {one.pk: one.name for one in Dong.objects.all()}
        if node.PARENT:
            above = self.model._meta.get_field(node.PARENT).related_model
            keys = {getattr(one, self.parent) for one in events}
            titles = {one.pk: one.shown_title for one in above.objects.filter(pk__in=keys)}
            self.rows[self.parent] = titles

    def of(self, name: str, value: Any) -> str:
        """Return a value as text; empty where it is not set."""
        if value is None or value == "":
            return ""
        if isinstance(value, list):
            return ", ".join(self.of_one(name, one) for one in value)
        return self.of_one(name, value)

    def of_one(self, name: str, value: Any) -> str:
        """Return a single value as text."""
        if name in self.rows:
            return self.rows[name].get(value, "")
        if name == "audiences":
            return dict(Activity._meta.get_field(name).base_field.flatchoices).get(value, value)
        return value_in_words(self.model, name, value)

    def author(self, event: Any) -> str:
        """Return who made a version; empty if a command did."""
        return self.people.get(author_key(event), "")


def author_key(event: Any) -> int | None:
    """Return the key of the user in whose request an event happened."""
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


def restorable(node: Node, version: Version) -> dict[str, Any]:
    """Return the form values that bring a version back.

    Left out, so that they stay as they are now: people and departments that have left or closed,
    and a published pillar's field of work, which never changes.
    """
    left = {"version", *LINKS, *(("code",) if node.plan.is_published else ())}
    fields = [one for one in FORMS[type(node)].base_fields if one not in left]
    names = {type(node)._meta.get_field(one).attname for one in fields}
    values = {name: value for name, value in version.values.items() if name in names}
    there = {"person_id": people(), "department_id": Department.objects.open()}
    for name, rows in there.items():
        if values.get(name) and not rows.filter(pk=values[name]).exists():
            del values[name]
    for name, rows in (("supporters", Department.objects), ("dongs", Dong.objects)):
        if name in version.values:
            values[name] = list(rows.open().filter(pk__in=version.values[name]))
    return values
