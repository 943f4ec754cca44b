"""Forms of budgets: the filter of a period's page, and what an activity reports."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.fields.numbers import WholeNumberField
from gwonseon.fields.texts import PlainFormMixin
from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.models import User
from gwonseon.versions import RowForm
from plans.tracking.budget.models import Spending
from plans.tracking.budget.queries import MoneyLine
from plans.tracking.forms import NEW, choices_of
from plans.tracking.listing import in_order

# 원. A larger number is a typing mistake.
MOST_WON = 10_000_000_000_000


class BudgetFilter(forms.Form):
    """Filter of a period's activities with a budget; all of it is in the URL."""

    department = forms.ChoiceField(label=gettext_lazy("담당부서"), required=False)
    mine = forms.BooleanField(label=gettext_lazy("내 담당"), required=False)

    def __init__(self, data: Any, *, lines: Iterable[MoneyLine], user: User) -> None:
        super().__init__(data)
        self.lines, self.user = list(lines), user
        owners = {one.department.pk: one.department for one in self.lines if one.department}
        departments = sorted(owners.values(), key=in_order)
        self.fields["department"].choices = choices_of(_("모든 부서"), departments)
        self.helper = KrdsHelper(self, submit=_("조회"), method="get")
        self.helper.form_class = "form filters"

    def found(self) -> list[MoneyLine]:
        """Return the lines that pass; all if the filter cannot be read."""
        if not self.is_valid():
            return self.lines
        return [one for one in self.lines if self.passes(one)]

    def passes(self, line: MoneyLine) -> bool:
        """Return whether a line passes the filter."""
        chosen = self.cleaned_data
        if chosen["department"] and chosen["department"] != str(getattr(line.department, "pk", "")):
            return False
        return not chosen["mine"] or line.person == self.user


def won_field(label: str, help_text: str, required: str) -> WholeNumberField:
    """Return a field for a sum since New Year, in 원."""
    return WholeNumberField(
        label=label,
        min_value=0,
        max_value=MOST_WON,
        help_text=help_text,
        error_messages={
            "required": required,
            "max_value": gettext_lazy("10조원보다 큰 금액입니다. 자릿수를 확인해 주세요."),
        },
    )


class SpendingForm(PlainFormMixin, RowForm):
    """What was contracted and spent for an activity since New Year."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    contracted = won_field(
        gettext_lazy("계약액 누계(원)"),
        gettext_lazy("1월 1일부터 이 기간의 마지막 날까지 계약한 금액을 모두 더한 것."),
        gettext_lazy("계약한 금액의 누계를 적어 주세요. 계약이 없으면 0을 적습니다."),
    )
    spent = won_field(
        gettext_lazy("집행액 누계(원)"),
        gettext_lazy("같은 동안 지출한 금액을 모두 더한 것. 「1,200만원」처럼 적어도 됩니다."),
        gettext_lazy("집행한 금액의 누계를 적어 주세요. 집행이 없으면 0을 적습니다."),
    )

    class Meta(RowForm.Meta):
        model = Spending
        fields = ("contracted", "spent", "source")
        help_texts = {
            "source": gettext_lazy(
                "금액을 읽은 곳. 예: 예산 집행 현황(3월 말). 마감하면 주민도 읽습니다."
            ),
        }
        error_messages = {
            "source": {"required": gettext_lazy("어디에서 읽은 금액인지 출처를 적어 주세요.")},
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        spending = self.instance
        self.initial["version"] = NEW if spending.pk is None else spending.version
        self.initial["token"] = spending.token
        self.helper = KrdsHelper(self, submit=_("저장"))
        sums = Div("contracted", "spent", css_class="form-row")
        self.helper.layout = Layout("version", "token", sums, "source")

    def values(self) -> dict[str, Any]:
        """Return what `report_spending` takes."""
        typed = self.cleaned_data
        return {
            "values": {name: typed[name] for name in self.Meta.fields},
            "version": None if typed["version"] == NEW else typed["version"],
            "token": typed["token"],
        }
