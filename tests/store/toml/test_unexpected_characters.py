"""Files from a word processor, a German keyboard or PowerShell: the error names the character, its place and the fix."""

from __future__ import annotations

import pytest

from sprintkit.errors import InputError
from sprintkit.store.toml import codec

NO_BREAK_SPACE, DASH = "\u00a0", "\u2013"
OPENING_QUOTE, CLOSING_QUOTE, APOSTROPHE = "\u201c", "\u201d", "\u2019"


@pytest.mark.parametrize(
    ("text", "place", "character", "fix"),
    [
        (
            f"a = 1\nb{NO_BREAK_SPACE}= 2",
            "line 2, column 2",
            "a no-break space (U+00A0)",
            "Type an ordinary space",
        ),
        (f"a ={NO_BREAK_SPACE}1", "line 1, column 4", "a no-break space (U+00A0)", "Type an ordinary space"),
        (f"{NO_BREAK_SPACE}a = 1", "line 1, column 1", "a no-break space (U+00A0)", "Type an ordinary space"),
        (f"a = 1{NO_BREAK_SPACE}", "line 1, column 6", "a no-break space (U+00A0)", "Type an ordinary space"),
        ("a = \u200b1", "line 1, column 5", "a zero width space (U+200B)", "Delete it"),
        (
            f"a = {OPENING_QUOTE}x{CLOSING_QUOTE}",
            "line 1, column 5",
            f"a curly quote {OPENING_QUOTE}",
            'Type "',
        ),
        (f"a = {APOSTROPHE}x{APOSTROPHE}", "line 1, column 5", f"a curly quote {APOSTROPHE}", "Type '"),
        (
            f"{OPENING_QUOTE}a b{CLOSING_QUOTE} = 1",
            "line 1, column 1",
            f"a curly quote {OPENING_QUOTE}",
            'Type "',
        ),
        ("a = \u00abx\u00bb", "line 1, column 5", "a curly quote \u00ab", 'Type "'),
        (f"a = {DASH}5", "line 1, column 5", f"a dash {DASH} (U+2013)", "Type -"),
        ("a = 95,5", "line 1, column 7", "a decimal comma", "Type 95.5"),
        ("x = [1]\na = -1.200,75", "line 2", "a decimal comma", "Type -1200.75"),
        ("größe = 1", "line 1, column 3", "ö (U+00F6)", "in quotes"),
    ],
)
def test_an_unexpected_character_is_named_with_its_place_and_the_fix(
    text: str, place: str, character: str, fix: str
) -> None:
    with pytest.raises(InputError) as caught:
        codec.parse(text.encode(), "in.toml")
    (problem,) = caught.value.problems
    assert problem.message.startswith(place) and character in problem.message
    assert fix in (problem.hint or "")


@pytest.mark.parametrize("text", ["a = 1, b = 2", "a = [1 2]", "a = 1 2", "a = 1,5,5", "a = 2026-02-16,5"])
def test_other_mistakes_are_not_reported_as_a_decimal_comma(text: str) -> None:
    with pytest.raises(InputError) as caught:
        codec.parse(text.encode(), "in.toml")
    assert "decimal comma" not in caught.value.problems[0].message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_text_with_a_byte_order_mark_is_read(encoding: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    data = mark + 'a = "größe 😀"\r\nb = 1\r\n'.encode(encoding)
    assert codec.parse(data, "in.toml") == {"a": "größe 😀", "b": 1}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32"])
def test_utf_16_without_a_byte_order_mark_and_utf_32_are_named(encoding: str) -> None:
    with pytest.raises(InputError) as caught:
        codec.parse('a = "x"\nb = 1\n'.encode(encoding), "in.toml")
    (problem,) = caught.value.problems
    name = "UTF-32" if encoding.startswith("utf-32") else "UTF-16"
    assert name in problem.message and "UTF-8" in (problem.hint or "")


def test_a_file_in_windows_1252_is_refused_with_the_letter() -> None:
    with pytest.raises(InputError) as caught:
        codec.parse("a = 1\nb = 'groß'\n".encode("cp1252"), "in.toml")
    (problem,) = caught.value.problems
    assert problem.message.startswith("line 2: not UTF-8 text")
    assert "Windows-1252" in problem.message and "ß" in problem.message
    assert problem.code == "not_utf8"


def test_a_damaged_utf_16_file_and_a_picture_are_refused() -> None:
    for data in (b"\xff\xfea\x00\x00\xd8b\x00", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\xff"):
        with pytest.raises(InputError) as caught:
            codec.parse(data, "in.toml")
        assert caught.value.problems[0].code == "not_utf8"
