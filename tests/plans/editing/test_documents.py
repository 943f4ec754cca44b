"""A plan's document imported in the browser: uploaded, previewed, saved."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gwonseon.size_limits import LARGEST_DOCUMENT
from gwonseon.uploads.models import Upload
from plans.documents.exporting import export_outline
from plans.documents.notes import SHIPPED
from plans.tree.models import Activity, Initiative, Plan
from plans.tree.writing import publish_plan
from tests.plans.documents.hangul_files import PASSWORD, file_of, flagged
from tests.plans.documents.test_import_plan import PLAN_2021

pytestmark = pytest.mark.django_db

PAGE = "/staff/plans/document/"
LINES = ["2031. 업무 계획", "1 안전 <도시>", "□ 목표", "○ 과제 : 순찰, 점검", "그냥 & 글"]


def send(client: Client, content: bytes, name: str = "plan.hwpx", **facts: Any) -> Any:
    """Upload a file for the plan of 2031 and follow to the preview."""
    data = {"year": "2031", "file": SimpleUploadedFile(name, content)} | facts
    return client.post(PAGE, data, follow=True)


def save(client: Client, preview: Any) -> Any:
    """Press 「작성 중인 계획에 저장」 on a preview."""
    address = preview.redirect_chain[-1][0]
    return client.post(address, {"seen": preview.context["stamp"]}, follow=True)


def test_a_hwpx_document_becomes_a_draft(planner: Client) -> None:
    assert PAGE in planner.get("/staff/plans/").text

    preview = send(planner, file_of(LINES))

    for words in (
        "HWPX 문서에서 읽은 2031년 계획입니다.",
        "안전 &lt;도시&gt;",
        "6행: 그냥 &amp; 글",
        "비전 0, 축 1, 목표 1, 추진과제 1, 활동 2",
        "글이 있는 5줄: 항목 3, 제목 1, 참고 0, 이어진 줄 0, 이해하지 못한 줄 1",
    ):
        assert words in preview.text
    assert not Plan.objects.exists()

    page = save(planner, preview)

    assert "문서를 작성 중인 계획에 반영했습니다." in page.text
    assert export_outline(Plan.objects.get(year=2031)).splitlines() == LINES
    assert not Upload.objects.exists()


def test_the_2021_plan_gets_its_notes_and_does_not_differ_from_its_text(planner: Client) -> None:
    lines = PLAN_2021.read_text(encoding="utf-8").split("\n")

    save(planner, send(planner, file_of(filter(None, lines), "hwp"), year="2021"))

    assert Initiative.objects.get(slug="crime-patrol").source_line == 50
    page = send(planner, (SHIPPED / "plan-2021.txt").read_bytes(), "plan.txt", year="2021")
    assert "저장된 계획과 다른 곳이 없습니다." in page.text
    assert not Upload.objects.exists()


def test_a_draft_is_changed_only_where_it_differs(planner: Client) -> None:
    save(planner, send(planner, file_of(LINES)))
    patrol = Activity.objects.get(title="순찰")
    changed = [line.replace("점검", "길거리 캠페인") for line in LINES]

    preview = send(planner, file_of(changed))
    assert "2곳이 바뀝니다." in preview.text
    assert "삭제  활동 「점검」" in preview.text
    save(planner, preview)

    titles = {one.pk: one.title for one in Activity.objects.all()}
    assert titles.pop(patrol.pk) == "순찰"
    assert [*titles.values()] == ["길거리 캠페인"]


def test_a_preview_that_is_out_of_date_must_be_checked_again(planner: Client) -> None:
    preview = send(planner, file_of(LINES))
    save(planner, send(planner, file_of(LINES[:4])))
    preview = send(planner, file_of([*LINES, "□ 새 목표"]))
    Activity.objects.filter(title="순찰").update(title="합동 순찰")

    page = save(planner, preview)

    assert "반영할 내용이 달라졌습니다" in page.text
    assert Activity.objects.filter(title="합동 순찰").exists()
    assert "합동 순찰" in page.text
    again = planner.post(page.redirect_chain[-1][0], {"seen": page.context["stamp"]})
    assert again.url == reverse("editing:tree", args=[2031])
    assert Activity.objects.filter(title="순찰").exists()


@pytest.mark.parametrize("added", ["나", "나, 다, 라"])
def test_a_preview_makes_the_same_number_of_queries_for_one_change_and_three(
    planner: Client, django_assert_num_queries: DjangoAssertNumQueries, added: str
) -> None:
    text = "1 안전\n□ 목표\n○ 과제 : 가"
    save(planner, send(planner, text.encode()))
    preview = send(planner, f"{text}, {added}".encode())
    assert f"{added.count(',') + 1}곳이 바뀝니다." in preview.text

    with django_assert_num_queries(11):
        planner.get(preview.redirect_chain[-1][0])


@pytest.mark.parametrize(
    ("content", "facts", "sentence"),
    [
        (flagged(file_of(LINES, "hwp"), PASSWORD), {}, "한글에서 암호를 풀고"),
        (b"%PDF-1.7", {}, "PDF 파일은 읽을 수 없습니다"),
        (file_of(["그냥 글"]), {}, "축이 하나도 없습니다"),
        (bytes(LARGEST_DOCUMENT + 1), {}, "15MB를 넘는"),
        (file_of(LINES), {"markers": "□ ○"}, "3개나 4개"),
        (file_of(LINES), {"markers": "○ □ -"}, "추진과제 「목표」 위에"),
        (file_of(LINES), {"year": "99"}, "1995"),
    ],
    ids=["locked", "PDF", "no pillar", "large", "two markers", "other markers", "year"],
)
def test_bad_input_gets_a_sentence_and_keeps_nothing(
    planner: Client, content: bytes, facts: dict[str, str], sentence: str
) -> None:
    page = send(planner, content, **facts)

    assert page.status_code == 200
    assert sentence in page.text
    assert not Upload.objects.exists()


def test_a_published_plan_is_refused_before_and_after_the_preview(planner: Client) -> None:
    save(planner, send(planner, file_of(LINES)))
    preview = send(planner, file_of([*LINES, "□ 새 목표"]))
    publish_plan(plan=Plan.objects.get(), by=None)

    assert "변경 절차" in save(planner, preview).text
    assert "변경 절차" in send(planner, file_of(LINES)).text
    assert len(export_outline(Plan.objects.get()).splitlines()) == len(LINES)
