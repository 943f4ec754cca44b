"""Template tags of the look: titles, pages of a list, changed words, form fields, their errors."""

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

# The kit's classes for the controls; a check has its look from the element around it.
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
    """Return the numbers to offer around the page, with an ellipsis for those left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.inclusion_tag("krds/word_changes.html")
def word_changes(before: str, after: str) -> dict[str, list[WordChange]]:
    """Return what changed between two wordings, word by word."""
    return {"changes": words.word_changes(before, after)}


@register.simple_tag
def error_prefix(*forms: Fillable | str) -> str:
    """Return what stands before a page's title when one of its forms has errors.

    A screen reader says the title first. A form that the page does not have comes as "".
    """
    return _("오류: ") if error_lines(forms) else ""


@register.inclusion_tag("krds/error_summary.html")
def error_summary(*forms: Fillable | str) -> dict[str, list[ErrorLine]]:
    """Return every error of the forms and formsets, with a link to where each is put right."""
    return {"lines": error_lines(forms)}


def error_lines(forms: tuple[Fillable | str, ...]) -> list[ErrorLine]:
    """Return the summary's lines of all forms; one that is missing or not bound has none."""
    lines: list[ErrorLine] = []
    for form in forms:
        if isinstance(form, BaseFormSet):
            lines += formset_lines(form)
        elif isinstance(form, BaseForm):
            lines += form_lines(form)
    return lines


def formset_lines(formset: BaseFormSet) -> list[ErrorLine]:
    """Return the errors of the formset itself, then those of its forms with their number."""
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
    """Return which of the pack's shapes the field has."""
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
    """Return the field's control with the kit's class and what describes it.

    It takes more than may be sent: a browser would cut off without a word what is pasted past
    `maxlength`, where the form says it in a sentence.
    """
    widget = field.field.widget
    own_class = control_class(widget, has_errors=bool(field.errors))
    attrs: dict[str, str | bool] = {"class": own_class, "maxlength": False}
    if field.aria_describedby:
        attrs["aria-describedby"] = field.aria_describedby
    if isinstance(widget, forms.ClearableFileInput):
        # The current file and the box that clears it stand in the template.
        return field.as_widget(forms.FileInput(widget.attrs), attrs)
    return field.as_widget(attrs=attrs)


def control_class(widget: forms.Widget, *, has_errors: bool) -> str:
    """Return the classes of a control, after those that the form gave it."""
    own = next((name for kind, name in CONTROL_CLASSES if isinstance(widget, kind)), "krds-input")
    error = "is-error" if has_errors else ""
    return " ".join(filter(None, (widget.attrs.get("class", ""), own, error)))


@register.simple_tag
def parts(field: BoundField) -> list[ControlPart]:
    """Return the labelled controls of a field that has several."""
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
    """Return what one control of several is called; `data-label` on its widget goes first."""
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
    """Return the file that the field holds already, or None."""
    widget, value = field.field.widget, field.initial
    clearable = isinstance(widget, forms.ClearableFileInput)
    return value if clearable and widget.is_initial(value) else None


@register.filter
def clear_box(field: BoundField) -> dict[str, str]:
    """Return the name and id of the box that clears the current file; empty if it must stay."""
    widget = field.field.widget
    if field.field.required:
        return {}
    name = widget.clear_checkbox_name(field.html_name)
    return {"name": name, "id": widget.clear_checkbox_id(name)}


@register.filter
def button_classes(classes: str) -> str:
    """Return the kit's classes for a crispy button instead of Bootstrap's."""
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
