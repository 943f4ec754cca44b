"""Forms of the access log: the filter, and the review of a month."""

from datetime import date, timedelta
from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gwonseon.fields.days import DayField, MonthField
from gwonseon.fields.texts import visible
from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.access_log.months import begins_at, has_begun
from gwonseon.office.access_log.queries import in_month
from gwonseon.office.models import NOTE_LENGTH, PersonalAccess, User

# The visible fields of the filter.
ASKED_FOR = ("person", "month", "day", "subject")


class AccessFilter(forms.Form):
    """A filter by user, time and data subject; `before` and `after` are row ids, for paging."""

    person = forms.ModelChoiceField(
        User.objects.order_by("name", "username"),
        label=_("직원"),
        required=False,
        empty_label=_("모든 직원"),
    )
    month = MonthField(label=_("달"), required=False)
    day = DayField(label=_("날짜"), required=False)
    subject = forms.CharField(label=_("정보주체"), max_length=100, required=False)
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)
    after = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: dict) -> None:
        super().__init__(data)
        self.helper = KrdsHelper(self, submit=_("찾기"), method="get")
        self.helper.form_class = "form is-wide"
        self.helper.layout = Layout(Row(*map(Column, ASKED_FOR)))

    def clean_month(self) -> date | None:
        """Refuse a month for which there can be no log."""
        month = self.cleaned_data["month"]
        if month and not has_begun(month):
            raise forms.ValidationError(_("아직 오지 않았거나 접속기록이 없던 달입니다."))
        return month

    @property
    def asked_for(self) -> dict[str, str]:
        """The filled-in values by field name, for the URL of the next page."""
        asked = {name: self.data.get(name, "") for name in ASKED_FOR}
        return {name: value for name, value in asked.items() if value}

    def found(self) -> QuerySet[PersonalAccess]:
        """Return the matching rows; none if the form is not valid."""
        if not self.is_valid():
            return PersonalAccess.objects.none()
        asked = self.cleaned_data
        rows = in_month(asked["month"]) if asked["month"] else PersonalAccess.objects.all()
        rows = rows.select_related("user")
        if asked["person"]:
            rows = rows.filter(user=asked["person"])
        if asked["day"]:
            rows = rows.filter(at__gte=begins_at(asked["day"]))
            # Today and future days have no later rows to leave out.
            if asked["day"] < timezone.localdate():
                rows = rows.filter(at__lt=begins_at(asked["day"] + timedelta(days=1)))
        if asked["subject"]:
            rows = rows.filter(subject__contains=asked["subject"])
        return rows


class MonthReviewForm(forms.Form):
    """The result of reviewing a month."""

    note = forms.CharField(
        label=_("점검 결과"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea({"rows": 4}),
        validators=[visible],
        help_text=_("무엇을 살펴보았고 어떠했는지 적습니다. 저장하면 고치거나 지우지 못합니다."),
        error_messages={
            "required": _("무엇을 살펴보았고 어떠했는지 적어 주세요."),
            "max_length": _("점검 결과는 %(limit_value)d자까지 적습니다."),
        },
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = KrdsHelper(self, submit=_("점검 마침"))
