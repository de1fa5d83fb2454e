"""Paths: how findings, waivers, parked questions, `--set` and amendments point into a document.

A path is keys joined by dots. A list item is given as `[index]`, or by name as in `plan.milestones.M1.weight`; its
name is its `id`, else its `item`, else its `name`. Keys and names that are not bare TOML keys are quoted as in TOML.

Split into parts, a path is a tuple of keys and indices. It is resolved if it gives every list item by index.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sprintkit.errors import InputError
from sprintkit.text.composing import compose

PathPart = str | int
PathParts = tuple[PathPart, ...]

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_TOKEN: Final = re.compile(
    r"""(?P<dot>\.)?(?:(?P<bare>[^\s."'\[\]]+)|"(?P<basic>(?:[^"\\]|\\.)*)"|'(?P<literal>[^']*)'|\[(?P<index>\d{1,9})\])"""
)
_ESCAPES: Final = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b", '"': '"', "\\": "\\"}
NAME_KEYS: Final = ("id", "item", "name")
"""The keys that may name a list item, in order of preference."""
MAX_PARTS: Final = 40
"""The most parts a path may have; no charter or record is nested that deep."""


class PathError(InputError):
    """A path that cannot be parsed, or that points nowhere."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="path")


def parse(path: str) -> PathParts:
    """The parts of a path, with names left unresolved. Raises PathError."""
    parts: list[PathPart] = []
    position = 0
    while position < len(path):
        token = _TOKEN.match(path, position)
        needs_dot = position > 0 and token is not None and token["index"] is None
        if token is None or bool(token["dot"]) != needs_dot:
            raise PathError(f"'{path}' is not a valid path: cannot read it from '{path[position:]}' on")
        if token["index"] is not None:
            parts.append(int(token["index"]))
        elif token["basic"] is not None:
            parts.append(_unescape(token["basic"], path))
        else:
            parts.append(token["literal"] if token["literal"] is not None else token["bare"])
        position = token.end()
        if len(parts) > MAX_PARTS:
            raise PathError(f"'{path[:60]}…' is not a valid path: it has more than {MAX_PARTS} parts")
    if not parts or isinstance(parts[0], int):
        raise PathError(f"'{path}' is not a valid path: it must begin with a key")
    return tuple(parts)


def _unescape(text: str, path: str) -> str:
    def unescape_match(match: re.Match[str]) -> str:
        code = match[1]
        if code[0] in "uU":
            return chr(int(code[1:], 16))
        return _ESCAPES[code]

    try:
        return re.sub(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", unescape_match, text)
    except (KeyError, ValueError, OverflowError) as error:
        raise PathError(f"'{path}' is not a valid path: it has an unknown escape") from error


def quote_key(text: str) -> str:
    """A key as written in a path: bare, or quoted as in TOML."""
    if _BARE.fullmatch(text):
        return text
    quoted = "".join(
        f"\\{char}"
        if char in '"\\'
        else f"\\u{ord(char):04x}"
        if ord(char) < 32 or ord(char) == 127
        else char
        for char in text
    )
    return f'"{quoted}"'


def format_path(parts: Sequence[PathPart]) -> str:
    """The path of parts, with list items as `[index]`."""
    text = ""
    for part in parts:
        text += f"[{part}]" if isinstance(part, int) else f".{quote_key(part)}" if text else quote_key(part)
    return text


def path_pattern(parts: Sequence[PathPart]) -> str:
    """The pattern of resolved parts, with `[]` for every index and `people[]` for every person."""
    text = ""
    for position, part in enumerate(parts):
        if isinstance(part, int) or (position == 1 and parts[0] == "people"):
            text += "[]"
        else:
            text += f".{part}" if text else part
    return text


def item_name(item: Any) -> str | None:
    """The name of a list item: its `id`, else `item`, else `name`; None if it has none."""
    if isinstance(item, Mapping):
        for key in NAME_KEYS:
            value = item.get(key)
            if isinstance(value, str) and value.strip():
                return value
    return None


def resolve(
    document: Mapping[str, Any], path: str | Sequence[PathPart], *, append: bool = False
) -> PathParts:
    """The parts of a path, with the name of every list item replaced by its index in `document`.

    Names and keys match in composed and decomposed Unicode; keys are returned as the document spells them. Parts below
    an absent table are returned unchanged. With `append`, an index may equal the length of its list.
    Raises PathError if an item does not exist, or if two items share the name.
    """
    parts = parse(path) if isinstance(path, str) else tuple(path)
    value: Any = document
    resolved: list[PathPart] = []
    for part in parts:
        if isinstance(value, list):
            part = _item_index(value, part, resolved, append)
            value = value[part] if part < len(value) else None
        elif isinstance(part, int):
            if value is not None or not (append and part == 0):
                raise PathError(f"{format_path(resolved)} is not a list, so it has no item [{part}]")
        else:
            part = _key_as_spelled(value, part)
            value = value.get(part) if isinstance(value, Mapping) else None
        resolved.append(part)
    return tuple(resolved)


def _key_as_spelled(table: Any, key: str) -> str:
    """`key` as the table spells it, since Unicode has two spellings for most accented letters."""
    if key.isascii() or not isinstance(table, Mapping) or key in table:
        return key
    composed = compose(key)
    return next((other for other in table if isinstance(other, str) and compose(other) == composed), key)


def _item_index(items: list[Any], part: PathPart, list_parts: Sequence[PathPart], append: bool) -> int:
    list_path = format_path(list_parts)
    if isinstance(part, int):
        if part < len(items) or (append and part == len(items)):
            return part
        raise PathError(f"{list_path}[{part}] does not exist: {list_path} has {len(items)} items")
    matches = [index for index, item in enumerate(items) if compose(item_name(item) or "") == compose(part)]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise PathError(f"{list_path} has {len(matches)} items called '{part}': use [index] to choose one")
    known = ", ".join(name for name in map(item_name, items) if name)
    if not known and items:
        last = f" to [{len(items) - 1}]" if len(items) > 1 else ""
        raise PathError(f"{list_path} has no item '{part}': its items have no names, use [0]{last}")
    raise PathError(f"{list_path} has no item '{part}'. Known: {known or 'none'}")


def format_path_by_name(document: Mapping[str, Any], parts: Sequence[PathPart]) -> str:
    """The path of resolved parts as written to files: list items by name, or as `[index]` if the name is not unique."""
    value: Any = document
    text = ""
    for part in parts:
        if isinstance(value, list) and isinstance(part, int) and part < len(value):
            name = item_name(value[part])
            is_unique = name is not None and sum(item_name(item) == name for item in value) == 1
            text += f".{quote_key(name)}" if is_unique and name is not None else f"[{part}]"
            value = value[part]
        else:
            text += (
                f"[{part}]" if isinstance(part, int) else f".{quote_key(part)}" if text else quote_key(part)
            )
            value = value.get(part) if isinstance(value, Mapping) else None
    return text


def get_value(document: Mapping[str, Any], path: str | Sequence[PathPart]) -> Any:
    """The value at a path; None if there is none. Raises PathError if a list item does not exist."""
    value: Any = document
    for part in resolve(document, path):
        if isinstance(value, list) and isinstance(part, int):
            value = value[part]
        else:
            value = value.get(part) if isinstance(value, Mapping) else None
    return value


def set_value(document: Mapping[str, Any], path: str | Sequence[PathPart], value: Any) -> dict[str, Any]:
    """A copy of `document` with `value` at a path; an index equal to the length of its list appends.

    Parts of the document that the path does not lead through are shared, not copied. Raises PathError.
    """
    parts = resolve(document, path, append=True)

    def replace_at(old: Any, parts: PathParts) -> Any:
        if not parts:
            return value
        part, rest = parts[0], parts[1:]
        if isinstance(part, int):
            items = list(old) if isinstance(old, list) else []
            if part == len(items):
                items.append(replace_at(None, rest))
            else:
                items[part] = replace_at(items[part], rest)
            return items
        table = dict(old) if isinstance(old, Mapping) else {}
        table[part] = replace_at(table.get(part), rest)
        return table

    result: dict[str, Any] = replace_at(document, parts)
    return result


def delete_value(document: Mapping[str, Any], path: str | Sequence[PathPart]) -> dict[str, Any]:
    """A copy of `document` without the value at a path. Tables that become empty are removed too, lists stay.

    Raises PathError if a list item does not exist.
    """
    parts = resolve(document, path)

    def remove_at(value: Any, parts: PathParts) -> Any:
        part, rest = parts[0], parts[1:]
        if isinstance(value, list) and isinstance(part, int):
            items = list(value)
            if rest:
                items[part] = remove_at(items[part], rest)
            else:
                del items[part]
            return items
        if not isinstance(value, Mapping) or part not in value:
            return value
        table = dict(value)
        if rest:
            table[part] = remove_at(table[part], rest)
        if not rest or table[part] == {}:
            del table[part]
        return table

    result: dict[str, Any] = remove_at(document, parts)
    return result


def is_within(parts: Sequence[PathPart], start: Sequence[PathPart]) -> bool:
    """Whether `parts` point to `start` or to something inside it."""
    return tuple(parts[: len(start)]) == tuple(start)
