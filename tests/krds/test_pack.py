"""The form template pack: labels, help and errors are tied to their fields by id."""

from collections.abc import Callable

import pytest
from crispy_forms.layout import Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from gwonseon.krds.forms import KrdsHelper
from gwonseon.krds.styleguide import (
    EveryFieldForm,
    ExampleSearchForm,
    LineFormSet,
    SampleFile,
    bad_lines,
)
from gwonseon.krds.widgets import DateInput, DateTimeInput, TimeInput
from tests.krds.markup import Markup

BAD = {
    "bad-text": "",
    "bad-long_text": "쓰던 글",
    "bad-number": "-1",
    "bad-password": "비밀",
    "bad-radio": "two",
    "bad-boxes": ["one", "three"],
    "bad-moment_0": "2021-13-40",
    "bad-moment_1": "10:00",
    "bad-birth_year": "2021",
    "bad-birth_month": "2",
    "bad-birth_day": "30",
}
# Fields of `EveryFieldForm` that are refused with the data BAD.
REFUSED = [
    "text", "number", "amount", "email", "one", "several", "inline_radio", "agree", "day",
    "moment", "birth", "new_file",
]  # fmt: skip


def filled(data: dict[str, object]) -> forms.Form:
    """Return the form bound to data, as sent by a browser."""
    request = RequestFactory().post("/", data)
    return EveryFieldForm(request.POST, prefix="bad")


def render(form: forms.BaseForm, helper: KrdsHelper | None = None) -> Markup:
    return Markup(render_crispy_form(form, helper))


def template(source: str, **context: object) -> str:
    return Template("{% load krds %}" + source).render(Context(context))


@pytest.fixture
def bad() -> forms.Form:
    return filled(BAD)


def test_the_list_of_refused_fields_is_right(bad: forms.Form) -> None:
    assert [name for name in bad.errors if name != "__all__"] == REFUSED


@pytest.mark.parametrize("make", [lambda: EveryFieldForm(prefix="good"), lambda: filled(BAD)])
def test_every_reference_has_its_element(make: Callable[[], forms.Form]) -> None:
    page = render(make())

    assert len(page.ids) == len(set(page.ids))
    for element in page.elements:
        for attribute in ("aria-describedby", "for"):
            for name in element.attrs.get(attribute, "").split():
                assert name in page.ids, (attribute, element)


def test_every_control_has_a_label_that_can_be_seen() -> None:
    page = render(EveryFieldForm(prefix="good"))

    labelled = {label.attrs["for"]: page.words(label) for label in page.all("label")}
    for tag in ("input", "select", "textarea"):
        for control in page.all(tag):
            if control.attrs.get("type") != "hidden":
                assert labelled[control.attrs["id"]], control


@pytest.mark.parametrize("name", REFUSED)
def test_an_error_is_tied_to_its_field(bad: forms.Form, name: str) -> None:
    page = render(bad)

    error = page.with_id(f"id_bad-{name}_error")
    describing = [
        element
        for element in page.elements
        if error.attrs["id"] in element.attrs.get("aria-describedby", "").split()
    ]
    group = page.all("fieldset", id=f"id_bad-{name}_group")
    assert page.words(error).startswith("오류: ")
    assert describing == (group or [page.with_id(f"id_bad-{name}")])
    if not group:
        assert describing[0].attrs["aria-invalid"] == "true"


def test_help_comes_before_the_error(bad: forms.Form) -> None:
    page = render(bad)

    text = page.with_id("id_bad-text")
    assert text.attrs["aria-describedby"] == "id_bad-text_helptext id_bad-text_error"
    assert page.words(page.with_id("id_bad-text_helptext")).startswith("한 줄로 적습니다.")


def test_a_group_has_a_legend(bad: forms.Form) -> None:
    page = render(bad)

    legends = {page.words(legend) for legend in page.all("legend")}
    assert {"단추로 하나 고르기", "상자로 여럿 고르기", "날짜와 시각", "연월일 (선택)"} <= legends
    first = page.with_id("id_bad-inline_radio_0")
    assert first.attrs["type"] == "radio"
    assert "fieldset" in first.inside


def test_input_is_kept_but_never_a_password(bad: forms.Form) -> None:
    page = render(bad)

    assert page.with_id("id_bad-number").attrs["value"] == "-1"
    assert page.with_id("id_bad-long_text").text.strip() == "쓰던 글"
    assert "checked" in page.with_id("id_bad-radio_1").attrs
    assert "checked" not in page.with_id("id_bad-radio_0").attrs
    boxes = [f"id_bad-boxes_{number}" for number in range(3)]
    assert ["checked" in page.with_id(box).attrs for box in boxes] == [True, False, True]
    assert page.with_id("id_bad-moment_1").attrs["value"] == "10:00"
    assert "value" not in page.with_id("id_bad-password").attrs


def test_the_controls_have_the_kits_classes(bad: forms.Form) -> None:
    page = render(bad)

    classes = {name: page.with_id(f"id_bad-{name}").attrs["class"] for name in ("text", "one")}
    assert classes == {"text": "krds-input is-error", "one": "krds-form-select is-error"}
    assert page.with_id("id_bad-known").attrs["class"] == "krds-form-select"
    assert page.with_id("id_bad-new_file").attrs["class"] == "file-input is-error"


def test_a_forms_own_class_and_description_stay() -> None:
    class Form(forms.Form):
        words = forms.CharField(widget=forms.TextInput({"class": "mine", "aria-describedby": "x"}))

    control = render(Form(), KrdsHelper()).one("input", name="words")

    assert control.attrs["class"] == "mine krds-input"
    assert control.attrs["aria-describedby"] == "x"


def test_only_what_is_optional_is_marked() -> None:
    page = render(EveryFieldForm(prefix="good"))

    assert page.words(page.one("label", for_="id_good-web")) == "누리집 주소 (선택)"
    assert page.words(page.one("label", for_="id_good-email")) == "전자우편"
    assert "required" in page.with_id("id_good-email").attrs
    assert "novalidate" in page.one("form").attrs


def test_native_pickers_get_what_they_can_read() -> None:
    class Form(forms.Form):
        day = forms.DateField(widget=DateInput, initial="2021-03-01")
        time = forms.TimeField(widget=TimeInput, initial="09:30")
        moment = forms.SplitDateTimeField(widget=DateTimeInput)

    page = render(Form({"day": "2021-03-01", "time": "9:30", "moment_0": "x", "moment_1": ""}))

    assert page.with_id("id_day").attrs["type"] == "date"
    assert page.with_id("id_time").attrs["type"] == "time"
    assert [page.with_id(f"id_moment_{n}").attrs["type"] for n in (0, 1)] == ["date", "time"]
    labels = [page.words(page.one("label", for_=f"id_moment_{n}")) for n in (0, 1)]
    assert labels == ["날짜", "시각"]


@pytest.mark.parametrize(("required", "boxes"), [(False, 1), (True, 0)])
def test_a_current_file_can_be_cleared_only_where_it_is_optional(
    required: bool, boxes: int
) -> None:
    class Form(forms.Form):
        file = forms.FileField(label="파일", required=required, help_text="예시")

    page = render(Form(initial={"file": SampleFile()}))

    assert page.words(page.one("a", href="#current-file")) == "예시.pdf"
    assert len(page.all("input", name="file-clear")) == boxes
    assert page.with_id("id_file").attrs["aria-describedby"] == "id_file_helptext"
    assert page.one("form").attrs["enctype"] == "multipart/form-data"


def test_markup_in_a_form_is_escaped() -> None:
    class Form(forms.Form):
        words = forms.CharField(label="<b>이름</b>")

        def clean_words(self) -> None:
            raise forms.ValidationError("<script>x</script>")

    form = Form({"words": "<i>"})
    html = render_crispy_form(form) + template("{% error_summary form %}", form=form)

    assert "<script>" not in html
    assert "<b>" not in html
    assert "<i>" not in html


def test_buttons_have_their_types_and_classes() -> None:
    page = render(EveryFieldForm(prefix="good"))

    shown = [
        (page.words(button), button.attrs["type"], button.attrs["class"])
        for button in page.all("button")
    ]
    assert shown == [
        ("다시 쓰기", "reset", "krds-btn tertiary"),
        ("미리 보기", "button", "krds-btn tertiary"),
        ("임시 저장", "submit", "krds-btn secondary"),
        ("저장", "submit", "krds-btn primary"),
    ]


def test_a_unit_is_shown_beside_its_field() -> None:
    html = render_crispy_form(EveryFieldForm(prefix="good"))

    assert '<span class="unit">㎡</span>' in html


def test_a_get_form_has_no_csrf_token() -> None:
    html = render_crispy_form(ExampleSearchForm(), context={"csrf_token": "secret"})

    page = Markup(html)
    assert page.one("form").attrs["method"] == "get"
    assert "secret" not in html
    assert "(선택)" not in html


def test_a_post_form_has_its_csrf_token() -> None:
    html = render_crispy_form(EveryFieldForm(prefix="good"), context={"csrf_token": "secret"})

    assert Markup(html).one("input", name="csrfmiddlewaretoken").attrs["value"] == "secret"


def test_the_summary_leads_to_every_refused_field(bad: forms.Form) -> None:
    summary = Markup(template("{% error_summary form %}", form=bad))
    targets = [link.attrs["href"].removeprefix("#") for link in summary.all("a")]

    assert set(targets) <= set(render(bad).ids)
    assert targets[:3] == ["id_bad-text", "id_bad-number", "id_bad-amount"]
    assert {"id_bad-inline_radio_0", "id_bad-moment_0", "id_bad-birth_year"} <= set(targets)
    lines = [summary.words(line) for line in summary.all("li")]
    assert lines[0].startswith("예시: 시작하는 때는")
    assert lines[1] == "글: 필수 항목입니다."
    assert summary.one("div", role="alert").attrs["tabindex"] == "-1"


def test_a_hidden_fields_error_has_no_link() -> None:
    class Form(forms.Form):
        number = forms.IntegerField(widget=forms.HiddenInput)

    summary = Markup(template("{% error_summary form %}", form=Form({"number": "x"})))

    assert len(summary.all("li")) == 1
    assert summary.all("a") == []


def test_a_page_without_errors_has_no_summary() -> None:
    forms_of_page = {"form": EveryFieldForm(prefix="good"), "lines": LineFormSet()}

    assert template("{% error_summary form lines missing %}", **forms_of_page).strip() == ""
    assert template("{% error_prefix form lines missing %}", **forms_of_page) == ""


def test_the_title_says_that_there_are_errors(bad: forms.Form) -> None:
    assert template("{% error_prefix form %}", form=bad) == "오류: "
    assert template("{% error_prefix missing form %}", form=bad_lines("lines")) == "오류: "


def test_a_formset_names_the_form_with_the_error() -> None:
    lines = bad_lines("lines")
    summary = Markup(template("{% error_summary formset %}", formset=lines))
    page = render(lines, KrdsHelper(submit="저장"))

    assert [summary.words(line) for line in summary.all("li")] == [
        "1번 수: 정수를 입력하세요.",
        "2번 이름: 필수 항목입니다.",
    ]
    assert {link.attrs["href"][1:] for link in summary.all("a")} <= set(page.ids)
    assert [page.words(legend) for legend in page.all("legend")] == ["1번", "2번"]
    assert page.one("input", name="lines-TOTAL_FORMS").attrs["value"] == "2"


def test_a_formsets_own_error_is_in_the_summary() -> None:
    formset = LineFormSet({"form-TOTAL_FORMS": "9999", "form-INITIAL_FORMS": "0"})

    summary = Markup(template("{% error_summary formset %}", formset=formset))

    assert "1000" in summary.words(summary.all("li")[0])


def test_a_formset_as_a_table() -> None:
    helper = KrdsHelper(submit="저장")
    helper.template = "krds/table_inline_formset.html"
    page = render(bad_lines("table"), helper)

    assert len(page.ids) == len(set(page.ids))
    headers = [page.words(cell) for cell in page.all("th", scope="col")]
    assert headers == ["번호", "이름", "수 (선택)"]
    labelled = {label.attrs["for"] for label in page.all("label")}
    assert {"id_table-0-name", "id_table-1-count"} <= labelled
    assert "id_table-1-name_error" in page.with_id("id_table-1-name").attrs["aria-describedby"]


def test_a_formset_with_a_layout_keeps_its_hidden_fields() -> None:
    formset_class = forms.formset_factory(
        type("Form", (forms.Form,), {"name": forms.CharField()}), extra=1, can_delete=True
    )
    helper = KrdsHelper()
    helper.layout = Layout("name")
    helper.add_input(Submit("save", "저장"))

    page = render(formset_class(), helper)

    assert page.one("input", name="form-TOTAL_FORMS").attrs["value"] == "1"
    assert page.one("input", name="form-0-name")


def test_the_filter_shows_the_forms_own_errors() -> None:
    class Form(forms.Form):
        def clean(self) -> None:
            raise forms.ValidationError("둘 중 하나만 고르세요.")

    source = "{% load crispy_forms_tags %}{{ form|crispy }}"

    assert template(source, form=Form({})).count("둘 중 하나만 고르세요.") == 1
    assert "둘 중" not in render_crispy_form(Form({}), KrdsHelper())


def test_long_pasted_text_is_not_cut_off_by_the_browser() -> None:
    class Form(forms.Form):
        line = forms.CharField(max_length=5)
        text = forms.CharField(max_length=5, widget=forms.Textarea)

    page = render(Form({"line": "여섯 글자다", "text": "여섯 글자다"}))

    for control in (page.one("input", name="line"), page.one("textarea", name="text")):
        assert "maxlength" not in control.attrs
        assert "is-error" in control.attrs["class"]
