from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from gwonseon.office.models import Dong
from plans.public.models import PublicState


def test_the_migrations_say_what_the_models_say(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


@pytest.mark.django_db(transaction=True)
def test_our_migrations_go_back_and_forth() -> None:
    for app in ("safety", "welfare", "civic", "culture", "plans"):
        call_command("migrate", app, "zero", verbosity=0)
    call_command("migrate", "office", "0001", verbosity=0)
    assert "plans_plan" not in connection.introspection.table_names()
    assert not Dong.objects.exists()

    call_command("migrate", verbosity=0)

    assert Dong.objects.count() == 12
    assert PublicState.objects.get().number >= 0
