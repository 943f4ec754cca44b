"""What somebody asks of a report: its kind, what it is of, and what it includes."""

from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.tracking.closing.models import Closing
from plans.tree.models import Plan


class ReportKind(models.TextChoices):
    """The kinds of report."""

    PROGRESS = "progress", _("추진실적 보고")
    DEPARTMENTS = "departments", _("부서별 현황")
    SUMMARY = "summary", _("주요업무 한 장 요약")
    DONGS = "dongs", _("동별 현황")
    LATE = "late", _("지연과제 목록")
    AMENDMENTS = "amendments", _("변경(수정계획) 목록")
    EVIDENCE = "evidence", _("자료집(수치의 근거)")
    PLAN = "plan", _("계획서")


class Format(models.TextChoices):
    """The formats, by the ends of their files' names."""

    HWPX = "hwpx", _("한글(HWPX)")
    PDF = "pdf", "PDF"
    XLSX = "xlsx", _("엑셀(XLSX)")
    CSV = "csv", "CSV"
    HTML = "html", _("웹 문서(HTML)")
    TXT = "txt", _("글(TXT)")


class Inclusion(models.TextChoices):
    """What a report may include besides its figures."""

    TEXTS = "texts", _("추진상황의 글")
    MILESTONES = "milestones", _("추진일정")
    BUDGET = "budget", _("예산")
    BLOCKERS = "blockers", _("애로사항")
    RECORDS = "records", _("실적 목록")
    AMENDMENTS = "amendments", _("계획 변경")
    PHOTOS = "photos", _("사진")


class Compared(models.TextChoices):
    """What the figures are compared with."""

    NOTHING = "", _("견주지 않음")
    PERIOD = "period", _("앞 기간의 마감본")
    YEAR = "year", _("지난해 같은 기간의 마감본")


class Won(models.IntegerChoices):
    """The unit of money, in 원."""

    ONE = 1, _("원")
    THOUSAND = 1_000, _("천원")
    MILLION = 1_000_000, _("백만원")


class ScopeLevel(models.TextChoices):
    """What a report may be limited to."""

    PLAN = "plan", _("계획 전체")
    PILLAR = "pillar", _("축")
    INITIATIVE = "initiative", _("추진과제")
    DEPARTMENT = "department", _("부서")
    DONG = "dong", _("동")


@dataclass(frozen=True)
class Scope:
    """What a report is limited to: the slug of a pillar or initiative, or a department or dong.

    A department and a dong are named by their names, as a snapshot does.
    """

    level: ScopeLevel = ScopeLevel.PLAN
    key: str = ""
    title: str = ""


# The parts that are not for everybody. A photo that is released later would change the file of a
# closed period.
INTERNAL = frozenset({Inclusion.BLOCKERS, Inclusion.RECORDS, Inclusion.PHOTOS})


@dataclass(frozen=True)
class ReportRequest:
    """A request for a report: either of a closed period, or of a day as the ledger has it."""

    kind: ReportKind
    plan: Plan
    closing: Closing | None = None
    on: date | None = None
    scope: Scope = Scope()
    parts: frozenset[Inclusion] = field(
        default=frozenset({Inclusion.TEXTS, Inclusion.MILESTONES, Inclusion.BUDGET})
    )
    compared: Compared = Compared.NOTHING
    won: Won = Won.THOUSAND

    @property
    def last_on(self) -> date:
        """The day to whose end the report counts."""
        return self.closing.period.last_on if self.closing else self.on

    @property
    def is_internal(self) -> bool:
        """Whether the report contains more than the public may read."""
        return (
            self.closing is None or self.kind == ReportKind.EVIDENCE or bool(self.parts & INTERNAL)
        )

    def includes(self, part: Inclusion) -> bool:
        """Return whether a part was asked for."""
        return part in self.parts
