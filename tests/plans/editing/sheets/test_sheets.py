import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import Dong
from gwonseon.office.roles import EDITOR, PLANNER, READER
from gwonseon.uploads.models import Upload
from plans.amendments.models import Amendment
from plans.documents.notes import SHIPPED
from plans.tree.choices import TargetOrigin
from plans.tree.models import Activity, Initiative, Plan
from tests.factories.office import DepartmentFactory, UserFactory, staff
from tests.factories.tree import ActivityFactory, publish
from tests.plans.editing.sheets.workbooks import cell, fill, taken, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity() -> Activity:
    plan = {"initiative__goal__pillar__plan__year": 2029}
    return ActivityFactory(title="순찰", slug="patrol", **plan)


@pytest.fixture
def imported() -> Plan:
    call_command("import_plan", str(SHIPPED / "plan-2021.txt"), "--year", "2021")
    return Plan.objects.get()


def write(client: Client, response: Any) -> Any:
    """Press 「모두 반영」 on the preview after an upload."""
    assert response.status_code == 302, response.context["problems"]
    return client.post(response.url, follow=True)


def test_an_untouched_workbook_changes_nothing(planner: Client, imported: Plan) -> None:
    response = upload(planner, imported, taken(planner, imported), follow=True)

    assert "표와 계획이 같습니다" in response.text
    assert not Upload.objects.exists()


def test_every_column_can_be_filled_in(planner: Client, activity: Activity) -> None:
    department, supporter = DepartmentFactory(), DepartmentFactory()
    person = UserFactory()
    dongs = Dong.objects.order_by("pk")[:2]
    book = taken(planner, activity.plan)
    quarters = {f"{quarter}분기 목표": 3 for quarter in range(1, 5)}
    fill(
        book,
        activity,
        제목="합동 순찰",
        내용="첫 줄\n둘째 줄",
        가중치=1.5,
        담당부서=department.name,
        담당자=f"{person.name} ({person.username})",
        협조부서=supporter.name,
        시작일=dt.date(2029, 3, 1),
        마감일="2029-11-30",
        단위="회",
        대상="청소년, 어르신",
        동=f"{dongs[1].name},{dongs[0].name}",
        **{"일의 종류": "순찰", "세는 것": "순찰 횟수", "연간 목표": 12, "계획 예산(원)": 12000000},
        **{"담당 전화": "031-000-0000"},
        **quarters,
    )

    preview = upload(planner, activity.plan, book, follow=True)
    assert "항목 1개에서 20칸이 바뀝니다" in preview.text
    activity.refresh_from_db()
    assert activity.title == "순찰"

    write(planner, upload(planner, activity.plan, book))
    activity.refresh_from_db()
    assert (activity.title, activity.text) == ("합동 순찰", "첫 줄\n둘째 줄")
    assert activity.weight == Decimal("1.5")
    assert (activity.department, activity.person) == (department, person)
    assert list(activity.supporters.all()) == [supporter]
    assert (activity.starts_on, activity.ends_on) == (dt.date(2029, 3, 1), dt.date(2029, 11, 30))
    assert (activity.kind, activity.counted, activity.unit) == ("patrol", "순찰 횟수", "회")
    assert (activity.target, activity.target_q4) == (12, 3)
    assert activity.target_origin == TargetOrigin.STAFF
    assert activity.budget == 12_000_000
    assert set(activity.audiences) == {"youth", "seniors"}
    assert set(activity.dongs.all()) == set(dongs)
    assert activity.version == 2
    assert not Upload.objects.exists()
    again = taken(planner, activity.plan)
    assert cell(again, activity, "담당부서").value == department.name
    assert "표와 계획이 같습니다" in upload(planner, activity.plan, again, follow=True).text


def test_a_published_plans_promises_go_into_one_amendment(client: Client) -> None:
    user = staff(PLANNER)
    client.force_login(user)
    first = ActivityFactory(title="순찰")
    second = ActivityFactory(title="점검", initiative=first.initiative)
    plan = publish(first.plan)
    book = taken(client, plan)
    fill(book, first, 제목="합동 순찰", **{"담당 전화": "031-000-0000"})
    fill(book, second, 단위="회", **{"연간 목표": 12})

    page = upload(client, plan, book, follow=True)
    assert page.text.count("변경안</span>") == 3
    response = write(client, upload(client, plan, book))

    amendment = Amendment.objects.get()
    assert response.redirect_chain[-1][0] == reverse(
        "amendments:amendment", args=[plan.year, amendment.pk]
    )
    assert amendment.requested_by == user
    assert set(amendment.changes.values_list("field", "after")) == {
        ("title", "합동 순찰"),
        ("unit", "회"),
        ("target", "12.00"),
    }
    first.refresh_from_db()
    assert (first.title, first.phone) == ("순찰", "031-000-0000")


def test_text_that_looks_like_a_formula_stays_text(planner: Client, activity: Activity) -> None:
    hostile = '=HYPERLINK("http://127.0.0.1","눌러")'
    Activity.objects.update(title=hostile, text="+1\n@SUM(A1)\n-2 _x0041_", counted="0012")
    book = taken(planner, activity.plan)

    assert (cell(book, activity, "제목").value, cell(book, activity, "제목").data_type) == (
        hostile,
        "s",
    )
    assert cell(book, activity, "제목").hyperlink is None
    assert cell(book, activity, "세는 것").value == "0012"


def test_a_formula_is_refused_with_its_cell(planner: Client, activity: Activity) -> None:
    book = taken(planner, activity.plan)
    fill(book, activity, 제목="=A1")
    place = f"활동!{cell(book, activity, '제목').coordinate}"

    response = upload(planner, activity.plan, book)

    assert [one.place for one in response.context["problems"]] == [place]
    assert "수식이나 그 오류가 있습니다. 값을 적으세요." in response.text
    assert place in response.text


@pytest.mark.parametrize(
    ("values", "column", "sentence"),
    [
        ({"담당부서": "없는 부서"}, "담당부서", "「없는 부서」은(는) 없는 이름입니다."),
        ({"연간 목표": "열둘", "단위": "회"}, "연간 목표", "「열둘」을(를) 수로"),
        ({"연간 목표": 12}, "단위", "목표를 세는 단위를 적어 주세요"),
        ({"시작일": "봄"}, "시작일", "「봄」을(를) 날짜로"),
        ({"제목": None}, "제목", "제목을 적어"),
        ({"제목": "가" * 501}, "제목", "500"),
        ({"내용": "\u202e뒤집기"}, "내용", "U+202E"),
        ({"1분기 목표": 3}, "2분기 목표", "네 분기를 모두"),
        ({"대상": "청소년, 외계인"}, "대상", "「외계인」은(는) 없는 이름입니다."),
        ({"바로잡은 제목": "고침"}, "바로잡은 제목", "적을 수 없는 칸"),
        ({"윗단계": "다른 과제"}, "윗단계", "「옮기기」를 쓰세요"),
        ({"판": 7, "제목": "고침"}, "판", "표를 받은 뒤 바뀐 항목입니다"),
        ({"주소": "1999/patrol"}, "주소", "년 계획의 주소가 아닙니다"),
        ({"주소": None}, "주소", "이 계획에 없거나 끝난 항목입니다"),
    ],
)
def test_each_wrong_cell_gets_its_sentence(
    planner: Client, activity: Activity, values: dict[str, Any], column: str, sentence: str
) -> None:
    book = taken(planner, activity.plan)
    place = f"활동!{cell(book, activity, column).coordinate}"
    fill(book, activity, **{key: value for key, value in values.items() if key != "주소"})
    if "주소" in values:
        cell(book, activity, "주소").value = values["주소"]

    response = upload(planner, activity.plan, book)

    problems = response.context["problems"]
    assert [one.place for one in problems] == [place]
    assert sentence in problems[0].sentence
    assert not Upload.objects.exists()
    assert Activity.objects.get().title == "순찰"


def test_one_wrong_cell_blocks_the_whole_upload(planner: Client, activity: Activity) -> None:
    book = taken(planner, activity.plan)
    fill(book, activity.initiative, 제목="고친 과제")
    fill(book, activity, 시작일="봄")

    response = upload(planner, activity.plan, book)

    assert "고칠 칸이 1곳 있습니다" in response.text
    assert not Upload.objects.exists()
    assert not Initiative.objects.filter(title="고친 과제").exists()


def test_columns_can_be_left_out_or_reordered(planner: Client, activity: Activity) -> None:
    book = taken(planner, activity.plan)
    fill(book, activity, 단위="회", 제목="고침")
    sheet = book["활동"]
    headers = [one.value for one in sheet[1]]
    sheet.delete_cols(headers.index("제목") + 1)
    sheet.move_range(f"A1:A{sheet.max_row}", cols=40)

    write(planner, upload(planner, activity.plan, book))

    activity.refresh_from_db()
    assert (activity.title, activity.unit) == ("순찰", "회")


def test_a_row_twice_is_refused(planner: Client, activity: Activity) -> None:
    book = taken(planner, activity.plan)
    sheet = book["활동"]
    sheet.append([one.value for one in sheet[2]])

    response = upload(planner, activity.plan, book)

    assert "같은 항목이 두 번 있습니다" in response.text


def test_missing_rows_leave_their_nodes_unchanged(planner: Client, activity: Activity) -> None:
    other = ActivityFactory(initiative=activity.initiative)
    book = taken(planner, activity.plan)
    book["활동"].delete_rows(cell(book, other, "제목").row)
    fill(book, activity, 제목="고침")

    write(planner, upload(planner, activity.plan, book))

    other.refresh_from_db()
    assert (other.version, other.retired_on) == (1, None)


def test_a_department_changes_its_own_items_only(client: Client, activity: Activity) -> None:
    department = DepartmentFactory()
    client.force_login(staff(EDITOR, department=department))
    mine = ActivityFactory(initiative=activity.initiative, department=department)
    book = taken(client, activity.plan)
    fill(book, activity, 제목="남의 것")
    fill(book, mine, 제목="내 것")

    response = upload(client, activity.plan, book)

    (problem,) = response.context["problems"]
    assert problem.sentence.startswith("고칠 권한이 없는 항목입니다")
    fill(book, activity, 제목="순찰")
    write(client, upload(client, activity.plan, book))
    assert set(Activity.objects.values_list("title", flat=True)) == {"순찰", "내 것"}


def test_a_stranger_sees_no_draft(client: Client, activity: Activity) -> None:
    client.force_login(staff())
    year = [activity.plan.year]

    assert client.get(reverse("editing:sheet", args=year)).status_code == 404
    assert client.get(reverse("editing:sheet_file", args=year)).status_code == 404


def test_a_reader_downloads_the_workbook_but_cannot_upload(
    client: Client, activity: Activity
) -> None:
    client.force_login(staff(READER))
    book = taken(client, activity.plan)
    fill(book, activity, 제목="고침")

    response = upload(client, activity.plan, book)

    assert "고칠 권한이 없는 항목입니다" in response.text


def test_another_users_upload_is_not_found(client: Client, activity: Activity) -> None:
    author, other = staff(PLANNER), staff(PLANNER)
    client.force_login(author)
    book = taken(client, activity.plan)
    fill(book, activity, 제목="고침")
    address = upload(client, activity.plan, book).url
    client.force_login(other)

    assert "더 새로 올린 것이 있습니다" in client.get(address, follow=True).text
    assert "더 새로 올린 것이 있습니다" in client.post(address, follow=True).text
    assert Activity.objects.get().title == "순찰"


def test_an_older_preview_does_not_write_a_newer_upload(
    planner: Client, activity: Activity
) -> None:
    book = taken(planner, activity.plan)
    fill(book, activity, 제목="먼저")
    first = upload(planner, activity.plan, book).url
    fill(book, activity, 제목="나중")
    second = upload(planner, activity.plan, book).url

    assert "다시 올려 주세요" in planner.post(first, follow=True).text
    assert "모두 반영했습니다" in planner.post(second, follow=True).text
    assert Activity.objects.get().title == "나중"


def test_nothing_is_written_if_one_node_changed_meanwhile(
    planner: Client, activity: Activity
) -> None:
    book = taken(planner, activity.plan)
    fill(book, activity, 제목="고침")
    fill(book, activity.initiative, 제목="고친 과제")
    address = upload(planner, activity.plan, book).url
    Initiative.objects.update(title="다른 사람이 고침", version=2)

    response = planner.post(address, follow=True)

    assert "아무것도 반영하지 않았습니다" in response.text
    assert Activity.objects.get().title == "순찰"


def test_a_plan_published_meanwhile_asks_for_a_new_preview(
    planner: Client, activity: Activity
) -> None:
    book = taken(planner, activity.plan)
    fill(book, activity, 제목="고침")
    address = upload(planner, activity.plan, book).url
    publish(activity.plan)

    assert "계획이 공개되었습니다" in planner.post(address, follow=True).text
    assert not Amendment.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_cost_the_same_for_any_number_of_rows(
    planner: Client,
    activity: Activity,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    activities = [
        activity,
        *ActivityFactory.create_batch(rows - 1, initiative=activity.initiative),
    ]
    book = taken(planner, activity.plan)
    for number, one in enumerate(activities):
        fill(book, one, 제목=f"고침 {number}")
    address = upload(planner, activity.plan, book).url

    with django_assert_num_queries(7):
        planner.get(address)
    with django_assert_num_queries(14):
        taken(planner, activity.plan)
