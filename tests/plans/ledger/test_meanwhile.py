"""Saving over a record that changed meanwhile shows both versions, and the user chooses."""

from typing import Any

import pytest
from django.test import Client

from gwonseon.office.models import Dong, User
from gwonseon.office.roles import EDITOR
from plans.facilities.models import FacilityKind
from plans.ledger import actions
from plans.ledger.actions import (
    RecordChangedMeanwhileError,
    add_record,
    confirm_record,
    rewrite_record,
)
from plans.ledger.models import Finding, Record
from plans.ledger.versions.queries import steps_of
from plans.tree.models import Activity
from tests.factories.ledger import FacilityFactory, entry, officer_of, photo, recordable
from tests.factories.office import DepartmentFactory, staff
from tests.krds.markup import Markup
from tests.plans.ledger.forms import add_url, errors, filled, page_of
from tests.plans.together import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(activity: Activity, officer: User) -> Record:
    return add_record(activity=activity, entry=entry(quantity=1, note="처음 글"), by=officer)


def sides(answer: Any) -> dict[str, tuple[str, str]]:
    """Return the differing facts that a page shows side by side."""
    return {one.label: (one.before, one.after) for one in answer.context["sides"] if one.differs}


def typed(answer: Any, values: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the address and data of a page's form: hidden values of the page, else `values`."""
    form = answer.context["forms"].record
    hidden = {name: form[name].value() for name in ("token", "version", "state")}
    kept = {"kept": form["kept"].value()} if "kept" in form.fields else {}
    action = Markup(answer.text).one("form", enctype="multipart/form-data").attrs["action"]
    return action, values | hidden | kept


def test_a_draft_changed_meanwhile_is_shown_beside_the_input(
    desk: Client, draft: Record, officer: User
) -> None:
    values = filled(desk, page_of(draft, "edit"), note="뒤의 글", people="7")
    first = entry(quantity=1, note="앞의 글")
    rewrite_record(record=draft, entry=first, version=0, by=officer)

    answer = desk.post(page_of(draft, "edit"), values)

    assert answer.status_code == 409
    assert "다른 사람이 이 실적을 고쳤습니다." in errors(answer)
    assert sides(answer) == {"내용": ("앞의 글", "뒤의 글"), "인원(명)": ("", "7")}
    assert "뒤의 글</textarea>" in answer.text
    draft.refresh_from_db()
    assert draft.note == "앞의 글"

    desk.post(*typed(answer, values))
    draft.refresh_from_db()
    assert (draft.note, draft.people, draft.version) == ("뒤의 글", 7, 2)
    assert [one.said["facts"]["note"] for one in draft.versions.all()] == [
        "처음 글",
        "앞의 글",
        "뒤의 글",
    ]


@pytest.mark.parametrize("button", [{"confirm": ""}, {"draft": ""}])
def test_a_draft_confirmed_meanwhile_is_corrected_only_after_asking(
    desk: Client, draft: Record, officer: User, button: dict[str, str]
) -> None:
    values = filled(desk, page_of(draft, "edit"), note="뒤의 글") | button
    confirm_record(record=draft, version=0, by=officer)

    answer = desk.post(page_of(draft, "edit"), values)

    assert answer.status_code == 409
    assert "확정된 실적은 고칠 수 없습니다." in errors(answer)
    assert sides(answer) == {"내용": ("처음 글", "뒤의 글")}
    assert "정정으로 저장하고 확정" in answer.text
    assert Record.objects.count() == 1

    desk.post(*typed(answer, values))
    correction = Record.objects.get(corrects=draft)
    assert (correction.note, correction.is_draft) == ("뒤의 글", "draft" in button)


def test_a_record_corrected_meanwhile_is_corrected_from_its_correction(
    desk: Client, draft: Record, officer: User
) -> None:
    confirm_record(record=draft, version=0, by=officer)
    values = filled(desk, page_of(draft, "edit"), note="뒤의 글", confirm="")
    other = entry(quantity=5, note="처음 글")
    new = actions.correct_record(record=draft, entry=other, by=officer, confirm=True)

    answer = desk.post(page_of(draft, "edit"), values)

    assert answer.status_code == 409
    assert sides(answer)["내용"] == ("처음 글", "뒤의 글")
    action, again = typed(answer, values)
    assert action == page_of(new, "edit")
    desk.post(action, again)
    assert Record.objects.confirmed().get().corrects == new


def test_a_record_voided_meanwhile_stays_void_and_the_input_is_kept(
    desk: Client, draft: Record, officer: User
) -> None:
    values = filled(desk, page_of(draft, "edit"), note="뒤의 글")
    confirm_record(record=draft, version=0, by=officer)
    actions.void_record(record=draft, reason="예시", by=officer)

    for state in ("draft", "confirmed"):
        answer = desk.post(page_of(draft, "edit"), values | {"state": state})
        assert "취소된 실적입니다" in errors(answer)
        assert "뒤의 글</textarea>" in answer.text
    assert not Record.objects.confirmed().exists()


def test_input_for_a_deleted_draft_can_be_saved_as_a_new_record(client: Client) -> None:
    activity = recordable(record_kind="inspection")
    officer = officer_of(activity)
    client.force_login(officer)
    place = FacilityFactory(kinds=FacilityKind.values)
    address = f"{add_url(activity)}?facility={place.pk}"
    values = filled(client, address, happened_on="2021-03-02", note="글")
    values |= {"detail-outcome": "fine"}
    client.post(address, values)
    draft = Record.objects.get()
    values = filled(client, page_of(draft, "edit"), note="뒤의 글")
    actions.discard_record(record=draft, version=0, by=officer)

    hidden = {"activity": activity.pk, "facility": place.pk}
    answer = client.post(page_of(draft, "edit"), values | hidden)

    assert answer.status_code == 409
    assert "그 사이에 지워진 실적입니다." in errors(answer)
    assert "뒤의 글</textarea>" in answer.text
    assert not Record.objects.exists()
    client.post(*typed(answer, values))
    record = Record.objects.get()
    assert (record.note, record.facility) == ("뒤의 글", place)

    client.force_login(staff(EDITOR, department=DepartmentFactory()))
    gone = draft.pk
    refused = [
        client.post(f"/staff/records/{gone}/edit/", values | sent).status_code
        for sent in (hidden, {}, {"activity": "x"})
    ]
    assert refused == [403, 404, 404]


def test_saving_the_same_content_twice_gets_a_message(
    desk: Client, draft: Record, officer: User
) -> None:
    values = filled(desk, page_of(draft, "edit"), note="같은 글", confirm="")
    same = entry(quantity=1, note="같은 글")
    rewrite_record(record=draft, entry=same, version=0, by=officer)

    page = desk.post(page_of(draft, "edit"), values, follow=True).text

    assert "이미 저장되어 있는 실적이라 또 적지 않았습니다. 작성중이니" in page
    draft.refresh_from_db()
    assert (draft.state, draft.version) == ("draft", 1)


def test_evidence_and_findings_are_kept_in_a_correction(client: Client) -> None:
    activity = recordable(record_kind="patrol")
    client.force_login(officer_of(activity))
    values = filled(client, add_url(activity), happened_on="2021-03-02", files=photo())
    client.post(
        add_url(activity), values | {"detail-residents": "4", "findings-0-what": "예시 파손"}
    )
    draft = Record.objects.get()
    values = filled(client, page_of(draft, "edit"), note="뒤의 글", confirm="")
    assert values["findings-0-what"] == "예시 파손"
    confirm_record(record=draft, version=0, by=officer_of(activity))

    answer = client.post(page_of(draft, "edit"), values | {"findings-1-what": "예시 누수"})
    assert sides(answer)["위험요인"] == ("예시 파손", "예시 파손\n예시 누수")
    client.post(*typed(answer, values | {"findings-1-what": "예시 누수"}))

    correction = Record.objects.confirmed().get()
    assert correction.corrects == draft
    assert [one.name for one in correction.evidence.all()] == ["예시.jpg"]
    found = Finding.objects.filter(record=correction).order_by("pk")
    assert [one.what for one in found] == ["예시 파손", "예시 누수"]


def test_a_finding_is_kept_when_the_same_form_is_sent_again(
    client: Client,
) -> None:
    activity = recordable(record_kind="patrol")
    client.force_login(officer_of(activity))
    day = {"happened_on": "2021-03-02", "detail-residents": "4"}
    client.post(add_url(activity), filled(client, add_url(activity), **day))
    draft = Record.objects.get()
    values = filled(client, page_of(draft, "edit"), **{"findings-0-what": "예시 파손"})
    client.post(page_of(draft, "edit"), values)

    # The old form again with another note: it does not know that the draft has its finding.
    values |= {"note": "뒤의 글"}
    answer = client.post(page_of(draft, "edit"), values)

    assert sides(answer) == {"내용": ("", "뒤의 글")}
    client.post(*typed(answer, values))
    draft.refresh_from_db()
    assert draft.note == "뒤의 글"
    assert [one.what for one in draft.findings.all()] == ["예시 파손"]


def test_a_form_without_version_is_refused(desk: Client, draft: Record) -> None:
    values = filled(desk, page_of(draft, "edit"))
    for wrong in ({"state": "x"}, {"version": ""}):
        assert "화면을 새로 열어" in errors(desk.post(page_of(draft, "edit"), values | wrong))


@pytest.mark.django_db(transaction=True)
def test_a_simultaneous_confirmation_and_save_make_no_correction() -> None:
    activity = recordable()
    one, two = officer_of(activity), officer_of(activity)
    for _round in range(4):
        draft = add_record(activity=activity, entry=entry(note="처음 글"), by=one)
        desk = Client()
        desk.force_login(two)
        values = filled(desk, page_of(draft, "edit"), note="뒤의 글", confirm="")

        confirmed, answer = together(
            lambda draft=draft: confirm_record(record=draft, version=0, by=one),
            lambda draft=draft, desk=desk, values=values: desk.post(page_of(draft, "edit"), values),
        )

        draft.refresh_from_db()
        assert not Record.objects.filter(corrects=draft).exists()
        if answer.status_code == 409:
            assert (draft.note, draft.confirmed_by) == ("처음 글", one)
        else:
            assert isinstance(confirmed, RecordChangedMeanwhileError)
            assert (draft.note, draft.confirmed_by) == ("뒤의 글", two)


@pytest.mark.django_db(transaction=True)
def test_two_simultaneous_saves_lose_no_input() -> None:
    activity = recordable()
    by = officer_of(activity)
    draft = add_record(activity=activity, entry=entry(note="처음 글"), by=by)
    results = together(
        *[
            lambda note=note: rewrite_record(record=draft, entry=entry(note=note), version=0, by=by)
            for note in ("하나", "둘")
        ]
    )
    refused = [one for one in results if isinstance(one, RecordChangedMeanwhileError)]
    draft.refresh_from_db()
    assert len(refused) == 1
    assert refused[0].record.note == draft.note
    assert draft.versions.count() == 2


def test_the_page_lists_versions_with_their_authors(
    desk: Client, draft: Record, officer: User
) -> None:
    assert "쓴 이력" not in desk.get(page_of(draft)).text
    second = officer_of(draft.activity)
    dong = Dong.objects.first()
    rewrite_record(
        record=draft,
        entry=entry("2021-03-05", quantity=1, note="새 글", dong_id=dong.pk),
        version=0,
        by=second,
    )
    confirm_record(record=draft, version=1, by=officer)

    page = Markup(desk.get(page_of(draft)).text)

    told = page.words(page.one("main"))
    assert f"쓴 사람{officer}, {second}" in told
    steps = desk.get(page_of(draft)).context["steps"]
    assert [one.version.by for one in steps] == [officer, second]
    changes = {one.label: (one.before, one.after) for one in steps[1].changes}
    assert changes == {
        "추진일자": ("2021-03-02", "2021-03-05"),
        "동": ("", str(dong)),
        "내용": ("처음 글", "새 글"),
    }


@pytest.mark.parametrize("number", [1, 3])
def test_versions_cost_the_same(
    draft: Record, officer: User, number: int, django_assert_num_queries: Any
) -> None:
    for version, dong in enumerate(Dong.objects.all()[:number]):
        facts = entry(quantity=1, dong_id=dong.pk)
        rewrite_record(record=draft, entry=facts, version=version, by=officer)
    with django_assert_num_queries(2):
        assert len(steps_of(draft)) == number + 1


def test_versions_of_personal_records_are_seen_only_by_their_department(client: Client) -> None:
    personal = recordable(record_kind="delivery", measure="quantity", unit="건")
    officer = officer_of(personal)
    sent = entry(quantity=1, note="적지 않을 글", dong_id=Dong.objects.first().pk)
    draft = add_record(activity=personal, entry=sent, by=officer)
    rewrite_record(record=draft, entry=entry(quantity=2), version=0, by=officer)
    said = [one.said["facts"] for one in draft.versions.all()]
    assert {(one["note"], one["dong_id"]) for one in said} == {("", None)}

    client.force_login(officer)
    assert "쓴 이력" in client.get(page_of(draft)).text
    client.force_login(staff(EDITOR, department=DepartmentFactory()))
    assert client.get(page_of(draft)).status_code == 404


def test_a_colleagues_photo_is_ticked_and_stays(
    desk: Client, draft: Record, activity: Activity
) -> None:
    own = photo("처음.jpg", size=(40, 30))
    desk.post(page_of(draft, "edit"), filled(desk, page_of(draft, "edit"), files=own))
    own = photo("둘째.jpg", size=(50, 30))
    desk.post(page_of(draft, "edit"), filled(desk, page_of(draft, "edit"), files=own))
    _first, second = draft.evidence.order_by("pk")
    # The first tab removes the first photo, while a colleague adds another.
    values = filled(desk, page_of(draft, "edit"), note="뒤의 글", kept=[second.pk])
    desk.force_login(officer_of(activity))
    theirs = photo("동료.jpg", size=(60, 30))
    desk.post(page_of(draft, "edit"), filled(desk, page_of(draft, "edit"), files=theirs))
    desk.force_login(draft.written_by)

    answer = desk.post(page_of(draft, "edit"), values)

    assert answer.status_code == 409
    names = ["처음.jpg\n둘째.jpg\n동료.jpg", "둘째.jpg\n동료.jpg"]
    assert sides(answer)["증빙"] == tuple(names)
    desk.post(*typed(answer, values))
    draft.refresh_from_db()
    assert draft.note == "뒤의 글"
    assert {one.name for one in draft.evidence.all()} == {"둘째.jpg", "동료.jpg"}
