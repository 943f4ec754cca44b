"""The Celery application. Each package that has a `tasks` module is named here."""

import logging
import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gwonseon.settings")

app = Celery("gwonseon")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "gwonseon.office",
        "gwonseon.messaging",
        "gwonseon.residents",
        "plans.reminders",
        "plans.tracking",
        "plans.reminders.calendars",
        "plans.reminders.settings",
        "plans.reports",
        "civic.notices",
    ]
)


@setup_logging.connect
def keep_our_logging(loglevel: int | None = None, **_options: Any) -> None:
    """Let workers and clocks log as the settings say, and not as Celery would; keep the level."""
    if loglevel:
        logging.getLogger().setLevel(loglevel)
