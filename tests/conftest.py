"""What all tests share."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from tests.emptying import empty_tables
from tests.template_database import drop_template_database, template_database

# How long an example takes says nothing on a machine that does other things, too. Continuous
# integration tries the same examples each time: what a new one finds is no fault of the change.
hypothesis.settings.register_profile(
    "portal", hypothesis.settings(), deadline=None, derandomize="CI" in os.environ
)
hypothesis.settings.load_profile("portal")


# Markers that all tests of a folder have.
MARKERS = {"browser": pytest.mark.browser, "local": pytest.mark.long}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Set the marker of a test's folder."""
    here = Path(__file__).parent
    for item in items:
        if marker := MARKERS.get(item.path.relative_to(here).parts[0]):
            item.add_marker(marker)


def pytest_configure() -> None:
    """Serve static files without collecting them, and hash passwords with a fast algorithm."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    # As on a portal to try: messages are only written down.
    settings.SMS_GATEWAY = "file"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def ground(request: pytest.FixtureRequest) -> Iterator[None]:
    """Give every test that sees the database empty caches and the rows that migrations make.

    A test with real commits empties all tables behind it. (Django's own `serialized_rollback`
    finds nothing to bring back once Playwright has begun: its event loop gives the thread
    another connection.)
    """
    names = set(request.fixturenames)
    marker = request.node.get_closest_marker("django_db")
    if {"transactional_db", "live_server"} & names:
        request.getfixturevalue("transactional_db")
    elif "db" in names:
        request.getfixturevalue("db")
    elif not marker:
        yield
        return
    empty_caches()
    lay_ground()
    yield


def empty_caches() -> None:
    """Empty all caches."""
    from django.core.cache import caches

    for cache in caches.all(initialized_only=False):
        cache.clear()


def lay_ground() -> None:
    """Make the rows that `migrate` makes, if they are gone."""
    from django.apps import apps

    from gwonseon.office import initial_rows as office_rows
    from gwonseon.office.models import District
    from plans import initial_rows as plans_rows
    from plans.ledger.two_person_kinds import set_up_two_person_kinds
    from safety import initial_rows as safety_rows

    if District.objects.exists():
        return
    for rows in (office_rows, plans_rows, safety_rows):
        rows.add_rows(apps)
    set_up_two_person_kinds()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave no database behind on a server that is not ours."""
    if getattr(config.option, "numprocesses", None):
        drop_template_database()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Let each pytest-xdist worker copy one migrated database instead of migrating its own."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        # The worker's folder is within the run's.
        template = template_database(Path(os.environ["VAR"]).parent)
        connection.settings_dict["TEST"]["TEMPLATE"] = template


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Have tests with commits empty the tables quickly, and drop the database at the end.

    A thread of a live server may still be connected to it then.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_tables)
        yield
    # The last test may have left a connection that the server has ended.
    connection.close()
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
