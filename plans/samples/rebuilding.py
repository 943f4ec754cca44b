"""Empty the database, and check before whether that would lose real work."""

import shutil

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from gwonseon.messaging.models import Dispatch
from gwonseon.office.models import District, User
from gwonseon.residents.models import Resident
from plans.amendments.models import Amendment
from plans.facilities.models import Facility
from plans.ledger.models import Record
from plans.public.models import PublicState
from plans.public.page_cache import public_state
from plans.tracking.models import Period
from plans.tree.models import Plan


def is_sample() -> bool:
    """Return whether the database is marked as sample data."""
    return District.objects.get().is_sample


def holds_work() -> bool:
    """Return whether the database has real work: accounts, records, changed plans, residents …"""
    theirs = (
        User.objects.filter(is_demo=False),
        Record.objects.all(),
        Facility.objects.all(),
        Amendment.objects.all(),
        Plan.objects.filter(published_at=None),
        Plan.objects.all()[1:],
        Period.objects.all(),
        Resident.objects.all(),
        Dispatch.objects.filter(is_bulk=True),
    )
    return any(rows.exists() for rows in theirs)


def rebuild() -> None:
    """Delete everything in the database and all uploads, and make the tables again.

    The portal may keep running. The public state's number continues from its old value, so that no
    web process takes one of its cached pages for a page of the new data.
    """
    number = public_state()
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    call_command("migrate", interactive=False, verbosity=0)
    PublicState.objects.update(number=number + 1)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    shutil.rmtree(settings.VAR / "messages", ignore_errors=True)
