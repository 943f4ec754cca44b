"""The field that takes photos and documents."""

from time import monotonic
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from gwonseon.size_limits import LARGEST_EVIDENCE, LARGEST_FILES, MEBIBYTE, MOST_FILES
from plans.ledger.models import Evidence
from plans.ledger.photos import MOST_SECONDS_TOGETHER, evidence_of


class FilesField(forms.FileField):
    """A field for several files. Its value is a list of unsaved Evidence."""

    class Input(forms.FileInput):
        allow_multiple_selected = True

    widget = Input({"accept": "image/jpeg,image/png,image/webp,application/pdf"})

    def clean(self, data: list[UploadedFile], _initial: Any = None) -> list[Evidence]:
        """Read each file, or collect an error for each that is refused."""
        uploads = [one for one in data or [] if one]
        if len(uploads) > MOST_FILES:
            raise ValidationError(
                _("파일은 한 번에 %(most)s개까지 올립니다. 나누어 올리세요."),
                params={"most": MOST_FILES},
            )
        # A file that is too large by itself gets its own error, and does not count here.
        fitting = [one.size for one in uploads if one.size <= LARGEST_EVIDENCE]
        if sum(fitting) > LARGEST_FILES:
            raise ValidationError(
                _("파일을 모두 합해 %(most)sMB까지 올립니다. 나누어 올리세요."),
                params={"most": LARGEST_FILES // MEBIBYTE},
            )
        taken, errors, ends = [], [], monotonic() + MOST_SECONDS_TOGETHER
        for upload in uploads:
            try:
                taken.append(evidence_of(super().clean(upload), ends - monotonic()))
            except ValidationError as error:
                errors += error.error_list
        if errors:
            raise ValidationError(errors)
        return taken
