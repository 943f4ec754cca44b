"""The main tasks with a plan, from one user to the next, with the keyboard alone.

Each page that a key opens is checked with axe.
"""

from io import BytesIO

from openpyxl import load_workbook
from playwright.sync_api import expect

from gwonseon.office.models import User
from plans.tree.models import Activity, Goal, Initiative
from tests.browser.conftest import SitDown
from tests.browser.keyboard import Keyboard
from tests.factories.office import UserFactory
from tests.plans.editing.sheets.workbooks import fill, saved


def copy_to_2022(planner: Keyboard) -> None:
    """Copy the plan to 2022 as a draft, without one initiative and with another vision."""
    planner.follow("계획")
    planner.follow("2021년 계획")
    planner.follow("내년 계획 만들기")
    planner.tick("사랑의 봉사단 운영")
    planner.press("새 계획 만들기")
    expect(planner.page.locator("h1")).to_have_text("2022년 계획")
    expect(planner.page.locator("main")).not_to_contain_text("사랑의 봉사단 운영")
    planner.follow("비전 고치기")
    planner.write("비전", "예시 비전")
    planner.press("저장")
    expect(planner.page.locator("main")).to_contain_text("예시 비전")


def write_an_initiative(officer: Keyboard) -> None:
    """Add an initiative with an activity to the draft, and ask for a review."""
    goal = Goal.objects.filter(plan__year=2022, pillar__code="safety").first()
    officer.follow("계획")
    officer.follow("2022년 계획")
    officer.follow(f"추가 「{goal.shown_title}」 아래")
    officer.write("제목", "예시 안전 과제")
    officer.choose("담당부서", "예시 부서")
    officer.press("저장")
    officer.follow("활동 추가")
    officer.write("제목", "예시 활동")
    officer.press("저장")
    officer.follow("예시 안전 과제")
    officer.follow("검토")
    officer.press("검토 요청")


def mend_the_initiative(officer: Keyboard) -> None:
    """Read why the review was returned, fill in what is missing, and request it again."""
    officer.follow("내 업무")
    officer.follow("돌려받은 추진과제 고치기")
    expect(officer.page.locator("main")).to_contain_text("무엇을 세는지 적어 주세요.")
    officer.follow("예시 활동")
    officer.write("세는 것", "순찰한 횟수")
    officer.write("단위", "회")
    officer.write("연간 목표", "12")
    officer.press("저장")
    officer.follow("예시 안전 과제")
    officer.follow("검토")
    officer.press("검토 요청")


def decide(head: Keyboard, button: str, note: str, done: str) -> None:
    """Open the review from the list of tasks, and decide."""
    head.follow("내 업무")
    head.follow("검토하기")
    head.write("결정 의견", note)
    head.press(button)
    expect(head.page.locator("main")).to_contain_text(done)


def test_next_years_plan_is_copied_extended_reviewed_and_published(
    portal_2021: str, sit_down: SitDown
) -> None:
    planner, officer = sit_down("demo-planner"), sit_down("demo-officer")
    head, resident = sit_down("demo-head"), sit_down(width=390)

    copy_to_2022(planner)
    write_an_initiative(officer)
    decide(head, "돌려보내기", "무엇을 세는지 적어 주세요.", "돌려보냈습니다.")
    mend_the_initiative(officer)
    decide(head, "검토 마침", "", "검토를 마쳤습니다.")
    resident.open(f"{portal_2021}/2021/")
    expect(resident.page.locator("main")).not_to_contain_text("더 새로운 계획")

    planner.follow("공개하기")
    planner.tick("비어 있는 곳을 확인했고, 이대로 공개합니다.")
    planner.press("공개하기")

    resident.open(f"{portal_2021}/2021/")
    expect(resident.page.locator("main")).to_contain_text("더 새로운 계획")
    resident.follow("2022년 계획")
    activity = Activity.objects.get(plan__year=2022, title="예시 활동")
    resident.open(f"{portal_2021}{activity.get_absolute_url()}")
    expect(resident.page.locator("main")).to_contain_text("12회")
    resident.open(f"{portal_2021}/2022/activity/joint-patrol/")
    resident.follow("2021년 계획의 같은 항목")
    expect(resident.page).to_have_url(f"{portal_2021}/2021/activity/joint-patrol/")


def test_a_colleagues_items_are_handed_over(portal_2021: str, sit_down: SitDown) -> None:
    leaving = UserFactory(name="예시 떠나는 이")
    taker = User.objects.get(username="demo-officer")
    activities = Activity.objects.filter(slug__in=["joint-patrol", "self-reliance-counselling"])
    activities.update(person=leaving)
    planner, officer = sit_down("demo-planner"), sit_down("demo-officer", width=390)

    planner.follow("인사이동")
    planner.choose("넘기는 사람", str(leaving))
    planner.choose("받는 사람", str(taker))
    planner.press("넘길 항목 보기")
    for one in activities:
        expect(planner.page.locator("main")).to_contain_text(one.shown_title)
    planner.press(f"모두 {taker} 님에게 넘기기")
    expect(planner.page.locator("main")).to_contain_text("2개 항목을")

    assert set(Activity.objects.filter(person=taker)) == set(activities.all())
    officer.open(f"{portal_2021}/staff/")
    for one in activities.all():
        expect(officer.page.locator("main")).to_contain_text(one.shown_title)


def test_facts_are_filled_in_as_a_workbook(portal_2021: str, sit_down: SitDown) -> None:
    activity = Activity.objects.get(slug="joint-patrol")
    planner = sit_down("demo-planner")

    planner.open(f"{portal_2021}/staff/plans/2021/")
    planner.follow("표로 한꺼번에 고치기")
    book = load_workbook(BytesIO(planner.download("2021년 계획 표 받기(XLSX)")))
    fill(book, activity, 담당자="없는 이")
    planner.upload("채운 표", "plan.xlsx", saved(book))
    planner.press("올려서 확인하기")
    expect(planner.page.locator("main")).to_contain_text("「없는 이」은(는) 없는 이름입니다.")

    fill(book, activity, 담당자="예시 부서 담당자 (demo-officer)", 단위="번")
    planner.upload("채운 표", "plan.xlsx", saved(book))
    planner.press("올려서 확인하기")
    expect(planner.page.locator("main")).to_contain_text("항목 1개에서 2칸이 바뀝니다.")
    planner.press("모두 반영")

    expect(planner.page.locator("h1")).to_contain_text("작성 중")
    activity.refresh_from_db()
    assert (activity.person.username, activity.unit) == ("demo-officer", "회")


def test_a_target_is_amended_and_a_resident_reads_it(portal_2021: str, sit_down: SitDown) -> None:
    activity = Activity.objects.get(slug="joint-patrol")
    author, approver = sit_down("demo-safety"), sit_down("demo-planner")
    resident = sit_down(width=390)

    author.open(f"{portal_2021}/staff/plans/2021/activity/{activity.pk}/")
    author.write("단위", "회")
    author.write("연간 목표", "12")
    author.press("저장(약속은 변경안에 적기)")
    expect(author.page.locator("h1")).to_contain_text("작성 중")
    author.write("변경 사유", "한 달에 한 번 돌기로 했습니다.")
    author.write("근거", "예시 방침 제1호")
    author.press("승인 신청")
    expect(author.page.locator("h1")).to_contain_text("승인 대기")

    approver.open(f"{portal_2021}/staff/")
    approver.follow("변경 결정하기")
    approver.press("승인하고 반영")
    expect(approver.page.locator("h1")).to_contain_text("반영")

    resident.open(f"{portal_2021}/2021/activity/joint-patrol/")
    expect(resident.page.locator("main")).to_contain_text("12회")
    expect(resident.page.locator("main")).to_contain_text("한 달에 한 번 돌기로 했습니다.")
    expect(resident.page.locator("main")).not_to_contain_text("예시 안전 축 총괄")


def test_nodes_of_the_tree_are_reordered_and_moved(portal_2021: str, sit_down: SitDown) -> None:
    initiative = Initiative.objects.get(slug="crime-patrol")
    first, second = initiative.activities.order_by("position")
    planner = sit_down("demo-planner")
    planner.open(f"{portal_2021}/staff/plans/2021/")

    planner.press(f"「{second.shown_title}」 위로")

    expect(planner.page.locator(f"#activity-{second.pk}")).to_be_focused()
    assert list(initiative.activities.order_by("position")) == [second, first]
