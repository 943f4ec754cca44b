"""Forms for the safety pillar's kinds of record."""

from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.ledger.forms.details import DetailForm
from safety.models import AirMeasurement, Patrol, ReadinessCheck, StallCheck, WaterMeasurement

HEADS = ("students", "residents", "police", "officials")


class PatrolForm(DetailForm):
    """Form of a patrol: its route and the number of people by group."""

    offered = ("route", "school", *HEADS)

    class Meta(DetailForm.Meta):
        model = Patrol
        fields = ("route", "school", *HEADS)

    def groups(self) -> list[Any]:
        """Return the field groups, with the numbers of people side by side."""
        return ["route", "school", Div(*HEADS, css_class="form-row")]

    def shared(self) -> dict[str, Any]:
        """Return the total number of people, for the record's own row."""
        return {"people": self.instance.people}


class StallCheckForm(DetailForm):
    """Form of a check of a toilet for hidden cameras."""

    offered = ("stalls", "methods")
    methods = forms.MultipleChoiceField(
        label=gettext_lazy("점검 방법"),
        choices=StallCheck.Method.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("점검 방법을 하나 이상 골라 주세요.")},
    )

    class Meta(DetailForm.Meta):
        model = StallCheck
        fields = ("stalls", "methods", "holes", "devices", "bell")
        help_texts = {
            "devices": gettext_lazy("찾았으면 만지지 말고 112에 신고한 뒤 적습니다."),
        }


class ReadinessCheckForm(DetailForm):
    """Form of a check of flood or snow equipment."""

    offered = ("season", "asset", "needed")

    class Meta(DetailForm.Meta):
        model = ReadinessCheck
        fields = ("season", "asset", "needed", "ready")


class MeasurementForm(DetailForm):
    """Base form of measurements; at least one value is required."""

    offered = ("place", "spot")

    def clean(self) -> dict[str, Any]:
        """Refuse a form without any value."""
        given = super().clean()
        names = self._meta.model.values
        if not self.errors and all(given.get(name) is None for name in names):
            self.add_error(names[0], _("잰 값을 하나 이상 적어 주세요."))
        return given


class AirMeasurementForm(MeasurementForm):
    """Form of a measurement of air."""

    class Meta(DetailForm.Meta):
        model = AirMeasurement
        fields = ("place", "spot", *AirMeasurement.values)


class WaterMeasurementForm(MeasurementForm):
    """Form of a measurement of water."""

    class Meta(DetailForm.Meta):
        model = WaterMeasurement
        fields = ("place", "spot", *WaterMeasurement.values)
