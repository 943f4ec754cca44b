"""The filter of the residents' list of notices."""

from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from gwonseon.krds.forms import KrdsHelper
from plans.subscriptions.models import Subscription
from plans.tree.models import Pillar


class NoticeFilter(forms.Form):
    """The kind of news and the pillar of the listed notices."""

    news = forms.ChoiceField(
        label=_("소식의 종류"),
        required=False,
        choices=[("", _("모든 종류")), *Subscription.News.choices],
    )
    pillar = forms.ChoiceField(
        label=_("분야"), required=False, choices=[("", _("모든 분야")), *Pillar.Code.choices]
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = KrdsHelper(self, submit=_("보기"), method="get")
        self.helper.form_class = "form is-wide"
        self.helper.layout = Layout(Row(*map(Column, self.fields)))

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, by field; nothing if not valid."""
        asked = self.cleaned_data if self.is_valid() else {}
        return {name: value for name, value in asked.items() if value}
