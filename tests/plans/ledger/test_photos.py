"""Photos are redrawn: small, upright, without place and device."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from gwonseon.size_limits import LARGEST_EVIDENCE
from plans.ledger.photos import evidence_of
from plans.ledger.redrawing import LONGER_SIDE
from tests.factories.ledger import photo
from tests.plans.ledger.pictures import (
    GPS,
    MAKE,
    ORIENTATION,
    jpeg_of_many_scans,
    png_head,
    png_of_much_exif,
    saved,
)


def kept(upload: SimpleUploadedFile) -> Image.Image:
    return Image.open(BytesIO(evidence_of(upload).file.read()))


def upload(content: bytes, name: str = "예시.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


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


@pytest.mark.parametrize("content", [png_head(20_000, 20_000), png_head(10_000, 7_000)])
def test_a_photo_of_too_many_pixels_is_refused_before_it_is_unpacked(content: bytes) -> None:
    with pytest.raises(ValidationError, match=r"너무 큰 사진.*JPG로 저장한 뒤"):
        evidence_of(upload(content))


def test_half_a_photo_is_refused() -> None:
    content = photo(size=(400, 300)).read()

    with pytest.raises(ValidationError, match="사진이나 PDF"):
        evidence_of(upload(content[: len(content) // 2]))


def test_a_path_in_a_name_is_dropped() -> None:
    assert evidence_of(photo(name="../../예시.jpg")).name == "예시.jpg"


def test_a_file_of_too_many_bytes_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"16MB입니다\. 15MB 이하로"):
        evidence_of(upload(bytes(LARGEST_EVIDENCE + 1)))


@pytest.mark.parametrize(
    ("head", "way"),
    [
        (b"ftypheic\0\0\0\0mif1heic", "「높은 호환성」"),
        (b"ftypmif1\0\0\0\0mif1heix", "「높은 호환성」"),
        (b"ftypavif\0\0\0\0avifmif1", "AVIF 그림이라"),
        (b"ftypmif1\0\0\0\0mif1avif", "AVIF 그림이라"),
        (b"ftypqt  \0\0\0\0qt  ", "사진이나 PDF가 아닙니다"),
        (b"GIF89a", "사진이나 PDF가 아닙니다"),
    ],
)
def test_other_files_are_refused_with_advice(head: bytes, way: str) -> None:
    with pytest.raises(ValidationError, match=way):
        evidence_of(upload(b"\0\0\0\x18" + head + bytes(100)))


def largest_jpeg() -> bytes:
    return saved(Image.new("RGB", (10_000, 6000), "green"), "JPEG")


def largest_progressive_jpeg() -> bytes:
    return saved(Image.new("RGB", (6000, 4000)), "JPEG", progressive=True, subsampling=0)


def largest_png() -> bytes:
    return saved(Image.new("RGBA", (6000, 6000), (0, 99, 0, 99)), compress_level=1)


def largest_webp() -> bytes:
    picture = Image.new("RGBA", (3840, 2160), (0, 99, 0, 99))
    return saved(picture, "WEBP", lossless=True, quality=0, method=0)


@pytest.mark.parametrize(
    "largest", [largest_jpeg, largest_progressive_jpeg, largest_png, largest_webp]
)
def test_the_largest_photos_are_drawn_within_the_limits(largest: Callable[[], bytes]) -> None:
    assert max(kept(upload(largest())).size) == LONGER_SIDE


def test_a_photo_that_takes_too_long_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"너무 큰 사진|시간이 너무 오래"):
        evidence_of(upload(jpeg_of_many_scans(LARGEST_EVIDENCE - 2**20)))


def test_exif_that_takes_too_much_memory_is_ignored() -> None:
    assert kept(upload(png_of_much_exif(9 * 2**20))).size == (80, 40)


def test_a_photo_without_time_left_is_refused() -> None:
    with pytest.raises(ValidationError, match="몇 장씩 나누어"):
        evidence_of(photo(), seconds=0)


def test_a_photo_that_takes_longer_than_the_time_left_is_refused() -> None:
    with pytest.raises(ValidationError, match="몇 장씩 나누어"):
        evidence_of(upload(jpeg_of_many_scans(LARGEST_EVIDENCE - 2**20)), seconds=0.5)
