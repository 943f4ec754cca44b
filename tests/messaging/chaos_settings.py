"""The portal's settings for workers that are killed: a short lease, short waits, quick ticks."""

from datetime import timedelta

from gwonseon.settings import *  # noqa: F403  all of them, but for what follows

SMS_LEASE = timedelta(seconds=4)
SMS_WAITS = (timedelta(seconds=0.2), timedelta(seconds=2))
CELERY_BEAT_SCHEDULE = {
    name: {"task": f"gwonseon.messaging.tasks.{name}", "schedule": 1.0, "options": {"expires": 2}}
    for name in ("drain", "reap", "collect_receipts", "collect_replies")
}
