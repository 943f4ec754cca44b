"""The form of a template for notices that recur."""

from typing import Any

from crispy_forms.layout import Layout
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.notices.forms import WordingForm
from civic.notices.models import NoticeTemplate
from gwonseon.krds.forms import KrdsHelper


class TemplateForm(WordingForm):
    """A template: its name, and what a notice begins with."""

    class Meta(WordingForm.Meta):
        model = NoticeTemplate
        fields = ("name", "nature", "news", "title", "text")
        help_texts = {
            "text": gettext_lazy("쓸 때마다 달라지는 말은 #{일시}, #{장소}처럼 자리를 두세요.")
        }
        error_messages = WordingForm.Meta.error_messages | {
            "name": {
                "required": gettext_lazy("서식의 이름을 적어 주세요. 예: 단수 안내"),
                "unique": gettext_lazy("같은 이름의 서식이 있습니다. 다른 이름을 적어 주세요."),
            },
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = KrdsHelper(self, submit=_("저장"))
        self.helper.layout = Layout("version", *self._meta.fields)
