"""The form of a resident's choices and consents."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from crispy_forms.layout import HTML, Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.models import Dong
from gwonseon.residents.consents import AGE, COLLECT, DONG
from gwonseon.residents.forms import ConsentForm, consent_layout, field_of
from plans.subscriptions.models import Subscription
from plans.subscriptions.queries import Offer


def initiative_fields(offer: Offer, chosen: Collection[str]) -> dict[str, forms.Field]:
    """Return the fields to choose initiatives (by lineage), one for each pillar, by name."""
    return {
        f"initiatives_{place}": forms.MultipleChoiceField(
            label=pillar,
            choices=initiatives,
            required=False,
            initial=chosen,
            widget=forms.CheckboxSelectMultiple,
        )
        for place, (pillar, initiatives) in enumerate(offer.initiatives)
    }


def folded(summary: str, names: Collection[str], *, is_open: bool) -> list[Any]:
    """Return the layout of fields that are folded away below a summary; nothing without fields."""
    if not names:
        return []
    opened = " open" if is_open else ""
    return [
        HTML(f'<details class="choices-below"{opened}><summary>'),
        HTML(summary),
        HTML("</summary>"),
        *names,
        HTML("</details>"),
    ]


class ChoiceForm(ConsentForm):
    """What to follow, where one lives, and what one agrees to."""

    pillars = forms.MultipleChoiceField(
        label=_("분야"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("받아 보고 싶은 분야를 모두 고르세요."),
    )
    news = forms.MultipleChoiceField(
        label=_("소식의 종류"),
        choices=Subscription.News.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("고르신 분야에서 어떤 소식을 받으실지 고르세요."),
        error_messages={"required": _("소식의 종류를 하나 이상 골라 주세요.")},
    )
    dong = forms.ModelChoiceField(
        label=_("사는 동"),
        queryset=Dong.objects.open(),
        required=False,
        empty_label=_("고르지 않음"),
        help_text=_("고르시면 그 동에만 보내는 소식도 받습니다. 고르지 않으셔도 됩니다."),
    )

    def __init__(
        self, *args: Any, offer: Offer, chosen: Subscription | None, **options: Any
    ) -> None:
        if chosen:
            options["initial"] = {
                "pillars": chosen.pillars,
                "news": chosen.news,
                "dong": chosen.dong_id,
            }
        super().__init__(*args, **options)
        self.fields["pillars"].choices = offer.pillars
        followed = [str(one) for one in chosen.initiatives] if chosen else []
        self.below = initiative_fields(offer, followed)
        self.fields |= self.below
        self.helper = KrdsHelper(self, submit=_("저장하고 문자 받기"))
        # The words of fields and consents say themselves what is optional.
        self.helper.hide_optional = True
        self.helper.layout = self.layout_of(is_open=bool(followed))

    def layout_of(self, *, is_open: bool) -> Layout:
        """Return the layout: choices first, then the consents one by one."""
        single = folded(_("추진과제를 골라서 받기"), self.below, is_open=is_open)
        return Layout(
            Fieldset(_("무엇을 받아 볼까요"), "pillars", *single, "news"),
            Fieldset(_("어디에 사시나요"), "dong"),
            Fieldset(_("동의해 주세요"), *map(consent_layout, (COLLECT, DONG, AGE))),
        )

    @property
    def initiatives(self) -> list[UUID]:
        """The chosen initiatives of a valid form, by lineage."""
        return [UUID(one) for name in self.below for one in self.cleaned_data[name]]

    def clean(self) -> dict[str, Any]:
        """Ask for one pillar or initiative, and for the consent to a chosen dong."""
        values = super().clean()
        if not any(values.get(name) for name in ("pillars", *self.below)):
            self.add_error("pillars", _("받아 보고 싶은 분야나 추진과제를 하나 이상 골라 주세요."))
        if values.get("dong") and not values.get(field_of(DONG)):
            self.add_error(
                field_of(DONG),
                _("동을 고르셨으면 여기에도 표시하거나, 동을 「고르지 않음」으로 두세요."),
            )
        return values
