"""Forms of the staff page of residents: a number to find, and why a number is shown."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gwonseon.fields.phones import without_mobile
from gwonseon.fields.texts import PlainFormMixin
from gwonseon.krds.forms import KrdsHelper
from gwonseon.messaging.fields import MobileField
from gwonseon.office.models import REASON_LENGTH

SHORTEST_REASON = 5


class FindForm(forms.Form):
    """The number that a resident names when they call or come."""

    number = MobileField(
        help_text=_("주민이 알려 준 번호 전체를 적습니다. 찾은 일은 접속기록에 남습니다.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = KrdsHelper(self, submit=_("찾기"))


class RevealForm(PlainFormMixin, forms.Form):
    """Why the whole number is shown."""

    reason = forms.CharField(
        label=_("번호를 보는 까닭"),
        max_length=REASON_LENGTH,
        validators=[without_mobile],
        help_text=_("접속기록에 남습니다. 개인정보는 적지 마세요. 예: 반송된 문자 문의 답변"),
        error_messages={
            "required": _("번호를 보는 까닭을 적어 주세요."),
            "max_length": _("까닭은 %(limit_value)d자까지 적습니다."),
        },
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = KrdsHelper(self, submit=_("번호 보기"))

    def clean_reason(self) -> str:
        """Return a reason that says something."""
        reason = self.cleaned_data["reason"].strip()
        if len(reason) < SHORTEST_REASON:
            raise ValidationError(
                _("나중에 점검하는 사람이 알 수 있게 다섯 글자 이상 적어 주세요.")
            )
        return reason
