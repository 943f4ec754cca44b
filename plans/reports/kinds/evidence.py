"""자료집: each figure with the records that it sums up, their versions, and who confirmed them."""

from collections import defaultdict
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from gwonseon.fields.numbers import grouped
from gwonseon.refusals import refuse_unless
from plans.ledger.kinds import personal_codes
from plans.ledger.models import Record
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
from plans.reports.kinds.progress import activity_line
from plans.reports.kinds.titles import framed
from plans.reports.requests import ReportRequest
from plans.reports.sources import Source
from plans.tracking.closing.reading import FrozenActivity

# A report with more records could not be read, nor held in memory.
MOST_RECORDS = 20_000
COLUMNS = [
    Column("실적 번호", CellKind.NUMBER, 8),
    Column("추진일자", CellKind.DAY, 12),
    Column("동", width=10),
    Column("시설", width=16),
    Column("수량", CellKind.NUMBER, 8),
    Column("인원", CellKind.NUMBER, 8),
    Column("상태", width=8),
    Column("바로잡은 실적", CellKind.NUMBER, 8),
    Column("쓴 사람", width=10),
    Column("확정한 사람", width=10),
    Column("확정한 날", CellKind.DAY, 12),
    Column("증빙(SHA-256)", width=24),
]


def evidence_report(source: Source, request: ReportRequest) -> Document:
    """Return the pack; refuse one with too many records (4 queries)."""
    records = records_of(source, request)
    blocks: list[Block] = []
    rows: list[Row] = []
    for one in source.activities:
        found = records.get(one.data["lineage"], [])
        blocks += [Heading(one.data["title"], 2), *evidence_blocks(one, found)]
        rows += [Row([text(one.data["title"]), *row.cells]) for row in map(row_of, found)]
    sheet = Table(_("실적"), _("실적"), [Column(_("활동"), width=30), *COLUMNS], rows)
    return framed(source, request, blocks, [sheet])


def records_of(source: Source, request: ReportRequest) -> dict[str, list[Record]]:
    """Return the records up to the report's last day by the lineage of their activity.

    Drafts and records of personal kinds are left out; corrected and cancelled ones are there.
    """
    keys = [one.data["lineage"] for one in source.activities]
    rows = (
        Record.objects.exclude(state=Record.State.DRAFT)
        .exclude(kind__in=personal_codes())
        .filter(activity__plan=request.plan, activity__lineage__in=keys)
        .filter(happened_on__lte=request.last_on)
    )
    refuse_unless(
        rows[: MOST_RECORDS + 1].count() <= MOST_RECORDS,
        f"실적이 {MOST_RECORDS:,}건보다 많아 한 자료집에 담을 수 없습니다. "
        "축이나 추진과제를 골라 나누어 받으세요.",
    )
    related = ("activity", "dong", "facility", "written_by", "confirmed_by")
    found: dict[str, list[Record]] = defaultdict(list)
    ordered = rows.select_related(*related).prefetch_related("evidence")
    for one in ordered.order_by("happened_on", "pk"):
        found[str(one.activity.lineage)].append(one)
    return found


def evidence_blocks(one: FrozenActivity, records: list[Record]) -> list[Block]:
    """Return a figure with its records, or why there are none."""
    figure = Bullet(activity_line(one), 1)
    if not records:
        why = _("확정된 실적이 없거나, 개인의 일이라 실적을 싣지 않습니다.")
        return [figure, Bullet(why, 2)]
    counting = [record for record in records if record.state == Record.State.CONFIRMED]
    people = sum(record.people or 0 for record in counting)
    quantity = sum((record.quantity or Decimal(0) for record in counting), Decimal(0))
    values = {
        "records": len(counting),
        "quantity": grouped(quantity),
        "people": f"{people:,}",
    }
    line = _("확정된 실적 %(records)s건, 수량의 합 %(quantity)s, 인원의 합 %(people)s명") % values
    title = one.data["title"]
    table = Table(title, _("%(title)s의 실적") % {"title": title}, COLUMNS, [*map(row_of, records)])
    return [figure, Bullet(line, 2), table]


def row_of(record: Record) -> Row:
    """Return a record's row."""
    digests = ", ".join(f"{one.name} {one.digest[:12]}" for one in record.evidence.all())
    confirmed = record.confirmed_at and timezone.localdate(record.confirmed_at)
    return Row(
        [
            Cell(record.pk),
            Cell(record.happened_on),
            text(record.dong.name if record.dong else ""),
            text(record.facility.name if record.facility else ""),
            Cell(record.quantity, ""),
            Cell(record.people, ""),
            text(record.get_state_display()),
            Cell(record.corrects_id, ""),
            text(str(record.written_by)),
            text(str(record.confirmed_by or "")),
            Cell(confirmed),
            text(digests),
        ]
    )
