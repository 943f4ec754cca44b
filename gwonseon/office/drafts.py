"""Long texts that keep themselves while they are written (with `static/autosave.js`).

A form that has such a field:

    place = f"activity:{activity.pk}:story"
    self.fields["story"].widget = AutosavedTextarea(place=place, draft=saved_draft(user, place))

and where it is saved: `discard_drafts(user=user, places=[place])`.
"""

from typing import Any

from django import forms

from gwonseon.office.models import Draft, User


class AutosavedTextarea(forms.Textarea):
    """A text area that keeps what is written into it, and offers what was not saved.

    `place` names the text in lower-case letters, digits, `:`, `_` and `-` (100 at most); every
    user has a draft of their own there. Without `draft` there is nothing to offer. It works as a
    plain text area where there is no JavaScript.
    """

    template_name = "office/autosaved_textarea.html"

    def __init__(
        self, *, place: str, draft: Draft | None = None, attrs: dict[str, Any] | None = None
    ) -> None:
        super().__init__(attrs)
        self.place = place
        self.draft = draft

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the place and the draft to what the template shows."""
        return super().get_context(name, value, attrs) | {"place": self.place, "draft": self.draft}


def saved_draft(user: User, place: str) -> Draft | None:
    """Return what the user was writing at the place and has not saved (1 query)."""
    return Draft.objects.filter(user=user, place=place).first()
