"""What people upload as evidence.

A photo is written anew: upright, no larger than a screen needs, and without where, when and with
which device it was taken. What is neither photo nor PDF is refused.
"""

from io import BytesIO
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from plans.ledger.models import Evidence

# Bytes.
LARGEST_FILE = 10 * 2**20
MOST_FILES = 10
# Pixels: what is read at all, and the longer side of what is kept.
LARGEST_PHOTO = 60_000_000
LONGER_SIDE = 1600
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP")
PDF = b"%PDF-"
NAME_LENGTH = Evidence._meta.get_field("name").max_length


def evidence_of(upload: UploadedFile) -> Evidence:
    """Return an upload as evidence, not saved. Raise ValidationError with a sentence."""
    name = PurePath(upload.name).name[-NAME_LENGTH:]
    if upload.size > LARGEST_FILE:
        raise ValidationError(
            _("「%(name)s」은(는) %(size)dMB입니다. 10MB 이하로 줄여 다시 올리세요."),
            params={"name": name, "size": -(-upload.size // 2**20)},
        )
    if upload.read(len(PDF)) == PDF:
        upload.seek(0)
        return kept(name, Evidence.Type.DOCUMENT, upload.read())
    upload.seek(0)
    return kept(name, Evidence.Type.PHOTO, written_anew(upload, name))


def kept(name: str, kind: Evidence.Type, content: bytes) -> Evidence:
    """Return evidence of a content."""
    return Evidence(name=name, type=kind, size=len(content), file=ContentFile(content, name))


def written_anew(upload: UploadedFile, name: str) -> bytes:
    """Return a photo as a plain JPEG."""
    try:
        with Image.open(upload, formats=FORMATS) as photo:
            if photo.width * photo.height > LARGEST_PHOTO:
                raise ValidationError(
                    _("「%(name)s」은(는) 너무 큰 사진입니다. 6천만 화소 이하로 줄여 올리세요."),
                    params={"name": name},
                )
            photo.draft("RGB", (LONGER_SIDE, LONGER_SIDE))
            upright = ImageOps.exif_transpose(photo).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ValidationError(
            _("「%(name)s」은(는) 사진이나 PDF가 아닙니다. JPG, PNG, WEBP, PDF를 올리세요."),
            params={"name": name},
        ) from error
    upright.thumbnail((LONGER_SIDE, LONGER_SIDE))
    plain = Image.new("RGB", upright.size)
    plain.paste(upright)
    content = BytesIO()
    plain.save(content, "JPEG", quality=QUALITY, optimize=True)
    return content.getvalue()
