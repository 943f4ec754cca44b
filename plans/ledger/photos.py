"""Reading of uploaded evidence: photos and PDF files.

A photo is redrawn: with the same picture, upright, no larger than a screen needs, and without
place, time and device. The uploaded file is not stored, because it holds those. Files that are
neither photo nor PDF are refused.

A picture is opened in a process of its own (`redrawing.py`), which has 2 seconds and 200 MB
(docs/adr/0012-files-from-outside-in-their-own-process.md). The pictures of one request are drawn
one after the other within one time limit; those after the limit are refused.
"""

import logging
import subprocess
from pathlib import PurePath
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from gwonseon.bounded import run_bounded
from gwonseon.size_limits import LARGEST_EVIDENCE, LARGEST_FILES, MEBIBYTE, MOST_FILES
from plans.ledger import redrawing
from plans.ledger.models import Evidence

log = logging.getLogger(__name__)

# Seconds for all pictures of one request; ten photos of 50 million pixels take 2.
MOST_SECONDS_TOGETHER = 5
PDF = b"%PDF-"
# Brands at the start of HEIC and AVIF files.
AVIF = (b"avif", b"avis")
HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
HEAD = 64
NAME_LENGTH = Evidence._meta.get_field("name").max_length


def ten_thousands(pixels: int) -> str:
    """Return a number of pixels as Korean text, in units of 만."""
    return f"{pixels // 10_000:,}만"


JPEG, PNG, WEBP = (ten_thousands(redrawing.LARGEST[one]) for one in ("JPEG", "PNG", "WEBP"))
TAKEN = gettext_lazy(
    f"JPG, PNG, WEBP, PDF. 한 번에 {MOST_FILES}개, 파일마다 {LARGEST_EVIDENCE // MEBIBYTE}MB, "
    f"모두 합해 {LARGEST_FILES // MEBIBYTE}MB까지. "
    f"사진은 JPG {JPEG}, PNG {PNG}, WEBP {WEBP} 화소까지. "
    "사진에서 찍은 곳과 기기 정보를 지우고 줄여서 보관합니다."
)
TOO_MANY_BYTES = gettext_lazy(
    "「%(name)s」은(는) %(size)dMB입니다. %(most)dMB 이하로 줄여 다시 올리세요."
)
NO_PHOTO = gettext_lazy(
    "「%(name)s」은(는) 사진이나 PDF가 아닙니다. JPG, PNG, WEBP, PDF를 올리세요."
)
NO_HEIC = gettext_lazy(
    "「%(name)s」은(는) HEIC 사진이라 열 수 없습니다. JPG로 바꾸어 올리세요. "
    "아이폰은 「설정 › 카메라 › 포맷」에서 「높은 호환성」을 고르면 JPG로 찍습니다."
)
NO_AVIF = gettext_lazy(
    "「%(name)s」은(는) AVIF 그림이라 열 수 없습니다. JPG나 PNG로 바꾸어 올리세요."
)
TOO_LARGE = gettext_lazy(
    "「%(name)s」은(는) 너무 큰 사진입니다. "
    "가로와 세로를 4,000화소 이하로 줄여 JPG로 저장한 뒤 다시 올리세요."
)
TOO_LATE = gettext_lazy(
    "「%(name)s」을(를) 여는 데 시간이 너무 오래 걸렸습니다. 사진을 몇 장씩 나누어 올리세요."
)


def evidence_of(upload: UploadedFile, seconds: float = MOST_SECONDS_TOGETHER) -> Evidence:
    """Return an upload as unsaved evidence; `seconds` limits the time to redraw a photo.

    Raises ValidationError with a Korean sentence where it is refused.
    """
    name = PurePath(upload.name).name[-NAME_LENGTH:]
    if upload.size > LARGEST_EVIDENCE:
        size = -(-upload.size // MEBIBYTE)
        raise refusal(TOO_MANY_BYTES, name=name, size=size, most=LARGEST_EVIDENCE // MEBIBYTE)
    head = upload.read(HEAD)
    upload.seek(0)
    if head.startswith(PDF):
        return Evidence.of(name, Evidence.Type.DOCUMENT, upload.read())
    if head[4:8] == b"ftyp":
        refuse_phone_formats(head, name)
    return Evidence.of(name, Evidence.Type.PHOTO, redrawn_photo(upload, name, seconds))


def refusal(sentence: str, **params: Any) -> ValidationError:
    """Return the error for a refused upload."""
    return ValidationError(sentence, params=params)


def refuse_phone_formats(head: bytes, name: str) -> None:
    """Refuse HEIC and AVIF, and say how to get a JPEG instead."""
    if any(brand in head for brand in AVIF):
        raise refusal(NO_AVIF, name=name)
    if any(brand in head for brand in HEIC):
        raise refusal(NO_HEIC, name=name)


def redrawn_photo(upload: UploadedFile, name: str, seconds: float) -> bytes:
    """Return a photo as a plain JPEG, drawn by a process with limited time and memory."""
    with TemporaryFile() as copy:
        copyfileobj(upload, copy)
        copy.seek(0)
        try:
            done = run_bounded(redrawing.__file__, file=copy, seconds=seconds)
        except subprocess.TimeoutExpired as error:
            raise refusal(TOO_LATE, name=name) from error
    if done.returncode == redrawing.DRAWN:
        return done.stdout
    if done.returncode == redrawing.UNREADABLE:
        raise refusal(NO_PHOTO, name=name)
    if done.returncode != redrawing.TOO_LARGE:
        said = done.stderr.decode(errors="replace")
        log.warning("drawing a photo ended with %s: %s", done.returncode, said)
    raise refusal(TOO_LARGE, name=name)
