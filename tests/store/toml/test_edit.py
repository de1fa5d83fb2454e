"""Comments that people wrote stay where they belong, whatever else changes in a file."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sprintkit.errors import WriteError
from sprintkit.store.toml.blocks import split_blocks
from sprintkit.store.toml.codec import dump, parse
from sprintkit.store.toml.edit import edit_text
from sprintkit.store.toml.tokens import find_comments
from sprintkit.store.toml.values import is_identical
from tests.conftest import example, soak
from tests.store.toml.samples import DOCUMENT, PRESERVING_EDITS, TEXT, Edit


def owner_of(text: str, comment: str) -> tuple[tuple[str, ...], Any]:
    """The table that a comment belongs to, and the id (or else the first value) of that record."""
    for block in split_blocks(text):
        if comment in block.text:
            record = parse(block.text.encode(), "x")
            while isinstance(record, dict | list) and record:
                record = (
                    record[0] if isinstance(record, list) else record.get("id") or next(iter(record.values()))
                )
            return tuple(part for part in block.key_path if isinstance(part, str)), record
    raise AssertionError(comment)


@pytest.mark.parametrize(
    "edit", [case[1] for case in PRESERVING_EDITS], ids=[case[0] for case in PRESERVING_EDITS]
)
def test_an_edit_changes_values_and_keeps_comments_where_they_belong(edit: Edit) -> None:
    new = copy.deepcopy(DOCUMENT)
    edit(new)
    text = edit_text("some.toml", TEXT, DOCUMENT, new)
    assert is_identical(parse(text.encode(), "some.toml"), new)
    assert sorted(find_comments(text)) == sorted(find_comments(TEXT))
    for comment, identity in (("# two", "M2"), ("# three", "M3"), ("# first", "M1"), ("# ay", "M3")):
        assert owner_of(text, comment) == (("plan", "milestones"), identity)
    assert owner_of(text, "# about the owner")[0] == ("owner",)
    assert owner_of(text, "# last of the charter")[0] == ("charter",)
    assert "\n\n\n" not in text


FORMS = [
    ("dotted keys", "# c\na.b = 1\na.c = 2\nz = 3\n", lambda d: d["a"].update(b=5)),
    ("a new dotted key", "# c\na.b = 1\nz = 2\n", lambda d: d["a"].update(new={"x": 1})),
    ("inline tables", "# c\na = { b = 1, c = { d = 2 } }\n", lambda d: d["a"]["c"].update(d=3, e="x")),
    ("inline records", '# c\na = [{ id = "x", n = 1 }, { id = "y" }] # d\n', lambda d: d["a"][0].update(n=2)),
    ("a new inline record", '# c\na = [{ id = "x" }] # d\n', lambda d: d["a"].append({"id": "z", "k": [1]})),
    ("out of order", "# c\n[a.x]\nk = 1\n[b]\nk = 2\n[a.y]\nk = 3\n", lambda d: d["a"]["y"].update(k=4, n=5)),
    ("spread records, one added", "[[a]]\nk = 1\n[b]\n# c\n[[a]]\nk = 2\n", lambda d: d["a"].append({"k": 3})),
    ("a spread record removed", "[[a]]\nk = 1\n[b]\n# c\n[[a]]\nk = 2\n", lambda d: d["a"].pop(0)),
    ("CR LF", "# c\r\na = 1\r\n[b]\r\nc = 2 # d\r\n", lambda d: d["b"].update(c=3, d="x")),
    ("quoted keys", '# c\n["a b"."c.d"]\n"e" = 1\n', lambda d: d["a b"]["c.d"].update(e=2, f=3)),
    ("no line end", "# c\n[a]\nb = 1", lambda d: d["a"].update(c=2)),
    ("comments alone", "# c\n", lambda d: d.update(a=1, b={"c": 2})),
]  # fmt: skip


@pytest.mark.parametrize(("text", "edit"), [case[1:] for case in FORMS], ids=[case[0] for case in FORMS])
def test_a_file_of_any_form_is_edited_correctly_or_not_at_all(text: str, edit: Edit) -> None:
    text = text.replace("\r\n", "\n")
    old = parse(text.encode(), "x")
    new = copy.deepcopy(old)
    edit(new)
    try:
        edited = edit_text("some.toml", text, old, new)
    except WriteError as error:
        assert error.problems[0].code == "comments"
        return
    assert is_identical(parse(edited.encode(), "x"), new)
    assert find_comments(edited) == find_comments(text)


def add_comments(text: str) -> str:
    """Puts a comment above each header and after every third one-line text."""
    lines = []
    for number, line in enumerate(text.splitlines()):
        if line.startswith("["):
            lines.append(f"# above {number}")
        is_one_line_text = (
            line.endswith('"') and '"""' not in line and " = " in line and not line.startswith(" ")
        )
        lines.append(f"{line}  # after {number}" if is_one_line_text and number % 3 == 0 else line)
    return "\n".join(lines) + "\n"


def leaf_paths(value: Any, key_path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [leaf for key in value for leaf in leaf_paths(value[key], (*key_path, key))]
    if isinstance(value, list):
        return [leaf for index in range(len(value)) for leaf in leaf_paths(value[index], (*key_path, index))]
    return [key_path]


@pytest.mark.slow
@settings(max_examples=soak(250))
@given(st.data())
def test_answers_changed_in_a_commented_charter_keep_every_comment(data: st.DataObject) -> None:
    document = example("lead")
    text = add_comments(dump(document))
    assert is_identical(parse(text.encode(), "x"), document)
    new = copy.deepcopy(document)
    changed = st.lists(st.sampled_from(leaf_paths(document)[1:]), min_size=1, max_size=4)
    answers = st.one_of(st.text(), st.integers(0, 9), st.sampled_from(["a\n# b\n", "\r\n"]))
    for *parents, key in data.draw(changed):
        container: Any = new
        for parent in parents:
            container = container[parent]
        container[key] = data.draw(answers)
    edited = edit_text("some.toml", text, document, new)
    assert is_identical(parse(edited.encode(), "x"), new)
    assert find_comments(edited) == find_comments(text)
