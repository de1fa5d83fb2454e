"""Comments that a person wrote stay, each where it belongs, or the save says what it would lose."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sprintkit.errors import WriteError
from sprintkit.store.files import load_file
from sprintkit.store.save import promote, remove_file, save_document
from sprintkit.store.toml.blocks import aligned, split
from sprintkit.store.toml.codec import dump, parse, is_identical
from sprintkit.store.toml.edit import edited
from sprintkit.store.toml.tokens import comments
from sprintkit.store.workspace import Workspace
from tests.conftest import example

TEXT = '''#:schema x
# my file
schema = 1
parked = []

[charter]
title = "a" # the title
id = "x"
# last of the charter

# about the owner
[owner]
person = "odile"   # she
deputy = "suvi"
[owner.duties]
operates = "odile"

[plan]
# one
[[plan.milestones]]
id = "M1" # first
title = "one # no comment"
[[plan.milestones.proof]]
text = """
# no comment
"""

# two
[[plan.milestones]]
id = "M2"
title = "two"

# three
[[plan.milestones]]
id = "M3"
title = "three"
fields = [
  "a", # ay
  "b",
]

[[waivers]]
rule = "R1"
path = "a.b"
'''

BEFORE = parse(TEXT.encode(), "some.toml")
Edit = Callable[[dict[str, Any]], object]

KEPT: list[tuple[str, Edit]] = [
    ("a value", lambda d: d["charter"].update(title="b")),
    ("a value with line breaks", lambda d: d["charter"].update(title="b\nc\r\nd")),
    ("a value of another type", lambda d: d["charter"].update(title=datetime_free())),
    ("a new key", lambda d: d["charter"].update(sponsor="bram")),
    ("a new key at the top", lambda d: d.update(extra_key=1)),
    ("a new key in a record", lambda d: d["plan"]["milestones"][0].update(verifier="v")),
    ("a new key in a table without a header", lambda d: d["plan"].update(note="n")),
    ("a key less", lambda d: d["owner"].pop("deputy")),
    ("a new table", lambda d: d.update(value={"k": 1.0, "sub": {"x": [1, 2]}})),
    ("a new table in a table", lambda d: d["owner"].update(extra={"k": 1})),
    ("a table less", lambda d: d["owner"].pop("duties")),
    ("a new record", lambda d: d["plan"]["milestones"].append({"id": "M4", "proof": [{"text": "x\ny"}]})),
    ("a new first record", lambda d: d["plan"]["milestones"].insert(0, {"id": "M0"})),
    ("records in another order", lambda d: d["plan"]["milestones"].reverse()),
    ("one moved and changed", lambda d: d["plan"]["milestones"].insert(0, {**d["plan"]["milestones"].pop(), "title": "z"})),
    ("a record less", lambda d: d["waivers"].pop()),
    ("a list of records emptied", lambda d: d.update(waivers=[])),
    ("an empty list filled", lambda d: d.update(parked=[{"path": "x.y", "holder": "h"}])),
    ("a record in a record", lambda d: d["plan"]["milestones"][0]["proof"].append({"text": "more"})),
    ("an item of a list", lambda d: d["plan"]["milestones"][2]["fields"].__setitem__(0, "c")),
    ("a new item of a list", lambda d: d["plan"]["milestones"][2]["fields"].append("c")),
    ("a comment in a text", lambda d: d["charter"].update(title="# not one\n# nor this")),
    ("many things at once", lambda d: [edit(d) for _, edit in KEPT[:12]]),
]  # fmt: skip


def datetime_free() -> float:
    return 1.5


def around(text: str, comment: str) -> tuple[Any, ...]:
    """The header under which a comment stands, and the id of that record."""
    for block in split(text):
        if comment in block.text:
            record = parse(block.text.encode(), "x")
            while isinstance(record, dict | list) and record:
                record = (
                    record[0] if isinstance(record, list) else record.get("id") or next(iter(record.values()))
                )
            return tuple(part for part in block.place if isinstance(part, str)), record
    raise AssertionError(comment)


@pytest.mark.parametrize("edit", [case[1] for case in KEPT], ids=[case[0] for case in KEPT])
def test_values_change_and_comments_stay_where_they_belong(edit: Edit) -> None:
    after = copy.deepcopy(BEFORE)
    edit(after)
    text = edited("some.toml", TEXT, BEFORE, after)
    assert is_identical(parse(text.encode(), "some.toml"), after)
    assert sorted(comments(text)) == sorted(comments(TEXT))
    for comment, identity in (("# two", "M2"), ("# three", "M3"), ("# first", "M1"), ("# ay", "M3")):
        assert around(text, comment) == (("plan", "milestones"), identity)
    assert around(text, "# about the owner")[0] == ("owner",)
    assert around(text, "# last of the charter")[0] == ("charter",)
    assert "\n\n\n" not in text


LOST: list[tuple[str, Edit, str]] = [
    ("a key with its comment", lambda d: d["owner"].pop("person"), "# she"),
    ("a record with its comment", lambda d: d["plan"]["milestones"].pop(1), "# two"),
    ("a table with its comment", lambda d: d.pop("owner"), "# about the owner"),
    ("an item with its comment", lambda d: d["plan"]["milestones"][2]["fields"].pop(0), "# ay"),
    ("a list with its comment", lambda d: d["plan"].update(milestones=[]), "# one"),
]


@pytest.mark.parametrize(("edit", "comment"), [case[1:] for case in LOST], ids=[case[0] for case in LOST])
def test_what_would_take_a_comment_along_is_refused_and_says_which(
    workspace: Workspace, edit: Edit, comment: str
) -> None:
    path = "sprints/lead/draft.toml"
    full = Path(workspace.absolute_path(path))
    full.parent.mkdir()
    full.write_text(TEXT)
    after = copy.deepcopy(BEFORE)
    edit(after)
    with pytest.raises(WriteError) as caught:
        save_document(workspace.root, path, after, expected=load_file(workspace.root, path).digest)
    (problem,) = caught.value.problems
    assert problem.code == "comments"
    assert comment in problem.message
    line = int(problem.message.split(":")[0].removeprefix("line "))
    assert comment in TEXT.splitlines()[line - 1]
    assert problem.hint
    assert full.read_text() == TEXT


FORMS = [
    ("dotted keys", "# c\na.b = 1\na.c = 2\nz = 3\n", lambda d: d["a"].update(b=5)),
    ("a new dotted key", "# c\na.b = 1\nz = 2\n", lambda d: d["a"].update(new={"x": 1})),
    ("inline tables", "# c\na = { b = 1, c = { d = 2 } }\n", lambda d: d["a"]["c"].update(d=3, e="x")),
    ("inline records", '# c\na = [{ id = "x", n = 1 }, { id = "y" }] # d\n', lambda d: d["a"][0].update(n=2)),
    ("a new inline record", '# c\na = [{ id = "x" }] # d\n', lambda d: d["a"].append({"id": "z", "k": [1]})),
    ("out of order", "# c\n[a.x]\nk = 1\n[b]\nk = 2\n[a.y]\nk = 3\n", lambda d: d["a"]["y"].update(k=4, n=5)),
    ("spread records", "[[a]]\nk = 1\n[b]\n# c\n[[a]]\nk = 2\n", lambda d: d["a"].append({"k": 3})),
    ("spread records less", "[[a]]\nk = 1\n[b]\n# c\n[[a]]\nk = 2\n", lambda d: d["a"].pop(0)),
    ("CR LF", "# c\r\na = 1\r\n[b]\r\nc = 2 # d\r\n", lambda d: d["b"].update(c=3, d="x")),
    ("quoted keys", '# c\n["a b"."c.d"]\n"e" = 1\n', lambda d: d["a b"]["c.d"].update(e=2, f=3)),
    ("no line end", "# c\n[a]\nb = 1", lambda d: d["a"].update(c=2)),
    ("comments alone", "# c\n", lambda d: d.update(a=1, b={"c": 2})),
]  # fmt: skip


@pytest.mark.parametrize(("text", "edit"), [case[1:] for case in FORMS], ids=[case[0] for case in FORMS])
def test_any_form_of_a_file_is_edited_rightly_or_not_at_all(text: str, edit: Edit) -> None:
    text = text.replace("\r\n", "\n")
    before = parse(text.encode(), "x")
    after = copy.deepcopy(before)
    edit(after)
    try:
        new = edited("some.toml", text, before, after)
    except WriteError as error:
        assert error.problems[0].code == "comments"
        return
    assert is_identical(parse(new.encode(), "x"), after)
    assert comments(new) == comments(text)


def commented(text: str) -> str:
    """A comment above each header and behind each third value."""
    lines = []
    for number, line in enumerate(text.splitlines()):
        if line.startswith("["):
            lines.append(f"# above {number}")
        calm = line.endswith('"') and '"""' not in line and " = " in line and not line.startswith(" ")
        lines.append(f"{line}  # behind {number}" if calm and number % 3 == 0 else line)
    return "\n".join(lines) + "\n"


def leaves(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [leaf for key in value for leaf in leaves(value[key], (*place, key))]
    if isinstance(value, list):
        return [leaf for at in range(len(value)) for leaf in leaves(value[at], (*place, at))]
    return [place]


@settings(max_examples=25)
@given(st.data())
def test_answers_typed_into_a_commented_charter_keep_every_comment(data: st.DataObject) -> None:
    document = example("lead")
    text = commented(dump(document))
    assert is_identical(parse(text.encode(), "x"), document)
    after = copy.deepcopy(document)
    for place in data.draw(st.lists(st.sampled_from(leaves(document)[1:]), min_size=1, max_size=4)):
        holder = after
        for part in place[:-1]:
            holder = holder[part]
        holder[place[-1]] = data.draw(
            st.one_of(st.text(), st.integers(0, 9), st.sampled_from(["a\n# b\n", "\r\n"]))
        )
    new = edited("some.toml", text, document, after)
    assert is_identical(parse(new.encode(), "x"), after)
    assert comments(new) == comments(text)


def test_a_file_without_comments_is_written_in_the_usual_form(workspace: Workspace) -> None:
    path = "sprints/lead/draft.toml"
    Path(workspace.absolute_path(path)).parent.mkdir()
    Path(workspace.absolute_path(path)).write_text('a={b="# no comment"}\n')
    save_document(workspace.root, path, {"a": {"b": "x"}}, expected=load_file(workspace.root, path).digest)
    assert load_file(workspace.root, path).text == '[a]\nb = "x"\n'


def test_comments_of_a_draft_go_into_its_charter(workspace: Workspace) -> None:
    draft, charter = "sprints/lead/draft.toml", "sprints/lead/charter.toml"
    Path(workspace.absolute_path(draft)).parent.mkdir()
    Path(workspace.absolute_path(draft)).write_text(TEXT)
    after = copy.deepcopy(BEFORE)
    after["charter"]["title"] = "b"
    promote(
        workspace.root,
        draft,
        charter,
        after,
        expected=load_file(workspace.root, draft).digest,
        target_expected=None,
    )
    stored = load_file(workspace.root, charter)
    assert stored.document == after
    assert comments(stored.text) == comments(TEXT)
    assert not Path(workspace.absolute_path(draft)).exists()


def test_a_draft_of_a_commented_charter_takes_its_comments_along_and_back(workspace: Workspace) -> None:
    draft, charter = "sprints/lead/draft.toml", "sprints/lead/charter.toml"
    Path(workspace.absolute_path(charter)).parent.mkdir()
    Path(workspace.absolute_path(charter)).write_text(TEXT)
    stored = load_file(workspace.root, charter)
    after = copy.deepcopy(BEFORE)
    after["charter"]["title"] = "b"
    saved = save_document(workspace.root, draft, after, expected=None, like=stored)
    assert comments(load_file(workspace.root, draft).text) == comments(TEXT)
    promote(workspace.root, draft, charter, after, expected=saved.digest, target_expected=stored.digest)
    assert load_file(workspace.root, charter).document == after
    assert comments(load_file(workspace.root, charter).text) == comments(TEXT)


def test_comments_in_both_are_never_traded_for_each_other(workspace: Workspace) -> None:
    draft, charter = "sprints/lead/draft.toml", "sprints/lead/charter.toml"
    Path(workspace.absolute_path(charter)).parent.mkdir()
    Path(workspace.absolute_path(charter)).write_text("# of the charter\na = 1\n")
    Path(workspace.absolute_path(draft)).write_text("# of the draft\na = 2\n")
    with pytest.raises(WriteError, match="of the charter"):
        promote(
            workspace.root,
            draft,
            charter,
            {"a": 2},
            expected=load_file(workspace.root, draft).digest,
            target_expected=load_file(workspace.root, charter).digest,
        )
    assert Path(workspace.absolute_path(charter)).read_text() == "# of the charter\na = 1\n"
    with pytest.raises(WriteError, match="of the draft"):
        remove_file(workspace.root, draft, expected=load_file(workspace.root, draft).digest)
    assert Path(workspace.absolute_path(draft)).read_text() == "# of the draft\na = 2\n"


def test_records_are_known_by_what_they_say() -> None:
    was = [{"id": "M1", "t": "a"}, {"id": "M2", "t": "b"}, {"id": "M3", "t": "c"}]
    assert aligned(was, [was[2], was[0]]) == [2, 0]
    assert aligned(was, [{"id": "M2", "t": "x"}, {"id": "M9", "t": "y"}]) == [1, None]
    assert aligned(
        [{"n": 1, "does": "a"}, {"n": 2, "does": "b"}], [{"n": 1, "does": "b"}, {"n": 2, "does": "a"}]
    ) == [1, 0]
    assert aligned([{"a": 1}], [{"a": 2}]) == [0]


def test_a_comment_does_not_go_over_to_a_record_that_has_another_name(tmp_path: Path) -> None:
    text = (
        'schema = 1\n\n[[plan.milestones]]\nid = "M1"\ntitle = "rules"\ncategory = "live"\n\n'
        '# about M2\n[[plan.milestones]]\nid = "M2"\ntitle = "feeds"\ncategory = "live"\n'
    )
    (tmp_path / "sprints").mkdir()
    (tmp_path / "sprints" / "a.toml").write_text(text, "utf-8")
    stored = load_file(str(tmp_path), "sprints/a.toml")
    others = [
        {"id": "Z", "title": "else", "category": "live"},
        {"id": "Z2", "title": "more", "category": "live"},
    ]
    with pytest.raises(WriteError, match="about M2"):
        save_document(
            str(tmp_path), stored.path, {"schema": 1, "plan": {"milestones": others}}, expected=stored.digest
        )
    assert (tmp_path / "sprints" / "a.toml").read_text("utf-8") == text
    renamed = parse(text.replace('id = "M2"', 'id = "M9"').encode(), "x")
    save_document(str(tmp_path), stored.path, renamed, expected=stored.digest)
    assert '# about M2\n[[plan.milestones]]\nid = "M9"' in (tmp_path / "sprints" / "a.toml").read_text(
        "utf-8"
    )
