"""The form that confirms publishing a draft."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gwonseon.krds.forms import KrdsHelper
from plans.editing.publishing.actions import Gap, gaps_stamp


class PublishForm(forms.Form):
    """Confirmation before publishing; required where something is missing."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    confirmed = forms.BooleanField(
        label=_("비어 있는 곳을 확인했고, 이대로 공개합니다."),
        error_messages={"required": _("비어 있는 곳을 확인했다면 표시해 주세요.")},
    )

    def __init__(self, data: Any, *, gaps: list[Gap]) -> None:
        super().__init__(data, initial={"seen": gaps_stamp(gaps)})
        if not gaps:
            self.fields["confirmed"].label = _(
                "공개하면 약속은 변경 절차로만 바뀝니다. 공개합니다."
            )
        self.helper = KrdsHelper(self, submit=_("공개하기"))
