"""What a vendor says is kept without the phone numbers in it."""

import pytest

from gwonseon.messaging.gateways import said


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("2000", "2000"),
        (2000, "2000"),
        ("NotEnoughBalance", "NotEnoughBalance"),
        ("Refused 01000007391", "Refused #"),
        ("to:+82 10-0000-7391, busy", "to:#, busy"),
        ("821000007391", "#"),
        (" A000\n", "A000"),
        (None, ""),
        ("x" * 50, "x" * 40),
    ],
)
def test_a_code_has_no_phone_number(value: object, kept: str) -> None:
    assert said.code(value) == kept


@pytest.mark.parametrize("value", ["01000007391", "M-010-0000-7391-1", "x" * 101])
def test_a_name_that_cannot_be_kept_is_kept_as_a_digest(value: str) -> None:
    assert said.name(value) == ""
    kept = said.reference(value)
    assert kept == said.reference(value) != said.reference(f"{value}1")
    assert len(kept) <= said.REFERENCE
    assert value not in kept


@pytest.mark.parametrize(
    "value",
    [
        "G4V20261127010000123456ABCDEF",
        "M4V2026112701000123456",
        "ab01012345678cd",
        "550e8400-e29b-41d4-a716-010123456789",
        "1790000000",
        "x" * 100,
    ],
)
def test_a_name_that_only_looks_like_a_number_is_kept(value: str) -> None:
    assert said.reference(value) == said.name(value) == value
