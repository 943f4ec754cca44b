"""Forms of a garden plot and of a planned performance."""

from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture.models import Plot, Show
from culture.registers.access import activities_for
from gwonseon.fields.numbers import NumberField
from gwonseon.fields.texts import PlainFormMixin
from gwonseon.fields.times import MomentField
from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.models import Dong, User
from gwonseon.versions import RowForm

NO_NUMBER = gettext_lazy("구좌 번호를 1부터 시작하는 수로 적어 주세요. 예: 12")


class OfActivityForm(PlainFormMixin, RowForm):
    """Base form for a row of an activity; the activity is chosen for a new row, and then fixed.

    `ending` is the column with the day on which an existing row ended.
    """

    groups: tuple[Any, ...] = ()
    ending = ""

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        is_new = self.instance.pk is None
        if is_new:
            self.fields["activity"].queryset = activities_for(self._meta.model, user)
            self.fields["activity"].empty_label = _("고르세요")
        self.fields.pop(self.ending if is_new else "activity")
        fields = ("activity", *self.groups) if is_new else (*self.groups, self.ending)
        self.helper = KrdsHelper(self, submit=_("저장"))
        self.helper.layout = Layout("version", *fields)

    def ending_day(self) -> Any:
        """Return the day on which the row ended; refuse a day in the future."""
        day = self.cleaned_data[self.ending]
        if day and day > timezone.localdate():
            raise forms.ValidationError(
                _("아직 오지 않은 날입니다. 오늘이나 지난 날짜를 적으세요.")
            )
        return day


class PlotForm(OfActivityForm):
    """A plot of a garden."""

    area = NumberField(
        label=gettext_lazy("면적(㎡)"),
        max_digits=6,
        decimal_places=1,
        min_value=0.1,
        error_messages={
            "required": gettext_lazy("면적을 적어 주세요. 예: 16"),
            "min_value": gettext_lazy("0보다 큰 수를 적어 주세요."),
        },
    )
    groups = (
        Div("garden", "number", css_class="form-row"),
        Div("dong", "area", css_class="form-row"),
    )
    ending = "closed_on"

    class Meta(RowForm.Meta):
        model = Plot
        fields = ("activity", "garden", "number", "dong", "area", "closed_on")
        error_messages = {
            "activity": {"required": gettext_lazy("어느 활동의 텃밭인지 골라 주세요.")},
            "garden": {"required": gettext_lazy("텃밭 이름을 적어 주세요.")},
            "number": dict.fromkeys(("required", "min_value"), NO_NUMBER),
            "dong": {"required": gettext_lazy("동을 골라 주세요.")},
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = Dong.objects.filter(pk=self.instance.dong_id)
        self.fields["dong"].queryset = Dong.objects.open() | chosen
        self.fields["dong"].empty_label = _("고르세요")

    def clean_closed_on(self) -> Any:
        """Return the day on which the plot was given up."""
        return self.ending_day()


class ShowForm(OfActivityForm):
    """A planned performance."""

    starts_at = MomentField(
        label=gettext_lazy("시작"),
        error_messages={"required": gettext_lazy("시작하는 날짜와 시각을 적어 주세요.")},
    )
    groups = ("title", "starts_at", Div("place", "host", css_class="form-row"))
    ending = "cancelled_on"

    class Meta(RowForm.Meta):
        model = Show
        fields = ("activity", "title", "starts_at", "place", "host", "cancelled_on")
        error_messages = {
            "activity": {"required": gettext_lazy("어느 활동의 공연인지 골라 주세요.")},
            "title": {"required": gettext_lazy("공연의 제목을 적어 주세요.")},
            "place": {"required": gettext_lazy("공연하는 곳을 적어 주세요.")},
        }

    def clean_cancelled_on(self) -> Any:
        """Return the day on which the performance was cancelled."""
        return self.ending_day()

    def clean(self) -> dict[str, Any]:
        """Refuse a day outside the plan's year."""
        values = super().clean()
        activity = values.get("activity") or getattr(self.instance, "activity", None)
        starts_at = values.get("starts_at")
        if not activity or not starts_at:
            return values
        year = activity.plan.year
        if timezone.localtime(starts_at).year != year:
            self.add_error(
                "starts_at",
                _("%(year)s년 계획의 공연은 %(year)s년의 날을 적으세요.") % {"year": year},
            )
        return values
