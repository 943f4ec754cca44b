from io import StringIO
from pathlib import Path

import hwpforge
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.documents.exporting import export_outline
from plans.documents.notes import SHIPPED
from plans.documents.reading import read_document
from plans.reports.building import build
from plans.reports.characters import clean
from plans.reports.document import PlanLine
from plans.reports.formats.hwpx import hwpx_of
from plans.reports.formats.hwpx.plan import plan_hwpx
from plans.reports.formats.txt import txt_of
from plans.reports.requests import ReportKind, ReportRequest
from plans.tree.models import Plan
from tests.plans.reports.hwpx_files import check, paragraphs, paragraphs_by_hwpforge

KINDS = ("heading", "vision", "pillar", "goal", "initiative", "activity", "note", "not_understood")
TEXTS = st.text(st.characters(exclude_categories=[]) | st.sampled_from("\t\n □▶○ㆍ&<"), max_size=30)


def line(kind: str, lead: str, text: str) -> PlanLine:
    return PlanLine(kind, lead + text, lead)


def written(lines: list[PlanLine]) -> bytes:
    return plan_hwpx(lines, title="2021년 구정 계획", office="수원시 권선구")


def test_the_2021_plan_is_written_line_by_line_with_its_outline(db: None) -> None:
    call_command("import_plan", str(SHIPPED / "plan-2021.txt"), "--year", "2021")
    plan = Plan.objects.get()

    document = build(ReportRequest(ReportKind.PLAN, plan, on=plan.first_day))

    content = written(list(document.lines))

    check(content)
    assert content == written(list(document.lines))
    expected = export_outline(plan)
    assert "".join(f"{one}\n" for one in paragraphs(content)) == expected
    assert "".join(f"{one}\n" for one in paragraphs_by_hwpforge(content)) == expected
    found = hwpforge.Document.from_bytes(content).outline()["outline"]
    assert found["title"] == "2021년 구정 계획"
    levels = [(one["level"], one["text"]) for one in found["headings"]]
    assert levels[4:6] == [
        (2, "1 믿음주는 안전 도시"),
        (3, "□ 현장중심 안전도시를 위한 위기관리시스템 구축"),
    ]
    assert [level for level, _text in levels].count(3) == 12


def test_the_made_files_import_back_without_a_difference(db: None, tmp_path: Path) -> None:
    call_command("import_plan", str(SHIPPED / "plan-2021.txt"), "--year", "2021")
    plan = Plan.objects.get()
    document = build(ReportRequest(ReportKind.PLAN, plan, on=plan.first_day))
    outline = export_outline(plan)

    for name, make in (("plan.hwpx", hwpx_of), ("plan.txt", txt_of)):
        file = tmp_path / name
        file.write_bytes(make(document))
        printed = StringIO()
        call_command("import_plan", str(file), "--year", "2021", stdout=printed)
        assert "저장된 계획과 다른 곳이 없습니다." in printed.getvalue()
        assert read_document(file).lines[: outline.count("\n")] == outline.splitlines()


@settings(max_examples=15, deadline=None)
@given(st.lists(st.builds(line, st.sampled_from(KINDS), TEXTS, TEXTS), max_size=8))
def test_any_line_is_read_back(lines: list[PlanLine]) -> None:
    content = written(lines)
    check(content)
    expected = [text for one in lines for text in clean(one.text).split("\n")] or [""]
    assert paragraphs(content) == expected
    assert paragraphs_by_hwpforge(content) == expected
