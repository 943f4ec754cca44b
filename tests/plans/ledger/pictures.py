"""Makers of test pictures: normal ones, unusual ones and broken ones."""

import struct
import zlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms

ORIENTATION, MAKE, GPS, SOFTWARE, EXPOSURE_BIAS = 0x0112, 0x010F, 0x8825, 0x0131, 0x9204
SHORT, LONG, RATIONAL, SIGNED_RATIONAL, ASCII = 3, 4, 5, 10, 2

LETTERS = {"A": (230, 20, 20), "B": (20, 160, 20), "C": (20, 20, 230), "D": (240, 240, 240)}


def saved(picture: Image.Image, kind: str = "PNG", **saving: Any) -> bytes:
    """Return a picture as a file's content."""
    content = BytesIO()
    picture.save(content, kind, **saving)
    return content.getvalue()


def quarters(letters: str, size: tuple[int, int] = (80, 40)) -> Image.Image:
    """Return a picture of four colours: upper left, upper right, lower left, lower right."""
    picture = Image.new("RGB", (2, 2))
    for place, letter in enumerate(letters):
        picture.putpixel((place % 2, place // 2), LETTERS[letter])
    return picture.resize(size, Image.Resampling.NEAREST)


def ramp16(width: int = 256) -> Image.Image:
    """Return a 16-bit grey picture that goes from black to white."""
    row = struct.pack(f"<{width}H", *(65535 * x // (width - 1) for x in range(width)))
    return Image.frombytes("I;16", (width, 64), row * 64)


def drawing(
    *inks: tuple[int, int, int], mode: str = "RGBA", size: tuple[int, int] = (60, 60)
) -> Image.Image:
    """Return squares side by side in the middle of a transparent picture."""
    picture = Image.new("RGBA", size)
    side = size[0] // (2 * len(inks) + 1)
    for number, ink in enumerate(inks):
        left = side * (2 * number + 1)
        picture.paste((*ink, 255), (left, side, left + side, size[1] - side))
    return picture.convert(mode)


def exif(entries: Sequence[tuple[int, int, int, bytes]]) -> bytes:
    """Return EXIF data of entries (tag, type, count, value), also of invalid ones."""
    table, values = b"", b""
    for tag, kind, count, value in entries:
        if len(value) > 4:
            place = struct.pack("<I", 8 + 2 + 12 * len(entries) + 4 + len(values))
            values += value
        else:
            place = value.ljust(4, b"\0")
        table += struct.pack("<HHI", tag, kind, count) + place
    start = b"Exif\0\0II*\0" + struct.pack("<IH", 8, len(entries))
    return start + table + bytes(4) + values


TURNED = (ORIENTATION, SHORT, 1, struct.pack("<H", 6))
NO_PLACE = (GPS, LONG, 1, struct.pack("<I", 60))
PROGRAM = (SOFTWARE, ASCII, 8, b"abcdefg\0")
BY_ZERO = (EXPOSURE_BIAS, SIGNED_RATIONAL, 1, struct.pack("<ii", -1, 0))
THIRD = (EXPOSURE_BIAS, SIGNED_RATIONAL, 1, struct.pack("<ii", -1, 3))
RESOLUTION = struct.pack("<II", 72, 1)
# EXIF seen in real photos: each has an orientation, and an entry that cannot be written back.
MET = {
    "a bias of -1/0": exif([TURNED, BY_ZERO]),
    "a number that is none": exif(
        [TURNED, (0x0101, RATIONAL, 1, RESOLUTION), NO_PLACE, THIRD, PROGRAM]
    ),
    "a number out of range": exif(
        [TURNED, (0x011A, RATIONAL, 1, RESOLUTION), NO_PLACE, BY_ZERO, PROGRAM]
    ),
}


def chunk(kind: bytes, value: bytes) -> bytes:
    """Return a chunk of a PNG."""
    size, check = struct.pack(">I", len(value)), struct.pack(">I", zlib.crc32(kind + value))
    return size + kind + value + check


def png_head(width: int, height: int, *, depth: int = 8, colour: int = 6) -> bytes:
    """Return the header of a PNG, without pixels."""
    size = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", b"")


def webp_head(kind: bytes, width: int, height: int) -> bytes:
    """Return the header of a WEBP of a kind, without pixels."""
    value = {
        b"VP8X": bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little"),
        b"VP8L": b"\x2f" + (width - 1 | height - 1 << 14).to_bytes(4, "little") + bytes(5),
        b"VP8 ": b"\x30\x01\x00\x9d\x01\x2a" + struct.pack("<HH", width, height),
    }[kind]
    body = b"WEBP" + kind + struct.pack("<I", len(value)) + value
    return b"RIFF" + struct.pack("<I", len(body)) + body


def jpeg_head(width: int, height: int) -> bytes:
    """Return the start of a progressive JPEG with a claimed size, and almost no pixels."""
    content = saved(Image.new("RGB", (16, 16)), "JPEG", progressive=True)
    frame = content.index(b"\xff\xc2") + 5
    return content[:frame] + struct.pack(">HH", height, width) + content[frame + 4 :]


def jpeg_of_many_scans(size: int) -> bytes:
    """Return a progressive JPEG of 24 million pixels that repeats its last scan many times."""
    content = saved(Image.new("RGB", (6000, 4000)), "JPEG", progressive=True)
    last = content[content.rindex(b"\xff\xc4") : -2]
    return content[:-2] + last * (size // len(last)) + content[-2:]


def png_of_much_exif(size: int) -> bytes:
    """Return a small PNG whose EXIF has 60,000 entries that share one long value."""
    content = saved(quarters("ABCD"))
    head = b"II*\0" + struct.pack("<IH", 8, 60_000)
    table = b"".join(struct.pack("<HHII", tag, 7, size, 8) for tag in range(1000, 61_000))
    return content[:33] + chunk(b"eXIf", head + table + bytes(4 + size)) + content[33:]


def red_is_blue() -> bytes:
    """Return a colour profile that swaps red and blue."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for one, other in ((b"rXYZ", b"?XYZ"), (b"bXYZ", b"rXYZ"), (b"?XYZ", b"bXYZ")):
        profile = profile.replace(one, other)
    return profile
