"""New values in a file that a person has written comments into, without losing one of them.

Tables, records and keys come and go as blocks of text; single values are set by tomlkit. Whatever came out is then
read again: it must say exactly what was meant and hold every comment, or nothing is written.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from sprintkit.errors import InputError, WriteError
from sprintkit.store.toml import codec
from sprintkit.store.toml.blocks import BlockOrderError, joined, reshaped, split
from sprintkit.store.toml.tokens import comments


def edited(path: str, text: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    """`text`, which says `before`, changed so that it says `after`, with the same comments.

    Raises WriteError, saying which part, where that cannot be done.
    """
    emptied = _without(before, after)
    try:
        ready = _with_values(text, before, emptied)
        shaped = joined(reshaped(split(ready), emptied, after))
        new = _with_values(shaped, codec.parse(shaped.encode(), path), after)
        outcome = codec.parse(new.encode(), path)
    except BlockOrderError as error:
        raise _refused(path, f"{error}: its records are spread over the file") from None
    except InputError as error:
        raise _refused(path, _first_difference(before, after, error.problems[0].message)) from None
    except (TOMLKitError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        raise _refused(path, _first_difference(before, after, "this file's form")) from None
    lost = Counter(comments(text)) - Counter(comments(new))
    if lost:
        comment = next(iter(lost))
        line = text.count("\n", 0, text.find(comment)) + 1
        raise WriteError(
            f"line {line}: a comment would be lost: {comment}",
            code="comments",
            path=path,
            hint="Move the comment into a field (a note, for instance) or delete it, then save again.",
        )
    if not codec.is_identical(outcome, after):
        raise _refused(path, _first_difference(outcome, after, "this file's form"))
    return new


def _without(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """`before` without the empty lists and tables that get content: `parked = []` makes way for `[[parked]]`."""
    kept = {}
    for key, value in before.items():
        new = after.get(key)
        if isinstance(value, dict) and value and isinstance(new, dict):
            kept[key] = _without(value, new)
        elif (
            isinstance(value, dict | list) and not value and (isinstance(new, dict) or codec.is_records(new))
        ):
            continue
        else:
            kept[key] = value
    return kept


def _with_values(text: str, now: dict[str, Any], new: dict[str, Any]) -> str:
    if codec.is_identical(now, new):
        return text
    parsed = tomlkit.parse(text)
    _fill(parsed, now, new)
    return tomlkit.dumps(parsed)


def _fill(table: Any, now: dict[str, Any], new: dict[str, Any]) -> None:
    """Sets, one by one, the values in which `new` differs from `now`, which `table` says."""
    for key in [key for key in now if key not in new]:
        del table[key]
    for key, value in new.items():
        if key not in now:
            table[key] = _item(value)
        elif not codec.is_identical(now[key], value):
            _set(table, key, now[key], value)


def _set(holder: Any, key: Any, now: Any, new: Any) -> None:
    if isinstance(now, dict) and isinstance(new, dict):
        _fill(holder[key], now, new)
    elif isinstance(now, list) and isinstance(new, list) and now and len(now) <= len(new):
        for at, (one, other) in enumerate(zip(now, new, strict=False)):
            if not codec.is_identical(one, other):
                _set(holder[key], at, one, other)
        for value in new[len(now) :]:
            holder[key].append(_item(value))
    else:
        holder[key] = _item(new)


def _item(value: Any) -> Any:
    """`value` as tomlkit holds it, in the form in which sprintkit writes it."""
    if isinstance(value, dict):
        table = tomlkit.inline_table()
        for key, inner in value.items():
            table[key] = _item(inner)
        return table
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        array = tomlkit.array()
        for item in value:
            array.append(_item(item))
        return array
    return tomlkit.parse(codec.pair("value", value))["value"]


def _first_difference(now: Any, new: Any, otherwise: str) -> str:
    """The place of the first value that differs, to name in a message."""
    place: codec.KeyPath = ()
    while isinstance(now, dict) and isinstance(new, dict):
        key = next((key for key in (*new, *now) if not codec.is_identical(now.get(key), new.get(key))), None)
        if key is None:
            break
        place, now, new = (*place, key), now.get(key), new.get(key)
    return codec.format_key_path(place) if place else otherwise


def _refused(path: str, part: str) -> WriteError:
    return WriteError(
        f"{part}: cannot be changed in place, and this file has comments that writing it anew would drop",
        code="comments",
        path=path,
        hint="Change this part in the file by hand, or move the comments into fields, then save again.",
    )
