"""The line of every value: tables, records, dotted keys, lists over several lines, inline tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from sprintkit.store.toml import codec
from sprintkit.store.toml.lines import LineIndex, Place

EXAMPLES = Path(__file__).parents[2] / "examples"
FILE = '''\
schema = 1
title = """two
lines = "no key"
"""
# [not a table]
dotted."two words".key = 1 # = 2

[table]
list = [ # [1]
  "a, ] b",
  { name = 'x}', "odd key" = [1, [2,
    3]] },
]
[table.inner]
day = 2026-02-16T10:00:00Z

# about the first
[[record]]
name = "first"
[[record.step]]
n = 1
  [[record]]  # the second
  empty = []
  [[record.step]]
  n = 2
  [record.step.deep]
  "" = {}
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("schema",), 1),
        (("title",), 2),
        (("dotted",), 6),
        (("dotted", "two words"), 6),
        (("dotted", "two words", "key"), 6),
        (("table",), 8),
        (("table", "list"), 9),
        (("table", "list", 0), 10),
        (("table", "list", 1), 11),
        (("table", "list", 1, "name"), 11),
        (("table", "list", 1, "odd key", 1, 1), 12),
        (("table", "inner", "day"), 15),
        (("record",), 18),
        (("record", 0), 18),
        (("record", 0, "name"), 19),
        (("record", 0, "step", 0, "n"), 21),
        (("record", 1), 22),
        (("record", 1, "empty"), 23),
        (("record", 1, "step", 0, "n"), 25),
        (("record", 1, "step", 0, "deep"), 26),
        (("record", 1, "step", 0, "deep", ""), 27),
    ],
)
def test_a_value_is_found_on_its_line(path: tuple[str | int, ...], line: int) -> None:
    assert LineIndex(FILE).find(path) == Place(line, True)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("table", "list", 7), 9),
        (("table", "absent", "deep"), 8),
        (("record", 0, "absent"), 18),
        (("record", 5, "n"), 18),
        (("absent",), 1),
        (("schema", "deeper"), 1),
    ],
)
def test_an_absent_value_has_the_line_of_the_table_that_would_hold_it(
    path: tuple[str | int, ...], line: int
) -> None:
    assert LineIndex(FILE).find(path) == Place(line, False)


def key_paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The path of every value below this one."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [inner for key, part in items for inner in ((*path, key), *key_paths(part, (*path, key)))]


@pytest.mark.parametrize("name", ["lead", "price", "referral", "weak", "lead.records", "price.records"])
def test_every_value_of_the_examples_is_found_on_a_line_that_names_it(name: str) -> None:
    text = (EXAMPLES / f"{name}.toml").read_text("utf-8")
    index, lines = LineIndex(text), text.split("\n")
    for path in key_paths(tomli.loads(text)):
        place = index.find(path)
        assert place.is_exact, path
        key = next((part for part in reversed(path) if isinstance(part, str)), "")
        if isinstance(path[-1], str):
            assert key in lines[place.line - 1], path


DOCUMENTS = st.dictionaries(
    st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=6),
    st.recursive(
        st.integers(-9, 9)
        | st.booleans()
        | st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text("ab.\"' =#", max_size=3), inner, max_size=3)
        ),
        max_leaves=12,
    ),
    max_size=4,
)


@given(DOCUMENTS)
def test_every_value_of_any_file_is_found(document: dict[str, Any]) -> None:
    text = codec.dump(document)
    index = LineIndex(text)
    for path in key_paths(document):
        assert index.find(path).is_exact, text


def test_lines_are_counted_within_one_long_value() -> None:
    text = "a = [" + ",\n".join(f"{{x = {number}}}" for number in range(3000)) + "]"
    assert LineIndex(text).find(("a", 2999, "x")) == Place(3000, True)
