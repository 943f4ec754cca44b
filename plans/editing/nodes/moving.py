"""The form that moves a node, and the parents that it may get."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.models import User
from plans.tree.access import LEVELS, may_arrange, with_all_above
from plans.tree.models import Node


def places_for(user: User, node: Node) -> list[Node]:
    """Return the possible parents of a node, in plan order (1 query)."""
    rows = with_all_above(LEVELS[node.PARENT]).filter(plan=node.plan).in_force().in_plan_order()
    return [row for row in rows if may_arrange(user, row) or row.pk == node.parent_id]


class MoveForm(forms.Form):
    """The new parent of a node."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    parent = forms.ChoiceField(label=_("새 자리"))

    def __init__(self, data: Any, *, node: Node, places: list[Node]) -> None:
        super().__init__(data, initial={"version": node.version, "parent": node.parent_id})
        self.places = {str(place.pk): place for place in places}
        self.fields["parent"].choices = [
            (key, place.shown_title) for key, place in self.places.items()
        ]
        self.fields["parent"].help_text = _("이 %(level)s 아래로 옮깁니다.") % {
            "level": LEVELS[node.PARENT]._meta.verbose_name
        }
        self.helper = KrdsHelper(self, submit=_("옮기기"))

    def clean_parent(self) -> Node:
        """Return the chosen node."""
        return self.places[self.cleaned_data["parent"]]
