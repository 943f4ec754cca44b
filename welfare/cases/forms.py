"""Forms that open a case and that change its state."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.fields.days import DayField
from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.models import User
from welfare.cases.access import activities_for
from welfare.models import SupportCase

OTHER_PAGE = gettext_lazy("사례 화면을 새로 열어 다시 시작해 주세요.")


class OpeningForm(forms.Form):
    """The activity and day of a new case; its number is assigned.

    `token` identifies the form, to notice that it was sent twice.
    """

    activity = forms.ModelChoiceField(
        None,
        label=gettext_lazy("활동"),
        error_messages={"required": gettext_lazy("어느 활동의 사례인지 골라 주세요.")},
    )

    opened_on = DayField(
        label=gettext_lazy("시작한 날"),
        required=False,
        help_text=gettext_lazy("비워 두면 오늘입니다. 계획의 연도 안의 날이어야 합니다."),
    )
    token = forms.UUIDField(
        label=gettext_lazy("양식"),
        widget=forms.HiddenInput,
        initial=uuid4,
        error_messages=dict.fromkeys(("required", "invalid"), OTHER_PAGE),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["activity"].queryset = activities_for(user)
        self.fields["activity"].empty_label = _("고르세요")
        self.helper = KrdsHelper(self, submit=_("사례 시작"))

    def renew(self) -> None:
        """Give the typed input a new token, so that it can be sent as another form."""
        self.data = self.data.copy()
        self.data["token"] = str(uuid4())


class StateForm(forms.Form):
    """A case's state and closing day. `version` is the version that the user saw."""

    state = forms.ChoiceField(label=gettext_lazy("단계"), choices=SupportCase.State.choices)
    closed_on = DayField(
        label=gettext_lazy("종결한 날"),
        required=False,
        help_text=gettext_lazy("「종결」일 때만 적습니다. 비워 두면 오늘입니다."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: SupportCase, **options: Any) -> None:
        said = {"state": case.state, "closed_on": case.closed_on, "version": case.version}
        super().__init__(*args, initial=said, **options)
        self.fields["closed_on"].year = case.year
        self.helper = KrdsHelper(self, submit=_("단계 저장"))

    def clean(self) -> dict[str, Any]:
        """Refuse a closing day with another state, because it would be ignored silently.

        The stored closing day may stay in the field when the case is opened again.
        """
        values = super().clean()
        is_new_day = values.get("closed_on") and "closed_on" in self.changed_data
        if is_new_day and values.get("state") not in {None, SupportCase.State.CLOSED}:
            self.add_error(
                "closed_on",
                _("종결한 날은 「종결」일 때만 적습니다. 단계를 「종결」로 고르거나 비워 주세요."),
            )
        return values
