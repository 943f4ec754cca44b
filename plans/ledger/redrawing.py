"""A program that redraws a photo as a plain upright JPEG that is no larger than a screen.

Only the picture is kept: no EXIF, so no GPS position, time or device. It reads a photo from stdin
and writes a JPEG to stdout. It runs as a process of its own with little time and memory, so that
no picture can cost more. Its exit status says why there is no JPEG. It imports nothing of the
portal, so that it starts in 50 milliseconds.
"""

import resource
import sys
from contextlib import suppress
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageCms

# Seconds of CPU time, and bytes of memory, including the 30 MB of the program itself.
MOST_SECONDS = 2
MOST_MEMORY = 200 * 2**20
# Pixels. A JPEG is decoded at about the size that is drawn, a PNG once at full size, a WEBP takes
# four times its full size. A progressive JPEG is decoded whole: 24 million pixels of three colours.
LARGEST = {"JPEG": 60_000_000, "PNG": 36_000_000, "WEBP": 8_400_000}
MOST_PROGRESSIVE_SAMPLES = 73_000_000
# Pixels that are processed at a time.
STRIP = 2**18
# Pixels of the longer side of the result.
LONGER_SIDE = 1600
QUALITY = 82

# Exit statuses. Any other one, also a death by signal, means that the limits were reached.
DRAWN, UNREADABLE, TOO_LARGE = 0, 3, 4

ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# Greys to put behind a transparent picture, in order of preference; the difference below which two
# greys look the same; and the share of a picture, and the opacity, that are ignored.
BACKGROUNDS = (255, 128, 32)
ALIKE = 48
FEW = 0.01
FAINT = 16


class TooLargeError(Exception):
    """The photo has too many pixels to be read."""


def redrawn(file: BinaryIO) -> bytes:
    """Return a photo as a plain JPEG. Raise TooLargeError, or any error where it is no photo."""
    photo, profile, turn = reduced(file)
    size = result_size(photo)
    drawing = photo.resize(size, Image.Resampling.BICUBIC)
    if drawing.mode == "RGBA":
        drawing = on_background(drawing)
    drawing = as_srgb(drawing, profile)
    if turn is not None:
        drawing = drawing.transpose(turn)
    plain = Image.new("RGB", drawing.size)
    plain.paste(drawing)
    content = BytesIO()
    # Colours are kept as fine as greys (no subsampling), so that thin coloured lines stay.
    plain.save(content, "JPEG", quality=QUALITY, subsampling=0)
    return content.getvalue()


def reduced(file: BinaryIO) -> tuple[Image.Image, bytes | None, Image.Transpose | None]:
    """Return a photo reduced to somewhat more than the final size, its profile and its rotation.

    The photo is RGB, RGBA or CMYK. It is converted in strips, so that no second full-size copy
    is in memory.
    """
    refuse_large_webp(file)
    with Image.open(file, formats=tuple(LARGEST)) as photo:
        refuse_large(photo)
        turn, profile = rotation_of(photo), photo.info.get("icc_profile")
        photo.draft(None, result_size(photo))
        photo.load()
        photo.fp = None  # frees the compressed data
        factor = max(1, max(photo.size) // LONGER_SIDE)
        height = factor * max(1, STRIP // (factor * photo.width))
        whole = None
        for top in range(0, photo.height, height):
            box = (0, top, photo.width, min(top + height, photo.height))
            strip = in_plain_mode(photo.crop(box)).reduce(factor)
            whole = whole or Image.new(strip.mode, (strip.width, -(-photo.height // factor)))
            whole.paste(strip, (0, top // factor))
        return whole, profile, turn


def refuse_large(photo: Image.Image) -> None:
    """Refuse a photo of too many pixels, before it is decoded."""
    pixels = photo.width * photo.height
    samples = pixels * len(photo.getbands()) if "progressive" in photo.info else 0
    # Phones append depth or light maps to a JPEG, which makes it an MPO; the first is the photo.
    kind = "JPEG" if photo.format == "MPO" else photo.format
    if pixels > LARGEST[kind] or samples > MOST_PROGRESSIVE_SAMPLES:
        raise TooLargeError


def refuse_large_webp(file: BinaryIO) -> None:
    """Refuse a WEBP of too many pixels, before it is opened: opening takes memory already.

    https://developers.google.com/speed/webp/docs/riff_container says where its size is stored.
    """
    head = file.read(30)
    file.seek(0)
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP":
        return
    if head[12:16] == b"VP8X":
        size = [1 + int.from_bytes(side, "little") for side in (head[24:27], head[27:30])]
    elif head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        size = [1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)]
    else:
        size = [int.from_bytes(side, "little") & 0x3FFF for side in (head[26:28], head[28:30])]
    if size[0] * size[1] > LARGEST["WEBP"]:
        raise TooLargeError


def result_size(photo: Image.Image) -> tuple[int, int]:
    """Return the width and height of the result."""
    scale = min(1, LONGER_SIDE / max(photo.size))
    return max(1, round(photo.width * scale)), max(1, round(photo.height * scale))


def rotation_of(photo: Image.Image) -> Image.Transpose | None:
    """Return the rotation that puts a photo upright, or None; errors in the EXIF are ignored."""
    with suppress(Exception):
        return TURNS.get(photo.getexif().get(ORIENTATION))
    return None


def in_plain_mode(strip: Image.Image) -> Image.Image:
    """Return a strip of a photo as RGB, RGBA or CMYK, with 16-bit greys scaled to 8 bits."""
    if strip.mode.startswith("I"):
        return strip.point(lambda grey: grey * (1 / 256)).convert("L").convert("RGB")
    if strip.mode == "CMYK":
        return strip
    return strip.convert("RGBA" if strip.has_transparency_data else "RGB")


def on_background(drawing: Image.Image) -> Image.Image:
    """Return a transparent picture on white, or on the grey that differs most from it.

    A black drawing gets white, a white one grey, and a drawing with both gets grey, too.
    """
    drawn = drawing.getchannel("A").point(lambda opacity: 255 * (opacity > FAINT))
    greys = drawing.convert("L").histogram(drawn)
    few = FEW * sum(greys)
    ground = min(
        BACKGROUNDS, key=lambda grey: max(few, sum(greys[max(0, grey - ALIKE) : grey + ALIKE]))
    )
    whole = Image.new("RGBA", drawing.size, (ground, ground, ground, 255))
    return Image.alpha_composite(whole, drawing).convert("RGB")


def as_srgb(photo: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a photo as sRGB; an invalid colour profile is ignored."""
    with suppress(ImageCms.PyCMSError, OSError):
        if profile:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            screen = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(photo, source, screen, outputMode="RGB")
    return photo.convert("RGB")


def answer_to(file: BinaryIO) -> tuple[int, bytes]:
    """Redraw a photo; return the exit status and the bytes to write."""
    try:
        return DRAWN, redrawn(file)
    except (TooLargeError, MemoryError, Image.DecompressionBombError):
        return TOO_LARGE, b""
    except Exception:  # noqa: BLE001  a broken file fails in any way; here it harms nobody
        return UNREADABLE, b""


def main() -> int:
    """Redraw the photo on stdin within the limits, and return the exit status."""
    for limit, most in (
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # the limit is lower already, or fixed (macOS)
            resource.setrlimit(limit, (most, most))
    end, content = answer_to(sys.stdin.buffer)
    sys.stdout.buffer.write(content)
    return end


if __name__ == "__main__":
    sys.exit(main())
