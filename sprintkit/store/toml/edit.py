"""Changes the content of a file that has comments, without losing one of them.

Tables, records and keys come and go as blocks of text; single values are set by tomlkit. The result is then parsed
again: it must be exactly the intended document and have every comment, or nothing is written.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from sprintkit.errors import InputError, WriteError
from sprintkit.store.toml import codec
from sprintkit.store.toml.blocks import BlockOrderError, join_blocks, reshape_blocks, split_blocks
from sprintkit.store.toml.tokens import find_comments
from sprintkit.store.toml.values import KeyPath, format_key_path, is_identical, is_record_list


def edit_text(path: str, text: str, old: dict[str, Any], new: dict[str, Any]) -> str:
    """`text`, whose content is `old`, changed so that its content is `new`, with the same comments.

    Raises WriteError, naming the part of the file, if that is not possible.
    """
    trimmed = _without_filled_values(old, new)
    try:
        trimmed_text = _set_values(text, old, trimmed)
        reshaped_text = join_blocks(reshape_blocks(split_blocks(trimmed_text), trimmed, new))
        new_text = _set_values(reshaped_text, codec.parse(reshaped_text.encode(), path), new)
        result = codec.parse(new_text.encode(), path)
    except BlockOrderError as error:
        raise _cannot_edit_error(path, f"{error}: its records are spread over the file") from None
    except InputError as error:
        raise _cannot_edit_error(path, _first_difference(old, new, error.problems[0].message)) from None
    except (TOMLKitError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        raise _cannot_edit_error(path, _first_difference(old, new, "this file's form")) from None
    lost = Counter(find_comments(text)) - Counter(find_comments(new_text))
    if lost:
        comment = next(iter(lost))
        line = text.count("\n", 0, text.find(comment)) + 1
        raise WriteError(
            f"line {line}: a comment would be lost: {comment}",
            code="comments",
            path=path,
            hint="Move the comment into a field (a note, for instance) or delete it, then save again.",
        )
    if not is_identical(result, new):
        raise _cannot_edit_error(path, _first_difference(result, new, "this file's form"))
    return new_text


def _without_filled_values(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """`old` without the empty lists and tables that get content: `parked = []` makes way for `[[parked]]`."""
    trimmed = {}
    for key, old_value in old.items():
        new_value = new.get(key)
        is_empty = isinstance(old_value, dict | list) and not old_value
        if is_empty and (isinstance(new_value, dict) or is_record_list(new_value)):
            continue
        if isinstance(old_value, dict) and isinstance(new_value, dict):
            trimmed[key] = _without_filled_values(old_value, new_value)
        else:
            trimmed[key] = old_value
    return trimmed


def _set_values(text: str, old: dict[str, Any], new: dict[str, Any]) -> str:
    if is_identical(old, new):
        return text
    parsed = tomlkit.parse(text)
    _set_table(parsed, old, new)
    return tomlkit.dumps(parsed)


def _set_table(table: Any, old: dict[str, Any], new: dict[str, Any]) -> None:
    """Sets, one by one, the values of `table` (whose content is `old`) that differ in `new`."""
    for key in [key for key in old if key not in new]:
        del table[key]
    for key, value in new.items():
        if key not in old:
            table[key] = _make_item(value)
        elif not is_identical(old[key], value):
            _set_value(table, key, old[key], value)


def _set_value(container: Any, key: Any, old: Any, new: Any) -> None:
    if isinstance(old, dict) and isinstance(new, dict):
        _set_table(container[key], old, new)
    elif isinstance(old, list) and isinstance(new, list) and old and len(old) <= len(new):
        for index, (old_item, new_item) in enumerate(zip(old, new, strict=False)):
            if not is_identical(old_item, new_item):
                _set_value(container[key], index, old_item, new_item)
        for value in new[len(old) :]:
            container[key].append(_make_item(value))
    else:
        container[key] = _make_item(new)


def _make_item(value: Any) -> Any:
    """`value` as an item of tomlkit, formatted as sprintkit formats it."""
    if isinstance(value, dict):
        table = tomlkit.inline_table()
        for key, inner in value.items():
            table[key] = _make_item(inner)
        return table
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        array = tomlkit.array()
        for item in value:
            array.append(_make_item(item))
        return array
    return tomlkit.parse(codec.render_pair("value", value))["value"]


def _first_difference(old: Any, new: Any, fallback: str) -> str:
    """The key path of the first value that differs, for a message; `fallback` if there is none."""
    key_path: KeyPath = ()
    while isinstance(old, dict) and isinstance(new, dict):
        key = next((key for key in (*new, *old) if not is_identical(old.get(key), new.get(key))), None)
        if key is None:
            break
        key_path, old, new = (*key_path, key), old.get(key), new.get(key)
    return format_key_path(key_path) if key_path else fallback


def _cannot_edit_error(path: str, part: str) -> WriteError:
    return WriteError(
        f"{part}: cannot be changed in place, and rewriting the file would drop its comments",
        code="comments",
        path=path,
        hint="Change this part in the file by hand, or move the comments into fields, then save again.",
    )
