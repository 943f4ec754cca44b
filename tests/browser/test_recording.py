"""Recording at phone width with the keyboard alone, also when the connection fails."""

from playwright.sync_api import Page, Route, expect

from gwonseon.office.models import User
from gwonseon.office.roles import PLANNER
from plans.facilities.models import FacilityKind
from plans.ledger.actions import add_record, confirm_record
from plans.ledger.inspections import checklist_of
from plans.ledger.models import Inspection, Record
from plans.tree.models import Activity
from tests.browser.conftest import Complaints, SitDown
from tests.browser.keyboard import Keyboard
from tests.factories.ledger import FacilityFactory, entry
from tests.factories.office import staff

PHONE = 390
PATROL = "민·관·경 합동 순찰대"


def write_patrol(officer: Keyboard, residents: str) -> None:
    """Fill in the route and the number of residents."""
    officer.write("순찰한 길", "예시 길")
    officer.write("주민(명)", residents)


def kept(officer: Keyboard) -> int:
    """Return for how many forms the tab stores unsent input."""
    return officer.page.evaluate("sessionStorage.length")


def test_a_patrol_is_recorded_from_the_home_page(portal_2021: str, sit_down: SitDown) -> None:
    officer, resident = sit_down("demo-safety", width=PHONE), sit_down(width=PHONE)
    officer.follow("다른 활동 고르기")
    officer.follow(PATROL)
    write_patrol(officer, "7")
    officer.press("저장하고 확정")
    expect(officer.page.locator("main")).to_contain_text("진행에 더해집니다")
    record = Record.objects.get()
    assert (record.state, record.people) == (Record.State.CONFIRMED, 7)
    assert kept(officer) == 0

    officer.open(f"{portal_2021}/staff/")
    officer.follow(PATROL)
    expect(officer.page.get_by_label("주민(명)")).to_have_value("7")
    expect(officer.page.get_by_label("순찰한 길")).to_have_value("예시 길")
    resident.open(f"{portal_2021}/2021/activity/joint-patrol/progress/")
    expect(resident.page.locator("main")).to_contain_text("1회")


def test_back_after_saving_shows_the_form_that_was_sent(
    portal_2021: str, sit_down: SitDown
) -> None:
    """The browser reloads the page and fills in the old input."""
    officer = sit_down("demo-safety", width=PHONE)
    page = officer.page
    officer.follow("다른 활동 고르기")
    officer.follow(PATROL)
    write_patrol(officer, "4")
    officer.press("저장하고 확정")
    expect(page.locator("main")).to_contain_text("진행에 더해집니다")

    page.go_back()
    page.get_by_role("button", name="저장하고 확정").click()
    expect(page.locator("main")).to_contain_text("이미 저장되어 있는 실적이라 또 적지 않았습니다.")
    assert Record.objects.count() == 1

    page.go_back()
    page.get_by_label("주민(명)").fill("5")
    page.get_by_role("button", name="저장하고 확정").click()
    expect(page.get_by_role("alert")).to_contain_text("그 실적을 고치려면 열어서 고치세요.")
    assert Record.objects.count() == 1
    expect(page.get_by_label("따로 한 일입니다")).to_be_checked()
    page.get_by_role("button", name="저장하고 확정").click()
    expect(page.locator("main")).to_contain_text("진행에 더해집니다")
    assert sorted(Record.objects.values_list("people", flat=True)) == [4, 5]


def test_back_after_correcting_shows_what_is_saved_now(portal_2021: str, sit_down: SitDown) -> None:
    activity = Activity.objects.get(title=PATROL)
    writer = staff(PLANNER)
    draft = add_record(activity=activity, entry=entry(people=3, note="처음 글"), by=writer)
    officer = sit_down("demo-safety", width=PHONE)
    page = officer.page
    page.goto(f"{portal_2021}/staff/records/{draft.pk}/edit/")
    page.get_by_label("내용").fill("고친 글")
    page.get_by_role("button", name="작성중으로 저장").click()
    expect(page.locator("main")).to_contain_text("고친 글")
    Record.objects.filter(pk=draft.pk).update(note="동료의 글", version=2)

    page.go_back()

    expect(page.get_by_label("내용")).to_have_value("동료의 글")


def test_a_lost_response_neither_loses_nor_doubles_a_record(
    portal_2021: str, sit_down: SitDown, complaints: Complaints
) -> None:
    officer = sit_down("demo-safety", width=PHONE)
    page = officer.page
    officer.follow("다른 활동 고르기")
    officer.follow(PATROL)
    form = page.url
    write_patrol(officer, "4")

    break_the_answer(page, form, complaints)
    assert Record.objects.count() == 1

    page.goto(form)
    expect(page.get_by_label("주민(명)")).to_have_value("4")
    page.get_by_role("button", name="저장하고 확정").click()
    expect(page.locator("main")).to_contain_text("진행에 더해집니다")
    assert Record.objects.count() == 1
    assert kept(officer) == 0


def test_input_changed_after_a_lost_response_is_another_record(
    portal_2021: str, sit_down: SitDown, complaints: Complaints
) -> None:
    officer = sit_down("demo-safety", width=PHONE)
    page = officer.page
    officer.follow("다른 활동 고르기")
    officer.follow(PATROL)
    form = page.url
    write_patrol(officer, "4")
    page.get_by_label("추진일자").fill("2021-03-02")
    break_the_answer(page, form, complaints)
    assert Record.objects.count() == 1

    page.goto(form)
    expect(page.get_by_label("추진일자")).to_have_value("2021-03-02")
    page.get_by_label("추진일자").fill("2021-03-09")
    page.get_by_role("button", name="저장하고 확정").click()
    expect(page.get_by_role("alert")).to_contain_text("2021. 3. 2. 실적")
    expect(page.get_by_role("alert").get_by_role("link")).to_be_visible()
    expect(page.get_by_label("추진일자")).to_have_value("2021-03-09")
    expect(page.get_by_label("주민(명)")).to_have_value("4")
    assert Record.objects.count() == 1

    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator("h1")).to_contain_text("2021. 3. 2.")
    page.goto(form)
    expect(page.get_by_label("추진일자")).to_have_value("2021-03-09")
    page.get_by_role("button", name="저장하고 확정").click()
    expect(page.locator("main")).to_contain_text("확정했습니다. 진행에 더해집니다.")
    days = [f"{one.happened_on}" for one in Record.objects.confirmed().order_by("pk")]
    assert days == ["2021-03-02", "2021-03-09"]
    assert kept(officer) == 0


def test_unsent_input_is_restored_with_a_notice_and_can_be_dropped(
    portal_2021: str, sit_down: SitDown
) -> None:
    officer = sit_down("demo-safety", width=PHONE)
    page = officer.page
    officer.follow("다른 활동 고르기")
    officer.follow(PATROL)
    form = page.url
    expect(page.get_by_role("status")).to_be_empty()
    write_patrol(officer, "999")

    officer.open(form)
    expect(page.get_by_role("status")).to_contain_text("저장하지 않은 내용을 되살렸습니다.")
    expect(page.get_by_label("주민(명)")).to_have_value("999")
    officer.press("버리고 새로 시작")
    expect(page.get_by_label("주민(명)")).to_have_value("0")
    expect(page.get_by_role("status")).to_be_empty()
    assert kept(officer) == 0


def test_a_restored_checklist_is_complete(portal_2021: str, sit_down: SitDown) -> None:
    activity = Activity.objects.filter(record_kind="inspection").first()
    place = FacilityFactory(kinds=[FacilityKind.PARK])
    planner = sit_down("demo-planner", width=PHONE)
    form = f"{portal_2021}/staff/records/activity/{activity.pk}/add/?facility={place.pk}"
    planner.open(form)
    planner.choose("점검 결과", "보수·보강 필요")
    planner.tick("보행로 포장")

    planner.open(form)
    expect(planner.page.get_by_label("보행로 포장")).to_be_checked()
    planner.press("저장하고 확정")

    expect(planner.page.locator("main")).to_contain_text("진행에 더해집니다")
    inspection = Inspection.objects.get()
    assert inspection.failed == ["보행로 포장"]
    assert inspection.passed == [
        one for one in checklist_of(place.kinds) if one not in inspection.failed
    ]


def test_unsent_input_for_a_stored_record_is_restored_on_request(
    portal_2021: str, sit_down: SitDown
) -> None:
    officer = sit_down("demo-safety", width=PHONE)
    page = officer.page
    officer.follow("다른 활동 고르기")
    officer.follow(PATROL)
    write_patrol(officer, "4")
    officer.press("저장하고 확정")
    record = page.url
    officer.follow("정정")
    form = page.url
    officer.write("주민(명)", "999")

    officer.open(record)
    officer.follow("정정")
    expect(page.get_by_role("status")).to_contain_text("고치다가 저장하지 않은 내용이 있습니다.")
    expect(page.get_by_label("주민(명)")).to_have_value("4")
    officer.reach(page.get_by_role("button", name="불러오기"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("주민(명)")).to_have_value("999")
    expect(page.get_by_role("status")).to_contain_text("되살렸습니다.")
    expect(page.get_by_label("추진일자")).to_be_focused()

    officer.open(form)
    officer.press("버리고 새로 시작")
    expect(page.get_by_role("status")).to_be_empty()
    officer.write("내용", "예시")
    officer.press("정정으로 저장하고 확정")
    assert Record.objects.confirmed().get().people == 4
    assert kept(officer) == 0


def test_signing_out_deletes_unsent_input(portal_2021: str, sit_down: SitDown) -> None:
    officer = sit_down("demo-safety", width=PHONE)
    officer.follow("다른 활동 고르기")
    officer.follow(PATROL)
    write_patrol(officer, "999")
    assert kept(officer) == 1
    officer.press("로그아웃")
    assert kept(officer) == 0


def test_a_draft_can_be_edited_several_times(portal_2021: str, sit_down: SitDown) -> None:
    officer = sit_down("demo-safety", width=PHONE)
    officer.follow("다른 활동 고르기")
    officer.follow(PATROL)
    write_patrol(officer, "4")
    officer.press("작성중으로 저장")
    for people in ("5", "6"):
        officer.follow("고치기")
        officer.write("주민(명)", people)
        officer.press("작성중으로 저장")
        expect(officer.page.locator("main")).to_contain_text("작성중으로 저장했습니다.")
        assert kept(officer) == 0
    record = Record.objects.get()
    assert (record.people, record.version, record.versions.count()) == (6, 2, 3)


def test_saving_over_a_record_confirmed_meanwhile_asks_first(
    portal_2021: str, sit_down: SitDown, complaints: Complaints
) -> None:
    officer, colleague = sit_down("demo-safety", width=PHONE), sit_down("demo-planner")
    officer.follow("다른 활동 고르기")
    officer.follow(PATROL)
    write_patrol(officer, "4")
    officer.press("작성중으로 저장")
    record = officer.page.url
    officer.follow("고치기")
    officer.write("주민(명)", "5")
    colleague.open(record)
    colleague.press("확정")

    officer.press("작성중으로 저장")
    # The browser reports the status 409 as an error.
    complaints.clear()
    main = officer.page.locator("main")
    expect(main).to_contain_text("지금 저장된 내용과 내가 적은 내용")
    expect(main.get_by_role("row", name="주민(명)")).to_contain_text("다름")
    assert Record.objects.count() == 1

    officer.press("정정으로 저장하고 확정")
    assert list(Record.objects.order_by("pk").values_list("state", "people")) == [
        (Record.State.CORRECTED, 4),
        (Record.State.CONFIRMED, 5),
    ]
    officer.open(record)


def test_voiding_an_audit_needs_two_persons(portal_2021: str, sit_down: SitDown) -> None:
    audit = Activity.objects.filter(record_kind="audit").first()
    writer = User.objects.get(username="demo-planner")
    done = add_record(activity=audit, entry=entry(), by=staff(PLANNER))
    confirm_record(record=done, version=0, by=writer)
    planner = sit_down("demo-planner", width=PHONE)
    planner.open(f"{portal_2021}{done.get_absolute_url()}")
    planner.follow("취소")
    planner.write("취소하는 까닭", "예시: 두 번 적음")
    planner.press("실적 취소")
    expect(planner.page.locator("main")).to_contain_text("다른 사람이 확정할 때까지")
    assert Record.objects.confirmed().count() == 1
    planner.follow(
        "이 실적의 취소를 요청했습니다. 다른 사람이 확정할 때까지 진행에 더해져 있습니다."
    )
    expect(planner.page.get_by_role("button", name="취소 확정")).to_have_count(0)
    planner.open(f"{portal_2021}/staff/records/")
    expect(planner.page.locator("main")).to_contain_text("확정 · 취소 대기")


def break_the_answer(page: Page, form: str, complaints: Complaints) -> None:
    """Save a form so that the server gets it, but its response is lost."""

    def send_and_break(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route(form, send_and_break)
    page.get_by_role("button", name="저장하고 확정").click()
    page.wait_for_timeout(500)
    page.unroute(form)
    complaints.clear()


def test_many_days_are_pasted_corrected_and_written(portal_2021: str, sit_down: SitDown) -> None:
    officer = sit_down("demo-safety", width=PHONE)
    officer.follow("다른 활동 고르기")
    officer.follow(PATROL)
    officer.follow("여러 날을 표로 한꺼번에 기록하기")
    paste(officer, "주민(명)\t추진일자\n3\t2021-03-02\n네 명\t2021-03-09\n")
    officer.press("확인하기")
    expect(officer.page.locator("main")).to_contain_text("고칠 칸이 1곳 있습니다")
    assert not Record.objects.exists()

    paste(officer, "주민(명)\t추진일자\n3\t2021-03-02\n4\t2021-03-09\n")
    officer.press("확인하기")
    expect(officer.page.locator("main")).to_contain_text("2021-03-09")
    officer.press("모두 저장하고 확정")
    assert sorted(Record.objects.confirmed().values_list("people", flat=True)) == [3, 4]


def paste(officer: Keyboard, cells: str) -> None:
    """Replace the field's text by pasted cells."""
    officer.reach(officer.page.get_by_label("붙여 넣은 칸"))
    officer.page.keyboard.press("Control+a")
    officer.page.keyboard.insert_text(cells)
