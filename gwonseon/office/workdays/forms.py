"""Forms of a day off."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from gwonseon.fields.of_models import field_of
from gwonseon.fields.texts import PlainFormMixin
from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.workdays.models import Holiday
from gwonseon.office.workdays.queries import shown_years
from gwonseon.versions import RowForm


class NewHolidayForm(PlainFormMixin, forms.ModelForm):
    """A new day off, or a day that is worked."""

    class Meta:
        model = Holiday
        fields = ("on", "name", "is_worked")
        formfield_callback = field_of

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = KrdsHelper(self, submit=_("저장"))

    def clean_on(self) -> Any:
        """Refuse a day of a year that no list shows."""
        day, years = self.cleaned_data["on"], shown_years()
        if day.year not in years:
            sentence = _("%(first)s년부터 %(last)s년까지의 날로 적어 주세요.")
            raise forms.ValidationError(sentence % {"first": years[0], "last": years[-1]})
        return day

    def validate_unique(self) -> None:
        """Skip the check: the action refuses a day that is in the table already."""


class HolidayForm(PlainFormMixin, RowForm):
    """The name of a day off, and whether it is worked; for another day, delete and add."""

    class Meta(RowForm.Meta):
        model = Holiday
        fields = ("name", "is_worked")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = KrdsHelper(self, submit=_("저장"))
