"""What is typed of each kind of culture's records."""

from django import forms
from django.utils.translation import gettext_lazy as _

from culture.models import Collection, Performance, Upkeep
from plans.ledger.forms.details import DetailForm


class CollectionForm(DetailForm):
    """Where oil was fetched."""

    offered = ("spot",)

    class Meta(DetailForm.Meta):
        model = Collection
        fields = ("spot", "cans")


class UpkeepForm(DetailForm):
    """What was done on a round."""

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
    """What was performed."""

    offered = ("host",)

    class Meta(DetailForm.Meta):
        model = Performance
        fields = ("title", "host", "performers", "teams")
