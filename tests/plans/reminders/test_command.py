"""`manage.py remind`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from time_machine import TimeMachineFixture

from plans.reminders.models import Digest, Mute
from tests.plans.reminders.conftest import Quarter

pytestmark = pytest.mark.django_db


def printed(*options: str) -> str:
    """Return what the command prints."""
    out = StringIO()
    call_command("remind", *options, stdout=out)
    return out.getvalue()


def test_a_dry_run_prints_who_would_be_told_what_and_why(quarter: Quarter) -> None:
    told = printed("--dry-run", "--on", "2021-04-07")

    head = f"{quarter.head.name} ({quarter.head.username})"
    assert head in told
    assert "  [곧 마감] 추진상황 쓰기: " in told
    assert "2021. 4. 10.까지, 근무일 2일 남음" in told
    assert f"http://localhost:8000{quarter.period.get_absolute_url()}" in told
    assert "2021-04-07: 1명에게 3건을 알립니다." in told
    assert not Digest.objects.exists()


def test_a_dry_run_leaves_out_what_was_told_or_muted(
    quarter: Quarter, time_machine: TimeMachineFixture
) -> None:
    Mute.objects.create(person=quarter.head, rule="owners")
    assert "2021-04-07: 1명에게 2건을 알립니다." in printed("--dry-run", "--on", "2021-04-07")

    time_machine.move_to("2021-04-07 10:00+09:00")
    printed()

    assert "2021-04-07: 0명에게 0건을 알립니다." in printed("--dry-run")
    assert Digest.objects.get().state == Digest.State.SHOWN


def test_a_day_off_is_named(quarter: Quarter) -> None:
    told = printed("--dry-run", "--on", "2021-05-05")

    assert "쉬는 날(어린이날)" in told
    assert "다음 근무일은 2021-05-06" in told


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--on", "2021-04-01"], "--dry-run과 함께"),
        (["--dry-run", "--on", "어제"], "날짜가 아닙니다"),
        (["--dry-run", "--on", "2021-02-30"], "날짜가 아닙니다"),
        (["--dry-run", "--on", "0001-01-01"], "1995-01-01"),
    ],
)
def test_other_days_are_refused(db: None, options: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        printed(*options)
