"""The columns of a chosen report, except the closed period or the day."""

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.reports.requests import (
    Compared,
    Inclusion,
    ReportKind,
    ReportRequest,
    Scope,
    ScopeLevel,
    Won,
)
from plans.tracking.closing.models import Closing
from plans.tree.models import TITLE_LENGTH, Plan


class ReportChoice(models.Model):
    """A report's kind, its scope, and what it includes."""

    kind = models.CharField(_("보고서"), choices=ReportKind, max_length=20)
    level = models.CharField(_("범위"), choices=ScopeLevel, default=ScopeLevel.PLAN, max_length=20)
    key = models.CharField(_("범위의 이름"), max_length=200, blank=True)
    scope_title = models.CharField(_("범위의 제목"), max_length=TITLE_LENGTH, blank=True)
    parts = models.JSONField(_("넣을 것"), default=list, blank=True)
    compared = models.CharField(_("견줄 것"), choices=Compared, max_length=10, blank=True)
    won = models.PositiveIntegerField(_("금액 단위"), choices=Won, default=Won.THOUSAND)

    class Meta:
        abstract = True

    @property
    def scope(self) -> Scope:
        """What the report is limited to."""
        return Scope(ScopeLevel(self.level), self.key, self.scope_title)

    def request_of(
        self, plan: Plan, *, closing: Closing | None = None, on: date | None = None
    ) -> ReportRequest:
        """Return this report of a closed period, or of a day."""
        return ReportRequest(
            kind=ReportKind(self.kind),
            plan=plan,
            closing=closing,
            on=on,
            scope=self.scope,
            parts=frozenset(map(Inclusion, self.parts)),
            compared=Compared(self.compared),
            won=Won(self.won),
        )


def columns_of(request: ReportRequest) -> dict[str, Any]:
    """Return the columns of what a request chooses."""
    return {
        "kind": request.kind,
        "level": request.scope.level,
        "key": request.scope.key,
        "scope_title": request.scope.title,
        "parts": sorted(request.parts),
        "compared": request.compared,
        "won": request.won,
    }
