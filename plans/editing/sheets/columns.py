"""Columns of a plan's workbook: a sheet for each level, and in it a column for each field of
the level's form. The same form checks the cells when they come back.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

from gwonseon.fields.names import Names
from gwonseon.office.models import Department, Dong, User
from gwonseon.office.names import name_of, names_of
from plans.editing.nodes.forms import FORMS
from plans.tree.access import LEVELS, with_all_above
from plans.tree.choices import Audience
from plans.tree.models import Activity, Node, Pillar, Plan
from plans.tree.writing import LINKS

Cell = str | int | Decimal | date | None

# Columns that identify a row. They cannot be changed in the workbook.
KEY, VERSION, PARENT = "주소", "판", "윗단계"
KNOWN_BY = (KEY, VERSION, PARENT)
MANY = {"audiences", *LINKS}


def sheet_of(level: str) -> str:
    """Return the name of a level's sheet."""
    return str(LEVELS[level]._meta.verbose_name)


def columns_of(model: type[Node]) -> dict[str, str]:
    """Return a level's field names by column name, in the form's order."""
    names = FORMS[model].Meta.fields
    return {str(model._meta.get_field(name).verbose_name): name for name in names}


def sheet_nodes(plan: Plan, level: str) -> list[Node]:
    """Return a level's nodes in force with what their rows need (1 query, 3 for activities)."""
    model = LEVELS[level]
    rows = with_all_above(model).filter(plan=plan).in_force().in_plan_order()
    return list(rows.prefetch_related(*LINKS) if model is Activity else rows)


def key_of(plan: Plan, node: Node) -> str:
    """Return the key of a node's row; it holds the year, so that it fits no other plan."""
    return f"{plan.year}/{node.slug}"


def parent_of(node: Node) -> str:
    """Return the title of a node's parent; empty for a pillar."""
    return getattr(node, node.PARENT).shown_title if node.PARENT else ""


def cell_of(node: Node, name: str) -> Cell:
    """Return the value of a field's cell (no query where `sheet_nodes` read the node)."""
    if name in LINKS:
        return in_one_cell(getattr(node, name).all())
    value = getattr(node, name)
    if name == "audiences":
        return in_one_cell(Audience(code).label for code in value)
    if isinstance(value, Model):
        return name_of(value)
    labels = dict(node._meta.get_field(name).flatchoices)
    return str(labels[value]) if value in labels else value


def in_one_cell(names: Iterable[Any]) -> str:
    """Return several names as one cell's text."""
    return ", ".join(sorted(map(str, names)))


class Choices:
    """The allowed names of cells, and the keys or codes they stand for (3 queries)."""

    def __init__(self) -> None:
        departments = names_of(Department.objects.order_by("-closed_on"))
        people = User.objects.select_related("department").order_by("-is_active", "name", "pk")
        self.lists: dict[str, Names[Any]] = {
            "department": departments,
            "supporters": departments,
            "person": names_of(people),
            "dongs": names_of(Dong.objects.order_by("-closed_on")),
            "audiences": codes_of(Activity, "audiences"),
            "kind": codes_of(Activity, "kind"),
            "record_kind": codes_of(Activity, "record_kind"),
            "measure": codes_of(Activity, "measure"),
            "certainty": codes_of(Activity, "certainty"),
            "code": codes_of(Pillar, "code"),
        }

    def data_of(self, name: str, text: str) -> Any:
        """Return the form data for a cell's text.

        Raises ValidationError where the text is not among the allowed names.
        """
        if name not in self.lists:
            return text
        if name in MANY:
            return [self.find(name, one.strip()) for one in text.split(",") if one.strip()]
        return self.find(name, text) if text else ""

    def find(self, name: str, text: str) -> Any:
        """Return the key or code that a name stands for."""
        found = self.lists[name].find(text)
        return found.pk if isinstance(found, Model) else found


def codes_of(model: type[Node], name: str) -> Names[str]:
    """Return a field's codes by label."""
    field = model._meta.get_field(name)
    return Names.of_choices(getattr(field, "base_field", field).flatchoices)
