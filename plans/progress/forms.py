"""Forms for the day of a progress page, and to put an activity on hold and resume it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.fields.days import DayField
from gwonseon.fields.of_models import field_of
from gwonseon.fields.texts import PlainFormMixin
from gwonseon.krds.forms import KrdsHelper
from plans.progress.models import Hold
from plans.progress.queries import last_day
from plans.tree.models import Plan


class DayForm(forms.Form):
    """The day up to which work is counted; by default the plan's last day so far."""

    on = DayField(label=gettext_lazy("이날까지"), required=False)

    def __init__(self, *args: Any, plan: Plan, **options: Any) -> None:
        super().__init__(*args, **options)
        self.plan = plan
        self.fields["on"].year = plan.year
        self.initial["on"] = last_day(plan)
        self.helper = KrdsHelper(self, submit=_("보기"), method="get")

    def clean_on(self) -> date | None:
        """Refuse a day outside the plan's year or in the future."""
        day, last = self.cleaned_data["on"], last_day(self.plan)
        if day and not date(self.plan.year, 1, 1) <= day <= last:
            raise forms.ValidationError(
                _("%(year)s년 1월 1일부터 %(last)s까지의 날을 적어 주세요.")
                % {"year": self.plan.year, "last": f"{last.month}월 {last.day}일"}
            )
        return day

    @property
    def day(self) -> date:
        """The chosen day, or the default if none or a wrong one was given."""
        given = self.cleaned_data.get("on") if self.is_valid() else None
        return given or last_day(self.plan)


class HoldForm(PlainFormMixin, forms.ModelForm):
    """The reason for a hold and its first day. Residents can read it."""

    class Meta:
        model = Hold
        fields = ("reason", "starts_on")
        formfield_callback = field_of
        widgets = {"reason": forms.Textarea({"rows": 3})}
        help_texts = {
            "reason": gettext_lazy("주민도 읽습니다."),
            "starts_on": gettext_lazy("지난 날이면 왜 이제 적는지도 까닭에 적어 주세요."),
        }
        error_messages = {"reason": {"required": gettext_lazy("보류하는 까닭을 적어 주세요.")}}

    def __init__(self, *args: Any, plan: Plan, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["starts_on"].required = False
        self.fields["starts_on"].year = plan.year
        self.initial["starts_on"] = last_day(plan)
        self.helper = KrdsHelper(self, submit=_("보류"))


class ResumeForm(forms.Form):
    """The day on which an activity is resumed."""

    ends_on = DayField(label=gettext_lazy("다시 시작한 날"), required=False)

    def __init__(self, *args: Any, plan: Plan, action: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["ends_on"] = last_day(plan)
        self.fields["ends_on"].year = plan.year
        self.helper = KrdsHelper(self, submit=_("다시 시작"))
        self.helper.form_action = action
