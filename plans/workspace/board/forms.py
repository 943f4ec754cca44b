"""What the board shows: a year's present state, a past day or a closed period."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.fields.days import DayField
from gwonseon.krds.forms import KrdsHelper
from plans.progress.queries import last_day
from plans.tracking.closing.models import Closing
from plans.workspace.board.calendars import Year


class BoardForm(forms.Form):
    """The year, and either a past day or a closed period; without both, the present state."""

    year = forms.ChoiceField(
        label=gettext_lazy("계획"),
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("공개된 계획이 아닙니다. 목록에서 골라 주세요.")
        },
    )
    on = DayField(
        label=gettext_lazy("지난 날"),
        required=False,
        help_text=gettext_lazy("그날까지의 일을 원장에서 다시 셉니다."),
    )
    closing = forms.ChoiceField(
        label=gettext_lazy("마감본"),
        required=False,
        help_text=gettext_lazy("마감할 때 굳힌 그대로입니다."),
        error_messages={
            "invalid_choice": gettext_lazy("이 계획의 마감본이 아닙니다. 목록에서 골라 주세요.")
        },
    )

    def __init__(self, data: Any, *, years: list[Year]) -> None:
        super().__init__(data)
        self.years = {str(one.plan.year): one for one in years}
        self.shown = self.years.get(data.get("year", ""), years[0])
        self.initial["year"] = str(self.shown.plan.year)
        self.fields["year"].choices = [(one, f"{one}년") for one in self.years]
        self.fields["on"].year = self.shown.plan.year
        closings = [(str(one.pk), name_of(one)) for one in reversed(self.shown.closings)]
        self.fields["closing"].choices = [("", _("고르지 않음")), *closings]
        self.helper = KrdsHelper(self, submit=_("보기"), method="get")
        self.helper.form_class = "form filters"

    def clean_on(self) -> date | None:
        """Refuse a day outside the plan's year, and one that is not past."""
        day, plan = self.cleaned_data["on"], self.shown.plan
        last = last_day(plan)
        if day and not plan.first_day <= day <= last:
            raise ValidationError(
                _("%(year)s년 1월 1일부터 %(last)s까지의 날을 적어 주세요.")
                % {"year": plan.year, "last": f"{last.month}월 {last.day}일"}
            )
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse a day together with a closed period."""
        if self.cleaned_data.get("on") and self.cleaned_data.get("closing"):
            raise ValidationError(_("지난 날과 마감본 가운데 하나만 골라 주세요."))
        return self.cleaned_data

    @property
    def day(self) -> date | None:
        """The chosen day; None without one, or if the form has an error."""
        return self.cleaned_data["on"] if self.is_valid() else None

    @property
    def version(self) -> Closing | None:
        """The chosen closing; None without one, or if the form has an error."""
        chosen = self.cleaned_data["closing"] if self.is_valid() else ""
        return next((one for one in self.shown.closings if str(one.pk) == chosen), None)

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, for addresses of the same page."""
        chosen = {"year": str(self.shown.plan.year)}
        if self.day:
            chosen["on"] = self.day.isoformat()
        if self.version:
            chosen["closing"] = str(self.version.pk)
        return chosen


def name_of(closing: Closing) -> str:
    """Return a closed period's name and version: 「2021년 1분기 · 1판」."""
    return _("%(period)s · %(version)s판") % {
        "period": closing.period,
        "version": closing.version,
    }
