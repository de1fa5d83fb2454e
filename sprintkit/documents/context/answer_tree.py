"""Every answer of a charter as a document shows it: a tree of the model's keys with label and text at each leaf."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Final

from sprintkit.charter.blank import is_blank
from sprintkit.documents.context.values import amount
from sprintkit.documents.fields import FieldNote, fields
from sprintkit.documents.text import escape_invisible
from sprintkit.documents.wording import Wording

Leaf = dict[str, Any]
Node = dict[str, Any]

DERIVED: Final = {
    "success_metric.guardrails[]": ("at_most", "at_least"),
    "plan.readiness[]": ("week", "by", "proof", "skip"),
}
"""Fields of which either one or the other is answered; none of them is told as missing while another is there."""

SILENT: Final = frozenset({"charter.depth", "data_requirements[].personal_handling", "process.steps[].n"})
"""Fields whose absence says nothing that is not said elsewhere."""

_SPOKEN: Final = frozenset(
    {
        "data_requirements[].looked_for",
        "data_requirements[].acceptance[].check",
        "data_requirements[].acceptance[].on_fail",
    }
)
"""Fields that are left to the rules, and yet hold one of a few known words."""


class Shape:
    """What stands below a table: leaves, tables and lists of tables, by key."""

    def __init__(self) -> None:
        self.leaves: dict[str, tuple[str, FieldNote]] = {}
        self.tables: dict[str, tuple[str, Shape]] = {}
        self.lists: dict[str, tuple[str, FieldNote, Shape]] = {}

    def below(self, pattern: str, key: str, is_list: bool) -> Shape:
        """The shape under `key`, made where it is not there yet."""
        if is_list:
            return self.lists[key][2]
        if key not in self.tables:
            self.tables[key] = (pattern, Shape())
        return self.tables[key][1]


@cache
def shape() -> Shape:
    """The shape of a charter, from the declared fields."""
    root, notes = Shape(), fields()
    lists = {pattern.partition("[]")[0] for pattern in notes if "[]" in pattern}
    lists |= {pattern.rpartition("[]")[0] for pattern in notes if "[]" in pattern}
    for pattern, note in notes.items():
        at, walked = root, ""
        *above, key = pattern.split(".")
        for part in above:
            walked = f"{walked}.{part}" if walked else part
            at = at.below(walked, part.removesuffix("[]"), part.endswith("[]"))
        if note.kind != "items":
            at.leaves[key] = (pattern, note)
        elif pattern in lists:
            at.lists[key] = (pattern, note, Shape())
        else:
            at.tables[key] = (pattern, Shape())
    return root


class AnswerTree:
    """Turns one document into the tree; what it cannot place goes into `unread`, so that nothing is lost."""

    def __init__(self, document: Mapping[str, Any], words: Wording, lean: bool) -> None:
        self._words, self._lean = words, lean
        people = document.get("people")
        self._people: Mapping[str, Any] = people if isinstance(people, Mapping) else {}
        self.unread: list[dict[str, str]] = []
        self.tree: Node = self._table(shape(), "", document, "")
        del self.tree["_absent"]
        self.extra = [
            {"path": path, "text": escape_invisible(text)} for path, text in _flat(document.get("extra"), "")
        ]

    def person(self, key: object) -> Leaf:
        """A person by key: the name, and the role where one is told."""
        if is_blank(key):
            return {"text": "", "role": "", "contact": "", "given": False}
        entry = self._people.get(str(key))
        if not isinstance(entry, Mapping) or is_blank(entry.get("name")):
            return {"text": escape_invisible(_plain(key)), "role": "", "contact": "", "given": True}
        return {
            "text": escape_invisible(_plain(entry["name"])),
            "role": "" if is_blank(entry.get("role")) else escape_invisible(_plain(entry["role"])),
            "contact": "" if is_blank(entry.get("contact")) else escape_invisible(_plain(entry["contact"])),
            "given": True,
        }

    def _table(self, below: Shape, pattern: str, value: object, path: str) -> Node:
        table: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
        node: Node = {}
        absent: list[tuple[str, FieldNote]] = []
        for key, (at, note) in below.leaves.items():
            node[key] = self._leaf(at, note, table.get(key))
            if not node[key]["given"] and at not in SILENT:
                absent.append((node[key]["label"], note))
        for key, (at, inner) in below.tables.items():
            node[key] = self._table(inner, at, table.get(key), _join(path, key))
            absent.extend(node[key].pop("_absent"))
        for key, (at, note, inner) in below.lists.items():
            node[key] = self._list(inner, at, table.get(key), _join(path, key))
            if not node[key]:
                absent.append((self._words.label(at, note.label), note))
        either = DERIVED.get(pattern, ())
        if any(node[key]["given"] for key in either):
            labels = {node[key]["label"] for key in either}
            absent = [entry for entry in absent if entry[0] not in labels]
        node["given"] = any(part["given"] if isinstance(part, dict) else bool(part) for part in node.values())
        node["absent"] = self.absent(absent)
        if isinstance(value, Mapping):
            self._keep({key: item for key, item in value.items() if not _placed(key, below)}, path)
        elif not is_blank(value):
            self._keep(value, path)
        node["_absent"] = absent
        return node

    def _list(self, below: Shape, pattern: str, value: object, path: str) -> list[Node]:
        if isinstance(value, Mapping) and pattern == "people":
            rows = [(str(key), item) for key, item in value.items()]
        elif isinstance(value, list):
            rows = [(f"[{at}]", item) for at, item in enumerate(value)]
        else:
            rows = []
            if not is_blank(value):
                self._keep(value, path)
        nodes = []
        for key, item in rows:
            if is_blank(item):
                continue
            at = f"{path}.{key}" if pattern == "people" else f"{path}{key}"
            if not isinstance(item, Mapping):
                self._keep(item, at)
                continue
            node = self._table(below, f"{pattern}[]", item, at)
            del node["_absent"]
            node["key"] = escape_invisible(key)
            nodes.append(node)
        return nodes

    def _leaf(self, pattern: str, note: FieldNote, value: object) -> Leaf:
        leaf: Leaf = {"label": self._words.label(pattern, note.label), "given": not is_blank(value)}
        if not leaf["given"]:
            key = "cell_absent" if not note.needed else "cell_not_answered"
            if self._lean and not note.core:
                key = "cell_not_asked"
            leaf["text"] = self._words.say(key)
            value = None
        elif note.kind == "person":
            leaf |= self.person(value)
        else:
            leaf["text"] = self._text(pattern, note, value)
        if note.kind == "person":
            leaf.setdefault("role", "")
            leaf.setdefault("contact", "")
        elif note.kind == "texts":
            items = value if isinstance(value, list) else [value]
            leaf["list"] = [self._word(pattern, item) for item in items if not is_blank(item)]
        elif note.kind in ("integer", "number"):
            leaf["value"] = amount(value)
        elif note.kind == "date":
            leaf["iso"] = value.isoformat() if isinstance(value, date) else ""
        elif note.kind in ("choice", "bool"):
            leaf["value"] = value if isinstance(value, (str, bool)) else None
        return leaf

    def _text(self, pattern: str, note: FieldNote, value: object) -> str:
        """An answer in words; what is not of its type is shown as it was typed."""
        if isinstance(value, bool):
            return self._words.yes_no(value)
        if isinstance(value, date):
            return self._words.day(value)
        if isinstance(value, (int, float)):
            return self._words.number(value)
        if isinstance(value, list) and note.kind == "texts":
            return ", ".join(self._word(pattern, item) for item in value if not is_blank(item))
        return self._word(pattern, value)

    def _word(self, pattern: str, value: object) -> str:
        """One text of an answer; a word of a closed list as people read it."""
        text = _plain(value)
        if fields()[pattern].kind != "choice" and pattern not in _SPOKEN:
            return escape_invisible(text)
        return escape_invisible(self._words.choice(text, pattern.rpartition(".")[2]))

    def absent(self, entries: list[tuple[str, FieldNote]]) -> list[str]:
        """What is not there, in sentences."""
        groups: dict[str, list[str]] = {}
        for label, note in entries:
            key = "not_answered" if note.needed else "left_open"
            if self._lean and not note.core:
                key = "not_asked"
            groups.setdefault(key, []).append(label)
        return [
            self._words.say(key, fields=", ".join(groups[key]))
            for key in ("not_answered", "not_asked", "left_open")
            if key in groups
        ]

    def _keep(self, value: object, path: str) -> None:
        """Keep what has no place of its own, by its path."""
        for below, text in _flat(value, path):
            self.unread.append({"path": escape_invisible(below), "text": escape_invisible(text)})


def _placed(key: str, below: Shape) -> bool:
    return key in below.leaves or key in below.tables or key in below.lists or key in ("schema", "extra")


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _plain(value: object) -> str:
    """Any value as text, in one way on every machine."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _flat(value: object, path: str) -> list[tuple[str, str]]:
    """Leaves below `value` with their paths, in order."""
    if isinstance(value, Mapping):
        return [leaf for key, item in value.items() for leaf in _flat(item, _join(path, str(key)))]
    if isinstance(value, list):
        if all(not isinstance(item, (Mapping, list)) for item in value):
            return [(path, ", ".join(_plain(item) for item in value))] if value else []
        return [leaf for at, item in enumerate(value) for leaf in _flat(item, f"{path}[{at}]")]
    return [(path, _plain(value))] if value is not None else []
