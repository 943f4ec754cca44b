"""Documents that have one of everything, for the tests of the formats."""

from datetime import date
from decimal import Decimal

from plans.reports.document import (
    Bullet,
    Cell,
    CellKind,
    Chart,
    Column,
    Document,
    Heading,
    Paragraph,
    Row,
    Table,
)

ODD = "=1+1 & <b> \"'@ ㎡ ㎍/㎥ ① 「권선」 權善區 ❍ ► ☑ 🙂 한"

COLUMNS = [
    Column("축", width=12),
    Column("추진과제", width=30),
    Column("목표", CellKind.NUMBER, 10, "연간"),
    Column("누계", CellKind.NUMBER, 10, "연간"),
    Column("달성률(%)", CellKind.PERCENT, 8, "연간", has_bars=True),
    Column("예산(천원)", CellKind.NUMBER, 12),
    Column("기한", CellKind.DAY, 12),
]


def summary(rows: int = 3) -> Table:
    """Return a table with a merged head, a merged first column, and every kind of cell."""
    found = [
        Row(
            [
                Cell("안전", rows=rows) if number == 0 else None,
                Cell(f"{number + 1}번째 과제 {ODD}"),
                Cell(1200 + number) if number else Cell(None, "목표 미설정"),
                Cell(Decimal("975.5")),
                Cell(Decimal("81.3")) if number else Cell(None, "공개하지 않음"),
                Cell(12_345_678),
                Cell(date(2021, 12, 31)),
            ]
        )
        for number in range(rows)
    ]
    total = Row([Cell("계"), *(Cell("") for _one in range(5)), Cell(None)], is_strong=True)
    return Table("요약", "추진과제별 추진현황", COLUMNS, [*found, total], "단위: 천원, 반올림")


def document(rows: int = 3) -> Document:
    """Return a small report."""
    table = summary(rows)
    return Document(
        title="2021년 1분기 추진실적 보고",
        subtitle="2021년 1분기 마감본(제1판)",
        office="수원시 권선구",
        source="마감본 지문(SHA-256): " + "ab" * 32,
        blocks=[
            Heading("총괄"),
            Paragraph("권선구의 2021년 계획이 1분기에 얼마나 이루어졌는지 적었습니다."),
            table,
            Chart(
                "축별 달성률",
                [("안전", Decimal("81.3")), ("복지", Decimal(40))],
                "축별 달성률: 안전 81.3%, 복지 40%",
            ),
            Heading("안전도시", 2),
            Bullet("재난에 강한 안전도시", 0),
            Bullet(f"침수지역 순찰을 하였습니다. {ODD}", 1),
            Bullet("추진실적: 여러 줄로 쓴\n글입니다.", 2),
            Bullet("참고: 예시 자료입니다.", 3),
        ],
        sheets=[table],
    )
