"""The form helper that every form of the portal uses, and the data that a form is sent."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict


class KrdsHelper(FormHelper):
    """A FormHelper with the portal's defaults.

    - `novalidate`: otherwise the browser shows its own messages before ours, one at a time and in
      the browser's language. The `required` attribute stays, for screen readers.
    - `errors_in_summary`: the page shows `{% error_summary form %}` above its `<h1>`, so the form
      does not repeat its non-field errors. Fields always show theirs.
    - `hide_optional`: leaves out 「선택」 at optional fields; for filters, where all are optional.
    - A GET form has no CSRF token.

    With `submit`, the form ends with a button of that label.
    """

    def __init__(
        self, form: BaseForm | None = None, *, submit: str = "", method: str = "post"
    ) -> None:
        super().__init__(form)
        self.form_method = method
        self.form_class = "form"
        self.attrs = {"novalidate": True}
        self.errors_in_summary = True
        self.hide_optional = method == "get"
        if submit:
            self.add_input(Submit("", submit, css_id="submit"))


def posted(request: HttpRequest) -> QueryDict | None:
    """Return the submitted data for a form, which may be empty; None on GET."""
    return request.POST if request.method == "POST" else None
