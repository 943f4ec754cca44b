"""What a reviewer decides."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from plans.amendments.forms import DecisionForm


class ReviewForm(DecisionForm):
    """What the reviewer decides."""

    def __init__(self, data: Any = None, *, seen: str = "", note: str = "") -> None:
        super().__init__(data, apply=_("검토 마침"), seen=seen, note=note)
