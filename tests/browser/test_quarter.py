"""The life of a quarter, from one user to the next, with the keyboard alone.

Each page that a key opens or unfolds is checked with axe at every width.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from gwonseon.office.models import User
from gwonseon.office.roles import PLANNER
from plans.tracking.models import Period
from plans.tree.models import Activity
from tests.browser.conftest import Check, SitDown
from tests.browser.keyboard import Keyboard
from tests.factories.amendments import amend
from tests.factories.office import staff

PATROL = "민·관·경 합동 순찰대"
TEXT = "예시로 합동 순찰을 했습니다."

SignIn = Callable[[str], Keyboard]


@pytest.fixture
def patrol(portal_2021: str) -> Activity:
    """Return an activity with a budget, for which the demo officer is in charge."""
    officer = User.objects.get(username="demo-officer")
    activity = Activity.objects.get(title=PATROL)
    amend(activity.initiative, department_id=officer.department_id)
    Activity.objects.filter(pk=activity.pk).update(person=officer, budget=123_456_000)
    return activity


@pytest.fixture
def sign_in(
    patrol: Activity, demo_password: str, sit_down: SitDown, accessible_at_all_widths: Check
) -> SignIn:
    """Return a function that signs a person in; "colleague" is a second person of 기획."""
    colleague = staff(PLANNER, username="colleague")
    colleague.set_password(demo_password)
    colleague.save()

    looked_at: set[tuple[str, str]] = set()

    def look(page: Page) -> None:
        """Check a page, unless it was checked as it is now."""
        shown = (page.url, page.locator("main").inner_text())
        if shown not in looked_at:
            looked_at.add(shown)
            accessible_at_all_widths(page)

    def signed_in(username: str) -> Keyboard:
        return replace(sit_down(username), looked=look)

    return signed_in


def open_the_quarter(planner: Keyboard) -> None:
    """Divide the plan's year into quarters, and open the first."""
    planner.follow("추진상황")
    planner.press("보고 기간 만들기")
    planner.press("지금 열기 : 1분기")
    planner.follow("1분기")
    expect(planner.page.locator("h1")).to_contain_text("2021년 1분기")


def write_an_update(officer: Keyboard) -> None:
    """Save a draft, and submit it once it says what was done."""
    officer.follow("추진상황 쓰기")
    officer.follow(f"쓰기 : {PATROL}")
    officer.press("저장하고 제출")
    expect(officer.page.get_by_role("alert")).to_contain_text("추진실적을 적고 제출하세요.")
    officer.write("추진실적", TEXT)
    officer.press("저장")
    expect(officer.page.locator("h1")).to_contain_text("작성중")
    officer.follow("고치기")
    officer.write("향후계획", "예시로 계속합니다.")
    officer.press("저장하고 제출")
    expect(officer.page.locator("main")).to_contain_text("다른 사람의 승인을 기다립니다")
    expect(officer.page.get_by_role("button", name="승인", exact=True)).to_have_count(0)


def report_the_budget(officer: Keyboard) -> None:
    """Write what was contracted and spent, from the page of the update."""
    officer.follow(f"{PATROL} : 예산 집행")
    officer.write("계약액 누계(원)", "1억원")
    officer.write("집행액 누계(원)", "61,728,000")
    officer.write("출처", "예시 집행 현황")
    officer.press("저장")
    expect(officer.page.locator("main")).to_contain_text("61,728,000원")
    expect(officer.page.locator("main")).to_contain_text("50%")


def finish_a_milestone(officer: Keyboard) -> None:
    """Plan a milestone, and write later that it is done."""
    officer.follow("진행")
    officer.follow(PATROL)
    officer.follow("추진일정")
    officer.write("무엇", "예시 발대식")
    officer.write_day("계획한 날", date(2021, 3, 2))
    officer.press("저장")
    expect(officer.page.locator("main")).to_contain_text("예시 발대식: 2021. 3. 2. 계획")
    officer.write_day("마친 날", date(2021, 3, 5))
    officer.press("저장")
    expect(officer.page.get_by_role("alert")).to_contain_text("마쳤음을 보여 주는 근거를 적으세요.")
    officer.write("근거", "예시 결과 보고")
    officer.press("저장")
    expect(officer.page.locator("main")).to_contain_text("2021. 3. 5. 완료 (3일 늦음)")


def raise_a_blocker(officer: Keyboard) -> None:
    """Say what blocks the activity."""
    officer.follow("진행")
    officer.follow(PATROL)
    officer.follow("애로사항 알리기")
    officer.write("무엇이 막고 있나요", "예시 장비가 없음")
    officer.choose("풀어야 할 부서", "예시 부서")
    officer.write_day("언제까지", date(2021, 4, 30))
    officer.press("저장")
    expect(officer.page.locator("h1")).to_have_text("예시 장비가 없음")


def review_a_risk(officer: Keyboard) -> None:
    """Write down a risk, and review it in the quarter."""
    officer.follow("진행")
    officer.follow(PATROL)
    officer.follow("위험 적기")
    officer.write("위험", "예시 참여 감소")
    officer.write("무슨 일이 생길 수 있나요", "예시로 참여하는 주민이 줄어듦")
    officer.choose("일어날 가능성", "높음")
    officer.choose("미칠 영향", "보통")
    officer.write("대응", "예시 모집")
    officer.choose("살피는 사람", "예시 부서 담당자")
    officer.press("저장")
    officer.follow("1분기 검토")
    officer.choose("일어날 가능성", "낮음")
    officer.write("살핀 내용", "예시로 주민이 늘었음")
    officer.press("검토 저장")
    expect(officer.page.locator("main")).to_contain_text("예시로 주민이 늘었음")


def return_the_update(head: Keyboard) -> None:
    """Return the update with a reason, among all that waits."""
    head.follow("추진상황 승인하기")
    expect(head.page.locator("main")).to_contain_text(TEXT)
    head.unfold("반려하기")
    head.write("반려 사유", "예시로 몇 번인지 적어 주세요.")
    head.press("반려")


def mend_the_update(officer: Keyboard) -> None:
    """Read why the update was returned, and submit it again."""
    officer.follow("내 업무")
    officer.follow("반려된 추진상황 고치기")
    expect(officer.page.locator("main")).to_contain_text("예시로 몇 번인지 적어 주세요.")
    officer.follow("고치기")
    officer.write("추진실적", f"{TEXT} 세 번입니다.")
    officer.press("저장하고 제출")


def approve_the_update(head: Keyboard) -> None:
    """Tick the update among all that waits, and approve."""
    head.follow("내 업무")
    head.follow("추진상황 승인하기")
    head.tick(f"승인: {PATROL}")
    head.press("고른 것 승인")
    expect(head.page.locator("main")).to_contain_text("1건을 승인했습니다.")


def close_the_quarter(planner: Keyboard) -> None:
    """Read what is missing, tick that it was read, and close."""
    planner.follow("마감")
    planner.press("마감하기")
    expect(planner.page.get_by_role("alert")).to_contain_text("빠진 것을 확인했다면")
    planner.unfold("부서마다 보기")
    planner.tick("빠진 것을 확인했고, 이대로 마감합니다.")
    planner.press("마감하기")
    expect(planner.page.locator("main")).to_contain_text("마감했습니다. 주민이 읽을 수 있습니다.")


def read_as_a_resident(resident: Keyboard, portal: str) -> None:
    """Find the closed quarter from the plan's progress."""
    resident.open(f"{portal}/2021/progress/")
    resident.follow("마감한 기간 보기")
    resident.follow("1분기")
    expect(resident.page.locator("main")).to_contain_text(f"{TEXT} 세 번입니다.")
    expect(resident.page.locator("main")).not_to_contain_text("예시 참여 감소")


def follow_a_number_of_the_board(head: Keyboard) -> None:
    """Show the rows behind a number, and the board of the closed quarter."""
    head.follow("현황판")
    expect(head.page.locator("h1")).to_contain_text("2021년 현황판")
    head.follow("57")
    expect(head.page.locator("#rows h2")).to_contain_text("축별 상태에서 고른 것 57")
    head.choose("마감본", "2021년 1분기 · 1판")
    head.press("보기")
    expect(head.page.locator(".board-name")).to_have_text("마감본 · 2021년 1분기 · 1판")


def reopen_the_quarter(planner: Keyboard, colleague: Keyboard) -> None:
    """Ask for the reopening, and approve it as another person."""
    planner.write("까닭", "예시로 수를 고칩니다.")
    planner.press("다시 열기 요청")
    expect(planner.page.get_by_role("button", name="다시 열기", exact=True)).to_have_count(0)
    colleague.open(planner.page.url)
    expect(colleague.page.locator("main")).to_contain_text("예시로 수를 고칩니다.")
    colleague.press("다시 열기")
    expect(colleague.page.locator("main")).to_contain_text("다시 열었습니다.")


def test_a_quarter_is_opened_reported_closed_and_reopened(
    portal_2021: str, sign_in: SignIn
) -> None:
    planner = sign_in("demo-planner")
    open_the_quarter(planner)
    officer = sign_in("demo-officer")
    write_an_update(officer)
    report_the_budget(officer)
    finish_a_milestone(officer)
    raise_a_blocker(officer)
    review_a_risk(officer)
    head = sign_in("demo-head")
    return_the_update(head)
    mend_the_update(officer)
    approve_the_update(head)
    close_the_quarter(planner)
    read_as_a_resident(sign_in(""), portal_2021)
    follow_a_number_of_the_board(head)
    reopen_the_quarter(planner, sign_in("colleague"))

    assert Period.objects.get(number=1).is_open
