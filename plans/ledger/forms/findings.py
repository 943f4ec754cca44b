"""The form of a finding: something that must be put right."""

from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.fields.of_models import field_of
from gwonseon.fields.texts import PlainFormMixin
from gwonseon.office.models import Department
from plans.ledger.forms.details import within
from plans.ledger.models import Finding


class FindingForm(PlainFormMixin, forms.ModelForm):
    """A finding of a record. An existing finding that is emptied is deleted."""

    what = forms.CharField(label=gettext_lazy("무엇"), max_length=500, required=False)

    class Meta:
        model = Finding
        fields = ("category", "what", "spot", "department", "due_on")
        formfield_callback = field_of

    def __init__(self, *args: Any, categories: tuple[tuple[str, str], ...], **options: Any) -> None:
        super().__init__(*args, **options)
        # A department that was closed since stays a choice where it was chosen.
        chosen = Department.objects.filter(pk=self.initial.get("department"))
        self.fields["department"].queryset = Department.objects.open() | chosen
        self.fields["department"].empty_label = _("정하지 않음")
        if categories:
            self.fields["category"] = forms.ChoiceField(
                label=_("구분"), choices=[("", _("정하지 않음")), *categories], required=False
            )
        else:
            del self.fields["category"]
        self.helper = within(
            self,
            [Div("category", "spot", css_class="form-row"), "what"]
            if categories
            else ["what", "spot"],
        )
        self.helper.layout.append(Div("department", "due_on", css_class="form-row"))

    def has_changed(self) -> bool:
        """Return whether the form has input or shows an existing finding, which is saved again.

        A form opened before somebody saved the same finding must not count as an empty one, because
        empty forms are ignored.
        """
        return bool(self.initial) or super().has_changed()

    def clean(self) -> dict[str, Any]:
        """Require a description where any other field is filled in."""
        values = super().clean()
        if any(values.values()) and not values.get("what"):
            self.add_error("what", _("무엇을 조치해야 하는지 적으세요. 없으면 다른 칸도 비우세요."))
        return values
