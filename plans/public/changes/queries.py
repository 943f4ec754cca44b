"""Changes by applied amendments, as residents see them: without who asked and who decided.

Pages with them are cached (see page_cache.py). Amendments need no trigger for that: applying one
changes nodes in the same transaction, which raises the number of the public state, and the
database allows no change of an applied amendment.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.krds.words import WordChange, value_changes, word_changes
from plans.amendments.models import Amendment, AmendmentQuerySet, Change
from plans.amendments.promised_fields import from_stored
from plans.amendments.wording import ChangeNames, content_rows, label_of
from plans.tree.access import LEVELS
from plans.tree.models import TARGETS, Node, Plan

# Differences of these are marked word by word; other values are shown as old and new.
TEXTS = {"title", "corrected_title", "text", "counted"}


# Labels for columns that got their first value, with the number of items.
FIRST_SETTINGS = {
    gettext_lazy("항목 %(number)s개의 담당부서"): ("department_id",),
    gettext_lazy("목표 %(number)s개"): TARGETS,
    gettext_lazy("기간 %(number)s개"): ("starts_on", "ends_on"),
    gettext_lazy("세는 것과 단위 %(number)s개"): ("counted", "unit"),
}
COUNTED = {name: label for label, names in FIRST_SETTINGS.items() for name in names}


@dataclass(frozen=True)
class FieldChange:
    """One changed field, as text."""

    label: str
    words: list[WordChange]


@dataclass
class NodeChange:
    """The changes of one item by one amendment; or, with `is_first`, the values it set first.

    `content` has label and text of an added item's values, or of the values set first. `names`
    are the changed columns.
    """

    amendment: Amendment
    node: Node
    title: str
    is_first: bool = False
    names: set[str] = field(default_factory=set)
    content: list[tuple[str, str]] = field(default_factory=list)
    fields: list[FieldChange] = field(default_factory=list)
    ended_on: date | None = None

    @property
    def sets_target(self) -> bool:
        """Whether this change set the target that was in force afterwards."""
        return bool({*TARGETS, Change.ADDITION} & self.names)

    @property
    def level_name(self) -> str:
        """The Korean name of the item's level."""
        return self.node._meta.verbose_name

    @property
    def kind(self) -> str:
        """The kind of change, as a Korean label."""
        if self.is_first:
            return _("처음 정함")
        if self.content:
            return _("새로 추가")
        return _("종료") if self.ended_on else _("변경")


def applied_amendments(plan: Plan) -> AmendmentQuerySet:
    """Return a plan's applied amendments with their changes, latest first (2 queries)."""
    return with_touched(plan.amendments.applied())


def with_touched(rows: AmendmentQuerySet) -> AmendmentQuerySet:
    """Return amendments with what `headline` says of their changes (1 query more)."""
    touched = Change.objects.with_first().only("amendment", "lineage", "field", "title")
    return rows.prefetch_related(Prefetch("changes", touched))


def headline(amendment: Amendment) -> str:
    """Return a line about an amendment: the first item it changed, and how many others.

    If the amendment only sets first values: which columns, and of how many items.
    """
    changed = {one.lineage: one.title for one in amendment.changes.all() if not one.is_first}
    if not changed:
        return first_settings(amendment)
    first, *others = changed.values()
    if not others:
        return first
    return _("%(title)s 외 %(number)s건") % {"title": first, "number": len(others)}


def first_settings(amendment: Amendment) -> str:
    """Return a line about first values that an amendment set; empty where it set none."""
    items = defaultdict(set)
    for change in amendment.changes.all():
        if change.is_first:
            items[COUNTED[change.field]].add(change.lineage)
    parts = [label % {"number": len(items[label])} for label in FIRST_SETTINGS if label in items]
    return _("처음 정함: %(parts)s") % {"parts": ", ".join(map(str, parts))} if parts else ""


def also_set(amendment: Amendment) -> str:
    """Return the line about first values, or empty where the headline already says it."""
    firsts = first_settings(amendment)
    return "" if firsts == headline(amendment) else firsts


def history_of(node: Node) -> list[NodeChange]:
    """Return an item's changes, latest first.

    Makes 1 query, and at most 5 more where departments or places changed.
    """
    rows = applied_changes(node.plan).filter(lineage=node.lineage)
    return node_changes(list(rows), {node.lineage: node})


def changes_by(amendment: Amendment) -> list[NodeChange]:
    """Return an applied amendment's changes, item by item in its order (10 queries at most)."""
    lineages = amendment.changes.values("lineage")
    units = Q(field="unit", lineage__in=lineages)
    rows = list(applied_changes(amendment.plan).filter(Q(amendment=amendment) | units))
    found = node_changes(rows, changed_nodes(amendment.plan, rows))
    return [change for change in found if change.amendment == amendment]


def amendments_of(plan: Plan, nodes: list[Node]) -> dict[UUID, list[Amendment]]:
    """Return the amendments that changed each of the nodes, latest first (1 query)."""
    found: dict[UUID, dict[Amendment, None]] = {}
    for row in applied_changes(plan).filter(lineage__in=[node.lineage for node in nodes]):
        row.amendment.plan = plan
        found.setdefault(row.lineage, {})[row.amendment] = None
    return {lineage: list(amendments) for lineage, amendments in found.items()}


def applied_changes(plan: Plan) -> QuerySet[Change]:
    """Return the changes by a plan's applied amendments, latest first."""
    rows = Change.objects.with_first().filter(
        amendment__plan=plan, amendment__state=Amendment.State.APPLIED
    )
    return rows.select_related("amendment").order_by("-amendment__decided_at", "-amendment", "pk")


def changed_nodes(plan: Plan, rows: list[Change]) -> dict[UUID, Node]:
    """Return the nodes of changes, with what their URLs need (1 query for each level)."""
    found: dict[UUID, Node] = {}
    for level, model in LEVELS.items():
        lineages = {row.lineage for row in rows if row.level == level}
        # A goal is shown on its pillar's page.
        above = "pillar__plan" if level == "goal" else "plan"
        nodes = model.objects.filter(plan=plan, lineage__in=lineages).select_related(above)
        found |= {node.lineage: node for node in nodes}
    return found


def node_changes(rows: list[Change], nodes: dict[UUID, Node]) -> list[NodeChange]:
    """Return rows (latest first) grouped by amendment and node, one NodeChange each.

    First values are kept apart from changed ones. Amounts get the unit of their time: starting
    from the activity's present unit, back through its changes, so the rows must hold all of them.
    """
    if not rows:
        return []
    plan = next(iter(nodes.values())).plan
    names = ChangeNames(rows, plan)
    groups: dict[tuple[int, UUID], list[Change]] = {}
    for row in rows:
        row.amendment.plan = plan
        groups.setdefault((row.amendment_id, row.lineage), []).append(row)
    units = {node.lineage: getattr(node, "unit", "") for node in nodes.values()}
    found = []
    for (_amendment, lineage), group in groups.items():
        unit_after = units[lineage]
        changed = (row.before or "" for row in group if row.field == "unit")
        units[lineage] = next(changed, unit_after)
        wording = ChangeWording(names, units[lineage], unit_after)
        parts = [[row for row in group if row.is_first == is_first] for is_first in (False, True)]
        found += [wording.of(nodes[lineage], part) for part in parts if part]
    return found


@dataclass(frozen=True)
class ChangeWording:
    """A converter of one node's changes to text, with names for keys, and units."""

    names: ChangeNames
    unit_before: str
    unit_after: str

    def of(self, node: Node, rows: list[Change]) -> NodeChange:
        """Return rows of one amendment and node as one change; either all are first or none."""
        model = type(node)
        change = NodeChange(rows[0].amendment, node, rows[0].title, rows[0].is_first)
        change.names = {row.field for row in rows}
        for row in rows:
            if row.is_first:
                text = self.told(model, row.field, row.after, self.unit_after)
                change.content.append((label_of(model, row.field), text))
            elif row.field == Change.ADDITION:
                change.content = content_rows(model, row.content, self.names)
            elif row.field == Change.RETIREMENT and row.after:
                change.ended_on = from_stored(model, row.field, row.after)
            else:
                change.fields.append(self.field_change(model, row))
        return change

    def field_change(self, model: type[Node], row: Change) -> FieldChange:
        """Return one field's change as text."""
        before = self.told(model, row.field, row.before, self.unit_before)
        after = self.told(model, row.field, row.after, self.unit_after)
        words = word_changes if row.field in TEXTS else value_changes
        return FieldChange(label_of(model, row.field), words(before, after))

    def told(self, model: type[Node], name: str, text: str | None, unit: str) -> str:
        """Return a value as text with its unit, or a text that says that it is not set."""
        if text:
            return self.names.of(model, name, text) + (unit if name in TARGETS else "")
        if name in TEXTS:
            return ""
        return _("목표 미설정") if name == "target" else _("없음")
