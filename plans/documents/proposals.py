"""What importing a document would do: a new plan of a year, or changes of the year's draft."""

from dataclasses import dataclass

from gwonseon.office.models import User
from plans.documents.compare import OutlineDifference, compare_outline
from plans.documents.exporting import TreeSplits
from plans.documents.importing import apply_outline, import_outline, refuse_published
from plans.documents.markers import Markers
from plans.documents.notes import Notes, read_outline
from plans.documents.outline import Outline
from plans.documents.reading import SourceDocument
from plans.tree.models import Plan
from plans.tree.queries import read_tree


@dataclass(frozen=True)
class Proposal:
    """A document's outline, and the year's draft with its difference (both None if no draft)."""

    year: int
    outline: Outline
    plan: Plan | None = None
    difference: OutlineDifference | None = None

    @property
    def changes(self) -> list[str] | None:
        """The changes of the draft as they are printed, or None for a new plan."""
        return self.difference and [str(change) for change in self.difference.changes]


def propose(
    *, year: int, document: SourceDocument, markers: Markers | None, notes: Notes | None
) -> Proposal:
    """Return what importing a document would do. Writes nothing; makes 1 query, and 5 for a draft.

    Raises DocumentError for a document that makes no sense, and for a published plan.
    """
    plan = Plan.objects.filter(year=year).first()
    if plan is None:
        return Proposal(year, read_outline(document, markers, notes))
    refuse_published(plan)
    tree = read_tree(plan)
    outline = read_outline(document, markers, notes, TreeSplits(tree))
    return Proposal(year, outline, plan, compare_outline(tree, outline))


def carry_out(proposal: Proposal, *, by: User | None) -> list[str] | None:
    """Write the new plan, or change the draft, and return the changes that were made.

    Raises DocumentError if the year got a plan meanwhile, or if the plan was published.
    """
    if proposal.plan is None:
        import_outline(year=proposal.year, outline=proposal.outline, by=by)
        return None
    done = apply_outline(plan=proposal.plan, outline=proposal.outline, by=by)
    return [str(change) for change in done.changes]
