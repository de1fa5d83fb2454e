"""Paths: how findings, waivers, parked questions, `--set` and amendments point into a document.

Keys joined by dots; a list item as `[index]` or by its own key (its id, else item, else name):
`plan.milestones.M1.weight`; quoted as in TOML where it is no bare key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sprintkit.errors import InputError

Part = str | int
Parts = tuple[Part, ...]

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_TOKEN: Final = re.compile(
    r"""(?P<dot>\.)?(?:(?P<bare>[^\s."'\[\]]+)|"(?P<basic>(?:[^"\\]|\\.)*)"|'(?P<literal>[^']*)'|\[(?P<index>\d{1,9})\])"""
)
_ESCAPES: Final = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b", '"': '"', "\\": "\\"}
_IDENTITY: Final = ("id", "item", "name")
MAX_PARTS: Final = 40
"""Parts of a path; a file has no place deeper than that."""


class PathError(InputError):
    """A path that cannot be read, or that points nowhere."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="path")


def parse(path: str) -> Parts:
    """The parts of a path as written. Raises PathError."""
    parts: list[Part] = []
    at = 0
    while at < len(path):
        token = _TOKEN.match(path, at)
        wants_dot = at > 0 and token is not None and token["index"] is None
        if token is None or bool(token["dot"]) != wants_dot:
            raise PathError(f"'{path}' is no path: it cannot be read from '{path[at:]}' on")
        if token["index"] is not None:
            parts.append(int(token["index"]))
        elif token["basic"] is not None:
            parts.append(_unescape(token["basic"], path))
        else:
            parts.append(token["literal"] if token["literal"] is not None else token["bare"])
        at = token.end()
        if len(parts) > MAX_PARTS:
            raise PathError(f"'{path[:60]}…' is no path: it has more than {MAX_PARTS} parts")
    if not parts or isinstance(parts[0], int):
        raise PathError(f"'{path}' is no path: it begins with a key")
    return tuple(parts)


def _unescape(text: str, path: str) -> str:
    def one(match: re.Match[str]) -> str:
        code = match[1]
        if code[0] in "uU":
            return chr(int(code[1:], 16))
        return _ESCAPES[code]

    try:
        return re.sub(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", one, text)
    except (KeyError, ValueError, OverflowError) as error:
        raise PathError(f"'{path}' is no path: an escape in it cannot be read") from error


def key(text: str) -> str:
    """A key as it stands in a path: bare, or quoted as in TOML."""
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


def with_indices(parts: Sequence[Part]) -> str:
    """The text of parts, list items as `[index]`."""
    text = ""
    for part in parts:
        text += f"[{part}]" if isinstance(part, int) else f".{key(part)}" if text else key(part)
    return text


def pattern(parts: Sequence[Part]) -> str:
    """The pattern of resolved parts: `[]` for every index, `people[]` for every person."""
    text = ""
    for at, part in enumerate(parts):
        if isinstance(part, int) or (at == 1 and parts[0] == "people"):
            text += "[]"
        else:
            text += f".{part}" if text else part
    return text


def identity(item: Any) -> str | None:
    """What a list item is called by: its id, else item, else name; None where it has none."""
    if isinstance(item, Mapping):
        for name in _IDENTITY:
            value = item.get(name)
            if isinstance(value, str) and value.strip():
                return value
    return None


def resolve(document: Mapping[str, Any], path: str | Sequence[Part], *, append: bool = False) -> Parts:
    """The parts of a path with every list item as an index into `document`.

    What lies below an absent table is taken as written. An index equal to the length of its list is allowed
    with `append`. Raises PathError where an item is not there, or two items share the name.
    """
    parts = parse(path) if isinstance(path, str) else tuple(path)
    here: Any = document
    resolved: list[Part] = []
    for part in parts:
        if isinstance(here, list):
            part = _index(here, part, resolved, append)
            here = here[part] if part < len(here) else None
        elif isinstance(part, int):
            if here is not None or not (append and part == 0):
                raise PathError(f"{with_indices(resolved)} is no list, so it has no item [{part}]")
        else:
            here = here.get(part) if isinstance(here, Mapping) else None
        resolved.append(part)
    return tuple(resolved)


def _index(items: list[Any], part: Part, above: Sequence[Part], append: bool) -> int:
    where = with_indices(above)
    if isinstance(part, int):
        if part < len(items) or (append and part == len(items)):
            return part
        raise PathError(f"{where}[{part}] is not there: it has {len(items)} items")
    hits = [at for at, item in enumerate(items) if identity(item) == part]
    if len(hits) == 1:
        return hits[0]
    if hits:
        raise PathError(f"{where} has {len(hits)} items called '{part}': point at one by [index]")
    known = ", ".join(name for name in map(identity, items) if name) or "none"
    raise PathError(f"{where} has no item '{part}'. Known: {known}")


def written(document: Mapping[str, Any], parts: Sequence[Part]) -> str:
    """The text of resolved parts as it is written to files: list items by id, item or name where there is one."""
    here: Any = document
    text = ""
    for part in parts:
        if isinstance(here, list) and isinstance(part, int) and part < len(here):
            name = identity(here[part])
            unique = name is not None and sum(identity(item) == name for item in here) == 1
            text += f".{key(name)}" if unique and name is not None else f"[{part}]"
            here = here[part]
        else:
            text += f"[{part}]" if isinstance(part, int) else f".{key(part)}" if text else key(part)
            here = here.get(part) if isinstance(here, Mapping) else None
    return text


def get(document: Mapping[str, Any], path: str | Sequence[Part]) -> Any:
    """The value at a path; None where there is none. Raises PathError for an item that is not there."""
    here: Any = document
    for part in resolve(document, path):
        if isinstance(here, list) and isinstance(part, int):
            here = here[part]
        else:
            here = here.get(part) if isinstance(here, Mapping) else None
    return here


def set_value(document: Mapping[str, Any], path: str | Sequence[Part], value: Any) -> dict[str, Any]:
    """A document with `value` at a path; an index equal to the length of its list appends.

    The document given stays as it is; what the path does not touch is shared. Raises PathError.
    """
    parts = resolve(document, path, append=True)

    def put(here: Any, rest: Parts) -> Any:
        if not rest:
            return value
        part, below = rest[0], rest[1:]
        if isinstance(part, int):
            items = list(here) if isinstance(here, list) else []
            if part == len(items):
                items.append(put(None, below))
            else:
                items[part] = put(items[part], below)
            return items
        table = dict(here) if isinstance(here, Mapping) else {}
        table[part] = put(table.get(part), below)
        return table

    result: dict[str, Any] = put(document, parts)
    return result


def delete(document: Mapping[str, Any], path: str | Sequence[Part]) -> dict[str, Any]:
    """A document without what stands at a path. Tables that are left empty go too, lists stay.

    Raises PathError for a list item that is not there.
    """
    parts = resolve(document, path)

    def cut(here: Any, rest: Parts) -> Any:
        part, below = rest[0], rest[1:]
        if isinstance(here, list) and isinstance(part, int):
            return [
                kept
                for at, item in enumerate(here)
                for kept in ([item] if at != part else [cut(item, below)] if below else [])
            ]
        if not isinstance(here, Mapping) or part not in here:
            return here
        table = dict(here)
        if not below:
            del table[part]
            return table
        table[part] = cut(table[part], below)
        if table[part] == {}:
            del table[part]
        return table

    result: dict[str, Any] = cut(document, parts)
    return result


def begins(parts: Sequence[Part], start: Sequence[Part]) -> bool:
    """Whether `parts` lie at or below `start`."""
    return tuple(parts[: len(start)]) == tuple(start)
