"""Forms of blockers: the list's filter, raising or changing one, and resolving it."""

from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.fields.days import DayField
from gwonseon.fields.texts import PlainFormMixin
from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.models import Department, User
from gwonseon.versions import RowForm, SeenForm
from plans.tracking.blockers.access import blockers_for_staff
from plans.tracking.blockers.models import Blocker, BlockerQuerySet
from plans.tree.access import owned_by
from plans.tree.models import Activity, Pillar

OPEN, OVERDUE, RESOLVED = "open", "overdue", "resolved"
MINE_TO_RESOLVE, MINE = "to-resolve", "own"


class BlockerFilter(forms.Form):
    """The filter of the list; without a state it lists the open ones."""

    state = forms.ChoiceField(
        label=gettext_lazy("상태"),
        choices=[
            (OPEN, gettext_lazy("풀지 못한 것")),
            (OVERDUE, gettext_lazy("기한이 지난 것")),
            (RESOLVED, gettext_lazy("푼 것")),
        ],
        required=False,
    )
    pillar = forms.ChoiceField(
        label=gettext_lazy("축"),
        choices=[("", gettext_lazy("모두")), *Pillar.Code.choices],
        required=False,
    )
    whose = forms.ChoiceField(
        label=gettext_lazy("부서"),
        choices=[
            ("", gettext_lazy("모두")),
            (MINE_TO_RESOLVE, gettext_lazy("우리 부서가 풀 것")),
            (MINE, gettext_lazy("우리 부서 활동의 것")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        self.helper = KrdsHelper(self, submit=_("찾기"), method="get")
        self.helper.layout = Layout(Div("state", "pillar", "whose", css_class="form-row"))

    def blockers(self) -> BlockerQuerySet:
        """Return the matching blockers, nearest due day first; resolved ones, newest first."""
        given = self.cleaned_data if self.is_valid() else {}
        rows = blockers_for_staff()
        if given.get("pillar"):
            rows = rows.filter(**{f"activity__{Activity.PILLAR_PATH}__code": given["pillar"]})
        if given.get("whose") == MINE_TO_RESOLVE:
            rows = rows.filter(department=self.user.department_id or 0)
        if given.get("whose") == MINE:
            rows = rows.filter(owned_by(self.user.department_id, "activity__"))
        if given.get("state") == RESOLVED:
            return rows.exclude(resolved_on=None).order_by("-resolved_on", "-pk")
        overdue = given.get("state") == OVERDUE
        return rows.open().filter(due_on__lt=timezone.localdate()) if overdue else rows.open()


class BlockerForm(PlainFormMixin, RowForm):
    """What blocks an activity, who must act, and by when."""

    token = forms.UUIDField(widget=forms.HiddenInput)

    class Meta(RowForm.Meta):
        model = Blocker
        fields = ("what", "department", "due_on")
        error_messages = {
            "what": {"required": gettext_lazy("무엇이 막고 있는지 적어 주세요.")},
            "department": {"required": gettext_lazy("누가 풀어야 하는지 부서를 골라 주세요.")},
            "due_on": {"required": gettext_lazy("언제까지 풀어야 하는지 적어 주세요.")},
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["token"] = self.instance.token
        chosen = Department.objects.filter(pk=self.instance.department_id)
        self.fields["department"].queryset = Department.objects.open() | chosen
        self.fields["department"].empty_label = _("고르세요")
        self.helper = KrdsHelper(self, submit=_("저장"))
        days = Div("department", "due_on", css_class="form-row")
        self.helper.layout = Layout("version", "token", "what", days)

    def values(self) -> dict[str, Any]:
        """Return the typed values by column name."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ResolvingForm(PlainFormMixin, SeenForm):
    """The day on which a blocker was resolved, and how."""

    day = DayField(
        label=gettext_lazy("푼 날"),
        error_messages={"required": gettext_lazy("푼 날을 적어 주세요.")},
    )
    resolution = forms.CharField(
        label=gettext_lazy("어떻게 풀었나요"),
        max_length=Blocker._meta.get_field("resolution").max_length,
        error_messages={"required": gettext_lazy("무엇을 어떻게 풀었는지 적어 주세요.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="resolve_%s", **options)
        self.helper = KrdsHelper(self, submit=_("풀었다고 적기"))
