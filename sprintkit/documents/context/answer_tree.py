"""All answers of a charter as documents show them: a tree of the model's keys, with a label and text at each leaf."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Final

from sprintkit.charter.blank import is_blank
from sprintkit.documents.context.values import Table, as_number
from sprintkit.documents.fields import FieldNote, load_fields
from sprintkit.documents.wording import Wording
from sprintkit.text.escaping import escape_invisible

Leaf = dict[str, Any]
"""One answer: `label`, `text`, `given`, and more keys that depend on its kind."""
Node = dict[str, Any]
"""A table: leaves, nodes and lists of nodes by key; `given`; `absent`, sentences about missing answers; and `gaps`,
the labels of missing answers by reason."""

ALTERNATIVES: Final = {
    "success_metric.guardrails[]": ("at_most", "at_least"),
    "plan.readiness[]": ("week", "by", "proof", "skip"),
}
"""Alternative fields of a table: if one is answered, the others are not reported as missing."""

NEVER_MISSING: Final = frozenset(
    {"charter.depth", "data_requirements[].personal_handling", "process.steps[].n"}
)
"""Fields that are never reported as missing, because the document covers them elsewhere."""

MEASURED_KEYS: Final = {
    "success_metric": ("recipe_digest", "file_digest"),
    "data_requirements[].profiled": ("file_digest",),
}
"""Keys that no question asks for, by the pattern of their table. A sentence in the document covers them."""

_TEXTS_WITH_LABELS: Final = frozenset(
    {
        "data_requirements[].looked_for",
        "data_requirements[].acceptance[].check",
        "data_requirements[].acceptance[].on_fail",
    }
)
"""Text fields whose rules accept only certain words, which are labelled like choices."""


class FieldTree:
    """The fields below a table, by key: leaves, tables and lists of tables."""

    def __init__(self) -> None:
        self.leaves: dict[str, tuple[str, FieldNote]] = {}
        self.tables: dict[str, tuple[str, FieldTree]] = {}
        self.lists: dict[str, tuple[str, FieldNote, FieldTree]] = {}

    def child(self, pattern: str, key: str, is_list: bool) -> FieldTree:
        """The tree under `key`. A missing table is added with its `pattern`."""
        if is_list:
            return self.lists[key][2]
        if key not in self.tables:
            self.tables[key] = (pattern, FieldTree())
        return self.tables[key][1]

    def has(self, key: str) -> bool:
        """Whether a field or table is called `key`."""
        return key in self.leaves or key in self.tables or key in self.lists


@cache
def field_tree() -> FieldTree:
    """The fields of a charter."""
    root, fields = FieldTree(), load_fields()
    list_patterns = {pattern.partition("[]")[0] for pattern in fields if "[]" in pattern}
    list_patterns |= {pattern.rpartition("[]")[0] for pattern in fields if "[]" in pattern}
    for pattern, field in fields.items():
        tree, path = root, ""
        *parents, key = pattern.split(".")
        for parent in parents:
            path = _join(path, parent)
            tree = tree.child(path, parent.removesuffix("[]"), parent.endswith("[]"))
        if field.kind != "items":
            tree.leaves[key] = (pattern, field)
        elif pattern in list_patterns:
            tree.lists[key] = (pattern, field, FieldTree())
        else:
            tree.tables[key] = (pattern, FieldTree())
    return root


class AnswerTree:
    """The answers of one charter. Values that no field holds go into `unplaced`, so that nothing is lost."""

    def __init__(self, document: Table, wording: Wording, is_lean: bool) -> None:
        self.document = document
        self._wording, self._is_lean = wording, is_lean
        people = document.get("people")
        self._people: Table = people if isinstance(people, Mapping) else {}
        self.unplaced: list[dict[str, str]] = []
        self.root, _ = self._table(field_tree(), "", document, "")

    def person(self, key: object) -> Leaf:
        """A person by key: name, role and contact. A key without an entry in [people] is shown as the name."""
        if is_blank(key):
            return {"text": "", "role": "", "contact": "", "given": False}
        entry = self._people.get(str(key))
        if not isinstance(entry, Mapping) or is_blank(entry.get("name")):
            return {"text": escape_invisible(as_text(key)), "role": "", "contact": "", "given": True}
        name, role, contact = (
            "" if is_blank(entry.get(field)) else escape_invisible(as_text(entry[field]))
            for field in ("name", "role", "contact")
        )
        return {"text": name, "role": role, "contact": contact, "given": True}

    def _table(
        self, tree: FieldTree, pattern: str, value: object, path: str
    ) -> tuple[Node, list[tuple[str, FieldNote]]]:
        """The node of a table, and the label and field of every missing answer in it."""
        table: Table = value if isinstance(value, Mapping) else {}
        node: Node = {}
        missing: list[tuple[str, FieldNote]] = []
        for key, (leaf_pattern, field) in tree.leaves.items():
            node[key] = self._leaf(leaf_pattern, field, table.get(key))
            if not node[key]["given"] and leaf_pattern not in NEVER_MISSING:
                missing.append((node[key]["label"], field))
        for key, (table_pattern, subtree) in tree.tables.items():
            node[key], missing_below = self._table(subtree, table_pattern, table.get(key), _join(path, key))
            missing.extend(missing_below)
        for key, (list_pattern, field, subtree) in tree.lists.items():
            node[key] = self._list(subtree, list_pattern, table.get(key), _join(path, key))
            if not node[key]:
                missing.append((self._wording.field_label(list_pattern, field.label), field))
        alternatives = ALTERNATIVES.get(pattern, ())
        if any(node[key]["given"] for key in alternatives):
            labels = {node[key]["label"] for key in alternatives}
            missing = [(label, field) for label, field in missing if label not in labels]
        node["given"] = any(part["given"] if isinstance(part, dict) else bool(part) for part in node.values())
        node["gaps"] = self._absent_labels(missing)
        node["absent"] = [
            self._wording.say(key, fields=", ".join(labels)) for key, labels in node["gaps"].items()
        ]
        if isinstance(value, Mapping):
            own_keys = ("schema", "extra", *MEASURED_KEYS.get(pattern, ()))
            unknown = {key: item for key, item in value.items() if not tree.has(key) and key not in own_keys}
            self._add_unplaced(unknown, path)
        elif not is_blank(value):
            self._add_unplaced(value, path)
        return node, missing

    def _list(self, tree: FieldTree, pattern: str, value: object, path: str) -> list[Node]:
        if isinstance(value, Mapping) and pattern == "people":
            items = [(str(key), f"{path}.{key}", item) for key, item in value.items()]
        elif isinstance(value, list):
            items = [(f"[{index}]", f"{path}[{index}]", item) for index, item in enumerate(value)]
        else:
            items = []
            if not is_blank(value):
                self._add_unplaced(value, path)
        nodes = []
        for key, item_path, item in items:
            if is_blank(item):
                continue
            if not isinstance(item, Mapping):
                self._add_unplaced(item, item_path)
                continue
            node, _ = self._table(tree, f"{pattern}[]", item, item_path)
            node["key"] = escape_invisible(key)
            nodes.append(node)
        return nodes

    def _leaf(self, pattern: str, field: FieldNote, value: object) -> Leaf:
        leaf: Leaf = {"label": self._wording.field_label(pattern, field.label), "given": not is_blank(value)}
        if not leaf["given"]:
            key = "cell_not_answered" if field.is_required else "cell_absent"
            if self._is_lean and not field.is_core:
                key = "cell_not_asked"
            leaf["text"] = self._wording.say(key)
            value = None
        elif field.kind == "person":
            leaf |= self.person(value)
        else:
            leaf["text"] = self._text(pattern, field, value)
        if field.kind == "person":
            leaf.setdefault("role", "")
            leaf.setdefault("contact", "")
        elif field.kind == "texts":
            items = value if isinstance(value, list) else [value]
            leaf["list"] = [self._word(pattern, item) for item in items if not is_blank(item)]
        elif field.kind in ("integer", "number"):
            leaf["value"] = as_number(value)
        elif field.kind == "date":
            leaf["iso"] = value.isoformat() if isinstance(value, date) else ""
        elif field.kind in ("choice", "bool"):
            leaf["value"] = value if isinstance(value, (str, bool)) else None
        return leaf

    def _text(self, pattern: str, field: FieldNote, value: object) -> str:
        """An answer in words. A value of the wrong type is shown as typed."""
        if isinstance(value, bool):
            return self._wording.format_bool(value)
        if isinstance(value, date):
            return self._wording.format_date(value)
        if isinstance(value, (int, float)):
            return self._wording.format_number(value)
        if isinstance(value, list) and field.kind == "texts":
            return ", ".join(self._word(pattern, item) for item in value if not is_blank(item))
        return self._word(pattern, value)

    def _word(self, pattern: str, value: object) -> str:
        """One text of an answer; a choice is shown by its label."""
        text = as_text(value)
        if load_fields()[pattern].kind != "choice" and pattern not in _TEXTS_WITH_LABELS:
            return escape_invisible(text)
        return escape_invisible(self._wording.choice_label(text, pattern.rpartition(".")[2]))

    def _absent_labels(self, missing: list[tuple[str, FieldNote]]) -> dict[str, list[str]]:
        """The labels of missing answers by reason: not_answered, not_asked or left_open."""
        labels: dict[str, list[str]] = {"not_answered": [], "not_asked": [], "left_open": []}
        for label, field in missing:
            key = "not_answered" if field.is_required else "left_open"
            if self._is_lean and not field.is_core:
                key = "not_asked"
            labels[key].append(label)
        return {key: names for key, names in labels.items() if names}

    def _add_unplaced(self, value: object, path: str) -> None:
        for leaf_path, text in flatten(value, path):
            self.unplaced.append({"path": escape_invisible(leaf_path), "text": escape_invisible(text)})


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def as_text(value: object) -> str:
    """Any value as text, independent of the machine."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def flatten(value: object, path: str) -> list[tuple[str, str]]:
    """The leaves of `value` with their paths, in order. A list of plain values is one leaf."""
    if isinstance(value, Mapping):
        return [leaf for key, item in value.items() for leaf in flatten(item, _join(path, str(key)))]
    if isinstance(value, list):
        if all(not isinstance(item, (Mapping, list)) for item in value):
            return [(path, ", ".join(as_text(item) for item in value))] if value else []
        return [leaf for index, item in enumerate(value) for leaf in flatten(item, f"{path}[{index}]")]
    return [(path, as_text(value))] if value is not None else []
