"""The form that chooses what is copied to another year."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gwonseon.fields.numbers import WholeNumberField
from gwonseon.krds.forms import KrdsHelper
from plans.tree.models import (
    FIRST_YEAR,
    LAST_YEAR,
)
from plans.tree.queries import Tree

FACT_LABELS = [
    ("owners", _("담당부서, 담당자, 전화")),
    ("text", _("내용")),
    ("measure", _("일의 종류, 기록 양식, 재는 방법, 세는 것, 단위")),
    ("audience", _("대상, 동, 협조부서")),
    ("budget", _("계획 예산")),
]


class NextYearForm(forms.Form):
    """The year, the initiatives, and which of their columns are copied."""

    year = WholeNumberField(
        unit="년", label=_("새 계획의 연도"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    facts = forms.MultipleChoiceField(
        label=_("함께 가져갈 것"),
        choices=FACT_LABELS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("목표와 기간은 가져가지 않습니다. 목표는 지난해 것과 견주어 볼 수 있습니다."),
    )
    initiatives = forms.MultipleChoiceField(
        label=_("가져갈 추진과제"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("가져갈 추진과제를 하나 이상 고르세요.")},
        help_text=_("그 아래 활동도 함께 갑니다. 끝난 항목은 가져가지 않습니다."),
    )

    def __init__(self, data: Any, *, tree: Tree) -> None:
        keys = [one.pk for one in tree.initiatives]
        facts = [name for name, _label in FACT_LABELS if name != "budget"]
        initial = {"year": tree.plan.year + 1, "facts": facts, "initiatives": keys}
        super().__init__(data, initial=initial)
        self.fields["initiatives"].choices = [(one.pk, one.shown_title) for one in tree.initiatives]
        self.helper = KrdsHelper(self, submit=_("새 계획 만들기"))
