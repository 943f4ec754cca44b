"""`manage.py export_plan`: print a plan as the text of its document."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from gwonseon.commands import PortalCommand
from plans.documents.exporting import export_outline
from plans.tree.models import Plan


class Command(PortalCommand):
    """Print a plan as text."""

    help = "계획을 원문과 같은 모양의 글로 출력합니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the option for the year."""
        parser.add_argument("--year", type=int, required=True, help="계획의 연도")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        """Print the text; raise CommandError if the year has no plan."""
        plan = Plan.objects.filter(year=options["year"]).first()
        if plan is None:
            raise CommandError(
                f"{options['year']}년 계획이 없습니다. "
                "`python manage.py import_plan 파일 --year 연도`로 먼저 불러오세요."
            )
        self.stdout.write(export_outline(plan), ending="")
