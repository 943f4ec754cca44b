import hwpforge
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.documents.exporting import DocumentLine, Piece, document_lines, export_outline
from plans.documents.notes import SHIPPED
from plans.reports.characters import clean
from plans.reports.formats.hwpx.plan import plan_hwpx
from plans.tree.models import Plan
from plans.tree.queries import read_tree
from tests.plans.reports.hwpx_files import check, paragraphs, paragraphs_by_hwpforge

KINDS = ("heading", "vision", "pillar", "goal", "initiative", "activity", "note", "not_understood")
TEXTS = st.text(st.characters(exclude_categories=[]) | st.sampled_from("\t\n □▶○ㆍ&<"), max_size=30)


def line(kind: str, lead: str, text: str) -> DocumentLine:
    return DocumentLine(1, kind, [Piece(lead, text, text)])


def written(lines: list[DocumentLine]) -> bytes:
    return plan_hwpx(lines, title="2021년 구정 계획", office="수원시 권선구")


def test_the_2021_plan_is_written_line_by_line_with_its_outline(db: None) -> None:
    call_command("import_plan", str(SHIPPED / "plan-2021.txt"), "--year", "2021")
    plan = Plan.objects.get()

    content = written(document_lines(read_tree(plan)))

    check(content)
    assert content == written(document_lines(read_tree(plan)))
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


@settings(max_examples=15, deadline=None)
@given(st.lists(st.builds(line, st.sampled_from(KINDS), TEXTS, TEXTS), max_size=8))
def test_any_line_is_read_back(lines: list[DocumentLine]) -> None:
    content = written(lines)
    check(content)
    expected = [text for one in lines for text in clean(one.text).split("\n")] or [""]
    assert paragraphs(content) == expected
    assert paragraphs_by_hwpforge(content) == expected
