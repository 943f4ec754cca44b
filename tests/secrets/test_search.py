"""The search finds each secret in each form in which it could be written."""

import base64
import html
import json
from urllib.parse import quote_plus

import pytest

from tests.secrets.search import BODY, NUMBER, Secrets

CODE = "480213"


@pytest.mark.parametrize(
    "written",
    [
        "01000007391",
        "010-0000-7391",
        "010.0000.7391",
        "+82 10 0000 7391",
        "+821000007391",
        "(+82)10-0000-7391",
        "0000-7391",
        "00007391",
        "０１０－００００－７３９１",
    ],
)
def test_a_number_is_found_as_people_write_it(written: str) -> None:
    assert Secrets().found_in(f"to {written}.") == {"number"}


@pytest.mark.parametrize(
    "written",
    [
        str.encode,
        lambda text: text.encode("cp949"),
        lambda text: json.dumps(text).encode(),
        lambda text: json.dumps(json.dumps(text)).encode(),
        lambda text: repr(text.encode()).encode(),
        lambda text: quote_plus(text).encode(),
        lambda text: html.escape(text).encode("ascii", "xmlcharrefreplace"),
        lambda text: b"x'" + text.encode().hex().encode(),
        lambda text: json.dumps({"body": base64.b64encode(json.dumps([text]).encode()).decode()}),
        lambda text: base64.urlsafe_b64encode(text.encode()),
    ],
)
def test_all_are_found_in_every_encoding(written: object) -> None:
    said = f"{NUMBER} {CODE} {BODY}"
    assert Secrets({CODE}).found_in(written(said)) == {"number", "code", "body"}


@pytest.mark.parametrize(
    "written",
    [
        "010-****-7391",
        "7391",
        "0f0000739100",
        "2026-11-27 18:04:23.480213",
        "a480213b 14802137",
        "0312285114",
        "",
    ],
)
def test_what_is_none_of_them_is_not_found(written: str) -> None:
    assert not Secrets({CODE}).found_in(written)
