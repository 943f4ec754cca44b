"""`manage.py export_report`: write a report of a published plan into a file."""

import logging
import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from gwonseon.commands import PortalCommand
from gwonseon.refusals import RefusedError
from plans.management.commands.progress import day_of
from plans.reports.building import SCOPES, build
from plans.reports.formats.registry import WRITERS
from plans.reports.requests import Format, Inclusion, ReportKind, ReportRequest, Scope, ScopeLevel
from plans.tracking.closing.models import Closing
from plans.tracking.models import Period
from plans.tree.models import Plan

log = logging.getLogger(__name__)

# 2021Q1 is the first quarter, 2021H1 the first half, 2021Y1 the year.
PERIOD = re.compile(r"(\d{4})([QHY])([1-4])\Z")
LETTERS = {"Q": Period.Kind.QUARTER, "H": Period.Kind.HALF, "Y": Period.Kind.YEAR}


class Command(PortalCommand):
    """Write the same report file as the pages send."""

    help = "보고서를 파일로 씁니다. 예: --year 2021 --period 2021Q1 --format hwpx -o 보고서.hwpx"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument("--year", type=int, required=True, help="계획의 연도")
        parser.add_argument("--kind", choices=ReportKind.values, default=ReportKind.PROGRESS.value)
        parser.add_argument("--period", help="마감한 기간. 예: 2021Q1(1분기), 2021H2(하반기)")
        parser.add_argument("--on", help="마감본이 아니라 이날까지. 예: 2021-06-30")
        parser.add_argument("--scope", default="", help="축의 주소(safety) 또는 initiative:주소")
        parser.add_argument("--format", choices=Format.values, required=True)
        parser.add_argument("-o", "--output", required=True, help="쓸 파일")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        """Write the file; raise CommandError with one sentence where that is not possible."""
        output = Path(options["output"])
        if not output.parent.is_dir():
            raise CommandError(f"폴더가 없습니다: {output.parent}. -o의 경로를 확인하세요.")
        request = request_of(options)
        try:
            document = build(request)
        except RefusedError as refusal:
            raise CommandError(str(refusal)) from refusal
        try:
            output.write_bytes(WRITERS[Format(options["format"])].write(document))
        except OSError as error:
            raise CommandError(f"파일을 쓰지 못했습니다({error.strerror}): {output}") from error
        log.info("report %s of plan %s written", request.kind.value, request.plan.pk)
        self.stdout.write(f"{document.title} ({document.subtitle}): {output}")


def request_of(options: dict[str, Any]) -> ReportRequest:
    """Return the report that the options describe; raise CommandError with one sentence."""
    year, kind = options["year"], ReportKind(options["kind"])
    plan = Plan.objects.published().select_related("district").filter(year=year).first()
    if plan is None:
        raise CommandError(f"공개된 {year}년 계획이 없습니다. 연도를 확인하세요.")
    if options["period"] and options["on"]:
        raise CommandError("--period와 --on 가운데 하나만 적으세요.")
    closing = closing_of(plan, options["period"]) if options["period"] else None
    scope = scope_of(options["scope"])
    if scope.level not in SCOPES[kind]:
        raise CommandError(f"{kind.label}은(는) 그 범위로 나눌 수 없습니다. --scope를 빼세요.")
    on = None if closing else day_of(plan, options["on"])
    usual = frozenset({Inclusion.TEXTS, Inclusion.MILESTONES, Inclusion.BUDGET})
    return ReportRequest(kind, plan, closing, on, scope, usual)


def closing_of(plan: Plan, text: str) -> Closing:
    """Return the last closing of a period such as 2021Q1; raise CommandError without one."""
    found = PERIOD.match(text)
    if found is None or int(found[1]) != plan.year:
        raise CommandError(f"--period는 {plan.year}Q1처럼 적으세요(분기 Q, 반기 H, 연간 Y).")
    rows = Closing.objects.filter(
        period__plan=plan, period__kind=LETTERS[found[2]], period__number=int(found[3])
    )
    closing = rows.select_related("period").order_by("-version").first()
    if closing is None:
        raise CommandError(f"{text}은(는) 아직 마감하지 않았습니다. --on으로 날을 적으세요.")
    return closing


def scope_of(text: str) -> Scope:
    """Return what a report is limited to: a pillar's slug, or a level with a name after a colon."""
    if not text:
        return Scope()
    level, colon, key = text.partition(":")
    if not colon:
        return Scope(ScopeLevel.PILLAR, text, text)
    if level not in ScopeLevel.values:
        levels = ", ".join(ScopeLevel.values)
        raise CommandError(f"--scope는 {levels} 가운데 하나와 콜론으로 적으세요.")
    return Scope(ScopeLevel(level), key, key)
