"""Forms for findings: the list's filter, and closing."""

from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.fields.days import DayField
from gwonseon.fields.texts import PlainFormMixin
from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.models import User
from plans.findings.access import findings_for, of_department
from plans.ledger.kinds import kinds
from plans.ledger.models import Finding, FindingQuerySet
from plans.tree.models import Activity, Pillar

OPEN, OVERDUE, DONE = "open", "overdue", "done"


class FindingFilter(forms.Form):
    """The filter of the list of findings; without a state it lists the open ones."""

    state = forms.ChoiceField(
        label=gettext_lazy("상태"),
        choices=[
            (OPEN, gettext_lazy("조치할 것")),
            (OVERDUE, gettext_lazy("기한이 지난 것")),
            (DONE, gettext_lazy("조치한 것")),
        ],
        required=False,
    )
    pillar = forms.ChoiceField(
        label=gettext_lazy("축"),
        choices=[("", gettext_lazy("모두")), *Pillar.Code.choices],
        required=False,
    )
    kind = forms.ChoiceField(label=gettext_lazy("기록 양식"), required=False)
    mine = forms.BooleanField(label=gettext_lazy("우리 부서가 조치할 것만"), required=False)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        choices = [(kind.code, kind.label) for kind in kinds if kind.findings]
        self.fields["kind"].choices = [("", _("모두")), *choices]
        self.helper = KrdsHelper(self, submit=_("찾기"), method="get")
        self.helper.layout = Layout(Div("state", "pillar", "kind", css_class="form-row"), "mine")

    def findings(self) -> FindingQuerySet:
        """Return the matching findings, nearest due date first; closed ones, newest first."""
        given = self.cleaned_data if self.is_valid() else {}
        rows = findings_for(self.user)
        if given.get("pillar"):
            rows = rows.filter(
                **{f"record__activity__{Activity.PILLAR_PATH}__code": given["pillar"]}
            )
        if given.get("kind"):
            rows = rows.filter(record__kind=given["kind"])
        if given.get("mine"):
            rows = rows.filter(of_department(self.user.department_id))
        if given.get("state") == DONE:
            return rows.exclude(done_on=None).order_by("-done_on", "-pk")
        rows = rows.filter(done_on=None).order_by(F("due_on").asc(nulls_last=True), "pk")
        overdue = given.get("state") == OVERDUE
        return rows.filter(due_on__lt=timezone.localdate()) if overdue else rows


class FindingClosingForm(PlainFormMixin, forms.Form):
    """The day on which a finding was corrected, and how."""

    day = DayField(
        label=gettext_lazy("조치한 날"),
        initial=timezone.localdate,
        error_messages={"required": gettext_lazy("조치한 날을 적어 주세요.")},
    )
    note = forms.CharField(
        label=gettext_lazy("조치 내용"),
        max_length=Finding._meta.get_field("done_note").max_length,
        error_messages={"required": gettext_lazy("무엇을 어떻게 고쳤는지 적어 주세요.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = KrdsHelper(self, submit=_("조치 완료"))
