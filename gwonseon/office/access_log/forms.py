"""What of the access log is asked for."""

from datetime import datetime, time, timedelta

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gwonseon.fields.days import DayField
from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.models import PersonalAccess, User


class AccessFilter(forms.Form):
    """Who, when, and whose data; `before` and `after` are rows' numbers, for the next page."""

    person = forms.ModelChoiceField(
        User.objects.order_by("name", "username"),
        label=_("직원"),
        required=False,
        empty_label=_("모든 직원"),
    )
    day = DayField(label=_("날짜"), required=False)
    subject = forms.CharField(label=_("정보주체"), max_length=100, required=False)
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)
    after = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: dict) -> None:
        super().__init__(data)
        self.helper = KrdsHelper(self, submit=_("찾기"), method="get")
        self.helper.form_class = "form is-wide"
        self.helper.layout = Layout(Row(*map(Column, self.asked_for)))

    @property
    def asked_for(self) -> list[str]:
        """The names of the fields that somebody fills in."""
        return ["person", "day", "subject"]

    def found(self) -> QuerySet[PersonalAccess]:
        """Return the rows asked for; none for a question that makes no sense."""
        if not self.is_valid():
            return PersonalAccess.objects.none()
        asked = self.cleaned_data
        rows = PersonalAccess.objects.select_related("user")
        if asked["person"]:
            rows = rows.filter(user=asked["person"])
        if asked["day"]:
            begins = timezone.make_aware(datetime.combine(asked["day"], time.min))
            rows = rows.filter(at__gte=begins, at__lt=begins + timedelta(days=1))
        if asked["subject"]:
            rows = rows.filter(subject__contains=asked["subject"])
        return rows
