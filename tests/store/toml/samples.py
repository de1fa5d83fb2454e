"""A document with comments everywhere they can be, and edits of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sprintkit.store.toml.codec import parse

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

DOCUMENT = parse(TEXT.encode(), "some.toml")

Edit = Callable[[dict[str, Any]], object]

PRESERVING_EDITS: list[tuple[str, Edit]] = [
    ("a value", lambda d: d["charter"].update(title="b")),
    ("a value with line breaks", lambda d: d["charter"].update(title="b\nc\r\nd")),
    ("a value of another type", lambda d: d["charter"].update(title=1.5)),
    ("a new key", lambda d: d["charter"].update(sponsor="bram")),
    ("a new key at the top", lambda d: d.update(extra_key=1)),
    ("a new key in a record", lambda d: d["plan"]["milestones"][0].update(verifier="v")),
    ("a new key in a table without a header", lambda d: d["plan"].update(note="n")),
    ("a key removed", lambda d: d["owner"].pop("deputy")),
    ("a new table", lambda d: d.update(value={"k": 1.0, "sub": {"x": [1, 2]}})),
    ("a new table in a table", lambda d: d["owner"].update(extra={"k": 1})),
    ("a table removed", lambda d: d["owner"].pop("duties")),
    ("a new record", lambda d: d["plan"]["milestones"].append({"id": "M4", "proof": [{"text": "x\ny"}]})),
    ("a new first record", lambda d: d["plan"]["milestones"].insert(0, {"id": "M0"})),
    ("records in another order", lambda d: d["plan"]["milestones"].reverse()),
    ("a record moved and changed", lambda d: d["plan"]["milestones"].insert(0, {**d["plan"]["milestones"].pop(), "title": "z"})),
    ("a record removed", lambda d: d["waivers"].pop()),
    ("a list of records emptied", lambda d: d.update(waivers=[])),
    ("an empty list filled", lambda d: d.update(parked=[{"path": "x.y", "holder": "h"}])),
    ("a record in a record", lambda d: d["plan"]["milestones"][0]["proof"].append({"text": "more"})),
    ("an item of a list", lambda d: d["plan"]["milestones"][2]["fields"].__setitem__(0, "c")),
    ("a new item of a list", lambda d: d["plan"]["milestones"][2]["fields"].append("c")),
    ("a hash in a text", lambda d: d["charter"].update(title="# not one\n# nor this")),
    ("many things at once", lambda d: [edit(d) for _, edit in PRESERVING_EDITS[:12]]),
]  # fmt: skip

LOSING_EDITS: list[tuple[str, Edit, str]] = [
    ("a key with its comment", lambda d: d["owner"].pop("person"), "# she"),
    ("a record with its comment", lambda d: d["plan"]["milestones"].pop(1), "# two"),
    ("a table with its comment", lambda d: d.pop("owner"), "# about the owner"),
    ("an item with its comment", lambda d: d["plan"]["milestones"][2]["fields"].pop(0), "# ay"),
    ("a list with its comment", lambda d: d["plan"].update(milestones=[]), "# one"),
]
