"""What a report may add: blockers, records and amendments of its period."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from plans.ledger.kinds import personal_codes
from plans.ledger.models import Record
from plans.reports.document import Block, Bullet, Cell, Column, Heading, Kind, Row, Table
from plans.reports.kinds.amendments import amendment_table, amendments_until
from plans.reports.kinds.cells import text
from plans.reports.requests import Part, ReportRequest
from plans.reports.sources import Source
from plans.tracking.closing.reading import frozen_blockers

# As many records are listed in a report to read; the rest is counted.
MOST_RECORDS = 100


def extra_blocks(source: Source, request: ReportRequest) -> Iterator[Block]:
    """Yield the parts that were asked for, in the order in which they are offered."""
    if request.includes(Part.BLOCKERS):
        yield from blocker_blocks(source)
    if request.includes(Part.RECORDS):
        yield from record_blocks(source, request)
    if request.includes(Part.AMENDMENTS):
        yield Heading(_("계획 변경"))
        found = amendment_table(request, amendments_until(request))
        yield found if found.rows else Bullet(_("이 기간에 바뀐 것이 없습니다."))


def lineages(source: Source) -> list[str]:
    """Return the lineages of the scope's activities."""
    return [one.data["lineage"] for one in source.activities]


def blocker_blocks(source: Source) -> Iterator[Block]:
    """Yield the blockers of the period, as they were frozen or as they stood on the day."""
    yield Heading(_("애로사항"))
    inside = set(lineages(source))
    frozen = frozen_blockers(source.period.closing)
    found = [one for one in frozen if one.data["lineage"] in inside]
    if not found:
        yield Bullet(_("이 기간에 알린 애로사항이 없습니다."))
        return
    columns = [
        Column(_("활동"), width=28),
        Column(_("무엇이 막고 있나요"), width=36),
        Column(_("풀어야 할 부서"), width=14),
        Column(_("언제까지"), Kind.DAY, 12),
        Column(_("푼 날"), Kind.DAY, 12),
        Column(_("어떻게 풀었나요"), width=30),
    ]
    rows = [
        Row(
            [
                text(one.data["activity"]),
                text(one.data["what"]),
                text(one.data["department"]),
                Cell(one.due_on),
                Cell(one.resolved_on, _("풀지 못함")),
                text(one.data["resolution"]),
            ]
        )
        for one in found
    ]
    yield Table(_("애로사항"), _("애로사항"), columns, rows)


def record_blocks(source: Source, request: ReportRequest) -> Iterator[Block]:
    """Yield the latest confirmed records of the period's days, but none of a personal kind."""
    yield Heading(_("실적 목록"))
    days = (source.period.closing.period.first_on, request.last_on)
    rows = Record.objects.confirmed().filter(
        activity__plan=request.plan,
        activity__lineage__in=lineages(source),
        happened_on__range=days,
    )
    rows = rows.exclude(kind__in=personal_codes())
    number = rows.count()
    found = list(
        rows.select_related("activity", "dong", "facility").order_by("-happened_on", "-pk")[
            :MOST_RECORDS
        ]
    )
    if not found:
        yield Bullet(_("이 기간에 확정된 실적이 없습니다."))
        return
    columns = [
        Column(_("추진일자"), Kind.DAY, 12),
        Column(_("활동"), width=30),
        Column(_("동"), width=10),
        Column(_("시설"), width=16),
        Column(_("수량"), Kind.NUMBER, 8),
        Column(_("인원"), Kind.NUMBER, 8),
        Column(_("내용"), width=34),
    ]
    cells = [
        Row(
            [
                Cell(one.happened_on),
                text(one.activity.shown_title),
                text(one.dong.name if one.dong else ""),
                text(one.facility.name if one.facility else ""),
                Cell(one.quantity, ""),
                Cell(one.people, ""),
                text(one.note),
            ]
        )
        for one in found
    ]
    note = _("개인의 일을 적은 실적은 싣지 않습니다.")
    if number > len(found):
        note += " " + _("가장 늦은 %(shown)s건이며, 모두 %(all)s건입니다.") % {
            "shown": len(found),
            "all": f"{number:,}",
        }
    yield Table(_("실적"), _("확정된 실적"), columns, cells, note)
