"""What only a kind of record asks."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.db.models import Model

from gwonseon.fields.of_models import field_of
from gwonseon.fields.texts import PlainFormMixin
from gwonseon.krds.forms import KrdsHelper
from plans.facilities.models import Facility
from plans.tree.models import Activity


class DetailForm(PlainFormMixin, forms.ModelForm):
    """What only a kind asks. A pillar's form names its model and fields, and may group them.

    `offered` are the fields that begin with what the same person wrote last time; `written` is the
    detail of the record that is written anew or corrected.
    """

    offered: tuple[str, ...] = ()

    class Meta:
        formfield_callback = field_of

    def __init__(
        self,
        *args: Any,
        activity: Activity,
        facility: Facility | None = None,
        written: Model | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, prefix="detail", **options)
        self.activity, self.facility, self.written = activity, facility, written
        self.helper = within(self, self.groups())

    def groups(self) -> list[Any]:
        """Return the fields in their groups."""
        return [*self.fields]

    def offered_rows(self) -> Sequence[Model]:
        """Return the rows about somebody that the form offers to choose, for the access log."""
        return ()

    def detail(self) -> Model:
        """Return the detail that was typed, not saved and without its record."""
        return self.save(commit=False)

    def shared(self) -> dict[str, Any]:
        """Return what the record's own row takes from it, by column."""
        return {}


def within(form: forms.BaseForm, groups: list[Any]) -> KrdsHelper:
    """Return the helper of a form that stands with others in one form of the page."""
    helper = KrdsHelper(form)
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*groups)
    return helper
