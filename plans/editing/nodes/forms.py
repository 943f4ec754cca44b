"""Forms of nodes, one for each level."""

from datetime import date
from typing import Any

from crispy_forms.bootstrap import InlineCheckboxes
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gwonseon.fields.of_models import field_of
from gwonseon.fields.phones import PhoneField
from gwonseon.fields.texts import one_line, visible
from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.drafts import AutosavedTextarea, saved_draft
from gwonseon.office.models import Department, Dong, User
from plans.ledger.kinds import kind_of
from plans.tree.choices import Audience, Measure
from plans.tree.models import QUARTERS, TARGETS, Activity, Goal, Initiative, Node, Pillar

WORDING = ("title", "text", "weight")
CORRECTION = ("corrected_title", "certainty")
OWNER = ("department", "person", "phone")


class NodeForm(forms.ModelForm):
    """Base form of a node. `version` is the version that the user saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        formfield_callback = field_of
        field_classes = {"phone": PhoneField}
        widgets = {
            "title": forms.Textarea({"rows": 2}),
            "corrected_title": forms.Textarea({"rows": 2}),
            "supporters": forms.CheckboxSelectMultiple,
            "dongs": forms.CheckboxSelectMultiple,
        }
        error_messages = {
            "title": {"required": _("제목을 적어 주세요.")},
        }
        help_texts = {
            "target": _("한 해에 이룰 수. 분기 목표를 적으면 네 분기의 합과 같아야 합니다."),
            "budget": _("예: 12,000,000 또는 1,200만원"),
            "dongs": _("고르지 않으면 구 전체가 대상입니다."),
        }

    def __init__(
        self,
        *args: Any,
        user: User,
        parent: Node | None = None,
        place: str = "",
        submit: str = "",
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.user = user
        self.place = place or place_of(self.instance, parent)
        self.fields["text"].widget = AutosavedTextarea(
            place=self.place, draft=saved_draft(user, self.place), attrs={"rows": 8}
        )
        for name in {"department", "supporters"} & set(self.fields):
            self.fields[name].queryset = self.open_or_chosen(Department, name)
        if "dongs" in self.fields:
            self.fields["dongs"].queryset = self.open_or_chosen(Dong, "dongs")
        for name in {"department", "person"} & set(self.fields):
            self.fields[name].empty_label = _("정하지 않음")
        if "person" in self.fields:
            there = User.objects.filter(pk=self.instance.person_id).select_related("department")
            self.fields["person"].queryset = people() | there
        if "audiences" in self.fields:
            self.fields["audiences"] = forms.MultipleChoiceField(
                label=Activity._meta.get_field("audiences").verbose_name,
                choices=Audience.choices,
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        self.initial["version"] = self.instance.version
        if not self.instance.corrected_title and not self.instance.source_text:
            for name in CORRECTION:
                del self.fields[name]
        self.helper = KrdsHelper(self, submit=submit or _("저장"))
        self.helper.layout = Layout(*self.groups())

    def open_or_chosen(self, model: type[Department | Dong], name: str) -> Any:
        """Return the rows to choose from: open ones, and those already chosen."""
        chosen = self.initial.get(name) or []
        keys = [
            getattr(one, "pk", one) for one in (chosen if isinstance(chosen, list) else [chosen])
        ]
        return model.objects.open() | model.objects.filter(pk__in=keys)

    def groups(self) -> list[Any]:
        """Return the form's groups of fields."""
        groups = ["version", Fieldset(_("내용"), *WORDING)]
        if "corrected_title" in self.fields:
            groups.append(Fieldset(_("문서의 오기"), *CORRECTION))
        return groups

    def clean(self) -> dict[str, Any]:
        """Refuse hidden characters in texts, and a correction that does not fit its title."""
        values = super().clean()
        for name, value in [*values.items()]:
            if isinstance(value, str):
                values[name] = self.plain(name, value)
        corrected = values.get("corrected_title")
        if corrected and {"title", "corrected_title"} & set(self.changed_data) == {"title"}:
            self.add_error(
                "corrected_title",
                _("제목을 바꾸었으면 바로잡은 제목도 함께 고치거나 비워 주세요."),
            )
        if bool(corrected) != bool(values.get("certainty")) and "certainty" in self.fields:
            self.add_error("certainty", _("바로잡은 제목과 확실성은 함께 적거나 함께 비워 주세요."))
        return values

    def plain(self, name: str, value: str) -> str:
        """Return text without hidden characters; on one line for one-line fields."""
        try:
            visible(value)
        except ValidationError as error:
            self.add_error(name, error)
        return value.replace("\r\n", "\n") if name == "text" else one_line(value)

    def values(self) -> dict[str, Any]:
        """Return the typed values by column name; links by field name."""
        values = {}
        for name, value in self.cleaned_data.items():
            if name == "version":
                continue
            if name in {"supporters", "dongs"}:
                values[name] = list(value)
            elif name in {"department", "person"}:
                values[f"{name}_id"] = value and value.pk
            else:
                values[name] = value
        return values


class PillarForm(NodeForm):
    """A pillar."""

    class Meta(NodeForm.Meta):
        model = Pillar
        fields = (*WORDING, *CORRECTION, "code")

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer the fields of work that no other pillar has; a published pillar's cannot change."""
        super().__init__(*args, **options)
        plan, pillar = self.instance.plan, self.instance
        if plan.is_published and pillar.pk:
            del self.fields["code"]
            self.helper.layout = Layout(*self.groups())
            return
        others = Pillar.objects.filter(plan=plan).exclude(pk=pillar.pk).exclude(code="")
        taken = set(others.values_list("code", flat=True))
        free = [(code, label) for code, label in Pillar.Code.choices if code not in taken]
        self.fields["code"].choices = [("", _("정하지 않음")), *free]

    def groups(self) -> list[Any]:
        """Return the field groups, with the field of work where it may be chosen."""
        groups = super().groups()
        return [*groups, Fieldset(_("분야"), "code")] if "code" in self.fields else groups


class GoalForm(NodeForm):
    """A goal."""

    class Meta(NodeForm.Meta):
        model = Goal
        fields = (*WORDING, *CORRECTION)


class InitiativeForm(NodeForm):
    """An initiative."""

    class Meta(NodeForm.Meta):
        model = Initiative
        fields = (*WORDING, *CORRECTION, *OWNER)

    def groups(self) -> list[Any]:
        """Return the field groups, with department, person and telephone."""
        return [*super().groups(), Fieldset(_("맡은 곳"), *OWNER)]


class ActivityForm(NodeForm):
    """An activity."""

    class Meta(NodeForm.Meta):
        model = Activity
        fields = (
            *WORDING,
            *CORRECTION,
            "kind",
            *OWNER,
            "supporters",
            "starts_on",
            "ends_on",
            "record_kind",
            "measure",
            "counted",
            "unit",
            "target",
            *QUARTERS,
            "budget",
            "audiences",
            "dongs",
        )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Set the units of amounts, and the plan's year for days."""
        super().__init__(*args, **options)
        unit = self["unit"].value() or ""
        for name in TARGETS:
            self.fields[name].given_unit = str(unit)
        for name in ("starts_on", "ends_on"):
            self.fields[name].year = self.instance.plan.year

    def groups(self) -> list[Any]:
        """Return the field groups, with the fields that only activities have."""
        return [
            *super().groups(),
            Fieldset(_("맡은 곳"), *OWNER, InlineCheckboxes("supporters")),
            Fieldset(_("기간"), Div("starts_on", "ends_on", css_class="form-row")),
            Fieldset(
                _("재는 방법과 목표"),
                Div("kind", "record_kind", css_class="form-row"),
                "measure",
                Div("counted", "unit", css_class="form-row"),
                "target",
                Div(*QUARTERS, css_class="form-row"),
            ),
            Fieldset(
                _("예산과 대상"),
                "budget",
                InlineCheckboxes("audiences"),
                InlineCheckboxes("dongs"),
            ),
        ]

    def clean(self) -> dict[str, Any]:
        """Check fields that depend on each other: days, measure, quarters and their sum."""
        values = super().clean()
        start, end = values.get("starts_on"), values.get("ends_on")
        if start and end and start > end:
            self.add_error("ends_on", _("마감일은 시작일과 같거나 그 뒤여야 합니다."))
        else:
            self.check_year(start, end)
        target = values.get("target")
        if target is not None and target <= 0:
            self.add_error("target", _("목표는 0보다 큰 수로 적거나 비워 주세요."))
        self.clean_quarters(values)
        self.check_measure(values)
        if target is not None and not values.get("unit"):
            self.add_error("unit", _("목표를 세는 단위를 적어 주세요. 예: 회"))
        return values

    def check_year(self, start: date | None, end: date | None) -> None:
        """Refuse a period without any day of the plan's year; it may begin before or end after."""
        year = self.instance.plan.year
        sentence = _(
            "%(year)s년이 하루도 들지 않는 기간입니다. %(year)s년에 하는 날을 적어 주세요."
        )
        if start and start.year > year:
            self.add_error("starts_on", sentence % {"year": year})
        elif end and end.year < year:
            self.add_error("ends_on", sentence % {"year": year})

    def check_measure(self, values: dict[str, Any]) -> None:
        """Refuse a measure that the chosen kind of record does not have."""
        code, measure = values.get("record_kind"), values.get("measure")
        if not code or not measure or measure in (kind := kind_of(code)).measures:
            return
        offered = ", ".join(str(Measure(one).label) for one in kind.measures)
        self.add_error(
            "measure",
            _("「%(kind)s」은(는) %(offered)s로만 잴 수 있습니다. 그중에서 고르세요.")
            % {"kind": kind.label, "offered": offered},
        )

    def clean_quarters(self, values: dict[str, Any]) -> None:
        """Require all four quarters or none; their sum must be the year's target."""
        quarters = [values.get(name) for name in QUARTERS]
        given = [quarter for quarter in quarters if quarter is not None]
        if not given or any(name in self.errors for name in (*QUARTERS, "target")):
            return
        if len(given) < len(quarters):
            self.add_error(
                QUARTERS[quarters.index(None)],
                _("분기 목표는 네 분기를 모두 적거나 모두 비워 주세요. 없는 분기는 0입니다."),
            )
        elif any(quarter < 0 for quarter in given):
            self.add_error(QUARTERS[0], _("분기 목표는 0 이상이어야 합니다."))
        elif sum(given) != values.get("target"):
            total = f"{sum(given):f}".rstrip("0").rstrip(".")
            self.add_error(
                "target",
                _("분기 목표의 합은 %(total)s입니다. 연간 목표와 같게 맞춰 주세요.")
                % {"total": total},
            )


FORMS: dict[type[Node], type[NodeForm]] = {
    Pillar: PillarForm,
    Goal: GoalForm,
    Initiative: InitiativeForm,
    Activity: ActivityForm,
}


def place_of(node: Node, parent: Node | None) -> str:
    """Return the key of the autosaved text; a new node's contains its parent."""
    level = node._meta.model_name
    return (
        f"{level}:{node.pk}:text" if node.pk else f"{level}:below-{parent.pk if parent else 0}:text"
    )


def people() -> Any:
    """Return the people who may be put in charge, with their departments."""
    return User.objects.filter(is_active=True).select_related("department").order_by("name", "pk")
