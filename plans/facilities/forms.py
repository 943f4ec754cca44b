"""Forms for facilities: their values, closing, the list's filter, and a table to upload."""

from typing import Any

from crispy_forms.bootstrap import InlineCheckboxes
from crispy_forms.layout import Column, Div, Layout, Row, Submit
from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gwonseon.fields.days import DayField
from gwonseon.fields.numbers import WholeNumberField
from gwonseon.fields.texts import one_line, visible
from gwonseon.fields.words import squeezed
from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.models import Dong
from gwonseon.size_limits import LARGEST_TABLE, MEBIBYTE
from gwonseon.tables.files import limit_size
from gwonseon.versions import RowForm
from plans.facilities.models import Facility, FacilityKind

# 명. A larger number is a typing mistake: no facility of a district is so large.
MOST_PEOPLE = 100_000
LIKE_ANOTHER = _(
    "이 동에 「%(name)s」이(가) 이미 있습니다. "
    "같은 곳이면 그 이름대로, 다른 곳이면 구별되게 적으세요."
)
NO_CAPACITY = _("정원은 0에서 100,000까지 적습니다. 정원이 없으면 비우세요.")


class LineField(forms.CharField):
    """A form field for one line of visible text."""

    default_validators = [visible]

    def to_python(self, value: Any) -> str:
        """Return the text with single spaces."""
        return one_line(super().to_python(value))


class FacilityForm(RowForm):
    """A facility's values.

    Each field also checks a column of an uploaded table, so none of them makes a query.
    """

    name = LineField(
        label=_("이름"),
        max_length=Facility._meta.get_field("name").max_length,
        error_messages={"required": _("이름을 적어 주세요.")},
    )
    kinds = forms.MultipleChoiceField(
        label=_("종류"),
        choices=FacilityKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("해당하는 것을 모두 고릅니다. 예: 경로당이면서 무더위쉼터"),
        error_messages={"required": _("종류를 하나 이상 골라 주세요.")},
    )
    address = LineField(
        label=_("주소"), max_length=Facility._meta.get_field("address").max_length, required=False
    )
    capacity = WholeNumberField(
        label=_("정원(명)"),
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
        error_messages=dict.fromkeys(("min_value", "max_value"), NO_CAPACITY),
    )

    class Meta(RowForm.Meta):
        model = Facility
        fields = ("name", "kinds", "dong", "address", "capacity")
        error_messages = {"dong": {"required": _("동을 골라 주세요.")}}

    def __init__(self, *args: Any, submit: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["dong"].queryset = Dong.objects.filter(
            Q(closed_on=None) | Q(pk=self.instance.dong_id)
        )
        self.fields["dong"].empty_label = _("고르세요")
        self.helper = KrdsHelper(self, submit=submit)
        self.helper.layout = Layout(
            "version",
            "name",
            InlineCheckboxes("kinds"),
            Div("dong", "capacity", css_class="form-row"),
            "address",
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a name that differs from another one of the dong only by spaces and signs."""
        values = super().clean()
        if values.get("name") and values.get("dong"):
            others = Facility.objects.filter(dong=values["dong"]).exclude(pk=self.instance.pk)
            alike = [one for one in others if squeezed(one.name) == squeezed(values["name"])]
            if alike and alike[0].name != values["name"]:
                self.add_error("name", LIKE_ANOTHER % {"name": alike[0].name})
        return values


class FacilityClosingForm(forms.Form):
    """The day from which a facility is closed."""

    day = DayField(label=_("폐쇄일"), error_messages={"required": _("폐쇄한 날짜를 적어 주세요.")})

    def __init__(self, data: dict | None = None, *, facility: Facility) -> None:
        super().__init__(data, initial={"day": timezone.localdate()})
        self.helper = KrdsHelper(self)
        self.helper.form_action = reverse("facilities:facility_close", args=[facility.pk])
        self.helper.add_input(Submit("", _("폐쇄"), css_id="submit-closing"))


class FacilityFilter(forms.Form):
    """The filter of the list of facilities."""

    name = forms.CharField(label=_("이름이나 주소"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=_("종류"), required=False, choices=[("", _("모든 종류")), *FacilityKind.choices]
    )
    dong = forms.ModelChoiceField(
        Dong.objects.all(), label=_("동"), required=False, empty_label=_("모든 동")
    )
    closed = forms.BooleanField(label=_("폐쇄 포함"), required=False)

    def __init__(self, data: dict) -> None:
        super().__init__(data)
        self.helper = KrdsHelper(self, submit=_("찾기"), method="get")
        self.helper.form_class = "form is-wide"
        self.helper.layout = Layout(Row(*map(Column, self.fields)))

    def found(self) -> QuerySet[Facility]:
        """Return the matching facilities in the order of their names; none if not valid."""
        if not self.is_valid():
            return Facility.objects.none()
        asked = self.cleaned_data
        rows = Facility.objects.all() if asked["closed"] else Facility.objects.open()
        if asked["name"]:
            rows = rows.filter(
                Q(name__icontains=asked["name"]) | Q(address__icontains=asked["name"])
            )
        if asked["kind"]:
            rows = rows.filter(kinds__contains=[asked["kind"]])
        if asked["dong"]:
            rows = rows.filter(dong=asked["dong"])
        return rows.select_related("dong")


class ImportForm(forms.Form):
    """The upload of a table of facilities."""

    source = "file"
    file = forms.FileField(
        label=_("시설 표"),
        help_text=_(
            f"XLSX나 CSV 파일({LARGEST_TABLE // MEBIBYTE}MB까지)을 올립니다. "
            "올려도 아직 바뀌지 않습니다."
        ),
        error_messages={
            "required": _("올릴 XLSX나 CSV 파일을 고르세요."),
            "empty": _("빈 파일입니다. 표를 저장했는지 확인하고 다시 올리세요."),
        },
        validators=[limit_size],
        widget=forms.FileInput({"accept": ".xlsx,.csv,text/csv"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = KrdsHelper(self, submit=_("올려서 확인하기"))
