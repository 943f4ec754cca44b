"""The list and the pages of notices: asking for approval, approving, testing, and the progress."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from civic.notices.actions import MOST_TESTS, rewrite_notice, submit, take_back
from civic.notices.models import Budget, Notice
from gwonseon.messaging.models import Dispatch, Message
from gwonseon.office.models import User
from gwonseon.office.roles import EDITOR, READER
from plans.ledger.models import Record
from tests.civic.notices.conftest import Office, finished, words_of
from tests.civic.notices.forms import address, errors, said, section, signed_in
from tests.factories.notices import PORTAL, approved, draft, sending, waiting
from tests.factories.office import staff
from tests.krds.markup import Markup

pytestmark = pytest.mark.django_db

LIST = "/staff/notices/"
NUMBER = "010-0000-9999"


@pytest.fixture
def about(office: Office) -> dict:
    """Return the activity and the author of a notice."""
    return {"activity": office.activity, "by": office.author}


@pytest.fixture
def author(office: Office) -> Client:
    return signed_in(office.author)


@pytest.fixture
def head(office: Office) -> Client:
    return signed_in(office.head)


def own_phone(token: UUID | None = None, number: str = NUMBER) -> dict[str, str]:
    """Return the form for a test to oneself."""
    return {"number": number, "token": str(token or uuid4())}


def count_of_trials() -> int:
    return Dispatch.objects.filter(key__contains="-test-").count()


def changed(notice: Notice, by: User) -> Notice:
    """Take a notice back, write other text, and submit it again."""
    back = take_back(notice=notice, version=notice.version, by=by)
    values = {"text": "그 사이에 바뀐 문안"}
    done = rewrite_notice(notice=back, values=values, version=back.version, by=by)
    return submit(notice=done, version=done.version, by=by, portal=PORTAL)


# The list.


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_makes_as_many_queries_for_many_notices(
    office: Office,
    followers: tuple,
    head: Client,
    size: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _number in range(size):
        by = staff(EDITOR, department=office.author.department)
        approved(activity=office.activity, by=by, by_another=office.head)
    head.get(LIST)
    with django_assert_num_queries(7):
        page = head.get(LIST)
    assert page.text.count("예시 안내") == size


def test_the_list_shows_the_latest_first_with_its_state_and_number(
    office: Office, followers: tuple, about: dict, head: Client
) -> None:
    finished(office, 1234, title="예시 끝난 안내")
    waiting(**about, title="예시 기다리는 안내")
    rows = [words_of(one.text) for one in Markup(head.get(LIST).text).all("tr", role="row")][1:]
    assert rows[0].startswith("예시 기다리는 안내 승인 대기")
    assert rows[1].startswith("예시 끝난 안내 발송 끝")
    assert rows[1].endswith("1,234")


def test_readers_read_and_do_not_write(office: Office, about: dict) -> None:
    notice = waiting(**about)
    desk = signed_in(staff(READER))
    page = desk.get(address(notice))
    assert "예시 문안입니다." in page.text
    assert [one.attrs["name"] for one in Markup(page.text).all("input", type="submit")] == []
    assert not Markup(page.text).all("button", type="submit", class_="krds-btn primary")
    assert "새로 쓰기" not in desk.get(LIST).text


def test_a_notice_that_is_not_there_is_not_found(head: Client) -> None:
    for name in ("notice", "notice_edit"):
        assert head.get(reverse(f"notices:{name}", args=[99])).status_code == 404
    for name in ("submit", "take_back", "delete", "approve", "send_back", "send_test", "cancel"):
        assert head.post(reverse(f"notices:{name}", args=[99])).status_code == 404


# Asking for approval, and taking it back.


def test_the_author_submits_takes_back_and_deletes(author: Client, about: dict) -> None:
    notice = draft(**about)
    page = author.post(address(notice, "submit"), {"version": "0"}, follow=True)
    assert said(page) == ["승인을 요청했습니다. 다른 사람이 승인하면 보냅니다."]
    assert "다른 사람의 승인을 기다립니다" in page.text
    page = author.post(address(notice, "take_back"), {"version": "1"}, follow=True)
    assert said(page) == ["승인 요청을 거두었습니다. 이제 고칠 수 있습니다."]
    page = author.post(address(notice, "delete"), {"version": "2"}, follow=True)
    assert said(page) == ["안내를 지웠습니다."]
    assert not Notice.objects.exists()


@pytest.mark.parametrize("version", ["0", "", "x", "-1", "9" * 5000])
@pytest.mark.parametrize("do", ["submit", "delete"])
def test_what_was_changed_meanwhile_is_read_again_first(
    author: Client, office: Office, about: dict, do: str, version: str
) -> None:
    notice = draft(**about)
    rewrite_notice(notice=notice, values={"title": "고친 제목"}, version=0, by=office.author)
    page = author.post(address(notice, do), {"version": version}, follow=True)
    assert said(page) == ["그 사이에 고친 안내입니다. 지금 내용을 확인하고 다시 해 주세요."]
    assert page.redirect_chain[-1][0] == notice.get_absolute_url()
    assert Notice.objects.get().is_draft


def test_what_cannot_be_sent_is_not_submitted_and_says_why(author: Client, about: dict) -> None:
    notice = draft(**about, text="비가 옵니다 😀")
    page = author.post(address(notice, "submit"), {"version": "0"}, follow=True)
    assert said(page) == ["「😀」 글자는 문자로 보낼 수 없습니다. 빼 주세요."]
    assert Notice.objects.get().is_draft


# Approving, and sending back.


def test_another_person_approves_with_the_number(
    head: Client, office: Office, followers: tuple, about: dict
) -> None:
    notice = waiting(**about)
    data = {"version": notice.version, "recipients": "3명"}
    page = head.post(address(notice, "approve"), data, follow=True)
    assert said(page) == ["승인했습니다. 정한 때에 보내기 시작합니다."]
    notice.refresh_from_db()
    assert (notice.state, notice.approver, notice.recipients) == ("approved", office.head, 3)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("4", "지금 받을 사람은 3명입니다. 확인하고 그 수를 적어 주세요."),
        ("9" * 30, "지금 받을 사람은 3명입니다."),
        ("", "받는 사람의 수를 적어 주세요."),
        ("0", "1 이상의 수를 적어 주세요."),
        ("모두", "「모두」을(를) 수로 읽을 수 없습니다."),
        ("3.5", "소수가 있습니다."),
    ],
)
def test_a_wrong_number_approves_nothing(
    head: Client, followers: tuple, about: dict, number: str, sentence: str
) -> None:
    notice = waiting(**about)
    data = {"version": notice.version, "recipients": number}
    page = head.post(address(notice, "approve"), data)
    assert sentence in errors(page)
    [link] = [one for one in Markup(page.text).all("a") if sentence in one.text]
    control = Markup(page.text).with_id(link.attrs["href"][1:])
    assert control.attrs.get("value", "") == number
    notice.refresh_from_db()
    assert notice.state == "waiting"
    assert not Dispatch.objects.filter(is_bulk=True).exists()


def test_an_approver_reads_again_what_was_changed_meanwhile(
    head: Client, office: Office, followers: tuple, about: dict
) -> None:
    old = waiting(**about)
    new = changed(old, office.author)

    page = head.post(address(old, "approve"), {"version": old.version, "recipients": "3"})

    assert page.status_code == 409
    assert "그 사이에 고친 안내입니다. 지금 내용을 확인하고 다시 해 주세요." in errors(page)
    assert "[권선구] 그 사이에 바뀐 문안" in section(page, "content-title")
    new.refresh_from_db()
    assert new.state == "waiting"
    # The page now names the version that it shows.
    version = page.context["approval"]["version"].value()
    head.post(address(old, "approve"), {"version": version, "recipients": "3"})
    new.refresh_from_db()
    assert (new.state, new.body) == ("approved", "[권선구] 그 사이에 바뀐 문안")


def test_a_reason_is_kept_when_the_notice_was_changed_meanwhile(
    head: Client, office: Office, about: dict
) -> None:
    old = waiting(**about)
    new = changed(old, office.author)
    data = {"version": old.version, "reason": "장소를 적어 주세요."}
    page = head.post(address(old, "send_back"), data)
    assert page.status_code == 409
    form = page.context["returning"]
    assert form["reason"].value() == "장소를 적어 주세요."
    assert form["version"].value() == new.version


def test_what_was_taken_back_is_not_approved(
    head: Client, office: Office, followers: tuple, about: dict
) -> None:
    notice = waiting(**about)
    take_back(notice=notice, version=notice.version, by=office.author)
    page = head.post(address(notice, "approve"), {"version": notice.version, "recipients": "3"})
    assert "승인을 기다리는 안내가 아닙니다." in errors(page)
    # The form is no longer on the page, so that no error may link to it.
    assert page.context["approval"] is None
    assert "#approval_" not in page.text
    assert Notice.objects.get().is_draft


def test_the_author_cannot_approve_or_send_back(
    author: Client, followers: tuple, about: dict
) -> None:
    notice = waiting(**about)
    page = author.get(address(notice))
    assert "승인하고 보내기" not in page.text
    for do, data in (("approve", {"recipients": "3"}), ("send_back", {"reason": "까닭"})):
        page = author.post(address(notice, do), {"version": notice.version, **data})
        assert "자기가 쓴 안내는 다른 사람이 승인해야 합니다." in errors(page)
    notice.refresh_from_db()
    assert notice.state == "waiting"


def test_a_notice_is_returned_with_a_reason(head: Client, author: Client, about: dict) -> None:
    notice = waiting(**about)
    data = {"version": notice.version, "reason": "장소를 적어 주세요."}
    assert said(head.post(address(notice, "send_back"), data, follow=True)) == ["돌려보냈습니다."]
    page = author.get(address(notice))
    assert "돌려받은 안내" in page.text
    assert "장소를 적어 주세요." in page.text


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "무엇을 고쳐야 하는지 적고 돌려보내 주세요."),
        (" \t", "무엇을 고쳐야 하는지 적고 돌려보내 주세요."),
        ("가\u200b", "보이지 않거나 깨진 글자(U+200B)가 있습니다."),
        ("가" * 201, "200"),
    ],
)
def test_a_notice_is_not_returned_without_a_reason(
    head: Client, about: dict, reason: str, sentence: str
) -> None:
    notice = waiting(**about)
    page = head.post(address(notice, "send_back"), {"version": notice.version, "reason": reason})
    assert sentence in errors(page)
    notice.refresh_from_db()
    assert notice.state == "waiting"


# A test to oneself.


def test_a_test_goes_to_the_typed_number(author: Client, about: dict) -> None:
    notice = draft(**about)
    page = author.post(address(notice, "send_test"), own_phone(), follow=True)
    assert said(page) == ["시험 문자를 보냈습니다. 곧 도착합니다."]
    assert (
        Message.objects.filter(dispatch__key__startswith=f"notice-{notice.pk}-test-").count() == 1
    )
    assert "9999" not in page.text


def test_a_double_click_sends_one_test(author: Client, about: dict) -> None:
    notice = draft(**about)
    form = author.get(address(notice)).context["testing"]
    data = {"number": NUMBER, "token": str(form["token"].value())}
    for _click in range(2):
        page = author.post(address(notice, "send_test"), data, follow=True)
        assert said(page) == ["시험 문자를 보냈습니다. 곧 도착합니다."]
    assert count_of_trials() == 1
    again = author.get(address(notice)).context["testing"]
    assert again["token"].value() != form["token"].value()


def test_the_same_form_with_another_number_sends_to_it_too(author: Client, about: dict) -> None:
    notice, token = draft(**about), uuid4()
    author.post(address(notice, "send_test"), own_phone(token))
    author.post(address(notice, "send_test"), own_phone(token, "010-0000-8888"))
    assert count_of_trials() == 2


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("", "시험으로 받을 휴대전화번호를 적어 주세요."),
        ("031-228-0000", "010으로 시작하는 휴대전화번호를"),
        ("010-0000", "숫자 여덟 자리가 있어야 합니다."),
        ("0" * 60, "휴대전화번호가 아닙니다."),
        ("전화", "휴대전화번호가 아닙니다."),
    ],
)
def test_a_bad_number_gets_no_test(author: Client, about: dict, number: str, sentence: str) -> None:
    notice = draft(**about)
    page = author.post(address(notice, "send_test"), own_phone(number=number))
    assert sentence in errors(page)
    assert Markup(page.text).one("input", name="number").attrs.get("value", "") == number
    assert count_of_trials() == 0


def test_a_text_that_cannot_be_sent_is_not_tested(author: Client, about: dict) -> None:
    notice = draft(**about, text="비가 옵니다 😀 #{일시}")
    page = author.post(address(notice, "send_test"), own_phone())
    assert "「😀」 글자는 문자로 보낼 수 없습니다. 빼 주세요." in errors(page)
    assert count_of_trials() == 0


def test_what_is_over_is_not_tested(
    author: Client, head: Client, office: Office, followers: tuple
) -> None:
    notice = finished(office, 3)
    assert "나에게 시험" not in author.get(address(notice)).text
    page = head.post(address(notice, "send_test"), own_phone())
    assert "발송이 끝난 안내는 시험할 수 없습니다." in errors(page)
    assert count_of_trials() == 0


def test_a_notice_is_tested_ten_times(author: Client, head: Client, about: dict) -> None:
    notice = draft(**about)
    for _time in range(MOST_TESTS):
        last = own_phone()
        author.post(address(notice, "send_test"), last)
    page = head.post(address(notice, "send_test"), own_phone())
    assert "한 안내는 10번까지만 시험할 수 있습니다." in errors(page)
    # The last form sent again was already done.
    assert author.post(address(notice, "send_test"), last).status_code == 302
    assert count_of_trials() == MOST_TESTS


def test_only_the_author_and_approvers_test(office: Office, about: dict) -> None:
    notice = draft(**about)
    desk = signed_in(staff(EDITOR, department=office.author.department))
    assert "나에게 시험" not in desk.get(address(notice)).text
    page = desk.post(address(notice, "send_test"), own_phone())
    assert "이 안내를 시험할 권한이 없습니다." in errors(page)
    assert count_of_trials() == 0


# The progress.


def with_messages(notice: Notice, *states: str) -> Notice:
    """Give a notice messages in these states."""
    for place, state in enumerate(states):
        Message.objects.create(
            dispatch=notice.dispatch, state=state, mac=bytes([place] * 32), sealed=b"x"
        )
    return notice


def counts_in(page: object) -> dict[str, str]:
    """Return the shown counts by label."""
    found = re.findall(r"<dt>([^<]+)</dt><dd>([\d,]+)건</dd>", page.text)
    return dict(found)


def test_accepted_messages_are_never_called_delivered(
    head: Client, office: Office, followers: tuple, about: dict
) -> None:
    notice = sending(by_another=office.head, **about)
    with_messages(notice, "accepted", "accepted", "delivered", "undelivered", "unknown", "queued")
    page = head.get(address(notice))
    assert counts_in(page) == {
        "대기": "1",
        "접수": "2",
        "도달": "1",
        "실패": "1",
        "결과 모름": "1",
        "취소": "0",
    }
    assert "6건 가운데 5건을 마쳤습니다." in page.text
    assert "접수는 중계사가 받았다는 뜻이고, 도달은 휴대전화에 닿았다는 뜻입니다." in page.text


def test_where_all_were_accepted_nothing_is_called_delivered(
    head: Client, office: Office, followers: tuple
) -> None:
    notice = with_messages(finished(office, 2), "accepted", "accepted")
    counts = counts_in(head.get(address(notice)))
    assert (counts["접수"], counts["도달"]) == ("2", "0")


@pytest.mark.parametrize(("state", "renews"), [("sending", True), ("done", False)])
def test_the_page_renews_itself_until_the_notice_is_over(
    head: Client, office: Office, followers: tuple, about: dict, state: str, renews: bool
) -> None:
    notice = sending(by_another=office.head, **about) if state == "sending" else finished(office, 3)
    page = head.get(address(notice))
    assert ("data-refresh" in page.text) is renews
    assert ("새로 고침" in page.text) is renews
    assert ("남은 발송 취소" in page.text) is renews


def test_cancelling_says_what_was_stopped_and_what_had_left(
    head: Client, office: Office, followers: tuple, about: dict
) -> None:
    notice = sending(by_another=office.head, **about)
    with_messages(notice, "accepted", "queued", "queued")
    page = head.post(address(notice, "cancel"), follow=True)
    assert said(page) == ["발송을 취소했습니다. 멈춘 문자는 2건, 이미 나간 문자는 1건입니다."]
    assert "그 전에 1건이 나갔습니다." in page.text
    page = head.post(address(notice, "cancel"), follow=True)
    assert said(page)[0].endswith("멈춘 문자는 0건, 이미 나간 문자는 1건입니다.")
    assert not Record.objects.exists()


def test_a_draft_is_not_cancelled(head: Client, about: dict) -> None:
    page = head.post(address(waiting(**about), "cancel"), follow=True)
    assert said(page) == ["아직 승인하지 않은 안내입니다."]


@pytest.mark.parametrize("states", [[], ["accepted", "delivered", "undelivered", "queued"]])
def test_the_page_makes_as_many_queries_for_many_messages(
    head: Client,
    office: Office,
    followers: tuple,
    budget: Budget,
    about: dict,
    states: list[str],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    notice = with_messages(sending(by_another=office.head, **about), *states)
    head.get(address(notice))
    with django_assert_num_queries(10):
        head.get(address(notice))


def test_a_notice_past_its_time_says_so_before_it_is_submitted(author: Client, about: dict) -> None:
    notice = draft(**about, expires_at=timezone.now() - timedelta(minutes=1))
    assert "보낼 기한이 지났습니다." in author.get(address(notice)).text
