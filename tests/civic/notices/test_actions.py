"""Writing, approving and cancelling notices: who may, what is frozen, and what is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from civic.notices import actions
from civic.notices.models import Budget, Notice
from gwonseon.constraints import broken_constraint
from gwonseon.messaging.models import Dispatch, Message, Sender
from gwonseon.messaging.sealing import unseal
from gwonseon.office.roles import EDITOR, HEAD, PLANNER, READER
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError
from tests.civic.notices.conftest import Office
from tests.factories.notices import PORTAL, approved, draft, waiting
from tests.factories.office import DepartmentFactory, staff
from tests.factories.residents import subscriber


def of(office: Office, **values: object) -> dict:
    return {"activity": office.activity, "by": office.author, **values}


def refused(sentence: str, action: object, **arguments: object) -> None:
    with pytest.raises(RefusedError, match=sentence):
        action(**arguments)


def test_only_writers_write(office: Office) -> None:
    for role in (READER,):
        by = staff(role, department=office.author.department)
        refused("쓸 권한이 없습니다", draft, activity=office.activity, by=by)
    without_department = staff(PLANNER)
    refused("쓸 권한이 없습니다", draft, activity=office.activity, by=without_department)
    assert draft(**of(office)).department == office.author.department


def test_only_the_author_changes_a_draft(office: Office) -> None:
    notice = draft(**of(office))
    for role in (EDITOR, HEAD, PLANNER):
        other = staff(role, department=office.author.department)
        for action, more in (
            (actions.rewrite_notice, {"values": {"title": "남의 글"}}),
            (actions.submit, {"portal": PORTAL}),
            (actions.delete_notice, {}),
        ):
            refused("쓴 사람만", action, notice=notice, version=0, by=other, **more)
    actions.rewrite_notice(
        notice=notice, values={"title": "고친 제목"}, version=0, by=office.author
    )
    notice.refresh_from_db()
    assert (notice.title, notice.version) == ("고친 제목", 1)


def test_a_change_over_another_is_refused(office: Office) -> None:
    notice = draft(**of(office))
    values = {"title": "먼저"}
    actions.rewrite_notice(notice=notice, values=values, version=0, by=office.author)
    for action, more in (
        (actions.rewrite_notice, {"values": {"title": "나중"}}),
        (actions.submit, {"portal": PORTAL}),
        (actions.delete_notice, {}),
    ):
        with pytest.raises(OutdatedError):
            action(notice=notice, version=0, by=office.author, **more)


def test_a_submitted_notice_is_not_changed_but_taken_back(office: Office) -> None:
    notice = waiting(**of(office))
    seen = {"notice": notice, "version": notice.version, "by": office.author}
    refused("거두세요", actions.rewrite_notice, values={"title": "나"}, **seen)
    refused("거두세요", actions.delete_notice, **seen)
    refused("이미 승인을 요청", actions.submit, portal=PORTAL, **seen)
    back = actions.take_back(**seen)
    assert (back.state, back.submitted_at) == ("draft", None)
    refused("승인을 기다리는", actions.take_back, **seen | {"version": back.version})
    actions.delete_notice(notice=back, version=back.version, by=office.author)
    assert not Notice.objects.exists()


def test_sending_back_gives_the_reason(office: Office) -> None:
    notice = waiting(**of(office))
    back = actions.send_back(
        notice=notice, version=notice.version, reason="장소를 적어 주세요.", by=office.head
    )
    assert (back.state, back.returned_for) == ("draft", "장소를 적어 주세요.")
    again = actions.submit(notice=back, version=back.version, by=office.author, portal=PORTAL)
    assert again.returned_for == ""


@pytest.mark.parametrize("role", [HEAD, PLANNER])
def test_nobody_approves_their_own(office: Office, followers: tuple, role: object) -> None:
    both = staff(EDITOR, role, department=office.author.department)
    notice = waiting(activity=office.activity, by=both)
    seen = {"notice": notice, "version": notice.version, "by": both}
    refused("다른 사람이 승인", actions.approve, recipients=3, portal=PORTAL, **seen)
    refused("다른 사람이 승인", actions.send_back, reason="나", **seen)
    with pytest.raises(IntegrityError, match="notice_approved_by_another"), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(approver=both)


def test_who_may_approve(office: Office, followers: tuple) -> None:
    notice = waiting(**of(office))
    home, other = office.author.department, DepartmentFactory()
    may = [staff(HEAD, department=home), staff(PLANNER, department=other), staff(PLANNER)]
    may_not = [
        staff(EDITOR, department=home),
        staff(HEAD, department=other),
        staff(READER, department=home),
        staff(HEAD),
    ]
    for user in may_not:
        refused(
            "승인할 권한이 없습니다",
            actions.approve,
            notice=notice,
            version=notice.version,
            recipients=3,
            by=user,
            portal=PORTAL,
        )
    for user in may:
        with transaction.atomic():
            done = actions.approve(
                notice=notice, version=notice.version, recipients=3, by=user, portal=PORTAL
            )
            assert done.approver == user
            transaction.set_rollback(True)


def test_the_typed_number_must_be_the_number_of_people(office: Office, followers: tuple) -> None:
    notice = waiting(**of(office))
    seen = {"notice": notice, "version": notice.version, "by": office.head, "portal": PORTAL}
    refused("지금 받을 사람은 3명", actions.approve, recipients=4, **seen)
    subscriber("01000004444")
    refused("지금 받을 사람은 4명", actions.approve, recipients=3, **seen)
    assert actions.approve(recipients=4, **seen).recipients == 4


def test_nobody_to_send_to_is_refused(office: Office) -> None:
    notice = waiting(**of(office))
    seen = {"notice": notice, "version": notice.version, "by": office.head, "portal": PORTAL}
    refused("받을 사람이 없습니다", actions.approve, recipients=0, **seen)


def test_approval_opens_the_dispatch_of_what_was_read(office: Office, followers: tuple) -> None:
    begins = timezone.now() + timedelta(hours=3)
    notice = approved(
        by_another=office.head,
        **of(
            office,
            text="#{일시}에 물이 끊깁니다.",
            words={"일시": "3월 2일 10시"},
            send_at=begins,
            nature=Notice.Nature.SAFETY,
        ),
    )
    assert notice.body == "[권선구] 3월 2일 10시에 물이 끊깁니다."
    dispatch = Dispatch.objects.get(pk=notice.dispatch_id)
    assert unseal(dispatch.sealed_text) == notice.body
    assert (dispatch.key, dispatch.title) == (f"notice-{notice.pk}", "예시 안내")
    assert (dispatch.not_before, dispatch.expires_at) == (begins, notice.expires_at)
    assert dispatch.is_urgent
    assert dispatch.stop_address == f"그만 받기 {PORTAL}"
    assert (notice.recipients, notice.unit_price) == (3, None)


def test_what_was_approved_stays(office: Office, followers: tuple) -> None:
    notice = approved(by_another=office.head, **of(office))
    another = staff(HEAD, department=office.author.department)
    for changes in (
        {"body": "다른 글"},
        {"title": "다른 제목"},
        {"text": "다른 문안"},
        {"words": {"일시": "내일"}},
        {"pillars": ["culture"]},
        {"dongs": [1]},
        {"news": "event"},
        {"nature": "safety"},
        {"recipients": 5},
        {"approver": another},
        {"author": another},
        {"expires_at": timezone.now() + timedelta(days=9)},
        {"state": "draft", "approver": None},
    ):
        with pytest.raises(IntegrityError, match="an approved notice stays"), transaction.atomic():
            Notice.objects.filter(pk=notice.pk).update(**changes)
    with pytest.raises(IntegrityError, match="an approved notice stays"), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).delete()
    seen = {"notice": notice, "version": notice.version}
    refused("승인한 안내는", actions.rewrite_notice, values={}, by=office.author, **seen)
    refused("승인을 기다리는", actions.take_back, by=office.author, **seen)
    refused("승인을 기다리는", actions.send_back, reason="나", by=office.head, **seen)
    refused("승인을 기다리는", actions.approve, recipients=3, by=office.head, portal=PORTAL, **seen)


def test_all_columns_are_frozen_but_those_that_tell_how_it_goes(
    office: Office, followers: tuple, budget: Budget
) -> None:
    """Columns are frozen unless they are listed as changing, so a new column is frozen, too."""
    times = {"send_at": timezone.now() + timedelta(hours=1)}
    notice = approved(by_another=office.head, **of(office, **times))
    moving = {"state", "finished_at", "left", "cancelled_by", "version"}
    for column in Notice._meta.concrete_fields:
        if column.name in moving:
            continue
        assert getattr(notice, column.attname) is not None, column
        with pytest.raises(IntegrityError) as broken, transaction.atomic():
            Notice.objects.filter(pk=notice.pk).update(**{column.name: None})
        assert broken_constraint(broken.value) == "approved_notice_stays", column
    ended = {"state": "cancelled", "finished_at": timezone.now(), "left": 1}
    Notice.objects.filter(pk=notice.pk).update(version=9, cancelled_by=office.head, **ended)


def test_states_go_forward_only(office: Office, followers: tuple) -> None:
    notice = approved(by_another=office.head, **of(office))
    rows = Notice.objects.filter(pk=notice.pk)
    rows.update(state="sending")
    with pytest.raises(IntegrityError, match="an approved notice stays"), transaction.atomic():
        rows.update(state="approved")
    rows.update(state="done", finished_at=timezone.now(), left=3)
    for state in ("sending", "cancelled"):
        with pytest.raises(IntegrityError, match="an approved notice stays"), transaction.atomic():
            rows.update(state=state)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"text": "비가 옵니다 😀"}, "😀"),
        ({"text": "가" * 1000}, "줄여 주세요"),
        ({"text": "#{일시}에 만나요."}, "「일시」에 넣을 말"),
        ({"text": "#{일시에 만나요."}, "#{일시}처럼"),
        ({"text": "{일시}에 만나요."}, "#{일시}처럼"),
        ({"title": "가" * 21, "text": "나" * 60}, "제목은"),
        ({"words": {"일시": "똠"}, "text": "#{일시}"}, "똠"),
    ],
)
def test_what_cannot_be_sent_is_not_submitted(
    office: Office, values: dict[str, object], sentence: str
) -> None:
    notice = draft(**of(office, **values))
    refused(sentence, actions.submit, notice=notice, version=0, by=office.author, portal=PORTAL)
    notice.refresh_from_db()
    assert notice.is_draft


def test_a_lapsed_sender_number_is_refused(office: Office) -> None:
    notice = draft(**of(office))
    Sender.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    refused("발신번호", actions.submit, notice=notice, version=0, by=office.author, portal=PORTAL)


def test_a_notice_past_its_time_is_not_submitted(office: Office) -> None:
    notice = draft(**of(office, expires_at=timezone.now() - timedelta(minutes=1)))
    seen = {"notice": notice, "version": 0, "by": office.author, "portal": PORTAL}
    refused("기한이 지났습니다", actions.submit, **seen)


def test_cancelling_says_what_has_left(office: Office, followers: tuple) -> None:
    notice = approved(by_another=office.head, **of(office))
    for state in ("accepted", "queued", "queued"):
        Message.objects.create(
            dispatch=notice.dispatch,
            state=state,
            sealed=b"x",
            mac=bytes([len(state)] * 32)
            if state == "accepted"
            else bytes([Message.objects.count()] * 32),
        )
    outsider = staff(EDITOR, department=office.author.department)
    refused("권한이 없습니다", actions.cancel, notice=notice, by=outsider)
    assert actions.cancel(notice=notice, by=office.author) == (2, 1)
    notice.refresh_from_db()
    assert (notice.state, notice.left, notice.cancelled_by) == ("cancelled", 1, office.author)
    assert actions.cancel(notice=notice, by=office.head) == (0, 1)
    refused("아직 승인하지", actions.cancel, notice=draft(**of(office)), by=office.author)


def test_what_was_all_sent_is_not_cancelled(office: Office, followers: tuple) -> None:
    notice = approved(by_another=office.head, **of(office))
    Dispatch.objects.update(state="done", finished_at=timezone.now())
    refused("이미 모두 보내서", actions.cancel, notice=notice, by=office.author)
    notice.refresh_from_db()
    assert notice.state == "approved"


def test_a_test_goes_to_one_number_and_not_without_end(office: Office) -> None:
    notice = draft(**of(office))
    for _time in range(actions.MOST_TESTS):
        actions.send_test(notice=notice, number="01000009999", by=office.author)
    refused("10번까지만", actions.send_test, notice=notice, number="01000009999", by=office.head)
    sent = Dispatch.objects.filter(key__startswith=f"notice-{notice.pk}-test-")
    assert sent.count() == 10
    assert {unseal(one.sealed_text) for one in sent} == {"[권선구] 예시 문안입니다."}
    outsider = staff(EDITOR, department=office.author.department)
    other = draft(**of(office))
    refused("권한이 없습니다", actions.send_test, notice=other, number="01000009999", by=outsider)
