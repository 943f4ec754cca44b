"""`manage.py remind`: send today's digests now, or print what a day's digests would say."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from gwonseon.commands import PortalCommand
from gwonseon.office.models import User
from gwonseon.office.workdays.days import Calendar
from gwonseon.office.workdays.queries import office_calendar
from plans.reminders.models import Urgency
from plans.reminders.queries import would_tell
from plans.reminders.rules.registry import rules
from plans.reminders.sending import send_due
from plans.tree.models import FIRST_YEAR, LAST_YEAR

SECONDS = 600


class Command(PortalCommand):
    """Send the digests that are due; with --dry-run only print what each person would get."""

    help = "오늘의 알림을 보냅니다. --dry-run은 누가 무엇을 왜 받는지 보이기만 합니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument("--dry-run", action="store_true", help="보내지 않고 보이기만 함")
        parser.add_argument("--on", help="--dry-run이 볼 날. 예: 2021-04-01 (정하지 않으면 오늘)")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        """Send or print the digests; raise CommandError if the given day is not valid."""
        if options["on"] and not options["dry_run"]:
            raise CommandError("다른 날의 알림은 보낼 수 없습니다. --on은 --dry-run과 함께 쓰세요.")
        if options["dry_run"]:
            self.print_day(day_of(options["on"]))
        else:
            send_due(seconds=SECONDS)

    def print_day(self, day: date) -> None:
        """Print what a day's digests would say, from what is stored now."""
        calendar = office_calendar()
        if not calendar.is_workday(day):
            self.stdout.write(holiday_sentence(day, calendar))
            return
        told = would_tell(day)
        people = User.objects.in_bulk(told)
        labels = {one.code: one.label for one in rules}
        for person, reminders in sorted(told.items(), key=lambda one: people[one[0]].username):
            self.stdout.write(f"{people[person].name} ({people[person].username})")
            for one in reminders:
                urgency = Urgency(one.urgency).label
                self.stdout.write(f"  [{urgency}] {labels[one.rule]}: {one.about}")
                self.stdout.write(f"      {one.why}")
                self.stdout.write(f"      {settings.PORTAL_URL}{one.url}")
        count = sum(map(len, told.values()))
        self.stdout.write(f"{day}: {len(told)}명에게 {count}건을 알립니다.")


def day_of(text: str | None) -> date:
    """Return the given day, or today if none is given; raise CommandError for a wrong day."""
    if not text:
        return timezone.localdate()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise CommandError(
            f"{text!r}은(는) 날짜가 아닙니다. --on 2021-04-01처럼 적으세요."
        ) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CommandError(f"{FIRST_YEAR}-01-01부터 {LAST_YEAR}-12-31까지의 날을 적으세요.")
    return day


def holiday_sentence(day: date, calendar: Calendar) -> str:
    """Return why no reminders are sent on a day, and the next working day."""
    why = calendar.reason(day) or "주말"
    following = calendar.next_workday(day)
    return f"{day}은(는) 쉬는 날({why})이라 알리지 않습니다. 다음 근무일은 {following}입니다."
