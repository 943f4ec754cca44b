"""The Celery application. Each package that has a `tasks` module is named here."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gwonseon.settings")

app = Celery("gwonseon")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "gwonseon.office",
        "gwonseon.messaging",
        "gwonseon.residents",
        "plans.tracking",
        "civic.notices",
    ]
)
