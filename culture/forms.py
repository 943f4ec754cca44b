"""Forms for the culture pillar's kinds of record."""

from django import forms
from django.utils.translation import gettext_lazy as _

from culture.models import Collection, Performance, Upkeep
from plans.ledger.forms.details import DetailForm


class CollectionForm(DetailForm):
    """Form of a collection of waste oil."""

    offered = ("spot",)

    class Meta(DetailForm.Meta):
        model = Collection
        fields = ("spot", "cans")


class UpkeepForm(DetailForm):
    """Form of a round of maintenance work."""

    offered = ("works", "area")
    works = forms.MultipleChoiceField(
        label=_("한 일"),
        choices=Upkeep.Work.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("한 일을 하나 이상 골라 주세요.")},
    )

    class Meta(DetailForm.Meta):
        model = Upkeep
        fields = ("works", "area", "plants", "bags", "defects", "fixed")


class PerformanceForm(DetailForm):
    """Form of a concert or a festival."""

    offered = ("host",)

    class Meta(DetailForm.Meta):
        model = Performance
        fields = ("title", "host", "performers", "teams")
