"""Forms of the residents' pages: a phone number, a code, and the consents."""

import re
import unicodedata
from typing import Any

from crispy_forms.layout import HTML, Div
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gwonseon.krds.forms import KrdsHelper
from gwonseon.messaging.fields import MobileField
from gwonseon.residents.actions import CODE_DIGITS
from gwonseon.residents.consents import CONSENTS, REQUIRED, Consent

# Longer than any code that somebody types, with all its signs.
LONGEST = 50


class NumberForm(forms.Form):
    """The phone number that a code is sent to."""

    number = MobileField(
        autocomplete="tel-national",
        help_text=_("예: 010-1234-5678. 이 번호로 인증번호를 보냅니다."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = KrdsHelper(self, submit=_("인증번호 받기"))


class ResidentCodeForm(forms.Form):
    """The code that was sent."""

    code = forms.CharField(
        label=_("인증번호"),
        max_length=LONGEST,
        help_text=_("문자로 받은 숫자 여섯 자리를 5분 안에 적어 주세요."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={
            "required": _("인증번호를 적어 주세요."),
            "max_length": _("인증번호는 숫자 여섯 자리입니다."),
        },
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = KrdsHelper(self, submit=_("확인"))

    def clean_code(self) -> str:
        """Return the digits; signs between them do not matter."""
        digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", self.cleaned_data["code"]))
        if not re.fullmatch(rf"[0-9]{{{CODE_DIGITS}}}", digits):
            raise ValidationError(_("인증번호는 숫자 여섯 자리입니다."))
        return digits


class ConsentForm(forms.Form):
    """A form with a checkbox for each consent; those of higher layers add their own fields."""

    def __init__(self, *args: Any, consented: set[str], **options: Any) -> None:
        super().__init__(*args, **options)
        for consent in CONSENTS:
            self.fields[field_of(consent)] = forms.BooleanField(
                label=consent.question,
                required=consent.what in REQUIRED,
                initial=consent.what in consented,
                error_messages={"required": _("문자를 받으시려면 이 칸에 표시해 주세요.")},
            )

    @property
    def facts(self) -> dict[str, tuple]:
        """What each consent explains, for the layout."""
        return {consent.what.value: consent.facts for consent in CONSENTS}

    @property
    def given(self) -> set[str]:
        """What was agreed to, of a valid form."""
        return {one.what.value for one in CONSENTS if self.cleaned_data.get(field_of(one))}


def field_of(consent: Consent) -> str:
    """Return the name of a consent's checkbox."""
    return f"agree_{consent.what.value}"


def consent_layout(consent: Consent) -> Div:
    """Return the layout of one consent: what it is for, then its checkbox."""
    template = "residents/_consent_facts.html"
    facts = f"{{% include '{template}' with facts=form.facts.{consent.what.value} only %}}"
    return Div(HTML(facts), field_of(consent), css_class="consent")
