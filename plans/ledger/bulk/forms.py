"""The form for many days at once: cells pasted from a spreadsheet, or a file."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.krds.forms import KrdsHelper
from gwonseon.size_limits import LARGEST_PASTE, LARGEST_TABLE, MEBIBYTE
from gwonseon.tables.cells import Line
from gwonseon.tables.files import limit_size, read_table
from gwonseon.tables.pasted import read_pasted
from plans.ledger.bulk.reading import MOST_LINES


def limit_paste(text: str) -> None:
    """Refuse pasted text that is too long. A browser would cut it off without a message."""
    if len(text) > LARGEST_PASTE:
        raise ValidationError(
            _("붙여 넣은 글이 %(most)s자를 넘습니다. 나누어 붙여 넣거나 파일로 올리세요."),
            params={"most": f"{LARGEST_PASTE:,}"},
        )


class TableForm(forms.Form):
    """A table of many days, pasted or uploaded."""

    pasted = forms.CharField(
        label=gettext_lazy("붙여 넣은 칸"),
        help_text=gettext_lazy(
            "엑셀이나 한글 표에서 열 이름이 있는 첫 줄부터 골라 복사한 뒤 여기에 붙여 넣습니다."
        ),
        widget=forms.Textarea({"rows": 10, "spellcheck": "false"}),
        validators=[limit_paste],
        required=False,
        strip=False,
    )
    file = forms.FileField(
        label=gettext_lazy("또는 파일"),
        help_text=gettext_lazy(
            f"XLSX나 CSV, {LARGEST_TABLE // MEBIBYTE}MB까지. 한 번에 {MOST_LINES}줄까지."
        ),
        error_messages={
            "empty": gettext_lazy("빈 파일입니다. 표를 저장했는지 확인하고 다시 올리세요.")
        },
        validators=[limit_size],
        widget=forms.FileInput({"accept": ".xlsx,.csv,text/csv"}),
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = KrdsHelper(self, submit=_("확인하기"))
        self.helper.layout = Layout("pasted", "file")

    def clean(self) -> dict[str, Any]:
        """Refuse a table given in both ways or in neither."""
        values = super().clean()
        given = [bool(values.get("pasted", "").strip()), bool(values.get("file"))]
        if not self.errors and sum(given) != 1:
            self.add_error(
                "pasted",
                _("표를 붙여 넣거나 파일을 고르세요.")
                if not any(given)
                else _("붙여 넣은 칸과 파일이 함께 있습니다. 하나만 남기세요."),
            )
        return values

    @property
    def source(self) -> str:
        """The name of the field that holds the table."""
        return "file" if self.cleaned_data.get("file") else "pasted"

    def lines(self) -> list[Line]:
        """Return the table's lines. Raise RefusedError where it cannot be read as one."""
        values = self.cleaned_data
        return read_table(values["file"]) if values.get("file") else read_pasted(values["pasted"])
