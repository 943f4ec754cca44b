"""`manage.py progress`: print a plan's progress on a day, with the figures that residents see."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from gwonseon.commands import PortalCommand
from gwonseon.fields.days import read_day
from plans.progress.listing import as_data, lines_of
from plans.progress.queries import last_day, progress_of
from plans.tree.models import Plan


class Command(PortalCommand):
    """Print the same figures as the pages."""

    help = "공개된 계획의 추진 현황을 출력합니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options for the year, the day and JSON."""
        parser.add_argument("--year", type=int, required=True, help="계획의 연도")
        parser.add_argument("--on", help="이날까지. 예: 2021-06-30 (없으면 오늘이나 그해 끝 날)")
        parser.add_argument("--json", action="store_true", help="JSON으로 출력")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        """Print the figures."""
        year = options["year"]
        plan = Plan.objects.published().filter(year=year).first()
        if plan is None:
            raise CommandError(f"공개된 {year}년 계획이 없습니다. 연도를 확인하세요.")
        progress = progress_of(plan, day_of(plan, options["on"]))
        if options["json"]:
            self.stdout.write(json.dumps(as_data(progress), ensure_ascii=False, indent=2))
            return
        for line in lines_of(progress):
            self.stdout.write(line)


def day_of(plan: Plan, typed: str | None) -> date:
    """Return the typed day, or the plan's last day so far.

    Raises CommandError for a day outside the plan's year or in the future.
    """
    last = last_day(plan)
    if typed is None:
        return last
    try:
        day = read_day(typed, plan.year)
    except ValidationError as error:
        raise CommandError(f"--on: {error.message}") from error
    if not date(plan.year, 1, 1) <= day <= last:
        raise CommandError(f"--on에는 {plan.year}-01-01부터 {last}까지의 날을 적으세요.")
    return day
