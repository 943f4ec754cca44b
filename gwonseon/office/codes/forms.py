"""The form for a one-time code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gwonseon.krds.forms import KrdsHelper


class CodeForm(forms.Form):
    """A one-time code."""

    code = forms.CharField(
        label=_("번호"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
        error_messages={
            "required": _("번호를 입력해 주세요."),
            "max_length": _("번호가 너무 깁니다. 인증 앱의 번호나 복구 번호를 입력해 주세요."),
        },
    )

    def __init__(self, data: dict | None = None, *, hint: str) -> None:
        super().__init__(data)
        self.fields["code"].help_text = hint
        self.helper = KrdsHelper(self, submit=_("확인"))
