"""What is typed of each kind of safety's records."""

from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.ledger.forms.details import DetailForm
from safety.models import AirMeasurement, Patrol, ReadinessCheck, StallCheck, WaterMeasurement

HEADS = ("students", "residents", "police", "officials")


class PatrolForm(DetailForm):
    """Who walked where."""

    offered = ("route", "school", *HEADS)

    class Meta(DetailForm.Meta):
        model = Patrol
        fields = ("route", "school", *HEADS)

    def groups(self) -> list[Any]:
        """Return the heads side by side."""
        return ["route", "school", Div(*HEADS, css_class="form-row")]

    def shared(self) -> dict[str, Any]:
        """Return how many came along: the record's people."""
        return {"people": self.instance.people}


class StallCheckForm(DetailForm):
    """What was looked at in a toilet, and how."""

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
    """What is ready for which season."""

    offered = ("season", "asset", "needed")

    class Meta(DetailForm.Meta):
        model = ReadinessCheck
        fields = ("season", "asset", "needed", "ready")


class MeasurementForm(DetailForm):
    """What was measured: at least one value."""

    offered = ("place", "spot")

    def clean(self) -> dict[str, Any]:
        """Ask for a value where none is typed."""
        given = super().clean()
        names = self._meta.model.values
        if not self.errors and all(given.get(name) is None for name in names):
            self.add_error(names[0], _("잰 값을 하나 이상 적어 주세요."))
        return given


class AirMeasurementForm(MeasurementForm):
    """What is in the air."""

    class Meta(DetailForm.Meta):
        model = AirMeasurement
        fields = ("place", "spot", *AirMeasurement.values)


class WaterMeasurementForm(MeasurementForm):
    """What is in the water."""

    class Meta(DetailForm.Meta):
        model = WaterMeasurement
        fields = ("place", "spot", *WaterMeasurement.values)
