"""The form for a reviewer's decision."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from plans.amendments.forms import DecisionForm


class ReviewForm(DecisionForm):
    """Approve or return, with a note."""

    def __init__(self, data: Any = None, *, seen: str = "", note: str = "") -> None:
        super().__init__(data, apply=_("검토 마침"), seen=seen, note=note)
