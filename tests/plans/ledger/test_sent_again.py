"""A form that is sent again after it was saved: the same record, or a sentence that says why."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from plans.ledger import actions
from plans.ledger.actions import RecordSentTwiceError, add_record, correct_record
from plans.ledger.models import Evidence, Finding, Record
from plans.tree.models import Activity
from tests.factories.ledger import entry, officer_of, photo, recordable
from tests.plans.ledger.forms import add_url, errors, filled, page_of
from tests.plans.together import together

pytestmark = pytest.mark.django_db


def days() -> list[str]:
    return [str(one.happened_on) for one in Record.objects.order_by("pk")]


def test_the_same_form_with_the_same_facts_gets_a_message(desk: Client, activity: Activity) -> None:
    values = filled(desk, add_url(activity), happened_on="2021-03-02", quantity="1,200", confirm="")
    desk.post(add_url(activity), values)

    page = desk.post(add_url(activity), values | {"quantity": "1200.00"}, follow=True).text

    assert "이미 저장되어 있는 실적이라 또 적지 않았습니다." in page
    assert Record.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [
        {"happened_on": "2021-03-03"},
        {"quantity": "2"},
        {"people": "3"},
        {"note": "다른 글"},
        {"files": "a photo"},
    ],
)
def test_the_same_form_with_other_facts_can_be_saved_as_another_record(
    desk: Client, activity: Activity, other: dict[str, Any]
) -> None:
    values = filled(desk, add_url(activity), happened_on="2021-03-02", note="글", confirm="")
    desk.post(add_url(activity), values)
    first = Record.objects.get()
    changed = values | other | ({"files": photo()} if "files" in other else {})

    answer = desk.post(add_url(activity), changed)

    told = errors(answer)
    assert f"2021. 3. 2. 실적(번호 {first.pk})" in told
    assert f'href="{first.get_absolute_url()}"' in answer.text
    assert Record.objects.count() == 1
    form = answer.context["forms"].record
    assert form["token"].value() != values["token"]
    for name in other.keys() - {"files"}:
        assert str(form[name].value()) == other[name]

    assert ("사진과 문서는 다시 고르세요." in answer.text) == ("files" in other)
    assert "다시 저장하고" in told
    again = changed | {"token": form["token"].value(), "another": form["another"].value()}
    again |= {"files": photo()} if "files" in other else {}
    page = desk.post(add_url(activity), again, follow=True).text
    assert "확정했습니다." in page
    assert Record.objects.confirmed().count() == 2


def test_other_details_and_findings_are_other_facts(client: Client) -> None:
    activity = recordable(record_kind="patrol")
    client.force_login(officer_of(activity))
    values = filled(client, add_url(activity), happened_on="2021-03-02", confirm="")
    values |= {"detail-residents": "4", "findings-0-what": "예시 파손"}
    client.post(add_url(activity), values)

    for other in ({"detail-residents": "5"}, {"findings-0-what": "예시 누수"}):
        assert "이미 저장했으니" in errors(client.post(add_url(activity), values | other))
    page = client.post(add_url(activity), values, follow=True).text

    assert "또 적지 않았습니다." in page
    assert Record.objects.count() == 1


def test_evidence_is_the_same_by_its_content(activity: Activity, officer: User) -> None:
    def shown(content: bytes) -> list[Evidence]:
        return [Evidence.of("예시.pdf", Evidence.Type.DOCUMENT, content)]

    sent = entry(quantity=1)
    sent.evidence = shown(b"%PDF-1")
    record = add_record(activity=activity, entry=sent, by=officer)
    sent.evidence = shown(b"%PDF-1")
    assert add_record(activity=activity, entry=sent, by=officer) == record
    sent.evidence = shown(b"%PDF-2")
    with pytest.raises(RecordSentTwiceError):
        add_record(activity=activity, entry=sent, by=officer)


def test_a_form_is_another_where_it_goes_on_with_other_evidence(
    activity: Activity, officer: User
) -> None:
    sent = entry(quantity=1)
    sent.evidence = [
        Evidence.of(f"예시 {n}.pdf", Evidence.Type.DOCUMENT, b"%PDF-" + str(n).encode())
        for n in range(2)
    ]
    record = add_record(activity=activity, entry=sent, by=officer, confirm=True)
    first, second = record.evidence.order_by("pk")
    anew = entry(quantity=2)
    anew.kept = [first.pk]
    correction = correct_record(record=record, entry=anew, by=officer)

    kept = correction.versions.get().said["evidence"]
    assert [one["name"] for one in kept] == [first.name]
    assert correct_record(record=record, entry=anew, by=officer) == correction
    anew.kept = [first.pk, second.pk]
    with pytest.raises(RecordSentTwiceError):
        correct_record(record=record, entry=anew, by=officer)


def test_a_draft_is_the_same_for_who_wrote_it_so_and_for_nobody_else(
    activity: Activity, officer: User
) -> None:
    colleague = officer_of(activity)
    draft = add_record(activity=activity, entry=entry(quantity=1), by=officer)
    anew = entry(quantity=2)
    actions.rewrite_record(record=draft, entry=anew, version=0, by=officer)

    again = actions.rewrite_record(record=draft, entry=anew, version=0, by=officer)
    assert (again.version, again.was_there) == (1, True)
    with pytest.raises(actions.RecordChangedMeanwhileError):
        actions.rewrite_record(record=draft, entry=anew, version=0, by=colleague)


def test_a_draft_that_is_sent_again_to_be_confirmed_is_confirmed(
    desk: Client, activity: Activity
) -> None:
    values = filled(desk, add_url(activity), happened_on="2021-03-02")
    desk.post(add_url(activity), values)

    page = desk.post(add_url(activity), values | {"confirm": ""}, follow=True).text

    assert "확정했습니다." in page
    assert Record.objects.confirmed().count() == 1


def test_a_rewritten_draft_is_confirmed_by_the_same_form(
    desk: Client, activity: Activity, officer: User
) -> None:
    draft = add_record(activity=activity, entry=entry(quantity=1), by=officer)
    address = page_of(draft, "edit")
    values = filled(desk, address, quantity="2")
    desk.post(address, values | {"files": photo()})

    page = desk.post(address, values | {"files": photo(), "confirm": ""}, follow=True).text

    assert "확정했습니다. 진행에" in page
    draft.refresh_from_db()
    assert (draft.state, draft.quantity, draft.version) == ("confirmed", 2, 1)
    assert draft.evidence.count() == 1
    again = desk.post(address, values | {"files": photo(), "confirm": ""}, follow=True).text
    assert "이미 저장되어 있는 실적이라" in again


def test_an_old_form_does_not_confirm_newer_content(
    desk: Client, activity: Activity, officer: User
) -> None:
    draft = add_record(activity=activity, entry=entry(quantity=1), by=officer)
    values = filled(desk, page_of(draft, "edit"), quantity="2")
    desk.post(page_of(draft, "edit"), values)
    other = entry(quantity=9)
    actions.rewrite_record(record=draft, entry=other, version=1, by=officer_of(activity))

    answer = desk.post(page_of(draft, "edit"), values | {"confirm": ""})

    assert answer.status_code == 409
    assert "다른 사람이 이 실적을 고쳤습니다." in errors(answer)
    draft.refresh_from_db()
    assert (draft.state, draft.quantity) == ("draft", 9)


def test_the_form_of_a_voided_record_writes_nothing_and_says_so(
    desk: Client, activity: Activity, officer: User
) -> None:
    values = filled(desk, add_url(activity), happened_on="2021-03-02", confirm="")
    desk.post(add_url(activity), values)
    actions.void_record(record=Record.objects.get(), reason="예시", by=officer)

    page = desk.post(add_url(activity), values, follow=True).text

    assert "정정되거나 취소된 실적이라 또 적지 않았습니다." in page
    assert not Record.objects.confirmed().exists()


def test_a_draft_changed_meanwhile_is_not_confirmed_by_its_old_form(
    desk: Client, activity: Activity, officer: User
) -> None:
    values = filled(desk, add_url(activity), happened_on="2021-03-02")
    desk.post(add_url(activity), values)
    record = Record.objects.get()
    actions.rewrite_record(record=record, entry=entry(quantity=9), version=0, by=officer)

    page = desk.post(add_url(activity), values | {"confirm": ""}, follow=True).text

    assert "작성중이니 확정해야" in page
    record.refresh_from_db()
    assert (record.state, record.quantity) == ("draft", 9)


def test_another_users_form_can_be_saved_as_a_new_record(desk: Client, activity: Activity) -> None:
    token = uuid4()
    sent = entry(quantity=1)
    sent.token = token
    add_record(activity=activity, entry=sent, by=officer_of(activity))
    values = filled(desk, add_url(activity), happened_on="2021-03-02", token=str(token))

    answer = desk.post(add_url(activity), values)
    assert "이미 다른 실적을 쓴 양식" in errors(answer)
    desk.post(
        add_url(activity),
        values | {"token": answer.context["forms"].record["token"].value()},
    )
    assert Record.objects.count() == 2


def confirmed(activity: Activity, officer: User, **facts: Any) -> Record:
    return add_record(activity=activity, entry=entry(**facts), by=officer, confirm=True)


@pytest.mark.parametrize("confirm", [{"confirm": ""}, {}])
def test_a_correction_sent_again_with_other_facts_is_compared(
    desk: Client, activity: Activity, officer: User, confirm: dict[str, str]
) -> None:
    old = confirmed(activity, officer, quantity=1)
    values = filled(desk, page_of(old, "edit"), quantity="2") | confirm
    desk.post(page_of(old, "edit"), values)
    new = Record.objects.get(corrects=old)

    same = desk.post(page_of(old, "edit"), values, follow=True)
    assert same.redirect_chain[0][0] == new.get_absolute_url()
    assert "또 적지 않았습니다." in same.text

    answer = desk.post(page_of(old, "edit"), values | {"quantity": "3"})
    assert answer.status_code == 409
    assert "이미 정정을 저장했습니다." in errors(answer)
    assert 'value="3"' in answer.text
    assert f'action="{page_of(new, "edit")}"' in answer.text
    forms = answer.context["forms"].record
    hidden = {name: forms[name].value() for name in ("token", "version", "state")}
    desk.post(page_of(new, "edit"), values | {"quantity": "3"} | hidden)

    newest = Record.objects.order_by("pk").last()
    assert newest.quantity == 3
    assert newest == new if not confirm else newest.corrects == new


@pytest.mark.django_db(transaction=True)
def test_the_same_form_in_two_tabs_at_once_loses_no_input() -> None:
    activity = recordable()
    officer = officer_of(activity)
    for day in range(1, 6):
        first, second = entry(f"2021-03-0{day}"), entry(f"2021-04-0{day}")
        second.token = first.token
        results = together(
            *[
                lambda sent=sent: add_record(
                    activity=activity, entry=sent, by=officer, confirm=True
                )
                for sent in (first, second)
            ]
        )
        refused = [one for one in results if isinstance(one, RecordSentTwiceError)]
        written = [one for one in results if isinstance(one, Record)]
        assert (len(refused), len(written)) == (1, 1)
        assert refused[0].record == written[0]
    assert Record.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_the_same_correction_form_twice_at_once_loses_no_input() -> None:
    activity = recordable()
    officer = officer_of(activity)
    old = confirmed(activity, officer)
    first, second = entry(people=2), entry(people=3)
    second.token = first.token
    results = together(
        *[
            lambda sent=sent: correct_record(record=old, entry=sent, by=officer, confirm=True)
            for sent in (first, second)
        ]
    )
    assert sum(isinstance(one, RefusedError) for one in results) == 1
    assert Record.objects.filter(corrects=old).count() == 1


def test_findings_moved_to_a_correction_are_still_compared(
    activity: Activity, officer: User
) -> None:
    found, more = entry(quantity=1), entry(quantity=2)
    found.findings = [Finding(what="예시 파손")]
    old = add_record(activity=activity, entry=found, by=officer, confirm=True)
    for _ in range(2):
        more.findings = [Finding(what="예시 파손"), Finding(what="예시 누수")]
        new = correct_record(record=old, entry=more, by=officer, confirm=True)
    assert [one.what for one in new.findings.order_by("pk")] == ["예시 파손", "예시 누수"]
