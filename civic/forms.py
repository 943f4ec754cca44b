"""What is typed of each kind of civic's records."""

from typing import Any

from civic.models import Audit, CounterTally, Gathering
from gwonseon.office.models import Department
from plans.ledger.forms.details import DetailForm


class GatheringForm(DetailForm):
    """What a gathering was about."""

    offered = ("club", "way", "hours")

    class Meta(DetailForm.Meta):
        model = Gathering
        fields = ("subject", "club", "way", "hours", "output")


class CounterTallyForm(DetailForm):
    """What was counted at the counter."""

    offered = ("service", "group", "on_show")

    class Meta(DetailForm.Meta):
        model = CounterTally
        fields = ("service", "group", "on_show")


class AuditForm(DetailForm):
    """Who was audited, and on what."""

    class Meta(DetailForm.Meta):
        model = Audit
        fields = ("scope", "department", "subject")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = Department.objects.filter(pk=self.initial.get("department"))
        self.fields["department"].queryset = Department.objects.open() | chosen
