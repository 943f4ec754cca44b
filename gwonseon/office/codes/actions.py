"""One-time codes: from an app on the user's phone, and ten recovery codes if the phone is lost.

django-otp stores the keys, accepts each code only once, and doubles the wait after each wrong code.
"""

import logging
import math

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from gwonseon.fields.words import composed
from gwonseon.office.codes.queries import code_state
from gwonseon.office.models import User

logger = logging.getLogger(__name__)

RECOVERY_CODES = 10
APP_DIGITS = 6


@transaction.atomic
def start_set_up(*, by: User) -> TOTPDevice:
    """Make a new key and delete unconfirmed ones. It is used once its first code is confirmed."""
    TOTPDevice.objects.filter(user=by, confirmed=False).delete()
    return TOTPDevice.objects.create(user=by, confirmed=False)


def confirm_set_up(*, device: TOTPDevice, code: str, by: User) -> list[str]:
    """Confirm a new key by its first code; it replaces the earlier key.

    Returns new recovery codes, which are shown only once. Raises ValidationError for a wrong code.
    """
    take(device, squeeze(code))
    with transaction.atomic():
        TOTPDevice.objects.filter(user=by).exclude(pk=device.pk).delete()
        TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
        StaticDevice.objects.filter(user=by).delete()
        recovery = StaticDevice.objects.create(user=by)
        codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
        StaticToken.objects.bulk_create(StaticToken(device=recovery, token=one) for one in codes)
    logger.info("User %s set up one-time codes.", by.pk)
    return codes


def give_code(*, code: str, by: User) -> Device:
    """Check a code of the app or a recovery code, and return its device.

    Raises ValidationError for a wrong code.
    """
    code = squeeze(code)
    of_app = len(code) == APP_DIGITS and code.isdigit()
    model = TOTPDevice if of_app else StaticDevice
    device = model.objects.filter(user=by, confirmed=True).first()
    try:
        take(device, code)
    except ValidationError:
        logger.warning("A one-time code of user %s was refused.", by.pk)
        raise
    logger.info("User %s gave a %s.", by.pk, "one-time code" if of_app else "recovery code")
    return device


@transaction.atomic
def remove_codes(*, by: User) -> None:
    """Switch off the user's one-time codes. Raises ValidationError if a role requires them."""
    if code_state(by).are_required:
        raise ValidationError(
            _("맡은 역할이 일회용 번호를 요구하므로 끌 수 없습니다. 관리자에게 문의하세요.")
        )
    forget_codes(by)
    logger.info("User %s removed the one-time codes.", by.pk)


def forget_codes(user: User) -> None:
    """Delete the user's keys and recovery codes."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def squeeze(code: str) -> str:
    """Return a code in lower case with only its letters and digits."""
    wide = composed(code, "NFKC")
    return "".join(character for character in wide if character.isalnum()).lower()


def take(device: Device | None, code: str) -> None:
    """Check a code and mark it as used. Raises ValidationError, after counting the failure."""
    with transaction.atomic():
        locked = device and type(device).objects.select_for_update().filter(pk=device.pk).first()
        is_open, why = locked.verify_is_allowed() if locked else (True, None)
        is_right = bool(locked) and locked.verify_token(code)
    if not is_open:
        seconds = (why["locked_until"] - timezone.now()).total_seconds()
        raise ValidationError(wait(max(1, math.ceil(seconds))))
    if not is_right:
        raise ValidationError(
            _("번호가 맞지 않습니다. 인증 앱에 지금 보이는 번호를 다시 입력해 주세요.")
        )


def wait(seconds: int) -> str:
    """Return the sentence that says how long (in seconds or minutes) no code is accepted."""
    if seconds < 60:  # noqa: PLR2004
        span = _("%(number)d초") % {"number": seconds}
    else:
        span = _("%(number)d분") % {"number": math.ceil(seconds / 60)}
    return _(
        "틀린 번호가 이어져 %(span)s 동안 번호를 받지 않습니다. 기다렸다가 다시 입력해 주세요."
    ) % {"span": span}
