"""Beginning again with an empty database, and whether that loses anything."""

import shutil

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from gwonseon.office.models import District, User
from plans.amendments.models import Amendment
from plans.facilities.models import Facility
from plans.ledger.models import Record
from plans.public.models import PublicState
from plans.public.page_cache import public_state
from plans.tree.models import Plan


def is_sample() -> bool:
    """Whether the database says that nothing in it is real."""
    return District.objects.get().is_sample


def holds_work() -> bool:
    """Whether somebody's work would be lost: accounts, records, facilities, changes of plans."""
    theirs = (
        User.objects.filter(is_demo=False),
        Record.objects.all(),
        Facility.objects.all(),
        Amendment.objects.all(),
        Plan.objects.filter(published_at=None),
        Plan.objects.all()[1:],
    )
    return any(rows.exists() for rows in theirs)


def rebuild() -> None:
    """Drop everything in the database and the uploads, and make the tables anew.

    The portal may run on. The public state's number goes on from where all were, so that no page
    that a web process keeps is taken for one of the new data.
    """
    number = public_state()
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    call_command("migrate", interactive=False, verbosity=0)
    PublicState.objects.update(number=number + 1)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
