"""Staff's and residents' pages of reports, and the command."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from gwonseon.office.models import User
from plans.reports.exports.models import Export
from plans.reports.requests import Format, ReportKind
from plans.tracking.closing.models import Closing

CHOOSE = "/staff/reports/"


@pytest.fixture
def planner(client: Client, closings: list[Closing], settings: Settings, tmp_path: Path) -> Client:
    settings.MEDIA_ROOT = tmp_path
    client.force_login(User.objects.get(username="demo-planner"))
    return client


def chosen(**facts: object) -> dict[str, object]:
    return {"year": "2021", "kind": "progress", "parts": ["texts", "budget"]} | facts


def test_a_report_is_read_and_taken_in_every_format(
    planner: Client, closings: list[Closing]
) -> None:
    data = chosen(closing=closings[-1].pk, compared="period")
    page = planner.get(CHOOSE, data)
    form = page.context["download"]
    assert "2021년 2분기 추진실적 보고" in page.text

    for ending in Format.values:
        sent = data | {"format": ending, "token": form.initial["token"]}
        answer = planner.post(form.helper.form_action, sent, follow=True)
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content)
        export = Export.objects.latest("pk")
        assert export.format == ending
        assert export.snapshot_digest == closings[-1].digest
        assert export.seen_at


@pytest.mark.parametrize("kind", [one for one in ReportKind.values if one != "evidence"])
def test_each_kind_is_read_on_the_page(planner: Client, kind: str, closings: list[Closing]) -> None:
    for data in (chosen(kind=kind), chosen(kind=kind, closing=closings[-1].pk)):
        page = planner.get(CHOOSE, data)
        assert page.context["document"], page.context["form"].errors


def test_a_wrong_choice_gets_a_sentence(planner: Client, closings: list[Closing]) -> None:
    both = planner.get(CHOOSE, chosen(closing=closings[-1].pk, on="2021-05-01"))
    scope = planner.get(CHOOSE, chosen(kind="amendments", scope="dong:세류1동"))
    day = planner.get(CHOOSE, chosen(on="2022-01-01"))
    odd = planner.get(CHOOSE, {"year": "x", "kind": "x", "closing": "x", "parts": "x", "won": "x"})

    assert "마감본과 기준일 가운데 하나만 골라 주세요." in both.text
    assert "의 범위는 계획 전체, 축 가운데에서 골라 주세요." in scope.text
    assert "2021년 1월 1일부터" in day.text
    assert odd.status_code == 200


def test_a_file_is_given_to_who_asked_for_it_alone(planner: Client) -> None:
    token = planner.get(CHOOSE, chosen()).context["download"].initial["token"]
    planner.post(reverse("reports:make"), chosen(format="csv", token=token))
    export = Export.objects.get()
    other = Client()
    other.force_login(User.objects.get(username="demo-head"))

    for name in ("export", "file"):
        assert other.get(reverse(f"reports:{name}", args=[export.pk])).status_code == 404
    assert other.post(reverse("reports:stop", args=[export.pk])).status_code == 404
    admin = Client()
    admin.force_login(User.objects.get(username="demo-admin"))
    assert export.title in admin.get(reverse("reports:exports")).text
    assert export.title not in other.get(reverse("reports:exports")).text


def test_a_long_report_is_waited_for_and_can_be_stopped(planner: Client) -> None:
    token = planner.get(CHOOSE, chosen()).context["download"].initial["token"]
    sent = chosen(kind="evidence", format="xlsx", token=token)
    answer = planner.post(reverse("reports:make"), sent, follow=True)
    export = Export.objects.get()

    assert "data-refresh" in answer.text
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in answer.text
    assert "다 되면 이 화면에 내려받기가 나옵니다." in answer.text
    stopped = planner.post(reverse("reports:stop", args=[export.pk]), follow=True)
    assert "그만두었습니다." in stopped.text
    assert "data-refresh" not in stopped.text


def test_residents_take_closed_periods_and_the_plan(
    client: Client, closings: list[Closing]
) -> None:
    page = client.get("/2021/periods/2/")
    for kind, files in page.context["reports"]:
        for _label, address in files:
            assert client.get(address).status_code == 200, kind
    for _label, address in client.get("/2021/plan/").context["files"]:
        assert client.get(address).status_code == 200
    first = client.get("/2021/periods/2/progress.csv")
    assert first.content == client.get("/2021/periods/2/progress.csv").content
    assert client.get("/2021/periods/2/progress.csv?x=1").status_code == 302
    for missing in ("periods/2/evidence.csv", "periods/3/progress.csv", "plan.exe"):
        assert client.get(f"/2021/{missing}").status_code == 404


def test_the_command_writes_the_same_file(
    client: Client, closings: list[Closing], tmp_path: Path
) -> None:
    path = tmp_path / "보고서.csv"
    asked = {"year": 2021, "format": "csv", "output": str(path)}
    call_command("export_report", period="2021Q2", scope="safety", **asked)

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    for wrong, sentence in (
        ({"period": "2021Q4"}, "아직 마감하지 않았습니다"),
        ({"period": "2020Q1"}, "2021Q1처럼 적으세요"),
        ({"scope": "moon:1"}, "콜론으로 적으세요"),
        ({"scope": "moon"}, "다른 범위를 고르세요"),
        ({"on": "2022-01-01"}, "까지의 날을 적으세요"),
        ({"on": "2021-02-01", "period": "2021Q1"}, "하나만 적으세요"),
        ({"output": "/없는/곳/가.csv"}, "폴더가 없습니다"),
    ):
        with pytest.raises(CommandError, match=sentence):
            call_command("export_report", **asked | wrong)
