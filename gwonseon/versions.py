"""Optimistic locking for rows that several people edit.

The model has an integer column `version`, which each write raises by one. Each write names the
version that the user saw, and is refused if the row has another one by now.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest

from gwonseon.fields.display import displayed
from gwonseon.fields.of_models import field_of
from gwonseon.refusals import RefusedError

COMPARE = (
    "그 사이에 다른 사람이 고쳤습니다. 지금 저장된 내용과 견주어 보고, 그래도 적은 대로 바꾸려면 "
    "다시 저장하세요."
)


class OutdatedError(RefusedError):
    """Somebody else changed the row meanwhile; `row` has its present values."""

    def __init__(self, row: models.Model, sentence: str = COMPARE) -> None:
        super().__init__(sentence)
        self.row = row


@dataclass(frozen=True)
class Difference:
    """One fact in two versions, as text."""

    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether the two texts differ."""
        return self.before != self.after


def same(sides: Iterable[Difference]) -> bool:
    """Return whether there are any facts, and each is equal in both versions."""
    differ = [one.differs for one in sides]
    return bool(differ) and not any(differ)


class SeenForm(forms.Form):
    """A form with a hidden field `version`: the version of a row that the user saw.

    Where the row is outdated, `saved` is what another person saved meanwhile.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    saved: models.Model | None = None

    def renew(self, version: int) -> None:
        """Set the form's version to the present one, so that sending it again is accepted."""
        self.data = self.data.copy()
        self.data["version"] = version

    def show_outdated(self, outdated: OutdatedError) -> None:
        """Say that the row changed meanwhile; sending the form again writes over what is there."""
        self.saved = outdated.row
        self.add_error(None, str(outdated))
        self.renew(outdated.row.version)

    @property
    def sides(self) -> list[Difference]:
        """The saved row's and the typed value of each field; empty if the form is no ModelForm.

        Makes no query if the rows that the saved one refers to are read.
        """
        if self.saved is None or not isinstance(self, forms.ModelForm):
            return []
        return [
            Difference(
                str(self[name].label),
                displayed(self.fields[name], getattr(self.saved, name)),
                displayed(self.fields[name], self.cleaned_data.get(name)),
            )
            for name in self._meta.fields
        ]


class RowForm(SeenForm, forms.ModelForm):
    """A form of a row's values."""

    class Meta:
        formfield_callback = field_of

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["version"] = self.instance.version

    def values(self) -> dict[str, Any]:
        """Return the typed values by column name, without the version."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "version"}


def seen_version(request: HttpRequest) -> int:
    """Return the version of the row that the user saw; -1 where no number was sent."""
    try:
        return int(request.POST.get("version", ""))
    except ValueError:
        return -1


def refuse_outdated(row: models.Model, version: int, sentence: str = COMPARE) -> None:
    """Raise OutdatedError if a locked row has another version than the one that the user saw."""
    if row.version != version:
        raise OutdatedError(row, sentence)


def write_over(row: models.Model, values: Mapping[str, Any], version: int) -> None:
    """Set values on a locked row and save it as its next version.

    `version` is the one that the user saw. Raises OutdatedError if the row has another one.
    """
    refuse_outdated(row, version)
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
