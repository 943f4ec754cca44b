"""Text areas that are saved as a draft while the user writes (with `static/autosave.js`).

In a form:

    place = f"activity:{activity.pk}:story"
    self.fields["story"].widget = AutosavedTextarea(place=place, draft=saved_draft(user, place))

After the form is saved: `discard_drafts(user=user, places=[place])`.
"""

from collections.abc import Iterable
from typing import Any

from django import forms

from gwonseon.office.models import Draft, User


class AutosavedTextarea(forms.Textarea):
    """A text area that saves a draft while the user writes, and offers an unsaved draft.

    `place` names the text, with at most 100 lower-case letters, digits, `:`, `_` and `-`; each user
    has one draft for a place. `draft` is the draft to offer, if any. Without JavaScript it is a
    plain text area.
    """

    template_name = "office/autosaved_textarea.html"

    def __init__(
        self, *, place: str, draft: Draft | None = None, attrs: dict[str, Any] | None = None
    ) -> None:
        super().__init__(attrs)
        self.place = place
        self.draft = draft

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the place and the draft to the template's context."""
        return super().get_context(name, value, attrs) | {"place": self.place, "draft": self.draft}


def saved_draft(user: User, place: str) -> Draft | None:
    """Return the user's draft for a place, or None (1 query)."""
    return Draft.objects.filter(user=user, place=place).first()


def saved_drafts(user: User, places: Iterable[str]) -> dict[str, Draft]:
    """Return the user's drafts by their place (1 query)."""
    return {one.place: one for one in Draft.objects.filter(user=user, place__in=places)}
