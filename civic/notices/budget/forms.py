"""The form of a year's budget."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.notices.models import Budget
from gwonseon.fields.numbers import NumberField, WholeNumberField
from gwonseon.krds.forms import KrdsHelper
from gwonseon.versions import RowForm

# 원. A larger number is a typing mistake.
MOST_WON = 100_000_000_000


def price_field(label: str, example: str) -> NumberField:
    """Return a field for the price of one message."""
    return NumberField(
        label=label,
        min_value=0,
        max_digits=6,
        decimal_places=2,
        help_text=_("중계사와 계약한 값입니다. 예: %s") % example,
        error_messages={"required": _("문자 한 건의 값을 적어 주세요.")},
    )


class BudgetForm(RowForm):
    """What a year's messages may cost, and what one costs."""

    amount = WholeNumberField(
        label=_("예산(원)"),
        min_value=0,
        max_value=MOST_WON,
        help_text=_("「300만원」처럼 적어도 됩니다."),
        error_messages={
            "required": _("한 해 예산을 적어 주세요."),
            "max_value": _("1,000억원보다 큰 예산은 적을 수 없습니다. 자릿수를 확인해 주세요."),
        },
    )
    sms_price = price_field(_("단문 한 건(원)"), "9.9")
    lms_price = price_field(_("장문 한 건(원)"), "29.5")

    class Meta(RowForm.Meta):
        model = Budget
        fields = ("amount", "sms_price", "lms_price")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = KrdsHelper(self, submit=_("저장"))
        self.helper.form_action = reverse("notices_budget:budget", args=[self.instance.year])
