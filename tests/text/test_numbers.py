"""Numbers in words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sprintkit.text.numbers import (
    format_count,
    format_figure,
    format_rounded,
    format_thousands,
    natural_order,
)


@pytest.mark.parametrize(
    ("number", "text"),
    [(12, "12"), (9.6, "9.6"), (Fraction(13, 4), "3.25"), (Fraction(20, 3), "6.67"), (100.0, "100"),
     (12345.0, "12345"), (-0.001, "0"), (0, "0"), (None, "-")],
)  # fmt: skip
def test_points_and_weeks_are_rounded_to_two_decimals(number: float | Fraction | None, text: str) -> None:
    assert format_rounded(number) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(61.0, "min", "61 min"), (9.5, "%", "9.5%"), (0.25, None, "0.25"), (1234567.5, "EUR", "1234567.5 EUR")],
)
def test_a_figure_is_written_with_its_unit(value: float, unit: str | None, text: str) -> None:
    assert format_figure(value, unit) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(12000, "12,000"), (1234.5, "1,234.5"), (7, "7"), (0.1, "0.1"), (2.0, "2"), (1e300, "1e+300")],
)  # fmt: skip
def test_thousands_are_separated_and_no_digit_is_lost(number: float, text: str) -> None:
    assert format_thousands(number) == text
    assert float(text.replace(",", "")) == number


def test_a_count_has_its_noun_in_the_singular_or_plural() -> None:
    assert [format_count(number, "week") for number in (0, 1, 1.0, 1.5, 2)] == [
        "0 weeks", "1 week", "1 week", "1.5 weeks", "2 weeks",
    ]  # fmt: skip
    assert format_count(1, "entry", "entries") == "1 entry"
    assert format_count(3, "entry", "entries") == "3 entries"


def test_file_names_sort_by_their_numbers() -> None:
    names = ["week-03-fix-10.toml", "week-03-fix-2.toml", "week-03-fix-1.toml"]
    assert sorted(names, key=natural_order) == names[::-1]
