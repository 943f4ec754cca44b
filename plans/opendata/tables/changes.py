"""The table of what amendments changed, without who asked and who decided."""

import json
from collections.abc import Iterator, Mapping

from plans.amendments.models import Amendment, Change, Level
from plans.amendments.promised_fields import PROMISES
from plans.opendata.tables.declaring import (
    DataColumn,
    DataTable,
    Row,
    Type,
    choices,
    lineage_column,
    year_column,
)
from plans.opendata.tables.nodes import department_names
from plans.tree.access import LEVELS
from plans.tree.models import Plan

DEPARTMENT = "department_id"


def change_rows() -> Iterator[Row]:
    """Yield each change of a published plan by an applied amendment (2 queries)."""
    departments = {str(key): name for key, name in department_names().items()}
    rows = Change.objects.with_first().filter(
        amendment__plan__status=Plan.Status.PUBLISHED, amendment__state=Amendment.State.APPLIED
    )
    ordered = rows.select_related("amendment__plan").order_by(
        "amendment__plan__year", "amendment__decided_at", "amendment", "pk"
    )
    for one in ordered.iterator():
        amendment = one.amendment
        yield (
            amendment.plan.year,
            amendment.pk,
            amendment.decided_on,
            amendment.effective_on,
            amendment.reason,
            amendment.ground,
            amendment.effective_reason,
            one.level,
            str(one.lineage),
            one.title,
            one.field.removesuffix("_id"),
            told(one, one.before, departments),
            content_of(one, departments) if one.content else told(one, one.after, departments),
            one.is_first,
        )


def told(change: Change, value: str | None, departments: Mapping[str, str]) -> str:
    """Return a stored value as text: a department by its name, another as it is stored."""
    if change.field == DEPARTMENT:
        return departments.get(value or "", "")
    return value or ""


def content_of(change: Change, departments: Mapping[str, str]) -> str:
    """Return what an added item promised, as JSON."""
    content = change.content
    found = {name: content.get(name) for name in PROMISES[LEVELS[change.level]]}
    if DEPARTMENT in found:
        found["department"] = departments.get(found.pop(DEPARTMENT) or "", "")
    found["parent"] = content["parent"]
    return json.dumps(found, ensure_ascii=False, sort_keys=True)


AMENDMENTS = DataTable(
    "amendments",
    "계획의 변경",
    "공개한 뒤에 반영된 변경이 항목의 어느 칸을 무엇에서 무엇으로 바꾸었는지",
    ("amendment", "lineage", "field"),
    (
        year_column(),
        DataColumn("amendment", "변경 번호", Type.INTEGER),
        DataColumn("decided_on", "결정일", Type.DATE),
        DataColumn("effective_on", "시행일", Type.DATE, "이날부터 바뀐 것으로 봅니다."),
        DataColumn("reason", "변경 사유"),
        DataColumn("ground", "근거"),
        DataColumn("effective_reason", "소급 사유", may_be_empty=True),
        DataColumn("level", "단계", Type.CODE, codes=choices(Level.choices)),
        lineage_column("항목"),
        DataColumn("title", "항목", about="변경할 때의 제목"),
        DataColumn(
            "field",
            "칸",
            Type.CODE,
            "바뀐 칸의 이름. 새 항목은 addition, 다른 자리로 옮기면 parent, 끝나면 retired_on",
        ),
        DataColumn("before", "이전", may_be_empty=True),
        DataColumn("after", "이후", about="새 항목은 그 내용(JSON)", may_be_empty=True),
        DataColumn("is_first", "처음 정함", Type.FLAG, "비어 있던 칸을 채웠으면 참"),
    ),
    change_rows,
)
