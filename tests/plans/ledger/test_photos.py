"""Photos are written anew: small, upright, and without where and with what they were taken."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from plans.ledger.photos import LONGER_SIDE, evidence_of
from tests.factories.ledger import photo

GPS, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F


def kept(upload: SimpleUploadedFile) -> Image.Image:
    return Image.open(BytesIO(evidence_of(upload).file.read()))


def test_place_and_device_are_stripped_and_the_photo_stands_upright() -> None:
    data = Image.Exif()
    data[ORIENTATION], data[MAKE] = 6, "예시 기기"
    data[GPS] = {1: "N", 2: (37.0, 15.0, 30.0)}

    taken = kept(photo(size=(400, 300), exif=data, comment=b"secret"))

    assert taken.size == (300, 400)
    assert not taken.getexif()
    assert not {"exif", "comment", "icc_profile"} & taken.info.keys()


def test_a_large_photo_is_shrunk() -> None:
    taken = kept(photo(size=(4000, 3000)))

    assert max(taken.size) == LONGER_SIDE


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_photos_become_jpeg(kind: str) -> None:
    assert kept(photo(format=kind)).format == "JPEG"


def test_a_photo_of_too_many_pixels_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(ValidationError, match="너무 큰 사진"):
        evidence_of(photo(size=(10_000, 7_000), format="PNG"))


def test_half_a_photo_is_refused() -> None:
    content = photo(size=(400, 300)).read()

    with pytest.raises(ValidationError, match="사진이나 PDF"):
        evidence_of(SimpleUploadedFile("예시.jpg", content[: len(content) // 2]))


def test_a_path_in_a_name_is_dropped() -> None:
    assert evidence_of(photo(name="../../예시.jpg")).name == "예시.jpg"
