"""A plan's beginning: its year, and its vision for as long as it is a draft."""

import logging
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from gwonseon.fields.numbers import WholeNumberField
from gwonseon.fields.texts import one_line, visible
from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.models import District, User
from gwonseon.refusals import RefusedError
from plans.tree.models import FIRST_YEAR, LAST_YEAR, TITLE_LENGTH, Plan
from plans.tree.writing import lock_plan

log = logging.getLogger(__name__)


class VisionField(forms.CharField):
    """What a plan is for, in one line."""

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
    """A draft's vision. `seen` is the one that the user has seen."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    vision = VisionField()

    def __init__(self, data: Any, *, plan: Plan) -> None:
        super().__init__(data, initial={"seen": plan.vision, "vision": plan.vision})
        self.helper = KrdsHelper(self, submit=_("저장"))


class OutdatedVisionError(RefusedError):
    """Somebody else saved the vision after the form was opened; `plan` says it now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(
            "비전을 여는 동안 다른 사람이 먼저 저장했습니다. 두 내용을 견주어 보고 저장하세요."
        )
        self.plan = plan


def begin_plan(*, year: int, vision: str, by: User) -> Plan:
    """Write an empty draft for a year. Raises RefusedError where the year has a plan."""
    if not by.has_perm("plans.change_plan"):
        raise PermissionDenied
    try:
        with transaction.atomic():
            plan = Plan.objects.create(district=District.objects.get(), year=year, vision=vision)
    except IntegrityError as error:
        raise RefusedError(f"{year}년 계획이 이미 있습니다. 다른 연도를 적으세요.") from error
    log.info("plan %s begun by %s", year, by.pk)
    return plan


@transaction.atomic
def save_vision(*, plan: Plan, vision: str, seen: str, by: User) -> None:
    """Write a draft's vision, if it is still the one that the user has seen."""
    if not by.has_perm("plans.change_plan"):
        raise PermissionDenied
    plan = lock_plan(plan.pk)
    if plan.is_published:
        raise RefusedError("공개된 계획의 비전은 바꿀 수 없습니다. 다음 해 계획에 적어 주세요.")
    if plan.vision not in {seen, vision}:
        raise OutdatedVisionError(plan)
    plan.vision = vision
    plan.save(update_fields=["vision", "updated_at"])
    log.info("vision of plan %s changed by %s", plan.pk, by.pk)
