"""A broken picture is either redrawn or refused, whatever is wrong with it.

The environment variable PICTURE_MUTATIONS says how many broken files of each kind are tried, with
the same random seeds every time.
"""

import os
import random
import warnings
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from plans.ledger.models import Evidence
from plans.ledger.photos import evidence_of
from plans.ledger.redrawing import DRAWN, LONGER_SIDE, TOO_LARGE, UNREADABLE, answer_to
from tests.plans.ledger.pictures import MET, drawing, quarters, ramp16, red_is_blue, saved

MUTATIONS = int(os.environ.get("PICTURE_MUTATIONS", "200"))
# How many of them are tried in a process of their own, which takes longer.
APART = max(1, MUTATIONS // 40)

FACTS = MET["a number out of range"]
LATER = [Image.new("RGBA", (60, 60), "black")]
WHOLE: dict[str, bytes] = {
    "jpeg": saved(quarters("ABCD"), "JPEG", exif=FACTS, icc_profile=red_is_blue()),
    "progressive jpeg": saved(quarters("ABCD"), "JPEG", exif=FACTS, progressive=True),
    "cmyk jpeg": saved(quarters("ABCD").convert("CMYK"), "JPEG", dpi=(72, 72)),
    "png": saved(drawing((200, 30, 30)), exif=FACTS, icc_profile=red_is_blue()),
    "palette png": saved(drawing((200, 30, 30), mode="P"), transparency=b"\0\x80\xff"),
    "16-bit png": saved(ramp16(), dpi=(72, 72)),
    "moving png": saved(drawing((9, 9, 9)), save_all=True, append_images=LATER),
    "webp": saved(drawing((200, 30, 30)), "WEBP", exif=FACTS, icc_profile=red_is_blue()),
    "lossless webp": saved(drawing((200, 30, 30)), "WEBP", lossless=True, exif=FACTS),
    "moving webp": saved(drawing((9, 9, 9)), "WEBP", save_all=True, append_images=LATER),
}


def broken(content: bytes, chance: random.Random) -> bytes:
    """Return a file with some of it changed, lost, doubled or cut off."""
    change = bytearray(content)
    for _time in range(chance.choice((1, 1, 2, 5, 20))):
        place = chance.randrange(len(change))
        length = min(len(change) - place, chance.choice((1, 2, 4, 16)))
        match chance.randrange(8):
            case 0 | 1 | 2:
                change[place] = chance.randrange(256)
            case 3:
                change[place] ^= 1 << chance.randrange(8)
            case 4:
                change[place : place + length] = chance.choice((b"\0", b"\xff")) * length
            case 5 if len(change) > 2 * length:
                del change[place : place + length]
            case 6:
                change[place:place] = change[place : place + length]
            case 7 if chance.random() < 0.1:
                del change[max(place, 1) :]
    return bytes(change)


def answer(content: bytes) -> tuple[int, bytes]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as when the program is started
        return answer_to(BytesIO(content))


@pytest.mark.parametrize("name", WHOLE)
def test_a_broken_picture_is_drawn_or_refused(name: str) -> None:
    chance, ends = random.Random(name), set()
    assert answer(WHOLE[name])[0] == DRAWN

    for _time in range(MUTATIONS):
        end, content = answer(broken(WHOLE[name], chance))
        ends.add(end)
        assert end in (DRAWN, UNREADABLE, TOO_LARGE)
        assert (end == DRAWN) == bool(content)
        if content:
            shown = Image.open(BytesIO(content))
            assert (shown.format, shown.mode) == ("JPEG", "RGB")
            assert max(shown.size) <= LONGER_SIDE
            assert not {"exif", "xmp", "icc_profile", "comment"} & shown.info.keys()

    assert DRAWN in ends or MUTATIONS < 50


@pytest.mark.parametrize("name", WHOLE)
def test_a_broken_upload_is_evidence_or_gets_its_sentence(name: str) -> None:
    chance = random.Random(name)
    for _time in range(APART):
        assert is_answered(broken(WHOLE[name], chance))


def is_answered(content: bytes) -> bool:
    try:
        return isinstance(evidence_of(SimpleUploadedFile("예시.jpg", content)), Evidence)
    except ValidationError as error:
        return "예시.jpg" in " ".join(error.messages)


@pytest.mark.parametrize("facts", MET.values(), ids=MET)
@pytest.mark.parametrize("kind", [{"kind": "JPEG"}, {"kind": "WEBP"}, {"kind": "PNG"}])
def test_a_photo_is_drawn_whatever_its_exif_contains(facts: bytes, kind: dict[str, Any]) -> None:
    chance = random.Random(facts)

    for _time in range(MUTATIONS // 4):
        nonsense = b"Exif\0\0" + broken(facts[6:], chance)
        assert answer(saved(quarters("ABCD"), exif=nonsense, **kind))[0] == DRAWN
