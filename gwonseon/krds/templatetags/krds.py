"""Template tags for titles, pages of a list, changed words, form fields and their errors."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django import forms, template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gwonseon.krds import words
from gwonseon.krds.words import WordChange

register = template.Library()

Fillable = BaseForm | BaseFormSet

# The kit's CSS classes for controls; checkboxes and radios are styled by the element around them.
CONTROL_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, ""),
    (forms.RadioSelect, ""),
    (forms.CheckboxSelectMultiple, ""),
    (forms.SelectMultiple, "krds-form-select is-multiple"),
    (forms.Select, "krds-form-select"),
    (forms.FileInput, "file-input"),
    (forms.Textarea, "krds-input is-textarea"),
)


class ErrorLine(NamedTuple):
    """One line of the error summary; `target` is the id of the control, or empty."""

    text: str
    target: str


class ControlPart(NamedTuple):
    """One control of a field that has several, such as a date and a time."""

    id: str
    label: str
    html: SafeString


@register.filter
def page_numbers(page: Page) -> Iterator[int | str]:
    """Return the page numbers to link to, with an ellipsis for those left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.inclusion_tag("krds/word_changes.html")
def word_changes(before: str, after: str) -> dict[str, list[WordChange]]:
    """Render what changed between two texts, word by word."""
    return {"changes": words.word_changes(before, after)}


@register.simple_tag
def error_prefix(*forms: Fillable | str) -> str:
    """Return a prefix for the page's title if one of the forms has errors, else "".

    A screen reader says the title first. A form that the page does not have is passed as "".
    """
    return _("오류: ") if error_lines(forms) else ""


@register.inclusion_tag("krds/error_summary.html")
def error_summary(*forms: Fillable | str) -> dict[str, list[ErrorLine]]:
    """Render every error of the forms and formsets, each with a link to its control."""
    return {"lines": error_lines(forms)}


def error_lines(forms: tuple[Fillable | str, ...]) -> list[ErrorLine]:
    """Return the error lines of all forms; one that is missing or not bound has none."""
    lines: list[ErrorLine] = []
    for form in forms:
        if isinstance(form, BaseFormSet):
            lines += formset_lines(form)
        elif isinstance(form, BaseForm):
            lines += form_lines(form)
    return lines


def formset_lines(formset: BaseFormSet) -> list[ErrorLine]:
    """Return the errors of the formset itself, then those of each form with its number."""
    if not formset.is_bound:
        return []
    lines = [ErrorLine(str(error), "") for error in formset.non_form_errors()]
    for number, form in enumerate(formset.forms, start=1):
        for line in form_lines(form):
            text = _("%(number)s번 %(text)s") % {"number": number, "text": line.text}
            lines.append(ErrorLine(text, line.target))
    return lines


def form_lines(form: BaseForm) -> list[ErrorLine]:
    """Return the form's own errors, then those of its fields in the order of the fields."""
    lines = [ErrorLine(str(error), "") for error in form.non_field_errors()]
    for field in form:
        for error in field.errors:
            target = "" if field.is_hidden else first_control(field)
            text = _("%(label)s: %(error)s") % {"label": field.label, "error": error}
            lines.append(ErrorLine(text, target))
    return lines


def first_control(field: BoundField) -> str:
    """Return the id of the control that the field's error leads to.

    Django gives a group (radios, checkboxes, date with time) no id of its own.
    """
    if not field.auto_id:
        return ""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def field_kind(field: BoundField) -> str:
    """Return the kind of the field, which chooses its template in the pack."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.MultiWidget | forms.SelectDateWidget):
        return "parts"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    return "file" if isinstance(widget, forms.FileInput) else "plain"


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Return the HTML of the field's control, with the kit's class and `aria-describedby`.

    It has no `maxlength`: a browser would silently cut off longer text when it is pasted, but the
    form shows an error sentence.
    """
    widget = field.field.widget
    own_class = control_class(widget, has_errors=bool(field.errors))
    attrs: dict[str, str | bool] = {"class": own_class, "maxlength": False}
    if field.aria_describedby:
        attrs["aria-describedby"] = field.aria_describedby
    if isinstance(widget, forms.ClearableFileInput):
        # The template shows the current file and the checkbox that clears it.
        return field.as_widget(forms.FileInput(widget.attrs), attrs)
    return field.as_widget(attrs=attrs)


def control_class(widget: forms.Widget, *, has_errors: bool) -> str:
    """Return the CSS classes of a control: those of the form first, then the kit's."""
    own = next((name for kind, name in CONTROL_CLASSES if isinstance(widget, kind)), "krds-input")
    error = "is-error" if has_errors else ""
    return " ".join(filter(None, (widget.attrs.get("class", ""), own, error)))


@register.simple_tag
def parts(field: BoundField) -> list[ControlPart]:
    """Return the controls, with label and HTML, of a field that has several."""
    attrs = field.build_widget_attrs({"id": field.auto_id})
    widget = field.field.widget
    context = widget.get_context(field.html_name, field.value(), attrs)
    found = []
    for part in context["widget"]["subwidgets"]:
        is_select = part["template_name"].endswith("select.html")
        part["attrs"]["class"] = "krds-form-select" if is_select else "krds-input"
        html = field.form.renderer.render(part["template_name"], {"widget": part})
        found.append(ControlPart(part["attrs"]["id"], part_label(part), mark_safe(html)))  # noqa: S308  rendered by Django
    return found


def part_label(part: dict) -> str:
    """Return the label of one control of several: the widget's `data-label`, if it has one."""
    labels = {
        "date": _("날짜"),
        "time": _("시각"),
        "year": _("연"),
        "month": _("월"),
        "day": _("일"),
    }
    named = part["name"].rsplit("_", 1)[-1]
    given = part["attrs"].get("data-label")
    return given or labels.get(part.get("type", "")) or labels.get(named, "")


@register.filter
def current_file(field: BoundField) -> object:
    """Return the file that the field has already, or None."""
    widget, value = field.field.widget, field.initial
    clearable = isinstance(widget, forms.ClearableFileInput)
    return value if clearable and widget.is_initial(value) else None


@register.filter
def clear_box(field: BoundField) -> dict[str, str]:
    """Return name and id of the checkbox that clears the file; {} if the field is required."""
    widget = field.field.widget
    if field.field.required:
        return {}
    name = widget.clear_checkbox_name(field.html_name)
    return {"name": name, "id": widget.clear_checkbox_id(name)}


@register.filter
def button_classes(classes: str) -> str:
    """Return a crispy button's CSS classes with the kit's in place of Bootstrap's."""
    words = classes.split()
    own = [word for word in words if not re.match(r"btn(-|$)", word)]
    tones = {"primary", "secondary", "tertiary", "text", "link"}
    if not tones & set(own):
        own.insert(0, "primary" if "btn-primary" in words else "tertiary")
    return " ".join(["krds-btn", *own])


@register.filter
def button_attributes(flat: str) -> SafeString:
    """Return a StrictButton's attributes with the kit's classes."""
    renamed = re.sub(
        r'class="([^"]*)"', lambda found: f'class="{button_classes(found[1])}"', flat, count=1
    )
    return mark_safe(renamed)  # noqa: S308  Django escaped it; only names of classes changed
