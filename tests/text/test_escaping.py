"""Invisible characters are written out, and visible ones stay as they are."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprintkit.text.escaping import collapse_spaces, escape_invisible, one_line


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("\x1b[31mred", "‹U+001B›[31mred"),
        ("a\u202eb", "a‹U+202E›b"),
        ("a\u200bb", "a‹U+200B›b"),
        ("a\u3164b", "a‹U+3164›b"),
        ("\u115f", "‹U+115F›"),
        ("a\r\nb", "a\nb"),
        ("a\rb", "a‹U+000D›b"),
        ("a\tb\nc", "a\tb\nc"),
    ],
)
def test_an_invisible_character_is_written_out(text: str, escaped: str) -> None:
    assert escape_invisible(text) == escaped


@pytest.mark.parametrize(
    "text", ["plain", "Zürich", "👩‍💻", "❤️", "🏴\U000e0067\U000e0062\U000e007f", "नमस्ते", "日本"]
)
def test_visible_text_stays_as_it_is(text: str) -> None:
    assert escape_invisible(text) == text


@given(st.text())
def test_no_control_character_stays_as_it_is(text: str) -> None:
    escaped = escape_invisible(text)
    assert not [
        character
        for character in escaped
        if unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t"
    ]
    assert escape_invisible(escaped) == escaped


@given(st.text())
def test_one_line_has_no_line_break(text: str) -> None:
    assert "\n" not in one_line(text) and "\t" not in one_line(text)


def test_a_line_break_can_be_seen_in_one_line() -> None:
    assert one_line("one\ntwo\tthree") == "one ⏎ two three"


def test_a_run_of_spaces_becomes_one() -> None:
    assert collapse_spaces("  one \n\t two  ") == "one two"
