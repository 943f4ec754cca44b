"""A user who sets up, uses or removes one-time codes changes nobody else's."""

import pytest
from django.core.exceptions import ValidationError
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from gwonseon.office.codes.actions import (
    confirm_set_up,
    give_code,
    remove_codes,
    start_set_up,
    wait,
)
from gwonseon.office.models import User
from tests.factories.office import UserFactory
from tests.office.codes import code_of, set_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def other() -> User:
    """Somebody who has set up codes, and has begun to do so with a new telephone."""
    other = UserFactory()
    set_up(other)
    start_set_up(by=other)
    return other


def kept_by(user: User) -> tuple[list[tuple[int, bool]], set[str]]:
    """Return a person's devices, each with whether it is confirmed, and recovery codes."""
    keys = TOTPDevice.objects.filter(user=user).order_by("pk").values_list("pk", "confirmed")
    tokens = StaticToken.objects.filter(device__user=user).values_list("token", flat=True)
    return list(keys), set(tokens)


def test_setting_up_and_removing_leaves_what_others_have(other: User) -> None:
    user, before = UserFactory(), kept_by(other)

    set_up(user)
    assert kept_by(other) == before
    start_set_up(by=user)
    assert kept_by(other) == before
    remove_codes(by=user)
    assert kept_by(user) == ([], set())
    assert kept_by(other) == before


def test_a_new_beginning_forgets_the_last_one_and_keeps_what_counts() -> None:
    user = UserFactory()
    set_up(user)
    counts = TOTPDevice.objects.get(user=user)
    first, second = start_set_up(by=user), start_set_up(by=user)

    assert kept_by(user)[0] == [(counts.pk, True), (second.pk, False)]
    assert first.pk != second.pk


def test_a_new_key_and_new_recovery_codes_take_the_place_of_the_old_ones() -> None:
    user = UserFactory()
    old = set_up(user)
    device = start_set_up(by=user)

    new = confirm_set_up(device=device, code=code_of(device), by=user)

    assert kept_by(user) == ([(device.pk, True)], set(new))
    assert not set(old) & set(new)
    assert StaticDevice.objects.filter(user=user).count() == 1


def test_a_key_whose_first_code_never_came_opens_nothing() -> None:
    user = UserFactory()
    device = start_set_up(by=user)

    with pytest.raises(ValidationError, match="번호가 맞지 않습니다"):
        give_code(code=code_of(device), by=user)


def test_somebody_elses_codes_open_nothing() -> None:
    other, user = UserFactory(), UserFactory()
    recovery = set_up(other)
    key = TOTPDevice.objects.get(user=other)
    set_up(user)

    for code in (code_of(key), recovery[0]):
        with pytest.raises(ValidationError, match="번호가 맞지 않습니다"):
            give_code(code=code, by=user)
    assert give_code(code=code_of(key), by=other) == key
    assert isinstance(give_code(code=recovery[0], by=other), StaticDevice)


@pytest.mark.parametrize(
    ("seconds", "span"), [(1, "1초"), (59, "59초"), (60, "1분"), (61, "2분"), (120, "2분")]
)
def test_the_wait_is_said_in_seconds_and_from_a_minute_on_in_minutes(
    seconds: int, span: str
) -> None:
    assert f" {span} 동안" in wait(seconds)
