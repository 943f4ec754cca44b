"""The form of an activity's milestones: one line for each, and empty ones for new."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.forms import model_to_dict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.fields.numbers import WholeNumberField
from gwonseon.fields.of_models import field_of
from gwonseon.fields.texts import PlainFormMixin
from gwonseon.krds.forms import KrdsHelper
from gwonseon.versions import Difference
from plans.tracking.milestones.models import WHOLE, Milestone
from plans.tracking.milestones.queries import stamp_of

FIELDS = ("title", "planned_on", "weight", "done_on", "evidence")
NEW_LINES = 3
MOST_LINES = 100


class MilestoneForm(PlainFormMixin, forms.ModelForm):
    """One milestone. An existing one, which has a key, is deleted if all fields are emptied."""

    key = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=gettext_lazy("무엇"), max_length=200, required=False)
    weight = WholeNumberField(
        label=gettext_lazy("비중(%)"), min_value=1, max_value=WHOLE, required=False
    )

    class Meta:
        model = Milestone
        fields = FIELDS
        formfield_callback = field_of

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["planned_on"].required = False
        self.helper = KrdsHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.hide_optional = True
        self.helper.layout = Layout(
            "key",
            "title",
            Div("planned_on", "weight", css_class="form-row"),
            Div("done_on", "evidence", css_class="form-row"),
        )

    def has_changed(self) -> bool:
        """Return whether the form has input or shows an existing line, which is saved again."""
        return bool(self.initial) or super().has_changed()

    def clean_done_on(self) -> Any:
        """Refuse a day that has not come."""
        day = self.cleaned_data["done_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("아직 오지 않은 날입니다. 오늘이나 지난 날을 적으세요."))
        return day

    def clean(self) -> dict[str, Any]:
        """Ask for what a line needs if anything of it is typed."""
        values = super().clean()
        if not any(self.data.get(self.add_prefix(name)) for name in FIELDS):
            return values
        needed = {
            "title": _("무엇을 하는지 적으세요. 지우려면 이 줄의 칸을 모두 비우세요."),
            "planned_on": _("언제 하기로 했는지 적으세요."),
        }
        if values.get("done_on"):
            needed["evidence"] = _("마쳤음을 보여 주는 근거를 적으세요. 예: 문서번호")
        if values.get("evidence"):
            needed["done_on"] = _("마친 날을 적으세요. 마치지 않았으면 근거를 비우세요.")
        for name, sentence in needed.items():
            if not values.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        return values


def sides_of(saved: Sequence[Milestone], typed: Sequence[Milestone]) -> list[Difference]:
    """Return the saved milestones beside the typed ones; a side without one is empty."""
    before = {one.pk: one for one in saved}
    after = {one.pk: one for one in typed if one.pk}
    pairs = [(before.get(key), after.get(key)) for key in before | after]
    pairs += [(None, one) for one in typed if not one.pk]
    return [
        Difference((new or old).title, milestone_text(old), milestone_text(new))
        for old, new in pairs
    ]


def milestone_text(milestone: Milestone | None) -> str:
    """Return what a milestone says in one text; "" without one."""
    if milestone is None:
        return ""
    parts = (
        milestone.title,
        _("계획한 날 %(day)s") % {"day": milestone.planned_on},
        _("비중 %(weight)s%%") % {"weight": milestone.weight} if milestone.weight else "",
        _("마친 날 %(day)s") % {"day": milestone.done_on} if milestone.done_on else "",
        milestone.evidence,
    )
    return ", ".join(filter(None, parts))


class SeenFormSet(forms.BaseFormSet):
    """The lines of an activity's milestones, with the stamp of those that the user saw."""

    def __init__(self, *args: Any, present: Sequence[Milestone], **options: Any) -> None:
        lines = [model_to_dict(one, FIELDS) | {"key": one.pk} for one in present]
        super().__init__(*args, initial=lines, prefix="lines", **options)
        self.seen = self.data.get("seen", "") if self.is_bound else stamp_of(present)
        self.sides: list[Difference] = []

    def show_outdated(self, present: Sequence[Milestone]) -> None:
        """Set what is saved now; sending the form again writes over it."""
        self.seen = stamp_of(present)
        self.sides = sides_of(present, self.milestones())

    def milestones(self) -> list[Milestone]:
        """Return the lines that are not empty, not saved; those from before have their key."""
        return [
            Milestone(pk=values["key"], **{name: values[name] for name in FIELDS})
            for values in (form.cleaned_data for form in self.forms)
            if any(values.get(name) for name in FIELDS)
        ]


LinesFormSet = forms.formset_factory(
    MilestoneForm,
    formset=SeenFormSet,
    extra=NEW_LINES,
    max_num=MOST_LINES,
    absolute_max=MOST_LINES,
    validate_max=True,
)
