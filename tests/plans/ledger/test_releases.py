"""Photos of confirmed records that are released for reports, and withdrawn."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from gwonseon.office.models import User
from gwonseon.office.roles import HEAD
from gwonseon.refusals import RefusedError
from plans.ledger.actions import void_record
from plans.ledger.models import Evidence, Record
from plans.ledger.releases.actions import release_photo
from plans.ledger.releases.models import PhotoRelease
from plans.tree.models import Activity
from tests.factories.ledger import RecordFactory, officer_of, recordable
from tests.factories.office import staff

pytestmark = pytest.mark.django_db

WORDS = {"alt": "공원을 순찰하는 두 사람", "caption": "예시 설명"}


@pytest.fixture
def head(activity: Activity) -> User:
    return staff(HEAD, department=activity.department)


def photo_of(record: Record, kind: Evidence.Type = Evidence.Type.PHOTO) -> Evidence:
    """Return evidence of a draft."""
    photo = Evidence.of("예시.jpg", kind, b"x", record=record)
    photo.save()
    return photo


def confirmed(record: Record) -> Record:
    """Return a draft as a confirmed record."""
    facts = {"confirmed_by": record.written_by, "confirmed_on": record.happened_on}
    moment = {"confirmed_at": record.written_at, "state": Record.State.CONFIRMED}
    Record.objects.filter(pk=record.pk).update(**facts, **moment)
    record.refresh_from_db()
    return record


def test_a_photo_is_released_once_and_withdrawn(
    client: Client, activity: Activity, head: User
) -> None:
    photo = photo_of(RecordFactory(activity=activity))
    record = confirmed(photo.record)
    release, withdraw = (
        reverse(f"ledger:{name}", args=[photo.pk]) for name in ("release", "withdraw")
    )
    client.force_login(head)

    assert release in client.get(record.get_absolute_url()).text
    page = client.post(release, {"alt": "", "caption": "적은 설명"}).text
    assert "사진에 무엇이 보이는지 한 문장으로 적어 주세요." in page
    assert "적은 설명" in page
    assert not PhotoRelease.objects.exists()

    for _time in range(2):
        client.post(release, WORDS)
    assert list(PhotoRelease.objects.values_list("alt", "released_by")) == [(WORDS["alt"], head.pk)]
    page = client.post(release, WORDS | {"alt": "다른 글"}, follow=True).text
    assert "이미 다른 설명으로 보고서에 싣는 사진입니다." in page
    assert withdraw in page

    for _time in range(2):
        assert client.post(withdraw).status_code == 302
    assert not PhotoRelease.objects.exists()
    events = apps.get_model("plans", "PhotoReleaseEvent").objects.order_by("pgh_id")
    assert list(events.values_list("pgh_label", flat=True)) == ["insert", "delete"]


def test_only_photos_of_what_counts_are_released(activity: Activity, head: User) -> None:
    draft = photo_of(RecordFactory(activity=activity))
    document = photo_of(draft.record, Evidence.Type.DOCUMENT)
    with pytest.raises(RefusedError, match="확정된 실적의 사진만"):
        release_photo(photo=draft, by=head, **WORDS)
    with pytest.raises(IntegrityError, match="only photos of confirmed"), transaction.atomic():
        PhotoRelease.objects.create(evidence=draft, alt="예시", released_by=head)

    record = confirmed(draft.record)
    with pytest.raises(RefusedError, match="사진만 싣습니다"):
        release_photo(photo=document, by=head, **WORDS)
    with pytest.raises(RefusedError, match="승인하는 사람"):
        release_photo(photo=draft, by=staff(HEAD), **WORDS)

    release_photo(photo=draft, by=head, **WORDS)
    assert PhotoRelease.objects.in_use().exists()
    void_record(record=record, reason="두 번 적음", by=officer_of(activity))
    assert not PhotoRelease.objects.in_use().exists()


def test_no_photo_of_a_personal_kind_is_released() -> None:
    activity = recordable(record_kind="contact")
    photo = photo_of(RecordFactory(activity=activity))
    head = staff(HEAD, department=activity.department)
    with pytest.raises(RefusedError, match="개인의 일을 적은"):
        release_photo(photo=photo, by=head, **WORDS)
