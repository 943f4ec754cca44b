"""The form of the fields that only one kind of record has."""

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
    """Base form for the fields of one kind. A pillar's form sets model and fields, may group them.

    `offered` names the fields that start with the values of the user's last record; `written` is
    the detail of the record that is edited or corrected.
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
        """Return the rows about persons that the form lists as choices, for the access log."""
        return ()

    def detail(self) -> Model:
        """Return the typed detail, unsaved and without its record."""
        return self.save(commit=False)

    def shared(self) -> dict[str, Any]:
        """Return values for the record's own row that follow from the detail, by column."""
        return {}


def within(form: forms.BaseForm, groups: list[Any]) -> KrdsHelper:
    """Return the layout helper of a form that is one of several in an HTML form."""
    helper = KrdsHelper(form)
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*groups)
    return helper
