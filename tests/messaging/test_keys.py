"""Encryption keys: any known key opens a value, and the current key seals new ones."""

import base64
from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from gwonseon.messaging import delivery, rotation
from gwonseon.messaging.actions import send_one
from gwonseon.messaging.channels import current_channel
from gwonseon.messaging.models import Message, Sender
from gwonseon.messaging.sealing import SealError, digest, key_number, seal, unseal
from tests.messaging.conftest import SendToMany, StartVendor
from tests.messaging.people import number

OLD, NEW = b"1" * 32, b"2" * 32


def rotated(settings: Settings) -> None:
    """Put a new key in front of the old one."""
    settings.PHONE_KEYS = {2: NEW} | settings.PHONE_KEYS


def test_a_sealed_value_is_never_the_same_twice_and_opens_with_its_key(settings: Settings) -> None:
    settings.PHONE_KEYS = {1: OLD}
    sealed, again = seal(number(1)), seal(number(1))

    assert sealed != again
    assert number(1).encode() not in sealed
    settings.PHONE_KEYS = {2: NEW, 1: OLD}
    assert unseal(memoryview(sealed)) == number(1)
    assert (key_number(sealed), key_number(seal("x"))) == (1, 2)
    settings.PHONE_KEYS = {2: NEW}
    with pytest.raises(SealError, match="no key 1"):
        unseal(sealed)
    settings.PHONE_KEYS = {1: NEW}
    with pytest.raises(SealError, match="does not open"):
        unseal(sealed)
    settings.PHONE_KEYS = {}
    with pytest.raises(SealError, match="empty"):
        seal("x")


def test_a_digest_needs_its_key(settings: Settings) -> None:
    before = digest(number(1))
    assert digest(number(1)) == before
    settings.PHONE_DIGEST_KEYS = {1: base64.b64decode("B" * 43 + "=")}
    assert digest(number(1)) != before
    settings.PHONE_DIGEST_KEYS = {}
    with pytest.raises(SealError, match="empty"):
        digest(number(1))


@pytest.mark.django_db
def test_keys_are_rotated_while_messages_are_being_sent(
    settings: Settings, start_vendor: StartVendor, send_to_many: SendToMany
) -> None:
    vendor = start_vendor()
    dispatch = send_to_many(250)
    now = timezone.now()
    through = delivery.gateway(current_channel().gateway)
    batch = delivery.claim(delivery.next_waiting(now, 100), through, now)
    rotated(settings)
    rotation.rotate_slice(rotation.sealed_columns[0])
    # The worker of this batch had read nothing yet; the old key goes when the rotation is done.
    call_command("rotate_keys", stdout=StringIO())
    del settings.PHONE_KEYS[1]

    delivery.deliver(batch, through)
    delivery.drain(seconds=20)

    assert {one["number"] for one in vendor.letters} == set(map(number, range(250)))
    assert vendor.doubled == 0
    assert not Message.objects.filter(dispatch=dispatch).exclude(sealed=None).exists()


@pytest.mark.django_db
def test_a_rotation_goes_on_where_it_stopped(
    settings: Settings, send_to_many: SendToMany, monkeypatch: pytest.MonkeyPatch
) -> None:
    send_to_many(5)
    rotated(settings)
    monkeypatch.setattr(rotation, "SLICE", 3)
    assert rotation.rotate_slice(rotation.sealed_columns[0]) == 3

    said = StringIO()
    call_command("rotate_keys", stdout=said)

    # Five people and five messages, of which three were done, and one text.
    assert "8개를 2번 열쇠로" in said.getvalue()
    assert set(rotation.rotate().values()) == {0}


def test_every_sealed_column_is_rotated() -> None:
    sealed = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if field.name.startswith("sealed")
    }

    assert sealed == {(column.model, column.name) for column in rotation.sealed_columns}


@pytest.mark.django_db
def test_a_missing_key_is_named_and_nothing_is_lost(settings: Settings, sender: Sender) -> None:
    expires_at = timezone.now() + timedelta(minutes=5)
    send_one(key="예시", number=number(1), text="예시", expires_at=expires_at)
    settings.PHONE_KEYS = {2: NEW}

    with pytest.raises(CommandError, match="no key 1"):
        call_command("rotate_keys")

    assert Message.objects.exclude(sealed=None).count() == 1
