"""`manage.py migrate`: Django's own, while nobody else makes, fills or empties the database."""

from django.core.management.commands import migrate

from gwonseon.commands import PortalCommand


class Command(PortalCommand, migrate.Command):
    """Bring the tables up to date."""

    alone = True
