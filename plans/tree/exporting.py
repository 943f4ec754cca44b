"""The outline back from the tree: the document's own lines wherever nothing was changed."""

from dataclasses import dataclass, field

from plans.tree.models import Activity, Goal, Initiative, Node, Pillar, Plan
from plans.tree.pieces import clean, locate
from plans.tree.queries import Tree, read_tree

JOINTS = " ,，、:：및와과\n"


@dataclass
class PrintedLine:
    """One line of the outline: its number in the document, and the titles it holds."""

    number: int | None
    pieces: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, lead: str, node: Node) -> None:
        """Put a node's wording at the end of the line."""
        same = clean(node.source_text) == node.title
        self.pieces.append((lead, node.source_text if same else node.title, node.title))

    @property
    def text(self) -> str:
        """The line as it is printed."""
        return "".join(lead + wording for lead, wording, _title in self.pieces)

    @property
    def body(self) -> str:
        """The line without what stands before its first title."""
        return self.text[len(self.pieces[0][0]) :]

    @property
    def titles(self) -> list[str]:
        """The titles of the nodes on the line."""
        return [title for _lead, _wording, title in self.pieces]


class TreeSplits:
    """How the lines of an outline are cut where a plan's tree has the very same line."""

    def __init__(self, tree: Tree) -> None:
        self.titles = {line.body: line.titles for line in printed_lines(tree)}

    def titles_on(self, number: int, text: str) -> list[str] | None:  # noqa: ARG002
        """Return the titles of the tree's line with this text."""
        titles = self.titles.get(text)
        return titles if titles and locate(text, titles) else None


def export_outline(plan: Plan) -> str:
    """Return the plan's outline as text, ending with a line break. Makes 4 queries."""
    tree = read_tree(plan)
    body = [*vision_lines(plan, tree), *[(one.number, one.text) for one in printed_lines(tree)]]
    return "\n".join([*merge(plan.frame, body), ""])


def vision_lines(plan: Plan, tree: Tree) -> list[tuple[int | None, str]]:
    """Return the vision page's (number, text) lines."""
    lines = []
    if plan.vision:
        same = clean(plan.vision_text) == plan.vision
        lines.append((plan.vision_line, plan.vision_text if same else plan.vision))
    for pillar in tree.pillars:
        for node in [pillar, *tree.goals_of(pillar)]:
            if node.vision_title:
                same = clean(node.vision_text) == node.vision_title
                wording = node.vision_text if same else node.vision_title
                lines.append((node.vision_line, node.vision_lead + wording))
    return lines


def printed_lines(tree: Tree) -> list[PrintedLine]:
    """Return the work plan's lines. Activities taken from a title stand on none."""
    lines: list[PrintedLine] = []
    for number, pillar in enumerate(tree.pillars, start=1):
        lines.append(opening(pillar, f"{number} "))
        for goal in tree.goals_of(pillar):
            lines.append(opening(goal, tree.lead_of(Goal, "□ ")))
            for initiative in tree.initiatives_of(goal):
                lines.append(opening(initiative, tree.lead_of(Initiative, "○ ")))
                add_activities(lines, tree.activities_of(initiative))
    return lines


def opening(node: Pillar | Goal | Initiative, default_lead: str) -> PrintedLine:
    """Return the line that a node opens."""
    line = PrintedLine(node.source_line)
    line.add(node.source_lead or default_lead, node)
    return line


def add_activities(lines: list[PrintedLine], activities: list[Activity]) -> None:
    """Print an initiative's activities: behind its title, or on lines of their own."""
    initiative_line = lines[-1]
    for activity in activities:
        if activity.is_derived:
            continue
        if activity.source_lead.strip(JOINTS):
            lines.append(PrintedLine(activity.source_line))
            lines[-1].add(activity.source_lead, activity)
        else:
            first = lines[-1] is initiative_line and len(initiative_line.pieces) == 1
            lines[-1].add(joint(activity, first=first), activity)


def joint(activity: Activity, *, first: bool) -> str:
    """Return what stands between an activity and the title before it: a colon, once."""
    has_colon = ":" in activity.source_lead or "：" in activity.source_lead
    if activity.source_lead and has_colon == first:
        return activity.source_lead
    return " : " if first else ", "


def merge(frame: list[dict], body: list[tuple[int | None, str]]) -> list[str]:
    """Put headings and notes back behind the line that they followed in the document."""
    numbers = sorted({number for number, _text in body if number is not None})
    following: dict[int, list[str]] = {}
    for line in frame:
        anchor = max((number for number in numbers if number < line["line"]), default=0)
        following.setdefault(anchor, []).append(line["text"])
    merged = following.pop(0, [])
    for number, text in body:
        merged.append(text)
        merged += following.pop(number, [])
    return merged
