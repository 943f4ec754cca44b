"""Writing a notice: the preview, what is refused with the typed text kept, and where it begins."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from civic.notices.actions import rewrite_notice
from civic.notices.forms import NO_ADVERTISEMENTS
from civic.notices.models import Budget, Notice, NoticeTemplate
from gwonseon.messaging.models import Sender
from gwonseon.office.models import Dong
from gwonseon.refusals import RefusedError
from tests.civic.notices.conftest import Office, finished
from tests.civic.notices.forms import (
    ADD,
    LATER,
    YESTERDAY,
    address,
    errors,
    section,
    signed_in,
    typed,
)
from tests.factories.notices import approved, draft, waiting
from tests.factories.office import DepartmentFactory
from tests.krds.markup import Markup

pytestmark = pytest.mark.django_db

PREVIEW = {"preview": "미리 보기"}
LIVE = {"preview": "live"}


@pytest.fixture
def desk(office: Office) -> Client:
    """Return the author's browser."""
    return signed_in(office.author)


def fields_for_words(response: object) -> list[str]:
    """Return the labels of the fields for placeholders."""
    page = Markup(response.text)
    return [page.words(one) for one in page.all("label") if "word" in one.attrs.get("for", "")]


def test_saving_writes_a_draft_of_what_was_typed(desk: Client, office: Office) -> None:
    page = desk.post(ADD, typed(office, text="#{일시}에 만나요.", **{"word:일시": "3월 2일"}))
    notice = Notice.objects.get()
    assert page.url == notice.get_absolute_url()
    assert (notice.title, notice.state, notice.author) == ("예시 안내", "draft", office.author)
    assert (notice.words, notice.pillars) == ({"일시": "3월 2일"}, ["safety"])
    assert f"{timezone.localtime(notice.expires_at):%Y-%m-%d %H:%M}" == f"{LATER} 18:00"


def test_the_preview_button_saves_nothing_and_shows_what_will_be_sent(
    desk: Client, office: Office, followers: tuple, budget: Budget
) -> None:
    shown = section(desk.post(ADD, typed(office) | PREVIEW), "preview")
    assert "[권선구] 예시 문안입니다." in shown
    assert re.search(r"단문\(SMS\) \d+ / 90바이트", shown)
    assert "3명" in shown
    assert "90원 (한 건 30원)" in shown
    assert "이대로는 보낼 수 없습니다" not in shown
    assert not Notice.objects.exists()


def test_the_preview_counts_bytes_with_the_last_line(desk: Client, office: Office) -> None:
    page = desk.post(ADD, typed(office, text="가" * 45) | PREVIEW)
    preview = page.context["preview"]
    beginning, ending = "[권선구] ", "\n그만 받기 http://testserver/my/stop/"
    assert preview.measured.bytes == sum(
        len(part.encode("cp949")) for part in (beginning, "가" * 45, ending)
    ) + len(preview.ending.split("/stop/")[1])
    assert f"{preview.measured.bytes} / 2,000바이트" in section(page, "preview")
    assert "장문(LMS)" in section(page, "preview")


def test_the_preview_names_what_keeps_it_from_being_sent(desk: Client, office: Office) -> None:
    page = desk.post(ADD, typed(office, text="비가 옵니다 😀", expires_at_0=YESTERDAY) | PREVIEW)
    shown = section(page, "preview")
    for sentence in ("이대로는 보낼 수 없습니다", "「😀」 글자는", "보낼 기한이 지났습니다"):
        assert sentence in shown


def test_a_price_that_is_not_known_is_not_shown_as_nothing(
    desk: Client, office: Office, followers: tuple
) -> None:
    assert "금액알 수 없음" in section(desk.post(ADD, typed(office) | PREVIEW), "preview")


def test_the_preview_by_the_button_says_what_is_wrong(desk: Client, office: Office) -> None:
    page = desk.post(ADD, typed(office, title="", pillars=[]) | PREVIEW)
    assert "제목을 적어 주세요." in errors(page)
    assert "받는 사람의 분야나 추진과제를" in errors(page)


def test_the_live_preview_shows_no_errors_of_what_is_not_typed_yet(
    desk: Client, office: Office
) -> None:
    page = desk.post(ADD, {"text": "예시 #{일시}", "token": str(uuid4()), "version": "0"} | LIVE)
    assert page.status_code == 200
    assert errors(page) == ""
    assert "field-error" not in page.text
    assert not Markup(page.text).all("div", role="alert")
    assert "[권선구] 예시 #{일시}" in section(page, "preview")
    assert fields_for_words(page) == ["일시"]
    assert not Notice.objects.exists()


def test_the_live_preview_of_a_draft_changes_nothing(desk: Client, office: Office) -> None:
    notice = draft(activity=office.activity, by=office.author)
    page = desk.post(address(notice, "notice_edit"), typed(office, text="아직 아닌 글") | LIVE)
    assert "[권선구] 아직 아닌 글" in section(page, "preview")
    notice.refresh_from_db()
    assert (notice.text, notice.version) == ("예시 문안입니다.", 0)


@pytest.mark.parametrize("button", [{}, PREVIEW])
def test_advertisements_are_refused_with_the_reason(
    desk: Client, office: Office, button: dict
) -> None:
    page = desk.post(ADD, typed(office, nature="advertisement", text="싸게 팝니다.") | button)
    assert str(NO_ADVERTISEMENTS) in errors(page)
    assert "정보통신망법 제50조" in errors(page)
    assert Markup(page.text).one("textarea", name="text").text.strip() == "싸게 팝니다."
    assert not Notice.objects.exists()


def test_each_placeholder_gets_a_field_and_is_asked_for(desk: Client, office: Office) -> None:
    text = "#{일시}에 #{행사 이름}, #{일시}까지"
    page = desk.post(ADD, typed(office, text=text, **{"word:일시": "3월 2일"}))
    assert fields_for_words(page) == ["일시", "행사 이름"]
    assert "문안의 #{행사 이름}에 넣을 말을 적어 주세요." in errors(page)
    assert "#{일시}에 넣을 말" not in errors(page)
    assert "3월 2일에 #{행사 이름}, 3월 2일까지" in section(page, "preview")
    assert not Notice.objects.exists()


def test_fields_of_placeholders_can_be_named_and_linked_to(desk: Client, office: Office) -> None:
    """An id with a space is no id: labels, error links and descriptions would lead nowhere."""
    page = Markup(desk.post(ADD, typed(office, text="#{행사 이름} #{a\tb}")).text)
    assert not [one for one in page.ids if re.search(r"\s", one)]
    names = [one.attrs["name"] for one in page.all("input") if "word" in one.attrs.get("name", "")]
    answer = desk.post(
        ADD, typed(office, text="#{행사 이름} #{a\tb}", **dict.fromkeys(names, "예시"))
    )
    assert answer.status_code == 302
    assert Notice.objects.get().words == {"행사 이름": "예시", "a\tb": "예시"}


@pytest.mark.parametrize("text", ["#{ }에 만나요.", "#{}에 만나요.", "#{일시에 만나요."])
def test_a_placeholder_without_a_name_is_told_how_to_write_it(
    desk: Client, office: Office, text: str
) -> None:
    page = desk.post(ADD, typed(office, text=text) | PREVIEW)
    assert fields_for_words(page) == []
    assert "바꿔 넣을 자리는 #{일시}처럼 적어 주세요." in section(page, "preview")


def test_more_placeholders_than_fields_are_refused(desk: Client, office: Office) -> None:
    text = "".join(f"#{{자리{n}}}" for n in range(11))
    page = desk.post(ADD, typed(office, text=text) | {f"word:자리{n}": "말" for n in range(10)})
    assert "바꿔 넣을 자리는 10개까지 둘 수 있습니다." in errors(page)
    assert not Notice.objects.exists()


def test_a_character_that_cannot_be_sent_is_named_with_its_near_one(
    desk: Client, office: Office
) -> None:
    data = typed(office, text="3•1절 행사 #{이름}", **{"word:이름": "Café"})
    shown = section(desk.post(ADD, data | PREVIEW), "preview")
    assert "「•」 글자는 문자로 보낼 수 없습니다. 「·」 글자로 바꿔 주세요." in shown
    assert "「é」 글자는 문자로 보낼 수 없습니다. 「e」 글자로 바꿔 주세요." in shown


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"activity": ""}, "어느 활동의 안내인지 골라 주세요."),
        ({"nature": ""}, "안내의 성격을 골라 주세요."),
        ({"text": " "}, "보낼 문안을 적어 주세요."),
        ({"text": "가\u200b나"}, "보이지 않거나 깨진 글자(U+200B)가 있습니다."),
        ({"news": ""}, "소식의 종류를 골라 주세요."),
        ({"sender": ""}, "발신번호를 골라 주세요."),
        ({"send_at_0": LATER}, "시각도 적어 주세요."),
        ({"expires_at_1": "25:00"}, "시각으로 읽을 수 없습니다."),
        ({"expires_at_0": "", "expires_at_1": ""}, "언제까지 보낼지"),
        ({"send_at_0": LATER, "send_at_1": "18:00"}, "보낼 때보다 앞섭니다."),
        ({"send_at_0": LATER, "send_at_1": "19:00"}, "보낼 때보다 앞섭니다."),
        ({"send_at_0": YESTERDAY, "send_at_1": "09:00"}, "이미 지난 때입니다."),
    ],
)
def test_bad_input_gets_one_sentence(
    desk: Client, office: Office, over: dict, sentence: str
) -> None:
    page = desk.post(ADD, typed(office) | over)
    [said] = [one for found in page.context["form"].errors.values() for one in found]
    assert sentence in said
    assert sentence in errors(page)
    assert not Notice.objects.exists()


def test_what_is_saved_may_be_past_its_time_but_says_so(desk: Client, office: Office) -> None:
    page = desk.post(ADD, typed(office, expires_at_0=YESTERDAY), follow=True)
    assert "보낼 기한이 지났습니다. 보낼 기한을 더 늦은 때로 적어 주세요." in page.text
    desk.post(address(Notice.objects.get(), "submit"), {"version": "0"})
    assert Notice.objects.get().is_draft


def test_of_two_changes_the_second_is_told_and_keeps_its_text(desk: Client, office: Office) -> None:
    notice = draft(activity=office.activity, by=office.author)
    url = address(notice, "notice_edit")
    desk.post(url, typed(office, title="먼저", text="먼저 저장한 문안"))

    page = desk.post(url, typed(office, title="나중", text="나중에 적은 글"))

    assert page.status_code == 409
    assert "그 사이에 다른 사람이 고쳤습니다." in errors(page)
    assert Markup(page.text).one("textarea", name="text").text.strip() == "나중에 적은 글"
    assert "먼저 저장한 문안" in section(page, "saved-title")
    notice.refresh_from_db()
    assert notice.title == "먼저"
    # Saving again says so on purpose.
    version = page.context["form"]["version"].value()
    desk.post(url, typed(office, title="나중", version=version))
    notice.refresh_from_db()
    assert (notice.title, notice.version) == ("나중", 2)


def test_text_typed_while_approval_was_asked_for_is_kept(desk: Client, office: Office) -> None:
    notice = waiting(activity=office.activity, by=office.author)
    url = address(notice, "notice_edit")
    assert desk.get(url).url == notice.get_absolute_url()

    page = desk.post(url, typed(office, text="아직 저장하지 않은 글"))

    assert "먼저 요청을 거두세요." in errors(page)
    assert Markup(page.text).one("textarea", name="text").text.strip() == "아직 저장하지 않은 글"
    notice.refresh_from_db()
    assert (notice.state, notice.text) == ("waiting", "예시 문안입니다.")


def test_the_same_form_sent_twice_is_one_draft(desk: Client, office: Office) -> None:
    data = typed(office)
    first, second = desk.post(ADD, data), desk.post(ADD, data)
    assert first.url == second.url == Notice.objects.get().get_absolute_url()


def test_a_sent_form_with_other_text_loses_nothing(desk: Client, office: Office) -> None:
    """A form that is sent again with a new text keeps it, and can save it as a second notice."""
    data = typed(office)
    desk.post(ADD, data)
    page = desk.post(ADD, data | {"text": "돌아가서 고친 글"})
    assert "이 양식으로 안내를 이미 저장했" in errors(page)
    assert Markup(page.text).one("textarea", name="text").text.strip() == "돌아가서 고친 글"
    assert Notice.objects.get().text == "예시 문안입니다."
    token = page.context["form"]["token"].value()
    desk.post(ADD, data | {"text": "돌아가서 고친 글", "token": token})
    assert Notice.objects.count() == 2


def test_a_form_that_somebody_else_sent_writes_nothing(desk: Client, office: Office) -> None:
    data = typed(office)
    signed_in(office.head).post(ADD, data)
    page = desk.post(ADD, data)
    assert "이 양식으로 안내를 이미 저장했습니다." in errors(page)
    assert Notice.objects.get().author == office.head


def test_a_new_notice_begins_with_a_template(desk: Client, office: Office) -> None:
    facts = {"nature": "safety", "news": "event", "title": "예시 서식", "text": "#{장소}에서"}
    template = NoticeTemplate.objects.create(name="예시", **facts)
    page = desk.get(ADD, {"template": template.pk})
    form = page.context["form"]
    assert {name: form[name].value() for name in facts} == facts
    assert fields_for_words(page) == ["장소"]
    assert form["activity"].value() == office.activity.pk
    assert form["send_at"].value() is None


def test_a_new_notice_copies_another_but_not_its_times_and_state(
    desk: Client, office: Office, followers: tuple, budget: Budget
) -> None:
    begins = timezone.now() + timedelta(days=3)
    about = {
        "nature": "safety",
        "title": "예시 앞선 안내",
        "text": "#{장소}에서",
        "words": {"장소": "예시 거리"},
    }
    other = finished(office, send_at=begins, expires_at=begins + timedelta(days=3), **about)
    page = desk.get(ADD, {"from": other.pk})
    form = page.context["form"]
    assert {name: form[name].value() for name in ("nature", "title", "text", "pillars")} == {
        "nature": "safety",
        "title": "예시 앞선 안내",
        "text": "#{장소}에서",
        "pillars": ["safety"],
    }
    assert Markup(page.text).one("input", value="예시 거리")
    assert form["send_at"].value() is None
    assert form["expires_at"].value() < begins
    new = form.instance
    assert (new.pk, new.state, new.approver_id, new.version) == (None, "draft", None, 0)
    assert (new.body, new.recipients, new.dispatch_id) == ("", None, None)
    assert new.token != other.token

    desk.post(ADD, typed(office, **{"word:장소": "예시 거리"}, text=about["text"]))
    assert Notice.objects.latest("pk").state == "draft"


def test_a_new_notice_copies_whom_another_is_for(desk: Client, office: Office) -> None:
    initiative, dong = office.activity.initiative.lineage, Dong.objects.order_by("pk")[0]
    chosen = {"pillars": [], "initiatives": [initiative], "dongs": [dong.pk]}
    other = draft(activity=office.activity, by=office.head, **chosen)
    page = Markup(desk.get(ADD, {"from": other.pk}).text)
    ticked = [
        one.attrs["value"] for one in page.all("input", type="checkbox") if "checked" in one.attrs
    ]
    assert ticked == [str(initiative), str(dong.pk)]
    # What was folded away is open where something in it is chosen.
    assert all("open" in one.attrs for one in page.all("details", class_="choices-below"))


@pytest.mark.parametrize("query", ["template", "from"])
@pytest.mark.parametrize("key", ["0", "-1", "x", "", "²", "9" * 30, "9" * 5000])
def test_unknown_templates_and_notices_are_ignored(
    desk: Client, office: Office, query: str, key: str
) -> None:
    page = desk.get(ADD, {query: key})
    assert page.status_code == 200
    assert not page.context["form"]["title"].value()


def test_an_expired_sender_is_not_offered(desk: Client, office: Office) -> None:
    today = timezone.localdate()
    old = Sender.objects.create(
        number="0310000001", name="지난 번호", expires_on=today - timedelta(days=1)
    )
    page = desk.get(ADD)
    assert "지난 번호" not in page.text
    answer = desk.post(ADD, typed(office, sender=old.pk))
    assert "쓸 수 없게 된 발신번호입니다. 다른 발신번호를 고르세요." in errors(answer)
    assert not Notice.objects.exists()


def test_an_activity_that_ended_is_not_offered(desk: Client, office: Office) -> None:
    page = desk.post(ADD, typed(office, activity="0"))
    assert "지금 계획에 없는 활동입니다. 다른 활동을 골라 주세요." in errors(page)


def test_only_the_author_opens_the_form_of_a_draft(office: Office) -> None:
    notice = draft(activity=office.activity, by=office.author)
    page = signed_in(office.head).post(address(notice, "notice_edit"), typed(office, title="남"))
    assert page.status_code == 403
    notice.refresh_from_db()
    assert notice.title == "예시 안내"


def test_who_has_no_department_writes_none(office: Office, planner: object) -> None:
    desk = signed_in(planner)
    assert desk.post(ADD, typed(office)).status_code == 403
    planner.department = DepartmentFactory()
    planner.save()
    assert desk.post(ADD, typed(office)).status_code == 302


def test_an_approved_notice_is_not_changed_through_its_form(
    desk: Client, office: Office, followers: tuple
) -> None:
    notice = approved(activity=office.activity, by=office.author, by_another=office.head)
    page = desk.post(address(notice, "notice_edit"), typed(office, text="다른 글", version="2"))
    assert "승인한 안내는 고칠 수 없습니다." in errors(page)
    notice.refresh_from_db()
    assert notice.body == "[권선구] 예시 문안입니다."


def test_a_draft_deleted_meanwhile_is_told(office: Office) -> None:
    notice = draft(activity=office.activity, by=office.author)
    Notice.objects.all().delete()
    with pytest.raises(RefusedError, match="그 사이에 지워졌습니다"):
        rewrite_notice(notice=notice, values={}, version=0, by=office.author)
