"""The form helper that every form of the portal uses."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django.forms import BaseForm


class KrdsHelper(FormHelper):
    """A FormHelper with the portal's defaults.

    - `novalidate`: the browser's bubbles would come before our sentences, one at a time, in the
      browser's language. The `required` attribute stays and tells screen readers.
    - `errors_in_summary`: the page shows `{% error_summary form %}` above its `<h1>`, so that the
      form's own errors are not said twice. Fields always show theirs.
    - `hide_optional`: leaves out 「선택」 at optional fields; for filters, where all are.
    - A GET form carries no token.

    With `submit`, a button of that label stands at the end.
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
