"""The form of a template for notices that recur."""

from typing import Any

from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.notices.models import Notice, NoticeTemplate
from civic.notices.wording import few_placeholders
from gwonseon.fields.texts import PlainFormMixin
from gwonseon.krds.forms import KrdsHelper
from gwonseon.versions import RowForm
from plans.subscriptions.models import Subscription


class TemplateForm(PlainFormMixin, RowForm):
    """A template: its name, and what a notice begins with."""

    nature = forms.ChoiceField(
        label=gettext_lazy("성격"), choices=Notice.Nature.choices, widget=forms.RadioSelect
    )
    news = forms.ChoiceField(
        label=gettext_lazy("소식의 종류"),
        choices=Subscription.News.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("소식의 종류를 골라 주세요.")},
    )

    class Meta(RowForm.Meta):
        model = NoticeTemplate
        fields = ("name", "nature", "news", "title", "text")
        widgets = {"text": forms.Textarea({"rows": 7})}
        help_texts = {
            "text": gettext_lazy("쓸 때마다 달라지는 말은 #{일시}, #{장소}처럼 자리를 두세요.")
        }
        error_messages = {
            "name": {
                "required": gettext_lazy("서식의 이름을 적어 주세요. 예: 단수 안내"),
                "unique": gettext_lazy("같은 이름의 서식이 있습니다. 다른 이름을 적어 주세요."),
            },
            "title": {"required": gettext_lazy("제목을 적어 주세요.")},
            "text": {"required": gettext_lazy("문안을 적어 주세요.")},
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].validators.append(few_placeholders)
        self.helper = KrdsHelper(self)
        self.helper.layout = Layout("version", *self._meta.fields)
        # The Enter key presses the first button.
        self.helper.add_input(Submit("save", _("저장")))
        if self.instance.pk:
            self.helper.add_input(Submit("delete", _("지우기"), css_class="tertiary"))
