"""The pages that record work: few steps, no duplicates, right units."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gwonseon.office.models import Dong, User
from gwonseon.office.roles import EDITOR
from plans.ledger.models import Record
from plans.tree.models import Activity, Plan
from tests.factories.ledger import RecordFactory, officer_of, photo, recordable
from tests.factories.office import DepartmentFactory, staff
from tests.factories.tree import ActivityFactory, publish
from tests.plans.ledger.forms import add_url, errors, filled, page_of


def test_a_record_is_written_and_confirmed_in_one_go(desk: Client, activity: Activity) -> None:
    values = filled(desk, add_url(activity), happened_on="2021-03-02", quantity="1,200", confirm="")

    response = desk.post(add_url(activity), values, follow=True)

    record = Record.objects.get()
    assert "확정했습니다." in response.text
    assert (record.quantity, record.state) == (1200, Record.State.CONFIRMED)


def test_a_draft_is_edited_and_then_confirmed(desk: Client, activity: Activity) -> None:
    desk.post(add_url(activity), filled(desk, add_url(activity), happened_on="2021-03-02"))
    record = Record.objects.get()
    assert record.state == Record.State.DRAFT

    values = filled(desk, page_of(record, "edit"), people="12", note="새 내용")
    desk.post(page_of(record, "edit"), values)
    record.refresh_from_db()
    assert (record.people, record.note, record.version) == (12, "새 내용", 1)

    desk.post(page_of(record, "confirm"), {"version": 1})
    record.refresh_from_db()
    assert record.state == Record.State.CONFIRMED


def test_a_new_form_starts_with_the_users_last_entry(
    desk: Client, activity: Activity, officer: User
) -> None:
    dong = Dong.objects.last()
    RecordFactory(activity=activity, written_by=officer, dong=dong, people=25)

    form = desk.get(add_url(activity)).context["forms"].record

    assert form["dong"].value() == dong.pk
    assert "지난번: 25" in form.fields["people"].help_text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"happened_on": ""}, "추진일자를 적어 주세요."),
        ({"happened_on": "봄"}, "「봄」을(를) 날짜로 읽을 수 없습니다."),
        ({"happened_on": "2020-12-31"}, "2021년의 날짜를 적으세요."),
        ({"quantity": "3명"}, "단위는 회입니다."),
        ({"quantity": "1,5"}, "「1,5」의 쉼표가 맞지 않습니다."),
        ({"people": "3,4"}, "「3,4」의 쉼표가 맞지 않습니다."),
        ({"quantity": "-1"}, "0 이상"),
        ({"quantity": "1.005"}, "2"),
        ({"people": "9" * 5000}, ""),
        ({"note": "가" * 2001}, "2000자까지"),
        ({"note": "예시\u202e글"}, "U+202E"),
        ({"dong": "9999"}, "동"),
        ({"token": "no-token"}, ""),
    ],
)
def test_each_wrong_field_gets_its_sentence_and_keeps_what_was_typed(
    desk: Client, activity: Activity, values: dict[str, Any], sentence: str
) -> None:
    sent = filled(desk, add_url(activity), happened_on="2021-03-02", people="77") | values

    response = desk.post(add_url(activity), sent)

    assert response.status_code == 200
    assert sentence in errors(response)
    assert "people" in values or 'value="77"' in response.text
    assert not Record.objects.exists()


def test_a_future_day_is_refused(client: Client, db: None) -> None:
    this_year = timezone.localdate().year
    activity = recordable(year=this_year)
    client.force_login(officer_of(activity))
    tomorrow = timezone.localdate() + dt.timedelta(1)

    values = filled(client, add_url(activity), happened_on=str(tomorrow))

    sentence = "아직 오지 않은 날입니다." if tomorrow.year == this_year else "년의 날짜를 적으세요."
    assert sentence in errors(client.post(add_url(activity), values))


def test_an_unusual_number_of_people_needs_confirmation(desk: Client, activity: Activity) -> None:
    values = filled(desk, add_url(activity), happened_on="2021-03-02", people="10000", confirm="")

    asked = desk.post(add_url(activity), values)
    assert "인원이 맞습니다" in errors(asked)
    assert not Record.objects.exists()

    desk.post(add_url(activity), values | {"sure": "on"})
    assert Record.objects.get().people == 10_000


def test_an_unusual_sum_of_a_kinds_own_numbers_needs_confirmation(client: Client, db: None) -> None:
    activity = recordable(record_kind="patrol")
    client.force_login(officer_of(activity))
    many = {"happened_on": "2021-03-02", "detail-residents": "10000", "confirm": ""}
    values = filled(client, add_url(activity), **many)

    assert "인원이 맞습니다" in errors(client.post(add_url(activity), values))
    assert not Record.objects.exists()
    client.post(add_url(activity), values | {"sure": "on"})
    assert Record.objects.get().people == 10_000


def test_a_forged_form_gets_a_sentence(client: Client, db: None) -> None:
    activity = recordable(record_kind="patrol")
    client.force_login(officer_of(activity))
    values = filled(client, add_url(activity), happened_on="2021-03-02", confirm="")
    values["detail-residents"] = "열두 명"
    for name in ("token", "version", "findings-TOTAL_FORMS"):
        told = errors(client.post(add_url(activity), values | {name: "x"}))
        assert "화면을 새로 열어" in told
        assert "「열두 명」을(를) 수로 읽을 수 없습니다." in told
    assert not Record.objects.exists()


def test_the_same_form_sent_twice_is_one_record(desk: Client, activity: Activity) -> None:
    values = filled(desk, add_url(activity), happened_on="2021-03-02", confirm="")

    addresses = {desk.post(add_url(activity), values).url for _ in range(2)}

    assert addresses == {Record.objects.get().get_absolute_url()}


def test_the_number_that_counts_is_required(client: Client, db: None) -> None:
    activity = recordable(measure="quantity", unit="개소", counted="점검한 곳")
    client.force_login(officer_of(activity))

    values = filled(client, add_url(activity), happened_on="2021-03-02", quantity="")

    assert "(개소)" in errors(client.post(add_url(activity), values))


def test_work_before_an_activity_ended_can_be_recorded(client: Client, db: None) -> None:
    activity = recordable(retired_on=dt.date(2021, 6, 30))
    client.force_login(officer_of(activity))
    page = client.get(add_url(activity))
    assert "끝난 활동입니다" in page.text

    values = filled(client, add_url(activity), happened_on="2021-07-01")
    assert "2021-06-30" in errors(client.post(add_url(activity), values))
    client.post(add_url(activity), values | {"happened_on": "2021-06-30"})
    assert Record.objects.count() == 1


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (SimpleUploadedFile("예시.jpg", b"no photo at all"), "사진이나 PDF가 아닙니다."),
        (SimpleUploadedFile("예시.svg", b"<svg><script>1</script></svg>"), "사진이나 PDF가"),
        (SimpleUploadedFile("예시.pdf", b"%PDF-" + bytes(50 * 2**20 - 5)), "50MB"),
        (photo(format="GIF"), "사진이나 PDF가 아닙니다."),
    ],
)
def test_invalid_files_are_refused(
    desk: Client, activity: Activity, upload: SimpleUploadedFile, sentence: str
) -> None:
    upload.seek(0)
    values = filled(desk, add_url(activity), happened_on="2021-03-02", note="남을 글", files=upload)

    response = desk.post(add_url(activity), values)

    assert sentence in errors(response)
    assert "남을 글" in response.text
    assert not Record.objects.exists()


def test_evidence_is_shown_only_to_users_who_see_the_record(
    desk: Client, activity: Activity
) -> None:
    values = filled(desk, add_url(activity), happened_on="2021-03-02", files=photo())
    desk.post(add_url(activity), values)
    shown = Record.objects.get().evidence.get()
    address = reverse("ledger:evidence", args=[shown.pk])

    answer = desk.get(address)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer.getvalue().startswith(b"\xff\xd8")
    assert "예시.jpg" in desk.get(page_of(shown.record)).text
    desk.logout()
    assert desk.get(address).status_code == 302


def test_discarding_a_draft_deletes_its_files(
    desk: Client, activity: Activity, media: Any, django_capture_on_commit_callbacks: Any
) -> None:
    values = filled(desk, add_url(activity), happened_on="2021-03-02", files=photo())
    desk.post(add_url(activity), values)
    assert [one for one in media.rglob("*") if one.is_file()]

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(page_of(Record.objects.get(), "discard"), {"version": 0})

    assert not Record.objects.exists()
    assert not [one for one in media.rglob("*") if one.is_file()]


def test_a_correction_replaces_and_a_void_removes_the_record(
    desk: Client, activity: Activity, officer: User
) -> None:
    old = RecordFactory(activity=activity, written_by=officer, people=10, confirmed=True)

    values = filled(desk, page_of(old, "edit"), people="12", confirm="")
    desk.post(page_of(old, "edit"), values)
    new = Record.objects.get(corrects=old)
    old.refresh_from_db()
    assert (old.state, new.state, new.people) == ("corrected", "confirmed", 12)

    assert "왜 취소하는지" in errors(desk.post(page_of(new, "void"), {"reason": " "}))
    for hidden in ("\u200b", "두 번\u202e 적음"):
        assert "U+" in errors(desk.post(page_of(new, "void"), {"reason": hidden}))
    assert Record.objects.confirmed().exists()
    desk.post(page_of(new, "void"), {"reason": "두 번 적음"})
    assert not Record.objects.confirmed().exists()


def test_the_second_save_does_not_overwrite_the_first(
    desk: Client, activity: Activity, officer: User
) -> None:
    record = RecordFactory(activity=activity, written_by=officer)
    values = filled(desk, page_of(record, "edit"), note="뒤의 글")
    Record.objects.filter(pk=record.pk).update(version=1)

    response = desk.post(page_of(record, "edit"), values)

    assert "다른 사람이 이 실적을 고쳤습니다." in errors(response)
    assert "뒤의 글" in response.text


def test_other_departments_can_neither_record_nor_confirm(
    client: Client, activity: Activity
) -> None:
    record = RecordFactory(activity=activity)
    client.force_login(staff(EDITOR))

    assert client.get(add_url(activity)).status_code == 403
    for do in ("confirm", "discard", "void", "edit"):
        assert client.post(page_of(record, do), {"version": 0}).status_code == 403
    record.refresh_from_db()
    assert record.is_draft


@pytest.mark.parametrize("number", [1, 3])
def test_choosing_an_activity_costs_the_same_for_any_number(
    client: Client, db: None, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    officer = staff(EDITOR, department=DepartmentFactory())
    activities = ActivityFactory.create_batch(number, department=officer.department)
    for plan in Plan.objects.all():
        publish(plan)
    client.force_login(officer)

    with django_assert_num_queries(6):
        page = client.get(reverse("ledger:choose"))
    assert set(page.context["activities"]) == set(activities)


def test_numbers_and_days_are_read_as_offices_write_them(desk: Client, activity: Activity) -> None:
    sent = filled(
        desk, add_url(activity), happened_on="3월 2일(화)", quantity="1,200회", people="３명"
    )

    assert desk.post(add_url(activity), sent).status_code == 302

    record = Record.objects.get()
    assert (str(record.happened_on), record.quantity, record.people) == ("2021-03-02", 1200, 3)


def test_a_valid_day_is_kept_when_another_field_is_wrong(desk: Client, activity: Activity) -> None:
    sent = filled(desk, add_url(activity), happened_on="2021. 3. 2.", quantity="1,5")
    page = desk.post(add_url(activity), sent).text
    assert 'value="2021-03-02"' in page
    assert 'value="1,5"' in page


def test_a_dong_closed_since_stays_a_choice_of_its_records(
    desk: Client, activity: Activity, officer: User
) -> None:
    dong = Dong.objects.first()
    record = RecordFactory(activity=activity, written_by=officer, dong=dong, people=3)
    Dong.objects.filter(pk=dong.pk).update(closed_on="2021-12-01")

    url = reverse("ledger:record_edit", args=[record.pk])
    assert desk.post(url, filled(desk, url, note="예시로 고침")).status_code == 302

    record.refresh_from_db()
    assert (record.dong, record.note) == (dong, "예시로 고침")
    assert dong.pk not in [
        one.pk
        for one in desk.get(add_url(activity)).context["forms"].record.fields["dong"].queryset
    ]
