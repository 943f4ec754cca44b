"""Rows that several people write: each write names the version that its writer has seen.

The row's model has a whole number `version`, which each write raises.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models

from gwonseon.fields.of_models import field_of
from gwonseon.refusals import RefusedError


class OutdatedError(RefusedError):
    """Somebody else changed a row meanwhile; `row` is what it says now."""

    def __init__(self, row: models.Model) -> None:
        super().__init__(
            "그 사이에 다른 사람이 고쳤습니다. 지금 저장된 내용과 견주어 보고, 그래도 적은 대로 "
            "바꾸려면 다시 저장하세요."
        )
        self.row = row


class RowForm(forms.ModelForm):
    """A row's form. `version` is the one that the user has seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        formfield_callback = field_of

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["version"] = self.instance.version

    def values(self) -> dict[str, Any]:
        """Return what was typed, by column."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "version"}

    def renew(self, version: int) -> None:
        """Let what was typed be saved over what somebody else wrote meanwhile."""
        self.data = self.data.copy()
        self.data["version"] = version


def write_over(row: models.Model, values: Mapping[str, Any], version: int) -> None:
    """Write what a locked row says, as its next version.

    Raises OutdatedError where it has another version than the one that was seen.
    """
    if row.version != version:
        raise OutdatedError(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
