"""What staff type to sign in."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gwonseon.krds.forms import KrdsHelper


class SignInForm(AuthenticationForm):
    """A name and a password. A wrong one and a closed account get the same sentence."""

    next = forms.CharField(widget=forms.HiddenInput, required=False)

    error_messages = {
        "invalid_login": _(
            "아이디나 비밀번호가 맞지 않습니다. 다시 입력하고, 그래도 안 되면 전산 담당자에게 "
            "문의해 주세요."
        ),
    }

    def __init__(self, request: HttpRequest, data: dict | None = None, next_page: str = "") -> None:
        super().__init__(request, data, initial={"next": next_page})
        self.fields["username"].label = _("아이디")
        self.fields["username"].error_messages["required"] = _("아이디를 입력해 주세요.")
        self.fields["password"].label = _("비밀번호")
        self.fields["password"].error_messages["required"] = _("비밀번호를 입력해 주세요.")
        self.helper = KrdsHelper(self, submit=_("로그인"))
