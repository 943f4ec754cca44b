import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from plans.documents.exporting import export_outline
from plans.documents.notes import SHIPPED
from plans.management.commands.import_plan import Command
from plans.tree.choices import TargetOrigin
from plans.tree.models import QUARTERS, Activity, Goal, Initiative, Pillar, Plan
from plans.tree.writing import publish_plan
from tests.engines import PHONE_KEYS

PLAN_2021 = SHIPPED / "plan-2021.txt"
TEXT = "2031. 업무 계획\n1 축\n□ 목표\n○ 과제 : 가, 나\n그냥 글\n"

Run = Callable[..., str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run_command(*arguments: str | Path) -> str:
        capsys.readouterr()
        call_command("import_plan", *map(str, arguments))
        return capsys.readouterr().out

    return run_command


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_2021_plan_is_imported_whole(db: None, run: Run) -> None:
    output = run(PLAN_2021, "--year", "2021")

    counts = [level.objects.count() for level in (Plan, Pillar, Goal, Initiative, Activity)]
    assert counts == [1, 4, 12, 28, 57]
    assert Plan.objects.get().vision == "수원의 미래, 함께하는 권선"
    assert output.splitlines()[-2:] == [
        "비전 1, 축 4, 목표 12, 추진과제 28, 활동 57",
        "글이 있는 70줄: 항목 66, 제목 4, 참고 0, 이어진 줄 0, 이해하지 못한 줄 0",
    ]
    patrol = Initiative.objects.get(slug="crime-patrol")
    assert (patrol.source_line, patrol.source_lead) == (50, "- ▶ ")
    assert patrol.source_text == "방법 순찰대 운영 및 캠페인 추진"
    assert patrol.shown_title == "방범 순찰대 운영 및 캠페인 추진"
    welfare = Pillar.objects.get(code="welfare")
    assert (welfare.title, welfare.vision_title) == ("배려하는 나눔도시", "함께하는 나눔도시")
    assert (welfare.source_line, welfare.vision_line) == (59, 21)


def test_the_target_stated_in_the_document_has_that_origin(db: None, run: Run) -> None:
    run(PLAN_2021, "--year", "2021")

    activity = Activity.objects.exclude(target=None).get()
    assert activity.slug == "self-reliance-counselling"
    assert (activity.target, activity.unit) == (12, "회")
    assert activity.counted == "찾아가는 자활상담 횟수"
    assert (activity.target_origin, activity.target_set_by) == (TargetOrigin.DOCUMENT, None)


def test_the_documents_target_wins_over_one_that_staff_set(db: None, run: Run) -> None:
    run(PLAN_2021, "--year", "2021")
    quarters = dict.fromkeys(QUARTERS, 6)
    counselling = Activity.objects.filter(slug="self-reliance-counselling")
    counselling.update(target=24, target_origin=TargetOrigin.STAFF, **quarters)

    assert "연간 목표 「24.00」 → 「12」" in run(PLAN_2021, "--year", "2021")
    run(PLAN_2021, "--year", "2021", "--apply")

    activity = counselling.get()
    assert (activity.target, activity.target_q1) == (12, None)
    assert activity.target_origin == TargetOrigin.DOCUMENT
    assert activity.version == 2


def test_a_second_import_shows_the_difference_and_changes_nothing_without_apply(
    db: None, run: Run, small: Path
) -> None:
    run(small, "--year", "2031")
    small.write_text(TEXT.replace("가, 나", "가, 다"), encoding="utf-8")

    output = run(small, "--year", "2031")

    assert "추가  활동 「다」 (4행)" in output
    assert "삭제  활동 「나」" in output
    assert "2곳이 다릅니다. 반영하려면 --apply" in output
    assert set(Activity.objects.values_list("title", flat=True)) == {"가", "나"}

    assert "2곳을 바꾸었습니다." in run(small, "--year", "2031", "--apply")
    assert set(Activity.objects.values_list("title", flat=True)) == {"가", "다"}
    assert "저장된 계획과 다른 곳이 없습니다." in run(small, "--year", "2031")


def test_the_export_is_the_document_and_imports_without_a_difference(
    db: None, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(PLAN_2021, "--year", "2021")

    call_command("export_plan", "--year", "2021")

    exported = capsys.readouterr().out
    lines = PLAN_2021.read_text(encoding="utf-8").splitlines()
    assert exported.splitlines() == [line for line in lines if line.strip()]
    copy = tmp_path / "copy.txt"
    copy.write_text(exported, encoding="utf-8")
    assert "저장된 계획과 다른 곳이 없습니다." in run(copy, "--year", "2021")


def test_an_edited_title_changes_only_its_line_in_the_export(
    db: None, run: Run, tmp_path: Path
) -> None:
    run(PLAN_2021, "--year", "2021")
    plan = Plan.objects.get()
    before = export_outline(plan).splitlines()
    Activity.objects.filter(slug="youth-study-room").update(title="청소년 공부방, 독서실 운영")

    after = export_outline(plan).splitlines()

    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [
        "- ▶ 청소년의 건강한 성장환경 조성 : 문화체험 프로그램 및 청소년 공부방, 독서실 운영"
    ]
    copy = tmp_path / "copy.txt"
    copy.write_text("\n".join(after), encoding="utf-8")
    assert "저장된 계획과 다른 곳이 없습니다." in run(copy, "--year", "2021")


def test_dry_run_prints_the_tree_and_writes_nothing(db: None, run: Run, small: Path) -> None:
    output = run(small, "--dry-run")

    assert output.splitlines() == [
        "    2  축",
        "    3      목표",
        "    4          과제",
        "    4              가",
        "    4              나",
        "5행을 이해하지 못했습니다: 그냥 글",
        "비전 0, 축 1, 목표 1, 추진과제 1, 활동 2",
        "글이 있는 5줄: 항목 3, 제목 1, 참고 0, 이어진 줄 0, 이해하지 못한 줄 1",
    ]
    assert not Plan.objects.exists()


def manage(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own that cannot reach any service."""
    nowhere = {"DATABASE_URL": "postgresql://127.0.0.1:1/none", "SECRET_KEY": "tests only"}
    nowhere |= PHONE_KEYS
    return subprocess.run(
        [sys.executable, "manage.py", "import_plan", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **nowhere},
    )


def test_dry_run_as_json_needs_no_service_and_prints_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(TEXT.encode("cp949"))

    done = manage(path, "--year", "2031", "--markers", "□ ○ -", "--dry-run", "--json")

    assert done.returncode == 0
    assert "CP949" in done.stderr
    assert json.loads(done.stdout) == {
        "vision": None,
        "pillars": [
            {
                "title": "축",
                "goals": [
                    {
                        "title": "목표",
                        "initiatives": [
                            {"title": "과제", "activities": [{"title": "가"}, {"title": "나"}]}
                        ],
                    }
                ],
            }
        ],
        "counts": {
            "pillars": 1,
            "goals": 1,
            "initiatives": 1,
            "activities": 2,
            "lines": 5,
            "not_understood": 1,
        },
        "not_understood": [{"line": 5, "text": "그냥 글"}],
    }


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("없는.txt", "--dry-run"), "없는.txt 파일이 없습니다"),
        ((PLAN_2021,), "--year로 계획의 연도"),
        ((PLAN_2021, "--year", "99"), "1995부터 2100"),
        ((PLAN_2021, "--year", "올해"), "--year"),
        ((PLAN_2021, "--year", "2021", "--json"), "--dry-run과 함께"),
        ((PLAN_2021, "--dry-run", "--apply"), "하나만"),
        ((PLAN_2021, "--dry-run", "--markers", "□"), "3개나 4개"),
        (("docs/pictures/home.png", "--dry-run"), "HWPX나 HWP"),
    ],
)
def test_wrong_arguments_give_one_line_and_status_2(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str | Path, ...], sentence: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(["manage.py", "import_plan", *map(str, arguments)])

    assert ended.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert sentence in said.err
    assert len(said.err.strip().splitlines()) == 1


def test_without_a_database_one_line_names_make_run() -> None:
    done = manage(PLAN_2021, "--year", "2021")

    assert (done.returncode, done.stdout) == (2, "")
    assert "make run" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1 축\n○ 과제\n", "2행의 추진과제"),
        ("1 축\n□ 목표\n○ 과제 : 가, 가\n", "3행의 활동 「가」"),
        ("", "비어 있습니다"),
    ],
)
def test_a_bad_document_leaves_the_draft_as_it_was(
    db: None, run: Run, small: Path, text: str, sentence: str
) -> None:
    run(small, "--year", "2031")
    before = export_outline(Plan.objects.get())
    small.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match=sentence):
        run(small, "--year", "2031", "--apply")

    assert export_outline(Plan.objects.get()) == before


def test_a_published_year_is_refused_with_the_way_to_amend(db: None, run: Run, small: Path) -> None:
    run(small, "--year", "2031")
    publish_plan(plan=Plan.objects.get(), by=None)

    with pytest.raises(CommandError, match="변경 절차"):
        run(small, "--year", "2031", "--apply")


def test_a_heading_of_another_year_is_named(
    db: None, small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_plan", str(small), "--year", "2032")

    assert "문서의 제목은 2031년인데 2032년" in capsys.readouterr().err


def test_exporting_a_year_without_a_plan_says_how_to_get_one(db: None) -> None:
    with pytest.raises(CommandError, match=r"2050년 계획이 없습니다.*import_plan"):
        call_command("export_plan", "--year", "2050")
