"""What stands in a workbook of a plan's facts: a sheet for each level, and in it a column for
each field of the level's form, which also checks what is filled in.
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

# What a row is known by. None of it can be changed in the sheet.
KEY, VERSION, PARENT = "주소", "판", "윗단계"
KNOWN_BY = (KEY, VERSION, PARENT)
MANY = {"audiences", *LINKS}


def sheet_of(level: str) -> str:
    """Return the name of a level's sheet."""
    return str(LEVELS[level]._meta.verbose_name)


def columns_of(model: type[Node]) -> dict[str, str]:
    """Return a level's fields by their columns' names, in the form's order."""
    names = FORMS[model].Meta.fields
    return {str(model._meta.get_field(name).verbose_name): name for name in names}


def sheet_nodes(plan: Plan, level: str) -> list[Node]:
    """Return a level's nodes in force with what their row says (1 query, for activities 3)."""
    model = LEVELS[level]
    rows = with_all_above(model).filter(plan=plan).in_force().in_plan_order()
    return list(rows.prefetch_related(*LINKS) if model is Activity else rows)


def key_of(plan: Plan, node: Node) -> str:
    """Return what names a node's row; the year keeps one year's rows out of another's plan."""
    return f"{plan.year}/{node.slug}"


def parent_of(node: Node) -> str:
    """Return the title of what a node stands below."""
    return getattr(node, node.PARENT).shown_title if node.PARENT else ""


def cell_of(node: Node, name: str) -> Cell:
    """Return what stands in a field's cell (no query where `nodes_of` read the node)."""
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
    """Return several names as one cell holds them."""
    return ", ".join(sorted(map(str, names)))


class Choices:
    """The names that cells may hold, and what they stand for (3 queries)."""

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
        """Return what a form's field takes for a cell's text.

        Raise ValidationError where the text names nothing.
        """
        if name not in self.lists:
            return text
        if name in MANY:
            return [self.find(name, one.strip()) for one in text.split(",") if one.strip()]
        return self.find(name, text) if text else ""

    def find(self, name: str, text: str) -> Any:
        """Return what one name stands for: a row's key, or a code."""
        found = self.lists[name].find(text)
        return found.pk if isinstance(found, Model) else found


def codes_of(model: type[Node], name: str) -> Names[str]:
    """Return a field's codes by their labels."""
    field = model._meta.get_field(name)
    return Names.of_choices(getattr(field, "base_field", field).flatchoices)
