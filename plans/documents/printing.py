"""Print an outline: as text, as JSON, the counts of its lines, and what is wrong with it."""

import json
import re
from typing import Any

from plans.documents.markers import Rank
from plans.documents.outline import Item, Outline

CHILDREN = {
    Rank.PILLAR: "goals",
    Rank.GOAL: "initiatives",
    Rank.INITIATIVE: "activities",
}
COUNTS = {"pillars": "축", "goals": "목표", "initiatives": "추진과제", "activities": "활동"}


def counts(outline: Outline) -> dict[str, int]:
    """Return the numbers of nodes by level, of lines, and of lines not understood."""
    nodes = dict.fromkeys(COUNTS, 0)
    for item in outline.items():
        nodes[list(COUNTS)[item.rank]] += 1
    lost = len(outline.framed("not_understood"))
    return nodes | {"lines": outline.lines, "not_understood": lost}


def as_json(outline: Outline) -> str:
    """Return the outline as one JSON object, with the document's own titles."""
    content = {
        "vision": outline.vision.title if outline.vision else None,
        "pillars": [nested(pillar) for pillar in outline.pillars],
        "counts": counts(outline),
        "not_understood": [
            {"line": line.line, "text": line.text} for line in outline.framed("not_understood")
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def nested(item: Item) -> dict[str, Any]:
    """Return an item with its children as nested dicts."""
    if item.rank is Rank.ACTIVITY:
        return {"title": item.title}
    return {"title": item.title, CHILDREN[item.rank]: [nested(child) for child in item.children]}


def as_text(outline: Outline) -> str:
    """Return the outline as an indented list, each title after its line number."""
    lines = []
    if outline.vision:
        lines.append(f"{outline.vision.line:>5}  {outline.vision.title}")
    for item in outline.items():
        derived = " †" if item.known.get("is_derived") else ""
        lines.append(f"{item.source.line:>5}  {'    ' * item.rank}{item.title}{derived}")
    return "\n".join(lines)


def losses(outline: Outline) -> list[str]:
    """Return a sentence for each line that was not understood."""
    return [
        f"{line.line}행을 이해하지 못했습니다: {line.text.strip()}"
        for line in outline.framed("not_understood")
    ]


def account(outline: Outline) -> str:
    """Return two lines of text with the counts of nodes and of the document's lines."""
    found = counts(outline)
    nodes = ", ".join(f"{label} {found[name]}" for name, label in COUNTS.items())
    return (
        f"비전 {1 if outline.vision else 0}, {nodes}\n"
        f"글이 있는 {outline.lines}줄: 항목 {len(outline.node_lines)}, "
        f"제목 {len(outline.framed('heading'))}, 참고 {len(outline.framed('note'))}, "
        f"이어진 줄 {outline.continuations}, 이해하지 못한 줄 {found['not_understood']}"
    )


def other_years(outline: Outline, year: int) -> str:
    """Return a sentence if the headings begin with other years than the plan's, or no text."""
    found = (re.match(r"\s*((?:19|20)\d\d)", line.text) for line in outline.framed("heading"))
    years = {int(match[1]) for match in found if match}
    if not years or year in years:
        return ""
    named = ", ".join(map(str, sorted(years)))
    return f"문서의 제목은 {named}년인데 {year}년 계획으로 읽었습니다."
