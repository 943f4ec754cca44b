"""Hostile text that would take long to normalise or to read."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from gwonseon.fields.days import read_day
from gwonseon.fields.names import FEW_NAMES, MOST_COMPARED, Names
from gwonseon.fields.words import MOST_MARKS, composed, squeezed
from gwonseon.refusals import RefusedError
from gwonseon.tables.cells import MOST_COLUMNS, MOST_ROWS
from gwonseon.tables.csv_files import read_csv
from gwonseon.tables.pasted import read_pasted

# Two combining marks in an order that normalisation must sort over the whole run.
MARKS = "\u0301\u0316"


def longest_run(text: str) -> int:
    """Return the largest number of combining marks on one letter."""
    longest = run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        longest = max(longest, run)
    return longest


def test_runs_of_combining_marks_are_split() -> None:
    for text in (composed("a" + MARKS * 100_000), squeezed("a" + MARKS * 100_000)):
        assert longest_run(text) <= MOST_MARKS
    assert composed(composed("가" + MARKS * 100)) == composed("가" + MARKS * 100)


@pytest.mark.parametrize("text", ["e\u0301", "한", "ệ" * 3, "ᄒ" + "ᅡ" + "ᆫ"])
def test_real_letters_are_composed_as_in_nfc(text: str) -> None:
    assert composed(text) == unicodedata.normalize("NFC", text)


@pytest.mark.django_db
def test_combining_marks_in_a_request_are_split(client: Client) -> None:
    answer = client.post("/staff/sign-in/", {"username": "a" + MARKS * 120_000, "password": "x"})
    assert answer.status_code == 200
    assert longest_run(answer.wsgi_request.POST["username"]) <= MOST_MARKS


def test_long_text_is_no_day() -> None:
    with pytest.raises(ValidationError, match="날짜로 읽을 수 없습니다"):
        read_day("2021" + " " * 20_000 + "x")
    assert str(read_day("2021. 3. 2.(화)          오전 09:00")) == "2021-03-02"


def test_empty_cells_behind_a_table_are_left_out_and_others_refused() -> None:
    lines = read_csv(("이름" + "," * 2500 + "\n") * 3)
    assert [len(line) for line in lines] == [MOST_COLUMNS] * 3
    with pytest.raises(RefusedError, match="60열을 넘습니다"):
        read_csv("이름" + "," * 2500 + "끝")
    with pytest.raises(RefusedError, match="60열을 넘습니다"):
        read_pasted("\t" * (MOST_ROWS * MOST_COLUMNS + 1))


def test_similar_names_are_suggested_for_the_first_errors_only() -> None:
    names: Names[int] = Names()
    for number in range(FEW_NAMES + 1):
        names.add(number, f"예시 시설 {number}")

    def sentence() -> str:
        with pytest.raises(ValidationError) as error:
            names.find("예시 시셜")
        return error.value.message

    told = [sentence() for _ in range(MOST_COMPARED + 1)]
    assert "혹시" in told[0]
    assert "혹시" in told[MOST_COMPARED - 1]
    assert "없는 이름입니다." in told[MOST_COMPARED]
    assert "혹시" not in told[MOST_COMPARED]
