"""The list of initiatives and activities with their states, to be worked through."""

from typing import Any

from django import forms
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.models import Department, User
from plans.amendments.models import Amendment, Change
from plans.editing.reviews.models import Review
from plans.tree.access import plans_for
from plans.tree.models import Activity, Initiative, Node, Pillar, Plan

ME, NOBODY = "me", "nobody"
# The title that pages show, as a column.
SHOWN_TITLE = Coalesce(NullIf("corrected_title", Value("")), "title", output_field=CharField())
# Plan order: an initiative comes before its activities.
PLACES = ("pillar_place", "goal_place", "initiative_place", "activity_place")


class State(TextChoices):
    """The state of an item."""

    WRITING = "writing", _("작성 중")
    REQUESTED = "requested", _("검토 대기")
    RETURNED = "returned", _("돌려받음")
    APPROVED = "approved", _("검토 마침")
    PUBLISHED = "published", _("공개")
    AMENDING = "amending", _("변경 신청 중")
    ENDED = "ended", _("끝남")


class ItemFilter(forms.Form):
    """Filter of the items; all of it is in the URL."""

    year = forms.ChoiceField(label=_("계획"), required=False)
    pillar = forms.ModelChoiceField(None, label=_("축"), required=False, empty_label=_("모든 축"))
    department = forms.ModelChoiceField(
        None, label=_("담당부서"), required=False, empty_label=_("모든 부서")
    )
    state = forms.ChoiceField(label=_("상태"), required=False)
    person = forms.ChoiceField(label=_("담당자"), required=False)

    def __init__(self, data: Any, *, user: User) -> None:
        plans = list(plans_for(user).select_related("district"))
        self.plans = {str(plan.year): plan for plan in plans}
        given = {"year": next(iter(self.plans), ""), "person": ME} | data.dict()
        super().__init__(given)
        self.fields["year"].choices = [(year, str(plan)) for year, plan in self.plans.items()]
        self.fields["state"].choices = [("", _("모든 상태")), *State.choices]
        self.fields["person"].choices = people_choices()
        self.plan = self.plans.get(given["year"])
        pillar = self.fields["pillar"]
        pillar.queryset = Pillar.objects.filter(plan=self.plan).in_plan_order()
        self.pillars = list(pillar.queryset)
        named = [(one.pk, str(one)) for one in self.pillars]
        pillar.choices = [("", pillar.empty_label), *named]
        self.fields["department"].queryset = Department.objects.open()
        self.helper = KrdsHelper(self, submit=_("보기"), method="get")
        self.helper.form_class = "form filters"


def people_choices() -> list[tuple[str, str]]:
    """Return the choices of the person filter: oneself, nobody, anybody, each person (1 query)."""
    people = User.objects.filter(is_active=True).order_by("name", "pk").values_list("pk", "name")
    fixed = [(ME, _("나")), ("", _("모두")), (NOBODY, _("담당자 없음"))]
    return [*fixed, *((str(key), name) for key, name in people)]


def items(form: ItemFilter, user: User) -> QuerySet:
    """Return the items that pass a filter, in plan order, as dicts: a union over two levels.

    1 query, and 1 to count them.
    """
    if not form.is_valid() or form.plan is None:
        return Activity.objects.none().values("pk")
    first, second = (level_items(model, form, user) for model in (Initiative, Activity))
    return first.union(second, all=True).order_by(*PLACES)


def level_items(model: type[Node], form: ItemFilter, user: User) -> QuerySet:
    """Return one level's rows of the union."""
    chosen = form.cleaned_data
    to_initiative = "initiative__" if model is Activity else ""
    rows = model.objects.filter(plan=form.plan)
    if chosen["pillar"]:
        rows = rows.filter(**{f"{model.PILLAR_PATH}": chosen["pillar"]})
    if chosen["department"]:
        own = Q(department=chosen["department"])
        if model is Activity:
            own |= Q(department=None, initiative__department=chosen["department"])
        rows = rows.filter(own)
    rows = rows.filter(of_person(chosen["person"], user))
    rows = rows.annotate(state=state_of(form.plan, to_initiative))
    rows = rows.filter(state=chosen["state"]) if chosen["state"] else rows.exclude(state="ended")
    return rows.order_by().values(
        "pk",
        "state",
        level=Value(model._meta.model_name),
        shown=SHOWN_TITLE,
        owner=F("department__name"),
        in_charge=F("person__name"),
        pillar_place=F(f"{model.PILLAR_PATH}__position"),
        goal_place=F(f"{to_initiative}goal__position"),
        initiative_place=F(f"{to_initiative}position"),
        activity_place=F("position") if model is Activity else Value(0),
    )


def of_person(person: str, user: User) -> Q:
    """Return the condition for the chosen person's items."""
    if person == NOBODY:
        return Q(person=None) | Q(person__is_active=False)
    if person == ME:
        return Q(person=user)
    return Q(person=person) if person else Q()


def state_of(plan: Plan, to_initiative: str) -> Case:
    """Return the SQL expression of an item's state in a plan."""
    ended = When(retired_on__isnull=False, then=Value(State.ENDED))
    if plan.is_published:
        on_its_way = (Amendment.State.REQUESTED, Amendment.State.RETURNED)
        changes = Change.objects.filter(
            lineage=OuterRef("lineage"), amendment__plan=plan, amendment__state__in=on_its_way
        )
        amending = When(Exists(changes), then=Value(State.AMENDING))
        return Case(ended, amending, default=Value(State.PUBLISHED), output_field=CharField())
    reviews = Review.objects.filter(initiative=OuterRef(f"{to_initiative}pk")).order_by("-pk")
    latest = NullIf(Subquery(reviews.values("state")[:1]), Value(Review.State.LAPSED))
    return Case(
        ended,
        default=Coalesce(latest, Value(State.WRITING)),
        output_field=CharField(),
    )
