"""Forms of a person's own settings: kinds of reminders, an absence, and a mobile number."""

from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.fields.days import DayField
from gwonseon.krds.forms import KrdsHelper
from gwonseon.messaging.fields import MobileField
from gwonseon.office.models import User
from plans.reminders.models import Absence
from plans.reminders.rules.registry import rules
from plans.reminders.settings.queries import wanted_of


class KindsForm(forms.Form):
    """The kinds of reminders; the ticked ones are wanted."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("받을 알림"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("없는 종류입니다. 화면을 다시 열어 골라 주세요.")
        },
    )

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kinds"].choices = [(rule.code, rule.label) for rule in rules]
        self.initial["kinds"] = wanted_of(person)
        self.helper = KrdsHelper(self, submit=_("저장"))
        self.helper.hide_optional = True


class StandInField(forms.ModelChoiceField):
    """A choice of staff, each with the department."""

    def label_from_instance(self, person: User) -> str:
        """Return the person's name and department."""
        return f"{person} ({person.department})" if person.department else str(person)


class AbsenceForm(forms.Form):
    """Days on which another member of staff gets one's reminders."""

    first_on = DayField(
        label=gettext_lazy("첫날"),
        error_messages={"required": gettext_lazy("첫날을 적어 주세요.")},
    )
    last_on = DayField(
        label=gettext_lazy("마지막 날"),
        error_messages={"required": gettext_lazy("마지막 날을 적어 주세요.")},
    )
    stand_in = StandInField(
        User.objects.none(),
        label=gettext_lazy("대신할 사람"),
        help_text=gettext_lazy("이 사람이 그동안 내 알림을 받습니다. 권한은 옮겨 가지 않습니다."),
        empty_label=gettext_lazy("고르세요"),
        error_messages={
            "required": gettext_lazy("대신할 사람을 골라 주세요."),
            "invalid_choice": gettext_lazy("지금 일하는 다른 직원을 골라 주세요."),
        },
    )

    def __init__(self, *args: Any, absence: Absence, **options: Any) -> None:
        names = ("first_on", "last_on", "stand_in")
        seen = {name: getattr(absence, name) for name in names} if absence.pk else {}
        super().__init__(*args, initial=seen, **options)
        others = User.objects.filter(is_active=True).exclude(pk=absence.person_id)
        self.fields["stand_in"].queryset = others.select_related("department").order_by("name")
        self.helper = KrdsHelper(self, submit=_("저장"))
        self.helper.layout = Layout(Div("first_on", "last_on", css_class="form-row"), "stand_in")


class PhoneForm(forms.Form):
    """The mobile number for urgent reminders, with the agreement."""

    number = MobileField(
        autocomplete="tel-national",
        help_text=gettext_lazy("예: 010-1234-5678. 암호화해서 보관하고, 가운데는 가려서 보입니다."),
    )
    agree = forms.BooleanField(
        label=gettext_lazy("급한 알림을 보내는 데 이 번호를 쓰는 것에 동의합니다."),
        error_messages={
            "required": gettext_lazy("동의하셔야 문자로 알릴 수 있습니다. 이 칸에 표시해 주세요.")
        },
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = KrdsHelper(self, submit=_("저장"))
