"""Show an amendment's changes as text: labels of fields, and names in place of keys."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gwonseon.fields.numbers import grouped
from gwonseon.office.models import Department, Dong
from plans.amendments.additions import FACTS
from plans.amendments.models import Amendment, Change
from plans.amendments.promised_fields import PROMISES, from_stored
from plans.tree.access import LEVELS
from plans.tree.choices import Audience
from plans.tree.models import TARGETS, Activity, Node, Plan


@dataclass(frozen=True)
class Worded:
    """A change as text for a page; `now` is the present value if the change is out of date."""

    change: Change
    label: str
    before: str = ""
    after: str = ""
    now: str | None = None
    content: list[tuple[str, str]] = field(default_factory=list)
    is_first: bool = False


class ChangeNames:
    """The names for the keys and lineages in changes, read at once (1 query for each table)."""

    def __init__(self, changes: list[Change], plan: Plan) -> None:
        keys = {change.before for change in changes if change.field == "department_id"}
        keys |= {change.after for change in changes if change.field == "department_id"}
        contents = [change.content for change in changes if change.content]
        keys |= {content.get("department_id") for content in contents}
        keys |= {key for content in contents for key in content.get("supporters", [])}
        dongs = {key for content in contents for key in content.get("dongs", [])}
        self.dongs = {one.pk: one.name for one in Dong.objects.filter(pk__in=dongs)}
        named = Department.objects.filter(pk__in=[int(key) for key in keys if key])
        self.departments = {str(one.pk): one.name for one in named}
        self.titles = {
            str(change.lineage): change.title
            for change in changes
            if change.field == Change.ADDITION
        }
        lineages = {UUID(one) for change in changes for one in parents(change) if one}
        for model in LEVELS.values():
            if lineages:
                rows = model.objects.filter(plan=plan, lineage__in=lineages)
                self.titles |= {str(one.lineage): one.shown_title for one in rows}

    def of(self, model: type[Node], name: str, text: str | None) -> str:
        """Return a stored value as text for people."""
        if text is None or text == "":
            return ""
        if name == Change.PARENT:
            return self.titles.get(text, "")
        if name == "department_id":
            return self.departments.get(text, "")
        return value_in_words(model, name, from_stored(model, name, text))

    def linked(self, content: dict[str, Any]) -> list[tuple[str, str]]:
        """Return labels and names of an added activity's audiences, supporters and dong."""
        named = {
            "audiences": [str(Audience(code).label) for code in content.get("audiences", [])],
            "supporters": [self.departments[str(key)] for key in content.get("supporters", [])],
            "dongs": [self.dongs[key] for key in content.get("dongs", [])],
        }
        return [(label_of(Activity, name), ", ".join(texts)) for name, texts in named.items()]


def parents(change: Change) -> list[str | None]:
    """Return the lineages of the parents that a change names."""
    if change.content:
        return [change.content["parent"]]
    return [change.before, change.after] if change.field == Change.PARENT else []


def value_in_words(model: type[Node], name: str, value: Any) -> str:
    """Return a column's value as text for people."""
    if isinstance(value, Decimal):
        return grouped(value)
    if name == "budget":
        return f"{value:,}"
    if isinstance(value, date):
        return date_format(value, "Y. n. j.")
    labels = dict(model._meta.get_field(name).flatchoices)
    return str(labels.get(value, value))


def label_of(model: type[Node], name: str) -> str:
    """Return the label of a change's field."""
    if name == Change.ADDITION:
        return _("추가")
    if name == Change.PARENT:
        return _("자리")
    return str(model._meta.get_field(name).verbose_name)


def worded(amendment: Amendment, conflicts: Iterable[Any] = ()) -> list[Worded]:
    """Return an amendment's changes as text (8 queries at most)."""
    changes = list(amendment.changes.with_first())
    names = ChangeNames(changes, amendment.plan)
    now = {conflict.change.pk: conflict.now for conflict in conflicts}
    rows = []
    for change in changes:
        model = LEVELS[change.level]
        rows.append(
            Worded(
                change,
                label_of(model, change.field),
                names.of(model, change.field, change.before),
                names.of(model, change.field, change.after),
                names.of(model, change.field, now[change.pk]) if change.pk in now else None,
                content_rows(model, change.content, names) if change.content else [],
                change.is_first,
            )
        )
    return rows


def content_rows(
    model: type[Node], content: dict[str, Any], names: ChangeNames
) -> list[tuple[str, str]]:
    """Return the label and text of each field of an added node that is not empty."""
    rows = [(_("자리"), names.of(model, Change.PARENT, content["parent"]))]
    shown = [*PROMISES[model], *(one for one in FACTS.get(model, ()) if one != "person_id")]
    for one in shown:
        text = names.of(model, one, content.get(one))
        unit = content["unit"] if text and one in TARGETS else ""
        rows.append((label_of(model, one), text + unit))
    rows += names.linked(content)
    return [(label, text) for label, text in rows if text]
