"""Residents read grades: a page that is kept follows the limits."""

from django.db import migrations

from plans.public.state import raise_public_state


class Migration(migrations.Migration):
    dependencies = [("safety", "0003_know_limits"), ("plans", "0015_hold_confirmed_records")]
    operations = [raise_public_state("safety_limit")]
