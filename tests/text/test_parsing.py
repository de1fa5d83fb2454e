"""Numbers and dates are parsed as people write them; what could mean two things is not parsed."""

from __future__ import annotations

from datetime import date

import pytest

from sprintkit.text.date_parsing import parse_date
from sprintkit.text.value_parsing import parse_integer, parse_number, parse_yes_or_no


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("95", 95),
        ("95.0", 95.0),
        (" 6.5 ", 6.5),
        ("1,900", 1900),
        ("1 900", 1900),
        ("1\u00a0900", 1900),
        ("1'900.5", 1900.5),
        ("2,600,000", 2600000),
        ("1.900.000", 1900000),
        ("1.900,50", 1900.5),
        ("0,5", 0.5),
        ("-3", -3),
        ("\u22123", -3),
        ("80%", 80),
        ("80 %", 80),
        ("1e3", 1000.0),
        ("\uff19\uff15", 95),
        ("1,90,000", None),
        ("about 2 hours", None),
        ("6 weeks", None),
        ("nan", None),
        ("inf", None),
        ("1e999", None),
        ("5\u00b2", None),
        ("12 34", None),
        ("9" * 19, None),
        ("", None),
    ],
)
def test_a_number_is_parsed_with_any_thousands_separator(text: str, expected: float | None) -> None:
    assert parse_number(text) == expected
    assert type(parse_number(text)) is type(expected)


def test_an_integer_may_be_written_with_a_zero_fraction() -> None:
    numbers = [parse_integer(text) for text in ("18", "18.0", "1,900", "18.5", "lots")]
    assert numbers == [18, 18, 1900, None, None]


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-16",
        "16 Feb 2026",
        "16 february 2026",
        "16th of February 2026",
        "Feb 16, 2026",
        "Mon 16 Feb 2026",
        "Monday, 16 February 2026",
        "16.2.2026",
        "16/02/2026",
        "02/16/2026",
        "2026/02/16",
    ],
)
def test_a_date_is_parsed_in_every_common_form(text: str) -> None:
    assert parse_date(text) == date(2026, 2, 16)


@pytest.mark.parametrize(
    "text",
    [
        "02/03/2026",
        "Tue 16 Feb 2026",
        "16 Feb",
        "31 Feb 2026",
        "16 Feb 26",
        "0000-01-01",
        "Q2",
        "",
        "9" * 5000,
    ],
)
def test_an_ambiguous_or_impossible_date_is_not_parsed(text: str) -> None:
    assert parse_date(text) is None


def test_a_date_with_thousands_of_digits_is_not_parsed() -> None:
    assert parse_date(f"{'9' * 5000}-01-01") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("yes", True), (" Y ", True), ("TRUE", True), ("no", False), ("n", False), ("maybe", None)],
)
def test_yes_and_no_are_parsed_in_any_case(text: str, expected: bool | None) -> None:
    assert parse_yes_or_no(text) is expected
