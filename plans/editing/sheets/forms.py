"""The form that uploads a workbook of a plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gwonseon.krds.forms import KrdsHelper
from gwonseon.size_limits import LARGEST_TABLE, MEBIBYTE
from gwonseon.tables.files import limit_size


class SheetForm(forms.Form):
    """One filled-in workbook."""

    source = "file"
    file = forms.FileField(
        label=_("채운 표"),
        help_text=_(
            f"여기서 받은 XLSX 파일({LARGEST_TABLE // MEBIBYTE}MB까지)을 채워서 올립니다. "
            "올려도 아직 바뀌지 않습니다."
        ),
        error_messages={
            "required": _("올릴 XLSX 파일을 고르세요."),
            "empty": _("빈 파일입니다. 표를 저장했는지 확인하고 다시 올리세요."),
        },
        validators=[limit_size],
        widget=forms.FileInput(
            {"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = KrdsHelper(self, submit=_("올려서 확인하기"))
