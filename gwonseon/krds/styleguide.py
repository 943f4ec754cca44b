"""`/styleguide/`: every partial and every kind of field, with and without errors. DEBUG only.

All sample text says that it is a sample (예시).
"""

import datetime as dt

from crispy_forms.bootstrap import AppendedText, FormActions, InlineRadios, StrictButton
from crispy_forms.layout import (
    HTML,
    Button,
    Column,
    Div,
    Field,
    Fieldset,
    Layout,
    Reset,
    Row,
    Submit,
)
from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from gwonseon.krds.forms import KrdsHelper
from gwonseon.krds.widgets import DateInput, DateTimeInput, TimeInput

SAMPLES = [("one", _("예시 하나")), ("two", _("예시 둘")), ("three", _("예시 셋"))]


class SampleFile:
    """A file that the field has already."""

    name = "예시.pdf"
    url = "#current-file"

    def __str__(self) -> str:
        return self.name


class EveryFieldForm(forms.Form):
    """A form with every kind of field."""

    text = forms.CharField(label=_("글"), help_text=_("한 줄로 적습니다. 예시: 우리 동네 텃밭"))
    long_text = forms.CharField(label=_("긴 글"), widget=forms.Textarea, required=False)
    number = forms.IntegerField(label=_("수"), min_value=0)
    amount = forms.DecimalField(label=_("넓이"), help_text=_("0보다 큰 수를 적습니다."))
    email = forms.EmailField(label=_("전자우편"))
    web = forms.URLField(label=_("누리집 주소"), required=False, assume_scheme="https")
    password = forms.CharField(label=_("비밀번호"), widget=forms.PasswordInput)
    one = forms.ChoiceField(label=_("하나 고르기"), choices=[("", _("고르세요")), *SAMPLES])
    grouped = forms.ChoiceField(
        label=_("묶음에서 고르기"), choices=[(_("묶음"), SAMPLES)], required=False
    )
    several = forms.MultipleChoiceField(label=_("여럿 고르기"), choices=SAMPLES)
    known = forms.NullBooleanField(label=_("확인 여부"), required=False)
    radio = forms.ChoiceField(
        label=_("단추로 하나 고르기"),
        choices=SAMPLES,
        widget=forms.RadioSelect,
        help_text=_("가장 가까운 것을 고릅니다."),
    )
    inline_radio = forms.ChoiceField(
        label=_("나란히 놓은 단추"), choices=SAMPLES, widget=forms.RadioSelect
    )
    boxes = forms.MultipleChoiceField(
        label=_("상자로 여럿 고르기"), choices=SAMPLES, widget=forms.CheckboxSelectMultiple
    )
    agree = forms.BooleanField(label=_("내용을 확인했습니다"), help_text=_("확인하면 표시합니다."))
    day = forms.DateField(label=_("날짜"), widget=DateInput)
    time = forms.TimeField(label=_("시각"), widget=TimeInput, required=False)
    moment = forms.SplitDateTimeField(
        label=_("날짜와 시각"), widget=DateTimeInput, help_text=_("시작하는 때를 적습니다.")
    )
    birth = forms.DateField(
        label=_("연월일"), widget=forms.SelectDateWidget(years=range(2020, 2023)), required=False
    )
    new_file = forms.FileField(label=_("파일"), widget=forms.FileInput)
    file = forms.FileField(label=_("바꿀 파일"), required=False)
    disabled = forms.CharField(
        label=_("고칠 수 없는 글"), disabled=True, required=False, initial=_("예시 값")
    )
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: dict | None = None, *, prefix: str) -> None:
        super().__init__(data, prefix=prefix, initial={"file": SampleFile()})
        self.helper = KrdsHelper()
        self.helper.form_id = f"form-{prefix}"
        self.helper.layout = self.make_layout()

    def make_layout(self) -> Layout:
        """Return a layout that uses every layout object of the pack."""
        return Layout(
            Fieldset(
                _("글과 수"),
                "text",
                "long_text",
                Row(Column("number"), Column(AppendedText("amount", "㎡"))),
                Row(Column("email"), Column("web")),
                "password",
            ),
            Fieldset(
                _("고르기"),
                Row(Column("one"), Column("grouped")),
                "several",
                "known",
                "radio",
                InlineRadios("inline_radio"),
                "boxes",
                "agree",
            ),
            Fieldset(_("때"), Div("day", "time", css_class="form-row"), "moment", "birth"),
            Fieldset(_("파일과 나머지"), "new_file", "file", Field("disabled"), "hidden"),
            HTML('<p class="optional">예시 안내 문장입니다.</p>'),
            FormActions(
                Reset("reset", _("다시 쓰기"), css_id=f"reset-{self.prefix}"),
                Button("button", _("미리 보기"), css_id=f"button-{self.prefix}"),
                StrictButton(_("임시 저장"), css_class="secondary", type="submit"),
                Submit("submit", _("저장"), css_id=f"submit-{self.prefix}"),
            ),
        )

    def clean(self) -> None:
        """Refuse the whole form, so that its own error is seen as well."""
        if self.prefix == "bad":
            raise forms.ValidationError(
                _("예시: 시작하는 때는 끝나는 때보다 앞서야 합니다. 둘 중 하나를 고쳐 주세요.")
            )


class LineForm(forms.Form):
    """One form of a formset."""

    name = forms.CharField(label=_("이름"))
    count = forms.IntegerField(label=_("수"), help_text=_("명"), required=False)


LineFormSet = forms.formset_factory(LineForm, extra=2)


class ExampleSearchForm(forms.Form):
    """A GET form, which only searches."""

    words = forms.CharField(label=_("찾을 말"), required=False)

    def __init__(self) -> None:
        super().__init__(prefix="search")
        self.helper = KrdsHelper(self, submit=_("찾기"), method="get")


def bad_lines(prefix: str) -> LineFormSet:
    """Return a formset with errors."""
    data = {
        "TOTAL_FORMS": "2",
        "INITIAL_FORMS": "0",
        "0-name": "예시",
        "0-count": "1.5",  # a browser's number field shows only numbers
        "1-count": "1",
    }
    return LineFormSet({f"{prefix}-{name}": value for name, value in data.items()}, prefix=prefix)


def sample_page() -> Page:
    """Return a page in the middle of a long list."""
    return Paginator(range(200), 10).page(7)


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every partial and every kind of field."""
    lines, table = bad_lines("lines"), bad_lines("table")
    lines_helper, table_helper = KrdsHelper(submit=_("저장")), KrdsHelper(submit=_("저장"))
    lines_helper.inputs[0].id, table_helper.inputs[0].id = "submit-lines", "submit-table"
    table_helper.template = "krds/table_inline_formset.html"
    context = {
        "crumbs": [(_("올해 계획"), "#year"), (_("예시 추진과제"), "#initiative"), (_("모양"), "")],
        "navigation": [
            {"label": _("올해 계획"), "url": "#year", "current": True},
            {"label": _("계획 원문"), "url": "#document", "current": False},
            {"label": _("이용 안내"), "url": "#guide", "current": False},
        ],
        "tones": ["gray", "primary", "secondary", "point", "success", "warning", "danger"],
        "page": sample_page(),
        "updated_at": dt.datetime(2021, 1, 4, 9, tzinfo=dt.UTC),
        "good": EveryFieldForm(prefix="good"),
        "bad": EveryFieldForm({"bad-text": "", "bad-number": "-1"}, prefix="bad"),
        "lines": lines,
        "lines_helper": lines_helper,
        "table": table,
        "table_helper": table_helper,
        "search": ExampleSearchForm(),
    }
    return render(request, "krds/styleguide.html", context)
