"""Reports in the browser: chosen, read and taken by keyboard, by staff and by residents."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import LazySettings
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from gwonseon.office.roles import PLANNER
from plans.ledger.actions import confirm_record
from plans.ledger.models import Evidence, Record
from plans.reports.exports.actions import make_next
from plans.reports.requests import Format
from plans.tree.models import Activity, Pillar
from tests.browser.closed_quarters import close_quarters
from tests.browser.conftest import Check, SitDown
from tests.browser.keyboard import Keyboard
from tests.factories.ledger import RecordFactory, photo
from tests.factories.office import staff

# What the photo of a record shows.
SEEN = "예시로 순찰하는 두 사람"
# Its width in pixels once it is loaded.
WIDTH = "one => one.decode().then(() => one.naturalWidth)"
# How a file of each format begins.
BEGINNINGS = {
    Format.HWPX: b"PK\x03\x04",
    Format.PDF: b"%PDF-",
    Format.XLSX: b"PK\x03\x04",
    Format.CSV: b"\xef\xbb\xbf",
    Format.HTML: b"\n<!doctype html>",
}


def test_a_report_is_read_and_taken_with_the_keyboard(
    portal_2021: str,
    sit_down: SitDown,
    open_page: Callable[..., Page],
    accessible_at_all_widths: Check,
    settings: LazySettings,
    tmp_path: Path,
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    close_quarters()
    planner = sit_down("demo-planner")
    page = planner.page
    release_photo(planner, portal_2021)
    planner.follow("보고서")
    planner.choose("마감본", "2분기 · 2판")
    planner.choose("범위", Pillar.objects.get(code="safety").shown_title)
    planner.tick("사진")
    planner.press("보기")
    assert page.get_by_role("img", name=SEEN).evaluate(WIDTH) == 40
    expect(page.get_by_role("article")).to_contain_text("2021년 2분기 추진실적 보고")
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.locator(".report-table").first.evaluate("one => one.scrollWidth > one.clientWidth")
    accessible_at_all_widths(page)
    for name, beginning in BEGINNINGS.items():
        planner.choose("형식", str(name.label))
        button = page.get_by_role("button", name="내려받기", exact=True)
        assert taken(planner, button).startswith(beginning)

    planner.write("이름", "예시 안전 분기 보고")
    planner.press("이름 붙여 저장")
    accessible_at_all_widths(page)
    planner.follow("이름·예약 고치기 예시 안전 분기 보고")
    planner.tick("기간을 마감할 때마다 만들기")
    planner.tick("PDF")
    accessible_at_all_widths(page)
    planner.press("저장")
    planner.follow("예시 안전 분기 보고")
    expect(page.get_by_label("마감본")).to_contain_text("2분기 · 2판")

    planner.choose("보고서", "자료집(수치의 근거)")
    planner.press("보기")
    planner.press("내려받기")
    expect(page.locator("#progress")).to_contain_text("기다림")
    accessible_at_all_widths(page)
    planner.press("그만두기")
    expect(page.locator("#progress")).to_contain_text("그만둠")

    planner.follow("다른 보고서 고르기")
    planner.choose("보고서", "자료집(수치의 근거)")
    planner.press("보기")
    planner.press("내려받기")
    assert make_next(timezone.now())
    # The page asks every five seconds.
    link = page.get_by_role("link", name="내려받기")
    expect(link).to_be_visible(timeout=60_000)
    accessible_at_all_widths(page)
    assert taken(planner, link).startswith(BEGINNINGS[Format.HWPX])
    planner.open(f"{portal_2021}/staff/reports/exports/")
    accessible_at_all_widths(page)

    resident = Keyboard(open_page(390), accessible_at_all_widths)
    resident.open(f"{portal_2021}/2021/periods/2/")
    for name, beginning in BEGINNINGS.items():
        link = resident.page.locator(f"a[href$='/progress.{name.value}']")
        assert taken(resident, link).startswith(beginning)


def release_photo(planner: Keyboard, address: str) -> None:
    """Release the photo of a record for reports, at first without saying what it shows."""
    planner.open(f"{address}{record_with_photo().get_absolute_url()}")
    planner.unfold("보고서에 싣기")
    planner.press("보고서에 싣기")
    planner.write("사진에 무엇이 보이나요", SEEN)
    planner.press("보고서에 싣기")
    expect(planner.page.get_by_text("이 사진을 보고서에 싣습니다.")).to_be_visible()


def record_with_photo() -> Record:
    """Return a confirmed record of the second quarter, with a photo."""
    patrol = Activity.objects.get(slug="joint-patrol")
    record = RecordFactory(activity=patrol, happened_on=date(2021, 5, 4))
    Evidence.of("예시.jpg", Evidence.Type.PHOTO, photo().read(), record=record).save()
    return confirm_record(record=record, version=0, by=staff(PLANNER))


def taken(keyboard: Keyboard, control: Locator) -> bytes:
    """Press Enter on a control that sends a file, and return the file's content."""
    keyboard.reach(control)
    with keyboard.page.expect_download() as found:
        keyboard.page.keyboard.press("Enter")
    return found.value.path().read_bytes()
