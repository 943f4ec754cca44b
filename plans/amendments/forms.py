"""Forms to request approval of an amendment, and to decide on it."""

from datetime import date
from typing import Any

from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gwonseon.fields.of_models import field_of
from gwonseon.fields.texts import visible
from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.drafts import AutosavedTextarea, saved_draft
from gwonseon.office.models import User
from plans.amendments.models import Amendment
from plans.amendments.propose import default_day
from plans.tree.models import TEXT_LENGTH


class RequestForm(forms.ModelForm):
    """The request for approval: reason, ground, and the day from which it is in force (시행일)."""

    class Meta:
        model = Amendment
        fields = ("reason", "ground", "effective_on", "effective_reason")
        formfield_callback = field_of
        widgets = {"effective_reason": forms.Textarea({"rows": 3})}
        help_texts = {
            "reason": _("주민이 읽습니다. 무엇이 달라져서 바꾸는지 적습니다."),
            "effective_on": _(
                "이날부터 바뀐 내용으로 봅니다. 지난 날의 진행도 이날부터 바뀐 목표로 셈합니다."
            ),
            "effective_reason": _(
                "시행일이 신청하는 날보다 앞설 때만 적습니다. 주민이 읽습니다. "
                "처음 정하는 내용만 있으면 적지 않아도 됩니다."
            ),
        }

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["effective_on"] = self.stated_day() or default_day(self.instance)
        self.fields["effective_on"].year = self.instance.plan.year
        self.fields["effective_reason"].validators.append(visible)
        typed = ("reason", "ground")
        self.places = {name: f"amendment:{self.instance.pk}:{name}" for name in typed}
        for name, label in (("reason", _("변경 사유")), ("ground", _("근거"))):
            self.fields[name].required = True
            self.fields[name].validators.append(visible)
            self.fields[name].widget = AutosavedTextarea(
                place=self.places[name],
                draft=saved_draft(user, self.places[name]),
                attrs={"rows": 5},
            )
            self.fields[name].error_messages["required"] = _("%(label)s를 적어 주세요.") % {
                "label": label
            }
        self.helper = KrdsHelper(self, submit=_("승인 신청"))
        self.helper.inputs[0].name = "request"

    def clean(self) -> dict[str, Any]:
        """Refuse a reason for an earlier 시행일 if the 시행일 is not earlier."""
        values = super().clean()
        last = self.instance.plan.within_year(timezone.localdate())
        day = values.get("effective_on") or default_day(self.instance)
        if values.get("effective_reason") and "effective_on" not in self.errors and day == last:
            self.add_error(
                "effective_reason",
                _("앞선 시행일이 아닙니다. 시행일을 앞당기거나 소급 사유를 비워 주세요."),
            )
        return values

    def stated_day(self) -> date | None:
        """Return the 시행일 that the author chose before; None if it was the day of the request."""
        one = self.instance
        if one.effective_on is None or one.effective_on == one.plan.within_year(one.requested_on):
            return None
        return one.effective_on


class DecisionForm(forms.Form):
    """The decision of another person: apply the amendment, or return it with a note.

    The name of the pressed button is `apply` or `return`. `seen` is the stamp of what the user
    read.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    note = forms.CharField(
        label=_("결정 의견"),
        widget=forms.Textarea({"rows": 4}),
        max_length=TEXT_LENGTH,
        required=False,
        validators=[visible],
        help_text=_("돌려보낼 때는 무엇을 고쳐야 하는지 적습니다."),
    )

    def __init__(self, data: Any = None, *, apply: str, seen: str = "", note: str = "") -> None:
        super().__init__(data, initial={"seen": seen, "note": note})
        self.returning = bool(data) and "return" in data
        self.helper = KrdsHelper(self)
        self.helper.add_input(Submit("return", _("돌려보내기"), css_class="tertiary"))
        self.helper.add_input(Submit("apply", apply))

    def offer_part(self, number: int) -> None:
        """Label the button: it approves only the user's part, of `number` changes."""
        self.helper.inputs[-1].value = _("맡은 부분만 승인하고 반영 (%(n)s건)") % {"n": number}

    def clean(self) -> dict[str, Any]:
        """Refuse to return the amendment without a note, or a form without a pressed button."""
        values = super().clean()
        if self.data and not {"apply", "return"} & set(self.data):
            raise ValidationError(_("돌려보낼지 받아들일지 단추를 눌러 정해 주세요."))
        if self.returning and not values.get("note"):
            self.add_error("note", _("무엇을 고쳐야 하는지 적고 돌려보내 주세요."))
        return values
