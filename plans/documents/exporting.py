"""Export the tree as the document; unchanged lines have the document's own characters."""

from bisect import bisect_left
from dataclasses import dataclass, field

from plans.documents.pieces import clean, locate
from plans.tree.models import Activity, Goal, Initiative, Node, Plan
from plans.tree.queries import Tree, read_tree

JOINTS = " ,，、:：및와과\n"


@dataclass(frozen=True)
class Piece:
    """One title on a line: the characters before it, its text, and its node.

    `shown` is the text that residents read: the corrected wording, if there is one.
    """

    lead: str
    text: str
    shown: str
    node: Node | None = None

    @classmethod
    def of(cls, lead: str, node: Node) -> "Piece":
        """Return the piece of a node's title, in the document's characters if it is unchanged."""
        text = source_or(node.source_text, node.title)
        return cls(lead, text, node.corrected_title or text, node)


@dataclass
class DocumentLine:
    """One line of the document: its number (None if new), its kind, and the titles on it."""

    number: int | None
    kind: str
    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The line as it is printed."""
        return "".join(piece.lead + piece.text for piece in self.pieces)

    @property
    def body(self) -> str:
        """The line without the characters before its first title."""
        return self.text[len(self.pieces[0].lead) :]

    @property
    def titles(self) -> list[str]:
        """The titles of the nodes on the line."""
        return [piece.node.title for piece in self.pieces if piece.node]


class TreeSplits:
    """Splits a document's line into the titles of the tree's line that has the same text."""

    def __init__(self, tree: Tree) -> None:
        self.titles = {line.body: line.titles for line in work_lines(tree)}

    def titles_on(self, number: int, text: str) -> list[str] | None:  # noqa: ARG002
        """Return the titles of the tree's line with this text, or None."""
        titles = self.titles.get(text)
        return titles if titles and locate(text, titles) else None


def export_outline(plan: Plan) -> str:
    """Return the plan's outline as text, ending with a line break. Makes 4 queries."""
    return "".join(f"{line.text}\n" for line in document_lines(read_tree(plan)))


def document_lines(tree: Tree) -> list[DocumentLine]:
    """Return the whole document in its own order: headings, vision page, work plan, notes."""
    return with_frame(tree.plan, [*vision_lines(tree), *work_lines(tree)])


def vision_lines(tree: Tree) -> list[DocumentLine]:
    """Return the vision page's lines."""
    plan = tree.plan
    lines = []
    if plan.vision:
        text = source_or(plan.vision_text, plan.vision)
        lines.append(DocumentLine(plan.vision_line, "vision", [Piece("", text, text)]))
    for pillar in tree.pillars:
        for node in [pillar, *tree.goals_of(pillar)]:
            if node.vision_title:
                text = source_or(node.vision_text, node.vision_title)
                kind = f"vision-{node._meta.model_name}"
                piece = Piece(node.vision_lead, text, text, node)
                lines.append(DocumentLine(node.vision_line, kind, [piece]))
    return lines


def work_lines(tree: Tree) -> list[DocumentLine]:
    """Return the work plan's lines. Activities derived from a title have none."""
    goal_lead = usual_lead(tree.goals, "□ ")
    initiative_lead = usual_lead(tree.initiatives, "○ ")
    lines: list[DocumentLine] = []
    for number, pillar in enumerate(tree.pillars, start=1):
        lines.append(opening("pillar", pillar, f"{number} "))
        for goal in tree.goals_of(pillar):
            lines.append(opening("goal", goal, goal_lead))
            for initiative in tree.initiatives_of(goal):
                lines.append(opening("initiative", initiative, initiative_lead))
                add_activities(lines, tree.activities_of(initiative))
    return lines


def usual_lead(nodes: list[Goal] | list[Initiative], default: str) -> str:
    """Return the marker of the first node that has one from the document, else `default`."""
    return next((node.source_lead for node in nodes if node.source_lead), default)


def opening(kind: str, node: Node, default_lead: str) -> DocumentLine:
    """Return a line that begins with a node's title."""
    return DocumentLine(node.source_line, kind, [Piece.of(node.source_lead or default_lead, node)])


def add_activities(lines: list[DocumentLine], activities: list[Activity]) -> None:
    """Add an initiative's activities: after its title, or on lines of their own."""
    initiative_line = lines[-1]
    for activity in activities:
        if activity.is_derived:
            continue
        if activity.source_lead.strip(JOINTS):
            lines.append(opening("activity", activity, activity.source_lead))
        else:
            first = lines[-1] is initiative_line and len(initiative_line.pieces) == 1
            lines[-1].pieces.append(Piece.of(joint(activity, first=first), activity))


def joint(activity: Activity, *, first: bool) -> str:
    """Return the characters before an activity's title: a colon before the first, else a comma."""
    has_colon = ":" in activity.source_lead or "：" in activity.source_lead
    if activity.source_lead and has_colon == first:
        return activity.source_lead
    return " : " if first else ", "


def source_or(source: str, title: str) -> str:
    """Return the document's text if it is the title in another form, else the title."""
    return source if clean(source) == title else title


def with_frame(plan: Plan, lines: list[DocumentLine]) -> list[DocumentLine]:
    """Return the lines with headings and notes, each after the line that it followed."""
    numbers = sorted({line.number for line in lines if line.number is not None})
    following: dict[int, list[DocumentLine]] = {}
    for row in plan.frame:
        at = bisect_left(numbers, row["line"])
        piece = Piece("", row["text"], row["corrected"] or row["text"])
        framed = DocumentLine(row["line"], row["kind"], [piece])
        following.setdefault(numbers[at - 1] if at else 0, []).append(framed)
    merged = following.pop(0, [])
    for line in lines:
        merged.append(line)
        merged += following.pop(line.number, [])
    return merged
