"""The form that chooses who hands items over to whom."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.models import User
from plans.editing.handover.actions import OWNED, rows_for


class HandoverForm(forms.Form):
    """The person who gives the items and the person who takes them."""

    giver = forms.ModelChoiceField(None, label=_("넘기는 사람"), empty_label=_("고르세요"))
    taker = forms.ModelChoiceField(None, label=_("받는 사람"), empty_label=_("고르세요"))

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        given = {
            key for model in OWNED for key in rows_for(user, model).values_list("person", flat=True)
        }
        people = User.objects.select_related("department").order_by("name", "pk")
        self.fields["giver"].queryset = people.filter(pk__in=given - {None})
        self.fields["giver"].help_text = _(
            "맡은 항목이 있는 사람만 나옵니다. 떠난 사람도 나옵니다."
        )
        self.fields["taker"].queryset = people.filter(is_active=True)
        for name in ("giver", "taker"):
            self.fields[name].error_messages["required"] = _("사람을 골라 주세요.")
        self.helper = KrdsHelper(self, submit=_("넘길 항목 보기"), method="get")

    def clean(self) -> dict[str, Any]:
        """Refuse the same person as giver and taker."""
        values = super().clean()
        if values.get("giver") and values.get("giver") == values.get("taker"):
            self.add_error("taker", _("넘기는 사람과 다른 사람을 골라 주세요."))
        return values
