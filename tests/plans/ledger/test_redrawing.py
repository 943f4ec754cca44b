"""A redrawn photo looks like the original: greys, colours, transparency, orientation."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from plans.ledger.redrawing import (
    DRAWN,
    LARGEST,
    LONGER_SIDE,
    TOO_LARGE,
    UNREADABLE,
    answer_to,
    redrawn,
)
from tests.plans.ledger.pictures import (
    LETTERS,
    MET,
    ORIENTATION,
    drawing,
    jpeg_head,
    png_head,
    quarters,
    ramp16,
    red_is_blue,
    saved,
    webp_head,
)

BLACK, WHITE, RED, YELLOW, GREY = (
    (0, 0, 0),
    (255, 255, 255),
    (200, 30, 30),
    (250, 230, 60),
    (128, 128, 128),
)


def drawn(content: bytes) -> Image.Image:
    return Image.open(BytesIO(redrawn(BytesIO(content))))


def corners(picture: Image.Image) -> str:
    """Return the letters of a picture's four quarters."""
    width, height = picture.size
    places = [(x * width // 4, y * height // 4) for y in (1, 3) for x in (1, 3)]
    return "".join(letter_of(picture.getpixel(place)) for place in places)


def letter_of(colour: tuple[int, int, int]) -> str:
    return next((name for name, one in LETTERS.items() if are_alike(colour, one)), "?")


def are_alike(one: tuple[int, ...], other: tuple[int, ...], most: int = 16) -> bool:
    return all(abs(a - b) <= most for a, b in zip(one, other, strict=True))


def test_a_16_bit_grey_picture_keeps_its_greys() -> None:
    picture = drawn(saved(ramp16()))

    greys = [picture.getpixel((x, 32)) for x in range(256)]

    assert all(are_alike(grey, (x, x, x), most=3) for x, grey in enumerate(greys))


def test_a_large_16_bit_grey_picture_keeps_its_greys() -> None:
    picture = drawn(saved(ramp16(4000)))

    greys = [picture.getpixel((x, 10))[0] for x in range(0, LONGER_SIDE, 100)]

    expected = [255 * x // LONGER_SIDE for x in range(0, LONGER_SIDE, 100)]
    assert are_alike(tuple(greys), tuple(expected), most=4)


@pytest.mark.parametrize("ink", [BLACK, WHITE, RED, YELLOW, GREY])
@pytest.mark.parametrize(
    ("mode", "saving"),
    [
        ("RGBA", {}),
        ("LA", {}),
        ("P", {}),
        ("RGBA", {"kind": "WEBP", "lossless": True}),
        ("RGBA", {"kind": "WEBP", "quality": 80}),
    ],
)
def test_a_drawing_with_transparent_background_is_visible(
    mode: str, saving: dict[str, Any], ink: tuple[int, int, int]
) -> None:
    picture = drawn(saved(drawing(ink, mode=mode), **saving)).convert("L")

    assert abs(picture.getpixel((30, 30)) - picture.getpixel((3, 3))) > 60


@pytest.mark.parametrize(
    ("inks", "ground"),
    [
        ([BLACK], WHITE),
        ([RED], WHITE),
        ([WHITE], GREY),
        ([BLACK, WHITE], GREY),
        ([GREY, WHITE], (32, 32, 32)),
        ([], WHITE),
    ],
)
def test_the_background_is_white_or_a_grey_that_contrasts(
    inks: list[tuple[int, int, int]], ground: tuple[int, int, int]
) -> None:
    picture = drawn(saved(drawing(*inks)))

    assert are_alike(picture.getpixel((2, 2)), ground, most=4)


def test_a_few_light_pixels_do_not_change_the_background() -> None:
    picture = drawing(BLACK, size=(600, 600))
    picture.putpixel((300, 300), (255, 255, 255, 255))

    assert are_alike(drawn(saved(picture)).getpixel((2, 2)), WHITE)


def test_semi_transparent_pixels_are_mixed_with_the_background() -> None:
    picture = Image.new("RGBA", (60, 60), (0, 0, 0, 128))

    assert are_alike(drawn(saved(picture)).getpixel((30, 30)), (127, 127, 127), most=4)


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "P"])
def test_a_transparent_colour_shows_the_background(mode: str) -> None:
    picture = Image.new(mode, (60, 60), 0)
    picture.paste(1 if mode == "P" else "white", (20, 20, 40, 40))
    if mode == "P":
        picture.putpalette([0, 0, 0, 255, 255, 255])
    clear = {"RGB": (0, 0, 0)}.get(mode, 0)

    shown = drawn(saved(picture, transparency=clear))

    assert are_alike(shown.getpixel((3, 3)), GREY, most=4)
    assert are_alike(shown.getpixel((30, 30)), WHITE, most=4)


@pytest.mark.parametrize("size", [(80, 40), (3400, 1700), (1700, 3400)])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_a_drawing_of_any_size_and_mode_keeps_its_positions(
    mode: str, size: tuple[int, int]
) -> None:
    original = quarters("ABCD", size)
    original = original.quantize(4) if mode == "P" else original.convert(mode)

    picture = drawn(saved(original, compress_level=1))

    assert corners(picture) == "ABCD"
    assert max(picture.size) == min(LONGER_SIDE, max(size))
    assert picture.width * size[1] == picture.height * size[0]


@pytest.mark.parametrize("size", [(16_000, 1_000), (1_000, 16_000), (30_000, 2), (1, 5000)])
def test_a_very_long_photo_is_drawn(size: tuple[int, int]) -> None:
    picture = drawn(saved(quarters("ABCD", size), "JPEG"))

    assert max(picture.size) == LONGER_SIDE
    assert min(size) < 1000 or corners(picture) == "ABCD"


@pytest.mark.parametrize(
    ("ink", "shown"),
    [
        ((255, 0, 0, 0), (0, 255, 255)),
        ((0, 255, 0, 0), (255, 0, 255)),
        ((0, 0, 0, 0), WHITE),
        ((0, 0, 0, 255), BLACK),
    ],
)
def test_cmyk_colours_become_screen_colours(
    ink: tuple[int, int, int, int], shown: tuple[int, int, int]
) -> None:
    content = saved(Image.new("CMYK", (2000, 1700), ink), "JPEG")
    assert b"Adobe" in content  # the marker of inverted inks

    assert are_alike(drawn(content).getpixel((30, 30)), shown, most=4)


def test_colours_are_read_by_their_profile() -> None:
    picture = Image.new("RGB", (60, 60), (230, 20, 20))

    assert are_alike(
        drawn(saved(picture, "JPEG", icc_profile=red_is_blue())).getpixel((30, 30)), (20, 20, 230)
    )


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_an_invalid_colour_profile_is_ignored(mode: str) -> None:
    for profile in (b"\0" * 200, red_is_blue()[:300], red_is_blue() if mode != "RGB" else b"?"):
        picture = Image.new("RGB", (60, 60), GREY).convert(mode)

        shown = drawn(saved(picture, "JPEG", icc_profile=profile))

        assert are_alike(shown.getpixel((30, 30)), GREY)


# By EXIF orientation: the stored corners of a photo that shows A, B above and C, D below.
STORED = {
    1: "ABCD",
    2: "BADC",
    3: "DCBA",
    4: "CDAB",
    5: "ACBD",
    6: "BDAC",
    7: "DBCA",
    8: "CADB",
}


@pytest.mark.parametrize("orientation", STORED)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_stands_upright(kind: str, orientation: int) -> None:
    size = (80, 40) if orientation < 5 else (40, 80)
    data = Image.Exif()
    data[ORIENTATION] = orientation

    picture = drawn(saved(quarters(STORED[orientation], size), kind, exif=data))

    assert (picture.size, corners(picture)) == ((80, 40), "ABCD")


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_invalid_orientation_is_ignored(orientation: int) -> None:
    data = Image.Exif()
    data[ORIENTATION] = orientation

    assert corners(drawn(saved(quarters("ABCD"), "JPEG", exif=data))) == "ABCD"


@pytest.mark.parametrize("name", MET)
def test_broken_exif_is_ignored_and_the_photo_stands_upright(name: str) -> None:
    picture = drawn(saved(quarters("BDAC", (40, 80)), "JPEG", exif=MET[name]))

    assert (picture.size, corners(picture)) == ((80, 40), "ABCD")


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_the_first_frame_of_an_animation_is_kept(kind: str) -> None:
    later = Image.new("RGB", (80, 40), "black")

    content = saved(quarters("ABCD"), kind, save_all=True, append_images=[later, later])

    assert corners(drawn(content)) == "ABCD"


@pytest.mark.parametrize("size", [(80, 40), (4000, 2000)])
def test_a_jpeg_with_data_appended_by_a_phone_is_drawn(size: tuple[int, int]) -> None:
    behind = Image.new("RGB", (20, 10), "black")
    data = Image.Exif()
    data[ORIENTATION] = 6
    more = {"save_all": True, "append_images": [behind], "exif": data}

    picture = drawn(saved(quarters("BDAC", size[::-1]), "MPO", **more))

    assert (picture.width / picture.height, corners(picture)) == (2, "ABCD")


def test_thin_coloured_lines_keep_their_colour() -> None:
    picture = Image.new("RGB", (60, 60), "white")
    picture.paste("red", (30, 0, 31, 60))

    assert are_alike(drawn(saved(picture)).getpixel((30, 30)), (255, 0, 0), most=40)


def test_noise_is_drawn() -> None:
    picture = Image.effect_noise((1600, 1200), 120).convert("RGB")

    assert drawn(saved(picture, compress_level=1)).size == (1600, 1200)


@pytest.mark.parametrize(
    "content",
    [
        png_head(20_000, 20_000),
        png_head(20_000, 20_000, depth=16, colour=0),
        png_head(20_000, 20_000, depth=1, colour=0),
        png_head(6001, 6000),
        webp_head(b"VP8X", 16_384, 16_384),
        webp_head(b"VP8L", 16_384, 16_384),
        webp_head(b"VP8 ", 16_383, 16_383),
        webp_head(b"VP8X", 4000, 3000),
        jpeg_head(6000, 4100),
        jpeg_head(65_000, 65_000),
    ],
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_too_many_pixels_are_refused_before_any_is_read(content: bytes) -> None:
    assert len(content) < 1000
    assert answer_to(BytesIO(content)) == (TOO_LARGE, b"")


@pytest.mark.parametrize("content", [b"", b"RIFF", b"\x89PNG\r\n\x1a\n", png_head(60, 60), b"GIF"])
def test_other_files_are_not_drawn(content: bytes) -> None:
    assert answer_to(BytesIO(content)) == (UNREADABLE, b"")


def test_usual_photos_are_within_the_limits() -> None:
    assert LARGEST["JPEG"] > 8160 * 6120  # the largest photo of a phone
    assert LARGEST["PNG"] > max(4961 * 7016, 7680 * 4320)  # A4 at 600 dpi; the largest screen
    assert LARGEST["WEBP"] > 3840 * 2160
    assert answer_to(BytesIO(saved(quarters("ABCD"))))[0] == DRAWN
