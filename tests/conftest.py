"""What all tests share."""

import pytest
from django.conf import settings


def pytest_configure() -> None:
    """Serve the static files as they lie in the project: tests collect none."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(autouse=True)
def empty_caches(request: pytest.FixtureRequest) -> None:
    """Start every test that sees the database with empty caches."""
    if {"db", "transactional_db", "live_server"} & set(request.fixturenames):
        from django.core.cache import caches

        for cache in caches.all(initialized_only=False):
            cache.clear()
