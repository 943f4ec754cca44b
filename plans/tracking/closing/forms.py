"""Forms to close a period, to ask for its reopening, and to decide on that."""

from typing import Any

from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gwonseon.fields.of_models import field_of
from gwonseon.fields.texts import visible
from gwonseon.krds.forms import KrdsHelper
from plans.tracking.closing.models import Reopening
from plans.tracking.closing.queries import ClosingGap, gaps_stamp


class CloseForm(forms.Form):
    """Closing a period of the version that was read; confirmed where something is missing.

    `seen` is the stamp of what was missing when it was read.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid"), _("화면을 다시 열어 지금 내용을 확인하고 마감해 주세요.")
        ),
    )
    confirmed = forms.BooleanField(
        label=_("빠진 것을 확인했고, 이대로 마감합니다."),
        error_messages={"required": _("빠진 것을 확인했다면 표시하고 마감해 주세요.")},
    )

    def __init__(self, data: Any, *, version: int, gaps: list[ClosingGap]) -> None:
        super().__init__(data, initial={"version": version, "seen": gaps_stamp(gaps)})
        if not gaps:
            del self.fields["confirmed"]
        self.helper = KrdsHelper(self, submit=_("마감하기"))


class ReopenForm(forms.ModelForm):
    """A request to reopen a closed period, with its reason."""

    class Meta:
        model = Reopening
        fields = ("reason",)
        formfield_callback = field_of
        widgets = {"reason": forms.Textarea({"rows": 3})}
        help_texts = {"reason": _("무엇을 고쳐야 하는지 적습니다. 결정하는 사람이 읽습니다.")}
        error_messages = {
            "reason": {"required": _("무엇을 고쳐야 해서 다시 여는지 까닭을 적어 주세요.")}
        }

    def __init__(self, data: Any, *, action: str) -> None:
        super().__init__(data)
        self.fields["reason"].validators.append(visible)
        self.helper = KrdsHelper(self, submit=_("다시 열기 요청"))
        self.helper.form_action = action


class DecideForm(forms.Form):
    """Another person's decision: the name of the pressed button is `approve` or `refuse`."""

    def __init__(self, data: Any, *, action: str) -> None:
        super().__init__(data)
        self.helper = KrdsHelper(self)
        self.helper.form_action = action
        self.helper.add_input(Submit("refuse", _("마감한 대로 두기"), css_class="tertiary"))
        self.helper.add_input(Submit("approve", _("다시 열기")))

    @property
    def is_approved(self) -> bool:
        """Whether the button `approve` was pressed."""
        return "approve" in self.data

    def clean(self) -> dict[str, Any]:
        """Refuse a form without exactly one pressed button."""
        if len({"approve", "refuse"} & set(self.data)) != 1:
            raise ValidationError(_("다시 열지 그대로 둘지 단추를 눌러 정해 주세요."))
        return super().clean()
