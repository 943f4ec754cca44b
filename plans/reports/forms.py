"""What somebody chooses of a report: all of it is in the address of its page."""

from datetime import date
from typing import Any, Self
from uuid import uuid4

from crispy_forms.bootstrap import InlineCheckboxes
from crispy_forms.layout import Field, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.fields.days import DayField
from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.models import Department, Dong
from plans.progress.queries import last_day
from plans.reports.building import SCOPES
from plans.reports.requests import (
    Compared,
    Format,
    Inclusion,
    ReportKind,
    ReportRequest,
    Scope,
    ScopeLevel,
    Won,
)
from plans.tracking.closing.models import Closing
from plans.tracking.closing.queries import closings_of
from plans.tree.models import Plan
from plans.tree.queries import read_tree

WHOLE = ScopeLevel.PLAN.value
USUAL = (Inclusion.TEXTS.value, Inclusion.MILESTONES.value, Inclusion.BUDGET.value)


class ReportForm(forms.Form):
    """A report of a plan: its kind, its period or day, and the part that it is limited to.

    One that is `like` another of the same data takes its choices, which spares their queries.
    """

    year = forms.ChoiceField(label=gettext_lazy("계획"))
    kind = forms.ChoiceField(label=gettext_lazy("보고서"), choices=ReportKind)
    closing = forms.ChoiceField(
        label=gettext_lazy("마감본"),
        required=False,
        help_text=gettext_lazy("고르지 않으면 기준일까지 원장에서 셉니다."),
    )
    on = DayField(
        label=gettext_lazy("기준일"),
        required=False,
        help_text=gettext_lazy("마감본을 고르면 적지 않습니다. 비우면 오늘까지입니다."),
    )
    scope = forms.ChoiceField(label=gettext_lazy("범위"), required=False)
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("넣을 것"),
        required=False,
        choices=Inclusion,
        widget=forms.CheckboxSelectMultiple,
    )
    compared = forms.ChoiceField(label=gettext_lazy("견줄 것"), required=False, choices=Compared)
    won = forms.TypedChoiceField(
        label=gettext_lazy("금액 단위"), required=False, choices=Won, coerce=int, empty_value=None
    )

    def __init__(self, data: Any, *, plans: list[Plan], like: Self | None = None) -> None:
        super().__init__(data)
        by_year = {str(one.year): one for one in plans}
        self.plan = by_year.get(data.get("year", ""), plans[0])
        self.closings = like.closings if like else closings_by_key(self.plan)
        self.fields["year"].choices = [(year, f"{year}년") for year in by_year]
        self.fields["on"].year = self.plan.year
        self.fields["closing"].choices = [
            ("", _("원장(마감하지 않은 것까지)")),
            *((key, name_of(one)) for key, one in self.closings.items()),
        ]
        self.fields["scope"].choices = (
            like.fields["scope"].choices if like else scope_choices(self.plan)
        )
        self.helper = KrdsHelper(self, submit=_("보기"), method="get")
        self.helper.form_class = "form filters"
        others = [name for name in ReportForm.base_fields if name != "parts"]
        self.helper.layout = Layout(*others, InlineCheckboxes("parts"))

    def clean_on(self) -> date | None:
        """Refuse a day outside the plan's year, and one that has not come."""
        day, last = self.cleaned_data["on"], last_day(self.plan)
        if day and not self.plan.first_day <= day <= last:
            values = {"year": self.plan.year, "last": f"{last.month}월 {last.day}일"}
            raise ValidationError(
                _("%(year)s년 1월 1일부터 %(last)s까지의 날을 적어 주세요.") % values
            )
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse a day together with a closed period, and a scope that a kind does not have."""
        chosen = self.cleaned_data
        if chosen.get("closing") and chosen.get("on"):
            self.add_error("on", _("마감본과 기준일 가운데 하나만 골라 주세요."))
        if "kind" in chosen and "scope" in chosen:
            kind, scope = ReportKind(chosen["kind"]), scope_of(chosen["scope"])
            if scope.level not in SCOPES[kind]:
                levels = ", ".join(str(one.label) for one in SCOPES[kind])
                values = {"kind": kind.label, "levels": levels}
                self.add_error(
                    "scope", _("%(kind)s의 범위는 %(levels)s 가운데에서 골라 주세요.") % values
                )
        return chosen

    @property
    def chosen(self) -> ReportRequest:
        """The report that a valid form describes."""
        chosen = self.cleaned_data
        closing: Closing | None = self.closings.get(chosen["closing"])
        scope = scope_of(chosen["scope"])
        title = dict(flat(self.fields["scope"].choices)).get(chosen["scope"], "")
        return ReportRequest(
            kind=ReportKind(chosen["kind"]),
            plan=self.plan,
            closing=closing,
            on=None if closing else chosen["on"] or last_day(self.plan),
            scope=Scope(scope.level, scope.key, str(title)),
            parts=frozenset(Inclusion(one) for one in chosen["parts"]),
            compared=Compared(chosen["compared"]),
            won=Won(chosen["won"] or Won.THOUSAND),
        )


class SentForm(ReportForm):
    """The same choice in hidden fields, beside the fields of `shown`, sent once by its `token`."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    shown: tuple[str, ...] = ()
    submit: str | Promise = ""
    # The name of the route that it is sent to.
    action = ""

    def __init__(self, data: Any, *, plans: list[Plan], like: ReportForm | None = None) -> None:
        super().__init__(data, plans=plans, like=like)
        hidden = [name for name in self.fields if name not in self.shown]
        for name in hidden:
            many = name == "parts"
            self.fields[name].widget = forms.MultipleHiddenInput() if many else forms.HiddenInput()
        # Several such forms are on one page.
        name = type(self).__name__.lower()
        self.auto_id = f"id_{name}_%s"
        self.helper = KrdsHelper(self)
        self.helper.form_action = self.action
        self.helper.add_input(Submit("", self.submit, css_id=f"submit_{name}"))
        self.helper.layout = Layout(*map(Field, hidden), *self.shown)

    @classmethod
    def of(cls, form: ReportForm, plans: list[Plan]) -> Self:
        """Return the form that sends what was chosen, not yet sent."""
        made = cls(form.data, plans=plans, like=form)
        made.is_bound = False
        made.initial = {name: form.data.get(name, "") for name in form.fields}
        made.initial |= {"parts": list(form.cleaned_data["parts"]), "token": uuid4()}
        return made


class DownloadForm(SentForm):
    """What was chosen, sent to be made into a file of a format."""

    format = forms.ChoiceField(label=gettext_lazy("형식"), choices=Format)
    shown = ("format",)
    submit = gettext_lazy("내려받기")
    action = "reports:make"


def closings_by_key(plan: Plan) -> dict[str, Closing]:
    """Return a plan's closed periods by their keys, the last first (1 query)."""
    return {str(one.pk): one for one in reversed(closings_of(plan))}


def name_of(closing: Closing) -> str:
    """Return a closed period's name and version."""
    values = {"period": closing.content["period"], "version": closing.version}
    return _("%(period)s · %(version)s판") % values


def scope_choices(plan: Plan) -> list[Any]:
    """Return what a report of a plan may be limited to, by level (6 queries)."""
    tree = read_tree(plan)
    departments = Department.objects.values_list("name", flat=True)
    dongs = Dong.objects.values_list("name", flat=True)
    named = (
        (ScopeLevel.PILLAR, [(one.slug, one.shown_title) for one in tree.pillars]),
        (ScopeLevel.INITIATIVE, [(one.slug, one.shown_title) for one in tree.initiatives]),
        (ScopeLevel.DEPARTMENT, [(one, one) for one in departments]),
        (ScopeLevel.DONG, [(one, one) for one in dongs]),
    )
    groups = [
        (level.label, [(scope_text(Scope(level, key)), title) for key, title in rows])
        for level, rows in named
        if rows
    ]
    return [("", ScopeLevel.PLAN.label), *groups]


def scope_text(scope: Scope) -> str:
    """Return the choice that names a scope; "" is the whole plan."""
    return "" if scope.level == ScopeLevel.PLAN else f"{scope.level.value}:{scope.key}"


def scope_of(text: str) -> Scope:
    """Return the scope that a choice names."""
    level, _colon, key = text.partition(":")
    return Scope(ScopeLevel(level or WHOLE), key)


def flat(choices: Any) -> list[tuple[str, str]]:
    """Return the choices of all groups in one list."""
    found = []
    for value, label in choices:
        found += label if isinstance(label, list | tuple) else [(value, label)]
    return found
