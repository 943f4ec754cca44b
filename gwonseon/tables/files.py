"""Read a file that holds one table: a workbook or a CSV file."""

from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from gwonseon.refusals import RefusedError
from gwonseon.size_limits import LARGEST_TABLE
from gwonseon.tables.cells import Line
from gwonseon.tables.csv_files import decoded, read_csv
from gwonseon.tables.workbooks import LISTS, read_workbook

# First bytes of a workbook (a zip file), and of an old workbook or one with a password.
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def limit_size(file: UploadedFile) -> None:
    """Raise ValidationError for a file larger than LARGEST_TABLE (a validator for form fields)."""
    if file.size > LARGEST_TABLE:
        raise ValidationError(
            _("%(largest)s를 넘는 파일입니다. 표에서 그림을 지우고 다시 올리세요."),
            params={"largest": filesizeformat(LARGEST_TABLE)},
        )


def read_table(file: BinaryIO) -> list[Line]:
    """Return the lines of a file that holds one table; raise RefusedError if it cannot be read."""
    begins = file.read(len(ZIP))
    file.seek(0)
    if begins == OLE:
        raise RefusedError(
            "암호가 걸렸거나 옛 형식(XLS)인 파일입니다. 암호를 풀고 「XLSX」 형식으로 저장해 다시 "
            "올리세요."
        )
    if begins != ZIP:
        return read_csv(decoded(file.read()))
    sheets = {name: lines for name, lines in read_workbook(file).items() if name != LISTS}
    filled = [lines for lines in sheets.values() if any(cell.text for one in lines for cell in one)]
    if len(filled) > 1:
        raise RefusedError(
            f"값이 있는 시트가 여럿입니다. 「{LISTS}」 말고는 한 시트만 두고 다시 올리세요."
        )
    return filled[0] if filled else []
