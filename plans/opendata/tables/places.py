"""The table of facilities."""

from collections.abc import Iterator

from plans.facilities.models import Facility, FacilityKind
from plans.opendata.tables.declaring import DataColumn, DataTable, Row, Type


def facility_rows() -> Iterator[Row]:
    """Yield all facilities (1 query)."""
    rows = Facility.objects.select_related("dong").order_by("pk")
    for one in rows.iterator():
        kinds = " ".join(one.kinds)
        yield (
            one.pk,
            one.name,
            kinds,
            one.dong.name,
            one.address,
            one.capacity,
            one.closed_on,
        )


KINDS = ", ".join(f"{value}({label})" for value, label in FacilityKind.choices)
FACILITIES = DataTable(
    "facilities",
    "시설",
    "구가 돌보고 점검하는 시설",
    ("facility",),
    (
        DataColumn("facility", "시설 번호", Type.INTEGER),
        DataColumn("name", "이름"),
        DataColumn("kinds", "종류", Type.CODE, f"빈칸으로 나눈 부호: {KINDS}"),
        DataColumn("dong", "동"),
        DataColumn("address", "주소", may_be_empty=True),
        DataColumn("capacity", "정원", Type.INTEGER, unit="명", may_be_empty=True),
        DataColumn("closed_on", "폐쇄일", Type.DATE, may_be_empty=True),
    ),
    facility_rows,
)
