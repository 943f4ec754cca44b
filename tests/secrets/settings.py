"""The portal's settings for processes that fail on purpose, with all logs and mails of errors."""

import os
from datetime import timedelta

from gwonseon.settings import *  # noqa: F403  all of them, but for what follows
from gwonseon.settings import LOGGING

ROOT_URLCONF = "tests.secrets.urls"
CELERY_IMPORTS = ["tests.secrets.tasks"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SMS_LEASE = timedelta(seconds=5)
SMS_WAITS = (timedelta(seconds=0.05), timedelta(seconds=0.2))
# Django's reports of errors, which it mails to these people; without a server they are files.
ADMINS = [("예시", "admin@portal.example")]
EMAIL_FILE_PATH = os.environ["MAILS"]
LOGGING = LOGGING | {
    "handlers": LOGGING["handlers"]
    | {
        "mail": {
            "class": "django.utils.log.AdminEmailHandler",
            "level": "ERROR",
            "include_html": True,
        }
    },
    "root": {"handlers": ["console"], "level": "DEBUG"},
    # From the lowest level on, also what the portal itself does not log.
    "loggers": {name: facts | {"level": "DEBUG"} for name, facts in LOGGING["loggers"].items()}
    | {"django.request": {"handlers": ["mail"]}},
}
