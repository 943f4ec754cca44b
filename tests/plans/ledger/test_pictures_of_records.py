"""Pictures in a record's form: accepted or refused with a sentence, and the input is kept."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from plans.ledger.models import Evidence, Record
from plans.tree.models import Activity
from tests.factories.ledger import photo
from tests.plans.ledger.forms import add_url, errors, filled
from tests.plans.ledger.pictures import (
    MET,
    drawing,
    jpeg_head,
    png_head,
    quarters,
    ramp16,
    saved,
    webp_head,
)

TAKEN = {
    "16-bit": saved(ramp16()),
    "black on transparent": saved(drawing((0, 0, 0))),
    "white on transparent": saved(drawing((255, 255, 255))),
} | {name: saved(quarters("BDAC", (40, 80)), "JPEG", exif=facts) for name, facts in MET.items()}
REFUSED = {
    "png bomb": (png_head(20_000, 20_000, depth=1, colour=0), "너무 큰 사진"),
    "webp bomb": (webp_head(b"VP8X", 16_384, 16_384), "너무 큰 사진"),
    "jpeg bomb": (jpeg_head(65_000, 65_000), "너무 큰 사진"),
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "높은 호환성"),
    "half": (saved(ramp16())[:150], "사진이나 PDF가 아닙니다"),
}


def sent(desk: Client, activity: Activity, *contents: bytes) -> dict:
    files = [SimpleUploadedFile(f"예시{n}.jpg", one) for n, one in enumerate(contents, 1)]
    values = filled(desk, add_url(activity), happened_on="2021-03-02", note="예시 내용")
    return values | {"files": files}


@pytest.mark.parametrize("name", TAKEN)
def test_a_picture_is_stored_as_it_is_displayed(
    desk: Client, activity: Activity, name: str
) -> None:
    desk.post(add_url(activity), sent(desk, activity, TAKEN[name]))

    evidence = Evidence.objects.get()
    answer = desk.get(reverse("ledger:evidence", args=[evidence.pk]))
    shown = Image.open(BytesIO(b"".join(answer.streaming_content)))
    assert shown.size == ((80, 40) if name in MET else shown.size)
    least, most = shown.convert("L").getextrema()
    assert most - least > 100


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_picture_keeps_the_typed_input(
    desk: Client, activity: Activity, name: str
) -> None:
    content, sentence = REFUSED[name]

    response = desk.post(add_url(activity), sent(desk, activity, content, TAKEN["16-bit"]))

    assert response.status_code == 200
    assert "「예시1.jpg」은(는) " in errors(response)
    assert sentence in errors(response)
    assert "예시2.jpg" not in errors(response)
    assert "예시 내용</textarea>" in response.text
    assert not Record.objects.exists()


def test_each_bad_picture_of_several_is_named(desk: Client, activity: Activity) -> None:
    bad = [content for content, _sentence in REFUSED.values()]

    response = desk.post(add_url(activity), sent(desk, activity, *bad))

    named = set(re.findall("예시[0-9]+.jpg", errors(response)))
    assert named == {f"예시{n}.jpg" for n in range(1, len(bad) + 1)}


def test_pictures_of_one_request_share_one_time_limit(
    desk: Client, activity: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plans.ledger.forms.files.MOST_SECONDS_TOGETHER", 0)
    values = sent(desk, activity, photo().read(), photo().read())

    response = desk.post(add_url(activity), values)

    assert errors(response).count("몇 장씩 나누어 올리세요") >= 2


def test_more_pictures_than_ten_are_refused(desk: Client, activity: Activity) -> None:
    response = desk.post(add_url(activity), sent(desk, activity, *[photo().read()] * 11))

    assert "한 번에 10개까지" in errors(response)


def test_the_form_lists_accepted_files(desk: Client, activity: Activity) -> None:
    page = desk.get(add_url(activity)).text

    assert "한 번에 10개, 파일마다 15MB, 모두 합해 40MB까지" in page
    assert "JPG 6,000만, PNG 3,600만, WEBP 840만 화소까지" in page
