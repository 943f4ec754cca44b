"""Forms for the civic pillar's kinds of record."""

from typing import Any

from civic.models import Audit, CounterTally, Gathering, TextNotice
from gwonseon.office.models import Department
from plans.ledger.forms.details import DetailForm


class GatheringForm(DetailForm):
    """Form of a meeting, a training or a study club."""

    offered = ("club", "way", "hours")

    class Meta(DetailForm.Meta):
        model = Gathering
        fields = ("subject", "club", "way", "hours", "output")


class CounterTallyForm(DetailForm):
    """Form of a day's numbers at a service counter."""

    offered = ("service", "group", "on_show")

    class Meta(DetailForm.Meta):
        model = CounterTally
        fields = ("service", "group", "on_show")


class AuditForm(DetailForm):
    """Form of an audit: the department and the subject."""

    class Meta(DetailForm.Meta):
        model = Audit
        fields = ("scope", "department", "subject")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = Department.objects.filter(pk=self.initial.get("department"))
        self.fields["department"].queryset = Department.objects.open() | chosen


class TextNoticeForm(DetailForm):
    """Form of a notice that was not sent by the portal."""

    class Meta(DetailForm.Meta):
        model = TextNotice
        fields = ("title",)
