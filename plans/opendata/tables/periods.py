"""Tables of closed periods, read only from the data that was stored at the closing."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from plans.opendata.tables.declaring import (
    DataColumn,
    DataTable,
    Row,
    Type,
    choices,
    lineage_column,
    slug_column,
    year_column,
)
from plans.progress.arithmetic import Status
from plans.tracking.closing.models import Closing, Snapshot
from plans.tracking.closing.reading import LEVELS
from plans.tracking.models import TEXTS, Period, Update
from plans.tree.models import Plan

# Texts of a group and of an activity, and their numbers, by the names in the frozen content.
GROUP_TEXTS = ("level", "lineage", "slug", "title")
GROUP_NUMBERS = ("weight", "rate", "met_rate")
MONEY = ("budget", "contracted", "spent", "spent_rate")
PLACE = ("lineage", "slug", "pillar", "goal", "initiative", "title", "department", "unit")
NUMBERS = ("weight", "yearly_target", "period_target", "counted", "amount", "late")
RATES = ("rate", "pace", "expected", "share_done")
IDENTITY = ("year", "number", "version")


def closings() -> Any:
    """Return the closings of published plans, by year, period and version."""
    published = {"period__plan__status": Plan.Status.PUBLISHED}
    rows = Closing.objects.filter(**published).select_related("period__plan")
    return rows.order_by("period__plan__year", "period__first_on", "version")


def named(closing: Closing) -> tuple[int, int, int]:
    """Return the first cells of a row about a closing."""
    return closing.period.plan.year, closing.period.number, closing.version


def number(text: str) -> Decimal | None:
    """Return a frozen number; None where there was none."""
    return Decimal(text) if text else None


def period_rows() -> Iterator[Row]:
    """Yield each version of each closed period (1 query)."""
    for one in closings().iterator():
        content = one.content
        yield (
            *named(one),
            content["kind"],
            content["period"],
            content["first_on"],
            content["last_on"],
            one.closed_at,
            file_of(one),
            one.digest,
        )


def file_of(closing: Closing) -> str:
    """Return the name of a closing's canonical file in the archive."""
    year, period, version = named(closing)
    return f"periods/period-{year}-{period}-v{version}.json"


def group_rows() -> Iterator[Row]:
    """Yield the plan, pillars, goals and initiatives of each closing (1 query)."""
    for closing in closings().iterator():
        for position, data in enumerate(closing.content["groups"], 1):
            yield (
                *named(closing),
                position,
                *(data[name] for name in GROUP_TEXTS),
                *(number(data[name]) for name in (*GROUP_NUMBERS, *MONEY, "activities")),
            )


def snapshots() -> Iterator[tuple[Closing, Snapshot]]:
    """Yield the activities of each closing, in the plan's order (2 queries)."""
    known = {one.pk: one for one in closings().defer("content")}
    rows = Snapshot.objects.filter(closing__in=known).only("closing", "position", "data")
    year = "closing__period__plan__year"
    ordered = rows.order_by(year, "closing__period__first_on", "closing__version", "position")
    for one in ordered.iterator():
        yield known[one.closing_id], one


def activity_rows() -> Iterator[Row]:
    """Yield the activities of each closing, with figures and approved texts (2 queries)."""
    for closing, one in snapshots():
        data = one.data
        update = data["update"]
        yield (
            *named(closing),
            one.position,
            *(data[name] for name in PLACE),
            *(number(data[name]) for name in NUMBERS),
            data["counted_text"],
            *(number(data[name]) for name in RATES),
            data["status"],
            data["hold"],
            update.get("about", ""),
            *(update.get(name, "") for name in TEXTS),
        )


def money_rows() -> Iterator[Row]:
    """Yield what each activity had planned, contracted and spent in each closing (2 queries)."""
    for closing, one in snapshots():
        data = one.data
        money = [number(data.get(name, "")) for name in MONEY]
        if any(amount is not None for amount in money):
            yield (
                *named(closing),
                data["lineage"],
                data["slug"],
                *money,
                data.get("spending_source", ""),
            )


def won(name: str, title: str, about: str = "") -> DataColumn:
    """Return a column of money."""
    return DataColumn(name, title, Type.INTEGER, about, "원", may_be_empty=True)


def percentage(name: str, title: str, about: str) -> DataColumn:
    """Return a column of a rate."""
    return DataColumn(name, title, Type.NUMBER, about, "%", may_be_empty=True)


def amount(name: str, title: str, about: str = "") -> DataColumn:
    """Return a column of an amount in the row's own unit."""
    return DataColumn(name, title, Type.NUMBER, about, "단위 칸", may_be_empty=True)


def text_column(name: str, title: str, about: str = "") -> DataColumn:
    """Return a column of a text that may be empty."""
    return DataColumn(name, title, about=about, may_be_empty=True)


FIRST = (
    year_column(),
    DataColumn("number", "기간", Type.INTEGER, "그해의 몇 번째 기간인지"),
    DataColumn(
        "version", "판", Type.INTEGER, "다시 마감하면 1씩 커집니다. 가장 큰 판이 지금의 것입니다."
    ),
)
POSITION = DataColumn("position", "순서", Type.INTEGER, "굳힌 자료 안에서의 순서")
MONEY_COLUMNS = (
    won("budget", "계획 예산"),
    won("contracted", "계약액", "그해 첫날부터의 누계. 보고하지 않았으면 비웁니다."),
    won("spent", "집행액", "그해 첫날부터의 누계. 보고하지 않았으면 비웁니다."),
    percentage("spent_rate", "집행률", "집행액 ÷ 계획 예산"),
)
RATE = percentage("rate", "달성률", "활동은 누계 ÷ 연간 목표, 묶음은 가중 평균(100%까지만)")
PERIODS = DataTable(
    "periods",
    "마감한 기간",
    "마감한 분기·반기·연간. 파일의 지문(SHA-256)은 마감할 때 적어 둔 것입니다.",
    IDENTITY,
    (
        *FIRST,
        DataColumn("kind", "주기", Type.CODE, codes=choices(Period.Kind.choices)),
        DataColumn("name", "이름"),
        DataColumn("first_on", "첫날", Type.DATE),
        DataColumn("last_on", "마지막 날", Type.DATE),
        DataColumn("closed_at", "마감한 때", Type.MOMENT),
        DataColumn("file", "파일", Type.CODE, "묶음 파일 안에서 굳힌 자료의 이름"),
        DataColumn("digest", "지문", Type.CODE, "그 파일의 SHA-256"),
    ),
    period_rows,
)
GROUPS = DataTable(
    "period-groups",
    "마감한 기간의 묶음",
    "마감할 때 굳힌 계획·축·목표·추진과제의 달성률, 이행률과 금액",
    (*IDENTITY, "position"),
    (
        *FIRST,
        POSITION,
        DataColumn(
            "level",
            "단계",
            Type.CODE,
            codes=tuple(zip(LEVELS, ("계획", "축", "목표", "추진과제"), strict=True)),
        ),
        DataColumn("lineage", "고유 번호", Type.CODE, "계획 전체에는 없습니다.", may_be_empty=True),
        DataColumn("slug", "주소 이름", Type.CODE, "계획 전체에는 없습니다.", may_be_empty=True),
        DataColumn("title", "제목"),
        DataColumn("weight", "가중치", Type.NUMBER),
        RATE,
        percentage("met_rate", "이행률", "비율이 있는 활동 가운데 목표를 채운 활동"),
        *MONEY_COLUMNS,
        DataColumn("activities", "활동 수", Type.INTEGER, unit="개"),
    ),
    group_rows,
)
ACTIVITIES = DataTable(
    "period-activities",
    "마감한 기간의 활동",
    "마감할 때 굳힌 활동의 수와, 승인된 부서의 글",
    (*IDENTITY, "position"),
    (
        *FIRST,
        POSITION,
        lineage_column(),
        slug_column(),
        DataColumn("pillar", "축", Type.CODE, "축의 주소 이름"),
        DataColumn("goal", "목표", Type.CODE, "목표의 주소 이름"),
        DataColumn("initiative", "추진과제", Type.CODE, "추진과제의 주소 이름"),
        DataColumn("title", "활동"),
        text_column("department", "담당부서"),
        text_column("unit", "단위"),
        DataColumn("weight", "가중치", Type.NUMBER),
        amount("yearly_target", "연간 목표"),
        amount("period_target", "기간 목표", "연간 목표 가운데 이 기간에 드는 몫"),
        amount("counted", "누계", "그해 첫날부터 기간의 마지막 날까지. 감춘 수는 비웁니다."),
        amount("amount", "이 기간에 한 양", "누계에서 앞 기간에 굳힌 누계를 뺀 것"),
        amount("late", "늦게 적은 양", "그 가운데 앞 기간의 몫"),
        text_column("counted_text", "누계의 글", "감춘 수는 「5 미만」이나 「공개하지 않음」"),
        RATE,
        percentage("pace", "진행률", "누계 ÷ 마지막 날까지 기대되는 양"),
        amount("expected", "기대되는 양", "마지막 날까지"),
        percentage("share_done", "공정률", "마친 추진일정의 비중을 더한 것"),
        DataColumn(
            "status",
            "상태",
            Type.CODE,
            "감춘 수를 알게 하면 비웁니다.",
            may_be_empty=True,
            codes=choices(Status.choices),
        ),
        text_column("hold", "보류한 까닭"),
        DataColumn(
            "update_about",
            "글의 대상",
            Type.CODE,
            "부서가 활동 하나를 두고 썼는지, 추진과제를 묶어 썼는지",
            may_be_empty=True,
            codes=(("activity", "활동"), ("initiative", "추진과제")),
        ),
        *(text_column(name, str(Update._meta.get_field(name).verbose_name)) for name in TEXTS),
    ),
    activity_rows,
)
MONEY_TABLE = DataTable(
    "budget",
    "예산 집행",
    "마감한 기간마다 활동의 계획 예산, 계약액, 집행액. 마감할 때 굳힌 값입니다.",
    (*IDENTITY, "lineage"),
    (*FIRST, lineage_column(), slug_column(), *MONEY_COLUMNS, text_column("source", "출처")),
    money_rows,
)
