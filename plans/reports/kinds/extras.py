"""What a report may add: blockers, records, amendments and released photos of its period."""

from collections.abc import Iterator

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _

from plans.ledger.kinds import personal_codes
from plans.ledger.models import Record
from plans.ledger.releases.models import PhotoRelease
from plans.reports.document import (
    Block,
    Bullet,
    Cell,
    CellKind,
    Column,
    Heading,
    Picture,
    Row,
    Table,
)
from plans.reports.kinds.amendments import amendment_table, amendments_until
from plans.reports.kinds.cells import text
from plans.reports.requests import Inclusion, ReportRequest
from plans.reports.sources import Source
from plans.tracking.closing.reading import frozen_blockers

# As many records are listed in a report to read; the rest is counted.
MOST_RECORDS = 100
# As many photos are shown of an initiative, the latest.
MOST_PHOTOS = 2


def extra_blocks(source: Source, request: ReportRequest) -> Iterator[Block]:
    """Yield the parts that were asked for, in the order in which they are offered."""
    if request.includes(Inclusion.BLOCKERS):
        yield from blocker_blocks(source)
    if request.includes(Inclusion.RECORDS):
        yield from record_blocks(source, request)
    if request.includes(Inclusion.AMENDMENTS):
        yield Heading(_("계획 변경"))
        found = amendment_table(request, amendments_until(request))
        yield found if found.rows else Bullet(_("이 기간에 바뀐 것이 없습니다."))
    if request.includes(Inclusion.PHOTOS):
        yield from photo_blocks(source, request)


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
        Column(_("언제까지"), CellKind.DAY, 12),
        Column(_("푼 날"), CellKind.DAY, 12),
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
        Column(_("추진일자"), CellKind.DAY, 12),
        Column(_("활동"), width=30),
        Column(_("동"), width=10),
        Column(_("시설"), width=16),
        Column(_("수량"), CellKind.NUMBER, 8),
        Column(_("인원"), CellKind.NUMBER, 8),
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


def photo_blocks(source: Source, request: ReportRequest) -> Iterator[Block]:
    """Yield the latest released photos of the period's days, below their initiatives."""
    yield Heading(_("사진"))
    found = released_photos(source, request)
    if not found:
        yield Bullet(_("이 기간에 보고서에 싣기로 한 사진이 없습니다."))
        return
    for initiative in source.top.initiatives():
        inside = {one.data["lineage"] for one in initiative.own}
        photos = [one for one in found if str(one.evidence.record.activity.lineage) in inside]
        if photos:
            yield Bullet(initiative.data["title"])
            yield from map(picture_of, photos)


def released_photos(source: Source, request: ReportRequest) -> list[PhotoRelease]:
    """Return each initiative's latest released photos of the period's days (1 query)."""
    record = "evidence__record"
    days = (source.period.closing.period.first_on, request.last_on)
    latest = [F(f"{record}__happened_on").desc(), F("pk").desc()]
    place = Window(RowNumber(), partition_by=f"{record}__activity__initiative", order_by=latest)
    rows = PhotoRelease.objects.in_use().filter(
        evidence__record__activity__plan=request.plan,
        evidence__record__activity__lineage__in=lineages(source),
        evidence__record__happened_on__range=days,
    )
    rows = rows.annotate(place=place).filter(place__lte=MOST_PHOTOS)
    return list(rows.select_related(f"{record}__activity").order_by(*latest))


def picture_of(release: PhotoRelease) -> Picture:
    """Return a released photo with its caption, its activity and its day."""
    photo, record = release.evidence, release.evidence.record
    told = [release.caption, record.activity.shown_title, Cell(record.happened_on).text]
    with photo.file.open() as file:
        content = file.read()
    address = reverse("ledger:evidence", args=[photo.pk])
    return Picture(content, release.alt, " · ".join(filter(None, told)), address)
