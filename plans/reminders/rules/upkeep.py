"""What the portal itself needs: a valid sender number, and a way back in for its staff."""

from collections.abc import Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django_otp.plugins.otp_static.models import StaticDevice

from gwonseon.messaging.models import Sender
from plans.reminders.people import holders_of
from plans.reminders.rules.records import week_of
from plans.reminders.rules.registry import Due, Reminder, Today

FEW_CODES = 2


def sender_numbers_to_renew(_today: Today) -> Iterator[Due]:
    """Yield the sender numbers in use, for administrators, by the last day of their certificate."""
    people = holders_of("messaging.change_sender")
    for one in Sender.objects.filter(closed_on=None):
        for person in people:
            yield Due(
                person,
                f"sender:{one.pk}",
                one.expires_on,
                _("발신번호 이용증명원 새로 내기: %(name)s") % {"name": one.name},
                reverse("admin:messaging_sender_change", args=[one.pk]),
            )


def recovery_codes_to_renew(today: Today) -> Iterator[Reminder]:
    """Yield a reminder a week for everybody with two recovery codes or fewer.

    Codes of an app never lapse; who has used up the recovery codes and loses the phone is out.
    """
    rows = StaticDevice.objects.filter(confirmed=True, user__is_active=True)
    counts = rows.annotate(left=Count("token_set")).filter(left__lte=FEW_CODES)
    for person, left in counts.values_list("user", "left"):
        yield Reminder(
            person,
            "recovery-codes",
            week_of(today.on),
            _("복구 번호 새로 받기"),
            _("남은 복구 번호 %(n)s개") % {"n": left},
            reverse("office:code"),
        )
