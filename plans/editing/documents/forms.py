"""The form that uploads a plan's document."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from gwonseon.fields.numbers import WholeNumberField
from gwonseon.krds.forms import KrdsHelper
from gwonseon.size_limits import LARGEST_DOCUMENT, MEBIBYTE
from plans.documents.errors import DocumentError
from plans.documents.markers import Markers, MarkersError
from plans.documents.reading import SourceDocument, document_of
from plans.tree.models import FIRST_YEAR, LAST_YEAR

LARGEST = LARGEST_DOCUMENT // MEBIBYTE


class DocumentForm(forms.Form):
    """A year and the document of its plan; the file's cleaned value is the Document."""

    source = "file"
    year = WholeNumberField(unit="년", label=_("연도"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    file = forms.FileField(
        label=_("계획 문서"),
        help_text=_(
            f"한글 문서(HWPX, HWP)나 텍스트(TXT), {LARGEST}MB까지. "
            "올려도 아직 아무것도 바뀌지 않습니다."
        ),
        error_messages={
            "required": _("올릴 계획 문서를 고르세요."),
            "empty": _("빈 파일입니다. 문서를 저장했는지 확인하고 다시 올리세요."),
        },
        widget=forms.FileInput({"accept": ".hwpx,.hwp,.txt"}),
    )
    markers = forms.CharField(
        label=_("표지"),
        required=False,
        max_length=20,
        help_text=_(
            "목표·추진과제·활동(·참고)의 앞에 붙은 기호를 차례로 띄어 적습니다. 예: □ ○ - ※ "
            "비우면 문서를 보고 고릅니다."
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = KrdsHelper(self, submit=_("올려서 확인하기"))

    def clean_file(self) -> SourceDocument:
        """Return the document in the file."""
        file: UploadedFile = self.cleaned_data["file"]
        if file.size > LARGEST_DOCUMENT:
            raise ValidationError(
                _(f"{LARGEST}MB를 넘는 파일입니다. 문서에서 그림을 지우고 다시 올리세요.")
            )
        try:
            return document_of(file.read(), file.name)
        except DocumentError as error:
            raise ValidationError(str(error)) from error

    def clean_markers(self) -> str:
        """Return the markers as typed, if they make sense."""
        typed = self.cleaned_data["markers"]
        try:
            if typed:
                Markers.of(typed)
        except MarkersError as error:
            raise ValidationError(str(error)) from error
        return typed
