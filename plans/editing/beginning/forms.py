"""Forms for a new plan's year and for a plan's vision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gwonseon.fields.numbers import WholeNumberField
from gwonseon.fields.texts import one_line, visible
from gwonseon.krds.forms import KrdsHelper
from plans.tree.models import FIRST_YEAR, LAST_YEAR, TITLE_LENGTH, Plan


class VisionField(forms.CharField):
    """A field for a plan's vision, in one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("비전"),
            max_length=TITLE_LENGTH,
            required=False,
            widget=forms.Textarea({"rows": 2}),
            help_text=_("계획이 이루려는 모습을 한 줄로 적습니다. 공개하면 바꿀 수 없습니다."),
            validators=[visible],
            **options,
        )

    def clean(self, value: Any) -> str:
        """Return the vision on one line."""
        return one_line(super().clean(value))


class BeginForm(forms.Form):
    """The year of a new plan."""

    year = WholeNumberField(unit="년", label=_("연도"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    vision = VisionField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = KrdsHelper(self, submit=_("계획 시작"))


class VisionForm(forms.Form):
    """A draft's vision. `seen` is the vision that the form was opened with."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    vision = VisionField()

    def __init__(self, data: Any, *, plan: Plan) -> None:
        super().__init__(data, initial={"seen": plan.vision, "vision": plan.vision})
        self.helper = KrdsHelper(self, submit=_("저장"))
