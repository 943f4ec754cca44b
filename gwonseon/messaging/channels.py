"""The channels: which one is current, whether it is paused, and how fast all workers may send."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from gwonseon.messaging.gateways import Gateway
from gwonseon.messaging.models import Channel

# Messages are let through this long before the rate would allow them, so that batches are full.
AHEAD = timedelta(seconds=1)

log = logging.getLogger(__name__)


def database_now() -> datetime:
    """Return the time by the database's clock, which is the same for all workers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def current_channel() -> Channel | None:
    """Return the channel that is sent through, or None if the settings name no gateway.

    The first time, it is the one that they name; afterwards, the one that an operator chose.
    """
    if not settings.SMS_GATEWAY:
        return None
    if channel := Channel.objects.filter(is_current=True).first():
        return channel
    Channel.objects.get_or_create(gateway=settings.SMS_GATEWAY)
    with transaction.atomic():
        return switch(settings.SMS_GATEWAY)


@transaction.atomic
def switch(name: str) -> Channel:
    """Send through another gateway from now on; what the old one was given stays with it."""
    Channel.objects.get_or_create(gateway=name)
    channels = {one.pk: one for one in Channel.objects.select_for_update().order_by("pk")}
    Channel.objects.filter(is_current=True).exclude(pk=name).update(is_current=False)
    Channel.objects.filter(pk=name).update(is_current=True)
    channels[name].is_current = True
    return channels[name]


def reserve(channel: Channel, gateway: Gateway, letters: int, now: datetime) -> bool:
    """Take a share of the gateway's rate for some letters; return whether there was any left.

    One statement for all workers: each share moves `free_at` on by as long as it takes.
    """
    taken = timedelta(seconds=letters / gateway.per_second)
    return bool(
        Channel.objects.filter(pk=channel.pk, paused_for="", free_at__lte=now + AHEAD).update(
            free_at=Greatest(F("free_at"), now) + taken
        )
    )


def pause(name: str, reason: Channel.Pause, code: str = "") -> None:
    """Stop sending through a gateway until somebody resumes it; the log says so once.

    It is an error there, unless an operator wants it.
    """
    paused = Channel.objects.filter(pk=name, paused_for="").update(
        paused_for=reason, paused_at=timezone.now(), paused_code=code
    )
    level = logging.INFO if reason == Channel.Pause.OPERATOR else logging.ERROR
    if paused:
        log.log(level, "channel %s paused: %s %s", name, reason, code)


def resume(name: str) -> bool:
    """Send through a gateway again; return whether it was paused."""
    resumed = Channel.objects.filter(pk=name).exclude(paused_for="")
    return bool(resumed.update(paused_for="", paused_at=None, paused_code=""))
