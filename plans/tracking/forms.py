"""Forms of periods, of what departments write, and of decisions on it."""

import re
from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.fields.texts import PlainFormMixin
from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.drafts import AutosavedTextarea, saved_drafts
from gwonseon.office.models import User
from gwonseon.versions import RowForm
from plans.tracking.listing import in_order
from plans.tracking.models import TEXTS, Period, Update
from plans.tracking.queries import PeriodLine
from plans.tracking.updates.unsaved import places_of
from plans.tree.access import pillar_of

# The version in the form of an update that is not saved yet.
NEW = -1
# States of lines beside those of updates.
MISSING, LATE = "missing", "late"
SEEN = re.compile(r"([0-9]{1,18}):([0-9]{1,9})")


class SetUpForm(forms.Form):
    """How long the periods of a plan are."""

    kind = forms.ChoiceField(
        label=gettext_lazy("주기"),
        choices=Period.Kind.choices,
        initial=Period.Kind.QUARTER,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"),
            gettext_lazy("분기, 반기, 연간 가운데 하나를 골라 주세요."),
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = KrdsHelper(self, submit=_("보고 기간 만들기"))


class DaysForm(RowForm):
    """When departments begin to write, and by when they should be done."""

    class Meta(RowForm.Meta):
        model = Period
        fields = ("opens_on", "due_on")
        help_texts = {
            "opens_on": gettext_lazy("이날 저절로 열리고, 부서가 쓰기 시작합니다."),
            "due_on": gettext_lazy("이날이 지나도록 제출하지 않은 것은 「지연」으로 나옵니다."),
        }
        error_messages = {
            "opens_on": {"required": gettext_lazy("쓰기 시작하는 날을 적어 주세요.")},
            "due_on": {"required": gettext_lazy("제출 기한을 적어 주세요.")},
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.is_open:
            self.fields["opens_on"].disabled = True
            self.fields["opens_on"].help_text = _("이미 쓰기 시작해서 바꿀 수 없습니다.")
        self.helper = KrdsHelper(self, submit=_("저장"))


class PeriodFilter(forms.Form):
    """Filter of a period's activities; all of it is in the URL."""

    pillar = forms.ChoiceField(label=gettext_lazy("축"), required=False)
    department = forms.ChoiceField(label=gettext_lazy("담당부서"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("상태"), required=False)
    mine = forms.BooleanField(label=gettext_lazy("내가 담당하는 것만"), required=False)

    def __init__(
        self, data: Any, *, lines: Iterable[PeriodLine], user: User, is_late: bool
    ) -> None:
        super().__init__(data)
        self.lines, self.user = list(lines), user
        pillars = {pillar_of(one.activity).pk: pillar_of(one.activity) for one in self.lines}
        owners = {one.department.pk: one.department for one in self.lines if one.department}
        self.fields["pillar"].choices = choices_of(_("모든 축"), pillars.values())
        departments = sorted(owners.values(), key=in_order)
        self.fields["department"].choices = choices_of(_("모든 부서"), departments)
        late = [(LATE, _("지연"))] if is_late else []
        missing = (MISSING, _("미작성"))
        states = [("", _("모든 상태")), missing, *late, *Update.State.choices]
        self.fields["state"].choices = states
        self.helper = KrdsHelper(self, submit=_("조회"), method="get")
        self.helper.form_class = "form filters"

    def found(self) -> list[PeriodLine]:
        """Return the lines that pass; all if the filter cannot be read."""
        if not self.is_valid():
            return self.lines
        return [one for one in self.lines if self.passes(one)]

    def passes(self, line: PeriodLine) -> bool:
        """Return whether a line passes the filter."""
        chosen = self.cleaned_data
        if chosen["pillar"] and chosen["pillar"] != str(pillar_of(line.activity).pk):
            return False
        if chosen["department"] and chosen["department"] != str(getattr(line.department, "pk", "")):
            return False
        if chosen["mine"] and line.person != self.user:
            return False
        state = chosen["state"]
        if state == LATE:
            return line.is_behind
        return not state or state == (line.update.state if line.update else MISSING)


def choices_of(everything: str, rows: Iterable[Any]) -> list[tuple[str, str]]:
    """Return the choices of a filter: everything, and each row."""
    return [("", everything), *((str(one.pk), str(one)) for one in rows)]


class UpdateForm(PlainFormMixin, RowForm):
    """What a department writes about an activity or initiative in a period.

    The names of its two buttons say whether it is only saved, or submitted, too.
    """

    token = forms.UUIDField(widget=forms.HiddenInput)

    class Meta(RowForm.Meta):
        model = Update
        fields = TEXTS
        help_texts = {
            "results": gettext_lazy("이 기간에 한 일과 성과. 수는 실적에서 세니 적지 않습니다."),
            "next_steps": gettext_lazy("다음 기간에 할 일과 시기."),
            "problems": gettext_lazy("늦어지거나 어려운 점과 그 대책. 없으면 비워 둡니다."),
            "evidence": gettext_lazy("문서번호, 붙임의 제목처럼 실적을 확인할 수 있는 것."),
        }

    def __init__(
        self, *args: Any, user: User, copied: Update | None = None, **options: Any
    ) -> None:
        """Begin with the texts of `copied`, an earlier update, if there is one."""
        super().__init__(*args, **options)
        update = self.instance
        if copied:
            self.initial |= {name: getattr(copied, name) for name in TEXTS}
        self.initial["version"] = NEW if update.pk is None else update.version
        self.initial["token"] = update.token
        self.places = places_of(update.period, update.node)
        drafts = saved_drafts(user, self.places.values())
        for name, place in self.places.items():
            self.fields[name].widget = AutosavedTextarea(
                place=place, draft=drafts.get(place), attrs={"rows": 7 if name == "results" else 4}
            )
        self.helper = KrdsHelper(self)
        self.helper.add_input(Submit("save", _("저장"), css_class="tertiary", css_id="save"))
        self.helper.add_input(Submit("hand_in", _("저장하고 제출"), css_id="hand-in"))

    @property
    def hands_in(self) -> bool:
        """Whether the pressed button also submits."""
        return "hand_in" in self.data

    def clean(self) -> dict[str, Any]:
        """Require results where the text is submitted."""
        values = super().clean()
        if self.hands_in and not values.get("results") and "results" not in self.errors:
            self.add_error(
                "results", _("추진실적을 적고 제출하세요. 저장만 하려면 「저장」을 누르세요.")
            )
        return values

    def values(self) -> dict[str, Any]:
        """Return what `write_update` takes."""
        typed = self.cleaned_data
        return {
            "texts": {name: typed[name] for name in TEXTS},
            "version": None if typed["version"] == NEW else typed["version"],
            "token": typed["token"],
            "submits": self.hands_in,
        }


class SeenField(forms.Field):
    """Ticked rows, each sent as `key:version`; cleaned, the version that was seen by key."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> dict[int, int]:
        """Read keys and versions."""
        found = [SEEN.fullmatch(one) for one in value or ()]
        if not all(found):
            raise ValidationError(_("화면을 다시 열어 승인할 것을 골라 주세요."))
        return {int(one[1]): int(one[2]) for one in found}


class ApprovalForm(forms.Form):
    """The updates to approve together."""

    seen = SeenField(
        label=gettext_lazy("승인할 것"),
        error_messages={"required": gettext_lazy("승인할 추진상황을 하나 이상 골라 주세요.")},
    )

    def is_ticked(self, update: Update) -> bool:
        """Return whether an update was ticked as it is now."""
        return self.is_bound and f"{update.pk}:{update.version}" in (self["seen"].value() or ())


class ReturnForm(PlainFormMixin, forms.Form):
    """Returning an update to its author, with a reason.

    `many` is whether it stands on the page of all that waits.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    many = forms.BooleanField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=gettext_lazy("반려 사유"),
        max_length=Update._meta.get_field("returned_for").max_length,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("무엇을 고쳐야 하는지 적습니다."),
        error_messages={"required": gettext_lazy("무엇을 고쳐야 하는지 적고 반려해 주세요.")},
    )

    def __init__(self, data: Any = None, *, update: Update, many: bool = False) -> None:
        initial = {"version": update.version, "many": many}
        super().__init__(data, initial=initial, auto_id=f"return_{update.pk}_%s")
        self.helper = KrdsHelper(self)
        submit = Submit("return", _("반려"), css_class="tertiary", css_id=f"return-{update.pk}")
        self.helper.add_input(submit)
