"""One found node, as the search page shows it."""

from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from plans.public.plan.queries import LEVELS, PATHS
from plans.public.search.highlight import found_in, mark

MODELS = {model._meta.model_name: model for model in PATHS}


class Hit:
    """A search result with its URL and the found words marked."""

    def __init__(self, year: int, row: dict[str, Any], words: list[str]) -> None:
        self.year = year
        self.row = row
        self.words = words
        self.level = row["level"]

    @property
    def level_name(self) -> str:
        """The Korean name of its level."""
        return MODELS[self.level]._meta.verbose_name

    @property
    def title(self) -> SafeString:
        """The shown title, marked."""
        return mark(self.row[f"{self.level}_title"], self.words)

    @property
    def other_text(self) -> SafeString | str:
        """The document's wording, marked, where only that contains the words; else empty."""
        if found_in(self.row[f"{self.level}_title"], self.words[1:]):
            return ""
        texts = (self.row["source"], self.row["vision_wording"])
        return next(
            (mark(text, self.words) for text in texts if found_in(text, self.words[1:])), ""
        )

    @property
    def above(self) -> list[str]:
        """The titles of its ancestors, top first."""
        return [self.row[f"{level}_title"] for level in LEVELS[: LEVELS.index(self.level)]]

    @property
    def url(self) -> str:
        """The address of its page; a goal's is an anchor on its pillar's page."""
        if self.level == "goal":
            pillar = reverse("public:pillar", args=[self.year, self.row["pillar_slug"]])
            return f"{pillar}#goal-{self.row['goal_slug']}"
        return reverse(f"public:{self.level}", args=[self.year, self.row[f"{self.level}_slug"]])
