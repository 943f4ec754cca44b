"""Forms of risks: the page's filter, adding or changing one, closing and reviewing it."""

from collections.abc import Collection, Iterable
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.fields.days import DayField
from gwonseon.fields.of_models import field_of
from gwonseon.fields.texts import PlainFormMixin
from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.models import User
from gwonseon.versions import OutdatedError, RowForm, SeenForm
from plans.tracking.forms import choices_of
from plans.tracking.listing import in_order
from plans.tracking.queries import department_of
from plans.tracking.risks.models import Impact, Likelihood, Risk, RiskReview

OPEN, UNREVIEWED, CLOSED = "open", "unreviewed", "closed"
CHOOSE = {
    "likelihood": {"required": gettext_lazy("일어날 가능성을 골라 주세요.")},
    "impact": {"required": gettext_lazy("미칠 영향을 골라 주세요.")},
}


class RiskFilter(forms.Form):
    """The filter of a plan's risks; without a state it lists the open ones."""

    state = forms.ChoiceField(label=gettext_lazy("상태"), required=False)
    department = forms.ChoiceField(label=gettext_lazy("담당부서"), required=False)
    likelihood = forms.ChoiceField(
        label=gettext_lazy("일어날 가능성"),
        choices=[("", gettext_lazy("모두")), *Likelihood.choices],
        required=False,
    )
    impact = forms.ChoiceField(
        label=gettext_lazy("미칠 영향"),
        choices=[("", gettext_lazy("모두")), *Impact.choices],
        required=False,
    )
    mine = forms.BooleanField(label=gettext_lazy("내가 살피는 것만"), required=False)

    def __init__(
        self, data: Any, *, risks: Iterable[Risk], unreviewed: Collection[int] | None, user: User
    ) -> None:
        """`unreviewed` are the keys of risks to review in the open period; None without one."""
        super().__init__(data)
        self.risks, self.unreviewed, self.user = list(risks), unreviewed, user
        waiting = [] if unreviewed is None else [(UNREVIEWED, _("이 기간에 검토하지 않은 것"))]
        states = [(OPEN, _("열린 것")), *waiting, (CLOSED, _("닫은 것"))]
        self.fields["state"].choices = states
        owners = {one.pk: one for one in map(department_of_risk, self.risks) if one}
        departments = sorted(owners.values(), key=in_order)
        self.fields["department"].choices = choices_of(_("모든 부서"), departments)
        self.helper = KrdsHelper(self, submit=_("조회"), method="get")
        self.helper.form_class = "form filters"

    def in_grid(self) -> list[Risk]:
        """Return the risks that pass all but likelihood and impact, which the grid shows."""
        given = self.cleaned_data if self.is_valid() else {}
        return [one for one in self.risks if self.passes(one, given)]

    def found(self) -> list[Risk]:
        """Return the risks that pass; all open ones if the filter cannot be read."""
        given = self.cleaned_data if self.is_valid() else {}
        chosen = {name: given.get(name) for name in ("likelihood", "impact")}
        return [
            one
            for one in self.in_grid()
            if all(not value or str(getattr(one, name)) == value for name, value in chosen.items())
        ]

    def passes(self, risk: Risk, given: dict[str, Any]) -> bool:
        """Return whether a risk passes state, department and owner."""
        department = getattr(department_of_risk(risk), "pk", "")
        if given.get("department") and given["department"] != str(department):
            return False
        if given.get("mine") and risk.owner_id != self.user.pk:
            return False
        state = given.get("state")
        if state == UNREVIEWED:
            return risk.pk in (self.unreviewed or ())
        return bool(risk.closed_on) == (state == CLOSED)


def department_of_risk(risk: Risk) -> Any:
    """Return the department that owns a risk's activity, or None."""
    return department_of(risk.activity)


class RiskForm(PlainFormMixin, RowForm):
    """What may happen, how likely and how bad it is, what is done about it, and who watches it."""

    token = forms.UUIDField(widget=forms.HiddenInput)

    class Meta(RowForm.Meta):
        model = Risk
        fields = ("title", "what", "likelihood", "impact", "response", "owner")
        widgets = {
            "what": forms.Textarea({"rows": 3}),
            "response": forms.Textarea({"rows": 3}),
        }
        help_texts = {
            "title": gettext_lazy("목록에 나오는 짧은 이름. 예: 부지 확보 지연"),
            "response": gettext_lazy("일어나지 않게 하거나, 일어났을 때 할 일."),
            "owner": gettext_lazy("기간마다 이 위험을 살피고 검토합니다."),
        }
        error_messages = CHOOSE | {
            "title": {"required": gettext_lazy("위험의 짧은 이름을 적어 주세요.")},
            "what": {"required": gettext_lazy("무슨 일이 생길 수 있는지 적어 주세요.")},
            "response": {"required": gettext_lazy("어떻게 대응하는지 적어 주세요.")},
            "owner": {"required": gettext_lazy("누가 살피는지 사람을 골라 주세요.")},
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["token"] = self.instance.token
        people = User.objects.filter(is_active=True) | User.objects.filter(
            pk=self.instance.owner_id
        )
        people = people.select_related("department").order_by("name", "pk")
        self.fields["owner"].queryset = people
        self.fields["owner"].empty_label = _("고르세요")
        self.helper = KrdsHelper(self, submit=_("저장"))
        levels = Div("likelihood", "impact", css_class="form-row")
        self.helper.layout = Layout(
            "version", "token", "title", "what", levels, "response", "owner"
        )

    def values(self) -> dict[str, Any]:
        """Return the typed values by column name."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class RiskClosingForm(PlainFormMixin, SeenForm):
    """The day from which a risk need not be watched any more, and why."""

    day = DayField(
        label=gettext_lazy("닫은 날"),
        error_messages={"required": gettext_lazy("닫은 날을 적어 주세요.")},
    )
    note = forms.CharField(
        label=gettext_lazy("닫는 까닭"),
        max_length=Risk._meta.get_field("closed_for").max_length,
        error_messages={"required": gettext_lazy("왜 더 살피지 않아도 되는지 적어 주세요.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="close_%s", **options)
        self.helper = KrdsHelper(self, submit=_("위험 닫기"))


class RiskReviewForm(PlainFormMixin, SeenForm, forms.ModelForm):
    """What somebody thinks of a risk in a period; `version` is the risk's."""

    class Meta:
        model = RiskReview
        fields = ("likelihood", "impact", "note")
        formfield_callback = field_of
        widgets = {"note": forms.Textarea({"rows": 3})}
        help_texts = {"note": gettext_lazy("이 기간에 달라진 것과 대응한 것.")}
        error_messages = CHOOSE | {
            "note": {"required": gettext_lazy("무엇을 살폈는지 적어 주세요.")},
        }

    def __init__(self, data: Any, *, review: RiskReview, risk: Risk) -> None:
        present = {"likelihood": risk.likelihood, "impact": risk.impact, "version": risk.version}
        super().__init__(data, instance=review, initial=present)
        self.helper = KrdsHelper(self, submit=_("검토 저장"))
        levels = Div("likelihood", "impact", css_class="form-row")
        self.helper.layout = Layout("version", levels, "note")

    def values(self) -> dict[str, Any]:
        """Return the typed values by column name."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def show_outdated(self, outdated: OutdatedError) -> None:
        """Compare with the period's review, or with the risk where nobody wrote one (1 query)."""
        super().show_outdated(outdated)
        risk = outdated.row
        written = RiskReview.objects.filter(risk=risk, period=self.instance.period).first()
        self.saved = written or RiskReview(likelihood=risk.likelihood, impact=risk.impact)
