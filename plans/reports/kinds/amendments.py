"""변경(수정계획) 목록: the applied amendments of a period, and what each changed."""

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from plans.amendments.models import Amendment
from plans.amendments.wording import Worded, worded
from plans.reports.document import (
    Block,
    Bullet,
    Cell,
    CellKind,
    Column,
    Document,
    Heading,
    Row,
    Table,
)
from plans.reports.kinds.cells import text
from plans.reports.kinds.titles import framed
from plans.reports.requests import ReportRequest, ScopeLevel
from plans.tree.queries import read_tree


def amendments_report(request: ReportRequest) -> Document:
    """Return the list of a plan's amendments up to the report's last day."""
    amendments = amendments_until(request)
    table = amendment_table(request, amendments)
    blocks: list[Block] = [Heading(_("계획 변경"))]
    for one in amendments:
        values = {"number": one.pk, "reason": one.reason or _("처음 값을 정함")}
        blocks.append(Bullet(_("변경 제%(number)s호: %(reason)s") % values, 1))
        if one.ground:
            blocks.append(Bullet(_("근거: %(ground)s") % {"ground": one.ground}, 2))
    blocks.append(table if table.rows else Bullet(_("바뀐 것이 없습니다.")))
    return framed(None, request, blocks, [table])


def amendments_until(request: ReportRequest) -> list[Amendment]:
    """Return the amendments that were in force in the report's days, oldest first (1 query).

    Of a closed period, only those that began in it.
    """
    days = Q(effective_on__lte=request.last_on)
    if request.closing:
        days &= Q(effective_on__gte=request.closing.period.first_on)
    rows = request.plan.amendments.applied().filter(days)
    return list(rows.order_by("effective_on", "decided_at", "pk"))


def amendment_table(request: ReportRequest, amendments: list[Amendment]) -> Table:
    """Return a row for each change of the amendments (8 queries an amendment at most)."""
    columns = [
        Column(_("변경"), CellKind.NUMBER, 6),
        Column(_("시행일"), CellKind.DAY, 12),
        Column(_("항목"), width=30),
        Column(_("바뀐 것"), width=12),
        Column(_("전"), width=24),
        Column(_("후"), width=24),
        Column(_("사유"), width=30),
    ]
    inside = None if request.scope.level == ScopeLevel.PLAN else lineages_in(request)
    rows = []
    for amendment in amendments:
        amendment.plan = request.plan
        rows += [
            row_of(amendment, one)
            for one in worded(amendment)
            if inside is None or one.change.lineage in inside
        ]
    return Table(_("계획 변경"), _("바뀐 것"), columns, rows)


def row_of(amendment: Amendment, change: Worded) -> Row:
    """Return a change's row."""
    after = change.after or ", ".join(f"{label} {said}" for label, said in change.content)
    return Row(
        [
            Cell(amendment.pk),
            Cell(amendment.effective_on),
            text(change.change.title),
            text(change.label),
            text(change.before),
            text(after),
            text(amendment.reason),
        ]
    )


def lineages_in(request: ReportRequest) -> set[UUID]:
    """Return the lineages of a pillar and of all items below it (4 queries)."""
    tree = read_tree(request.plan, in_force=False)
    pillars = [one for one in tree.pillars if one.slug == request.scope.key]
    goals = [goal for one in pillars for goal in tree.goals_of(one)]
    initiatives = [below for one in goals for below in tree.initiatives_of(one)]
    activities = [below for one in initiatives for below in tree.activities_of(one)]
    return {one.lineage for one in (*pillars, *goals, *initiatives, *activities)}
