"""Forms of saved reports: the name of a new one, and what one may change of it."""

from typing import Any

from crispy_forms.bootstrap import InlineCheckboxes
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.models import User
from gwonseon.versions import RowForm
from plans.reminders.people import holders_of
from plans.reports.access import READ
from plans.reports.forms import SentForm
from plans.reports.requests import Format
from plans.reports.saved.models import SavedReport

NAME_ERRORS = {
    "required": gettext_lazy("이름을 적어 주세요. 예: 분기 실적 보고"),
    "max_length": gettext_lazy("이름을 100자까지로 줄여 주세요."),
}


class SaveForm(SentForm):
    """What was chosen of a report, sent to be saved under a name."""

    name = forms.CharField(
        label=gettext_lazy("이름"),
        max_length=100,
        help_text=gettext_lazy(
            "마감본을 골랐으면 열 때마다 가장 최근 마감본으로, 아니면 오늘까지로 봅니다."
        ),
        error_messages=NAME_ERRORS,
    )
    shown = ("name",)
    submit = gettext_lazy("이름 붙여 저장")
    action = "reports:saved_add"


class PeopleField(forms.ModelMultipleChoiceField):
    """A choice of several members of staff, each with the department."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, person: User) -> str:
        """Return the person's name and department."""
        return f"{person} ({person.department})" if person.department else str(person)


class SavedReportForm(RowForm):
    """A saved report's name, and whether it is made when a period is closed, and for whom."""

    is_scheduled = forms.BooleanField(
        label=gettext_lazy("기간을 마감할 때마다 만들기"),
        required=False,
        help_text=gettext_lazy("지금부터 마감하는 기간의 마감본으로 만듭니다."),
    )
    formats = forms.MultipleChoiceField(
        label=gettext_lazy("형식"),
        choices=Format,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("목록에 있는 형식을 골라 주세요.")},
    )
    recipients = PeopleField(
        User.objects.none(),
        label=gettext_lazy("받을 사람"),
        required=False,
        help_text=gettext_lazy("저마다 자기 파일을 받고, 다 되면 알림을 받습니다."),
        error_messages={
            "invalid_choice": gettext_lazy("보고서를 볼 수 있는 직원 가운데에서 골라 주세요."),
            "invalid_pk_value": gettext_lazy("보고서를 볼 수 있는 직원 가운데에서 골라 주세요."),
        },
    )

    class Meta(RowForm.Meta):
        model = SavedReport
        fields = ("name",)
        error_messages = {"name": NAME_ERRORS}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        saved: SavedReport = self.instance
        readers = User.objects.filter(pk__in=holders_of(READ))
        self.fields["recipients"].queryset = readers.select_related("department").order_by("name")
        self.initial |= {
            "is_scheduled": saved.scheduled_at is not None,
            "formats": saved.formats,
            "recipients": list(saved.recipients.all()) or [saved.owner],
        }
        self.helper = KrdsHelper(self, submit=_("저장"))
        self.helper.layout = Layout(
            "version",
            "name",
            "is_scheduled",
            InlineCheckboxes("formats"),
            InlineCheckboxes("recipients"),
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a schedule without a format, or for nobody."""
        chosen = super().clean()
        if chosen.get("is_scheduled"):
            for name, sentence in (
                ("formats", _("만들 형식을 하나라도 골라 주세요.")),
                ("recipients", _("받을 사람을 한 명이라도 골라 주세요.")),
            ):
                if name in chosen and not chosen[name]:
                    self.add_error(name, ValidationError(sentence))
        return chosen
