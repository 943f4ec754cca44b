"""A short storm; `make chaos` runs the long one."""

import os
import random
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection
from pytest_django import Settings
from redis import Redis

from tests.messaging.chaos import SETTINGS, Storm
from tests.messaging.gateway import NAME
from tests.messaging.vendor import Vendor


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_killed_workers_neither_double_nor_lose_a_message(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SMS_GATEWAY = NAME
    name = connection.settings_dict["NAME"]
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    with Vendor(capability="idempotent", fault_rate=0.3, seed=1) as vendor:
        environment = {
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "DATABASE_URL": address,
            "SMS_GATEWAY": NAME,
            "PER_SECOND": "400",
            "VENDOR": vendor.address,
            "CAPABILITY": "idempotent",
        }
        for name, value in environment.items():
            if name != "DJANGO_SETTINGS_MODULE":
                monkeypatch.setenv(name, value)
        storm = Storm(
            vendor,
            os.environ | environment,
            tmp_path,
            kills=5,
            chance=random.Random(1),
            longest_seconds=120,
        )
        figures = storm.run(2_000)
    Redis.from_url(settings.REDIS_URL).flushdb()

    assert figures.is_right, (figures, (tmp_path / "crew.log").read_text()[-3000:])
    assert figures.taken + figures.suppressed == 2_000
