"""Forms for the welfare pillar's kinds of record."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from plans.ledger.forms.details import DetailForm
from welfare.models import (
    Contact,
    Counselling,
    DaycareVisit,
    Delivery,
    Outing,
    ShelterVisit,
    StudyRoomVisit,
    SupportCase,
)


class ContactForm(DetailForm):
    """Form of a contact: the case, and what was done."""

    offered = ("service",)

    class Meta(DetailForm.Meta):
        model = Contact
        fields = ("case", "service", "finder", "agencies")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        case = self.fields["case"]
        rows = SupportCase.objects.filter(activity=self.activity)
        case.queryset = rows.filter(closed_on=None) | rows.filter(pk=self.initial.get("case"))
        # Read only once, so that the access log names exactly the cases that the form lists.
        self.cases = list(case.queryset)
        case.choices = [("", case.empty_label), *((one.pk, str(one)) for one in self.cases)]
        case.help_text = format_html(
            '<a href="{}">{}</a>', reverse("cases:cases"), _("사례 보기·시작하기")
        )
        case.error_messages["required"] = _(
            "사례를 골라 주세요. 없으면 「사례」에서 먼저 시작하세요."
        )

    def offered_rows(self) -> list[SupportCase]:
        """Return the cases that the form lists."""
        return self.cases


class CounsellingForm(DetailForm):
    """Form of a day of counselling: how many people came, and what followed."""

    class Meta(DetailForm.Meta):
        model = Counselling
        fields = ("counselled", "placed", "employed")


class DeliveryForm(DetailForm):
    """Form of a delivery of side dishes."""

    class Meta(DetailForm.Meta):
        model = Delivery
        fields = ("portions", "no_answer")


class DaycareVisitForm(DetailForm):
    """Form of a visit to a daycare centre."""

    class Meta(DetailForm.Meta):
        model = DaycareVisit
        fields = ("met", "trained")


class StudyRoomVisitForm(DetailForm):
    """Form of a day of a study room."""

    offered = ("seats", "hours")

    class Meta(DetailForm.Meta):
        model = StudyRoomVisit
        fields = ("seats", "hours")


class ShelterVisitForm(DetailForm):
    """Form of a visit to a shelter."""

    offered = ("cools", "is_signed", "is_open")

    class Meta(DetailForm.Meta):
        model = ShelterVisit
        fields = ("cools", "is_signed", "is_open", "celsius")


class OutingForm(DetailForm):
    """Form of an outing of volunteers."""

    offered = ("volunteers", "hours", "host")

    class Meta(DetailForm.Meta):
        model = Outing
        fields = ("volunteers", "hours", "host", "programme")
