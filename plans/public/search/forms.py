"""The search form of residents."""

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.tree.search import squeeze


class SearchForm(forms.Form):
    """The words to search for in a plan."""

    q = forms.CharField(
        label=_("찾을 말"),
        max_length=100,
        required=False,
        error_messages={"max_length": _("찾을 말을 %(limit_value)d자 안으로 줄이세요.")},
    )

    def clean_q(self) -> str:
        """Return the words; refuse input without any letter, which would find nothing."""
        question = self.cleaned_data["q"]
        if question and not squeeze(question):
            raise forms.ValidationError(_("글자나 숫자를 넣어 찾으세요."))
        return question
