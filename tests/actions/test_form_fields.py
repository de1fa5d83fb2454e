"""Typed text in a form becomes a value of its field, or stays text to be refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sprintkit.actions.form.field import Field, parse_field, parse_votes
from sprintkit.text.date_parsing import parse_date_near


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11 Mar", date(2026, 3, 11)), ("Mar 11", date(2026, 3, 11)), ("fri 13 mar", date(2026, 3, 13)),
        ("30 Dec", date(2025, 12, 30)), ("2026-03-02", date(2026, 3, 2)), ("thu 13 mar", None), ("11", None),
    ],
)  # fmt: skip
def test_a_date_without_a_year_is_the_nearest_one(text: str, expected: date | None) -> None:
    assert parse_date_near(text, date(2026, 3, 13)) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4434", [4, 4, 3, 4]),
        ("4 4 3", [4, 4, 3]),
        ("4,4,3", [4, 4, 3]),
        ("5", [5]),
        ("9", [9]),
        ("4 x", [4, "x"]),
    ],
)
def test_votes_are_parsed_as_they_are_typed(text: str, value: list[Any]) -> None:
    assert parse_votes(text) == value


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("number", "1,250", 1250), ("number", "61.5", 61.5), ("number", "about", "about"), ("number", " ", None),
        ("integer", "3", 3), ("date", "16 Feb 2026", date(2026, 2, 16)), ("date", "soon", "soon"),
        ("line", "a\nb", "a b"), ("prose", "a\r\nb\n", "a\nb"), ("texts", "a\n\n b \n", ["a", "b"]),
        ("many", "M1\nM2", ["M1", "M2"]), ("value", "52.5", 52.5), ("value", "no toml", "no toml"),
    ],
)  # fmt: skip
def test_typed_text_becomes_a_value_of_the_fields_kind(kind: Any, text: str, value: Any) -> None:
    assert parse_field(Field(key="x", label="x", kind=kind, section="x"), text) == value
