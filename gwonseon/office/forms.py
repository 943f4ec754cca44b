"""Forms to sign in, to change the password, and to save a draft."""

from http import HTTPStatus

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gwonseon.krds.forms import KrdsHelper
from gwonseon.office import lockout
from gwonseon.office.models import DRAFT_LENGTH, Draft, User


class SignInForm(AuthenticationForm):
    """User name and password. A wrong password and a closed account get the same error sentence."""

    next = forms.CharField(widget=forms.HiddenInput, required=False)

    error_messages = {
        "invalid_login": _(
            "아이디나 비밀번호가 맞지 않습니다. 다시 입력하고, 그래도 안 되면 관리자에게 "
            "문의해 주세요."
        ),
        "locked": _(
            "비밀번호가 여러 번 틀려 이 아이디의 로그인을 %(minutes)s분 동안 잠갔으니, "
            "기다렸다가 다시 로그인하거나 관리자에게 잠금을 풀어 달라고 하세요."
        ),
    }

    def __init__(
        self, request: HttpRequest | None = None, data: dict | None = None, next_page: str = ""
    ) -> None:
        super().__init__(request, data, initial={"next": next_page})
        self.fields["username"].label = _("아이디")
        self.fields["username"].error_messages["required"] = _("아이디를 입력해 주세요.")
        self.fields["password"].label = _("비밀번호")
        self.fields["password"].error_messages["required"] = _("비밀번호를 입력해 주세요.")
        self.helper = KrdsHelper(self, submit=_("로그인"))

    def get_invalid_login_error(self) -> forms.ValidationError:
        """Return the error of a refused sign-in; axes notes a lock on the request."""
        if self.status == HTTPStatus.OK:
            return super().get_invalid_login_error()
        minutes = {"minutes": lockout.MINUTES}
        return forms.ValidationError(self.error_messages["locked"], params=minutes)

    @property
    def status(self) -> HTTPStatus:
        """The HTTP status for showing the form again: 429 if the name is locked, else 200."""
        is_locked = getattr(self.request, "axes_locked_out", False)
        return HTTPStatus.TOO_MANY_REQUESTS if is_locked else HTTPStatus.OK


class PasswordForm(PasswordChangeForm):
    """The old password, and twice a new one, which must be different."""

    error_messages = PasswordChangeForm.error_messages | {
        "password_incorrect": _("지금 비밀번호가 맞지 않습니다. 다시 입력해 주세요."),
        "password_mismatch": _("두 새 비밀번호가 서로 다릅니다. 같은 비밀번호를 적어 주세요."),
        "password_same": _("새 비밀번호가 지금 비밀번호와 같습니다. 다른 비밀번호를 정해 주세요."),
    }

    def __init__(self, user: User, data: dict | None = None) -> None:
        super().__init__(user, data)
        labels = {
            "old_password": _("지금 비밀번호"),
            "new_password1": _("새 비밀번호"),
            "new_password2": _("새 비밀번호 다시"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = _("비밀번호를 입력해 주세요.")
        self.fields["new_password1"].help_text = _(
            "10자 이상으로 정합니다. 아이디나 이름과 비슷하거나 흔하거나 숫자뿐이면 안 됩니다."
        )
        self.fields["new_password2"].help_text = _("같은 비밀번호를 한 번 더 적습니다.")
        self.helper = KrdsHelper(self, submit=_("비밀번호 바꾸기"))

    def clean(self) -> dict:
        """Refuse the old password as the new one: an administrator knows a temporary password."""
        cleaned = super().clean()
        if cleaned.get("old_password") and cleaned["old_password"] == cleaned.get("new_password1"):
            self.add_error("new_password1", self.error_messages["password_same"])
        return cleaned


class DraftForm(forms.Form):
    """An unsaved text and the place that it is for."""

    place = forms.CharField(
        max_length=Draft._meta.get_field("place").max_length,
        validators=[RegexValidator(r"^[a-z0-9:_-]+\Z")],
        error_messages=dict.fromkeys(
            ("required", "max_length", "invalid"),
            _("어느 자리의 글인지 알 수 없습니다. 화면을 새로 연 뒤 다시 써 주세요."),
        ),
    )
    text = forms.CharField(
        max_length=DRAFT_LENGTH,
        required=False,
        strip=False,
        error_messages={
            "max_length": _("글이 %(limit_value)d자보다 길어 자동 저장하지 못합니다. 줄여 주세요.")
        },
    )
