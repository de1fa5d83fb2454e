"""A TOML file as blocks of text, one per header, so that whole records keep the comments that belong to them.

A block begins with the comment lines right above its header. Blocks are removed, moved and added as text, so no
comment can end up at another record. Values inside a block are changed elsewhere (`edit`).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import tomli

from sprintkit.store.toml import codec
from sprintkit.store.toml.record_matching import match_records
from sprintkit.store.toml.tokens import blank_out, find_headers
from sprintkit.store.toml.values import KeyPath, format_key_path, is_record_list


class Block(NamedTuple):
    """Consecutive lines of a file."""

    key_path: KeyPath
    """Of the table that the lines belong to; () for those before the first header."""
    text: str
    is_new: bool = False
    """Set apart by blank lines when joined."""


class BlockOrderError(ValueError):
    """The records of one list are spread over the file, so their blocks cannot be moved as text."""


def split_blocks(text: str) -> list[Block]:
    """The blocks of `text`, which must be valid TOML. Their texts add up to `text`."""
    headers = list(find_headers(text))
    cuts = [_start_of_comments_above(text, start) for start, _ in headers] + [len(text)]
    blocks = [Block((), text[: cuts[0]])]
    record_counts: dict[KeyPath, int] = {}
    for (start, end), cut, next_cut in zip(headers, cuts, cuts[1:], strict=False):
        key_path = _parse_header(text[start:end], record_counts)
        blocks.append(Block(key_path, text[cut:next_cut]))
    return blocks


def reshape_blocks(blocks: list[Block], old: dict[str, Any], new: dict[str, Any]) -> list[Block]:
    """`blocks`, whose content is `old`, with the tables, records and keys of `new`.

    Values that exist in both stay as in `old`. Raises BlockOrderError if records would have to be removed from
    or moved within a list that is spread over the file.
    """
    return _reshape_table(blocks, (), old, new)


def join_blocks(blocks: list[Block]) -> str:
    """The text of `blocks`, each starting on a line of its own."""
    text, was_new = "", False
    for block in blocks:
        if text and not text.endswith("\n"):
            text += "\n"
        if text and not text.endswith("\n\n") and (block.is_new or (was_new and block.text)):
            text += "\n"
        text += block.text
        was_new = block.is_new
    return text


def _start_of_comments_above(text: str, start: int) -> int:
    while start:
        line_start = text.rfind("\n", 0, start - 1) + 1
        if not text[line_start:start].lstrip(" \t").startswith("#"):
            break
        start = line_start
    return start


def _parse_header(header: str, record_counts: dict[KeyPath, int]) -> KeyPath:
    """The key path that a header line opens. `record_counts` holds the records of each list so far."""
    value: Any = tomli.loads(header)
    key_path: KeyPath = ()
    while value:
        ((key, value),) = value.items()
        key_path += (key,)
        if isinstance(value, list):
            record_counts[key_path] = record_counts.get(key_path, 0) + 1
            return (*key_path, record_counts[key_path] - 1)
        if value and key_path in record_counts:
            key_path += (record_counts[key_path] - 1,)
    return key_path


def _is_under(block: Block, key_path: KeyPath) -> bool:
    return block.key_path[: len(key_path)] == key_path


def _reshape_table(
    blocks: list[Block], key_path: KeyPath, old: dict[str, Any], new: dict[str, Any]
) -> list[Block]:
    for key in old:
        inner_path = (*key_path, key)
        if not any(block.key_path and _is_under(block, inner_path) for block in blocks):
            continue
        old_value, new_value = old[key], new.get(key)
        if isinstance(old_value, dict) and isinstance(new_value, dict):
            blocks = _reshape_table(blocks, inner_path, old_value, new_value)
        elif is_record_list(old_value) and new_value is not None and is_record_list(new_value):
            blocks = _reshape_records(blocks, inner_path, old_value, new_value)
        else:
            blocks = [block for block in blocks if not _is_under(block, inner_path)]
    added = {key: value for key, value in new.items() if key not in old or _becomes_table(old[key], value)}
    return _add_keys(blocks, key_path, added) if added else blocks


def _becomes_table(old: object, new: object) -> bool:
    """Whether a table or list of records replaces a value of another kind."""
    kinds = isinstance(new, dict), is_record_list(new)
    return any(kinds) and kinds != (isinstance(old, dict), is_record_list(old))


def _reshape_records(blocks: list[Block], key_path: KeyPath, old: list[Any], new: list[Any]) -> list[Block]:
    positions = [position for position, block in enumerate(blocks) if _is_under(block, key_path)]
    first, last = positions[0], positions[-1]
    old_indices = match_records(old, new)
    if len(positions) != last - first + 1:
        if old_indices[: len(old)] != list(range(len(old))):
            raise BlockOrderError(format_key_path(key_path))
        head, tail = blocks[: last + 1], blocks[last + 1 :]
        for index in range(len(old)):
            head = _reshape_table(head, (*key_path, index), old[index], new[index])
        return head + [_render_record(key_path, record) for record in new[len(old) :]] + tail
    records: list[Block] = []
    for index, (old_index, record) in enumerate(zip(old_indices, new, strict=True)):
        record_path = (*key_path, index)
        if old_index is None:
            records.append(_render_record(record_path, record))
            continue
        old_path = (*key_path, old_index)
        moved = [
            block._replace(key_path=(*record_path, *block.key_path[len(record_path) :]))
            for block in blocks[first : last + 1]
            if _is_under(block, old_path)
        ]
        records += _reshape_table(moved, record_path, old[old_index], record)
    return blocks[:first] + records + blocks[last + 1 :]


def _render_record(key_path: KeyPath, record: dict[str, Any]) -> Block:
    name = _table_name(key_path)
    return Block(key_path, "".join(codec.render_table(record, name, f"[[{name}]]\n")), is_new=True)


def _table_name(key_path: KeyPath) -> str:
    return ".".join(codec.render_key(part) for part in key_path if isinstance(part, str))


def _add_keys(blocks: list[Block], key_path: KeyPath, added: dict[str, Any]) -> list[Block]:
    """Puts plain keys after the last key of their table, and tables and records after everything in it."""
    nested = {key: value for key, value in added.items() if isinstance(value, dict) or is_record_list(value)}
    pairs = "".join(codec.render_pair(key, value) for key, value in added.items() if key not in nested)
    positions = [position for position, block in enumerate(blocks) if _is_under(block, key_path)]
    if not positions:
        return blocks  # an inline table: `edit` adds to its line
    name = _table_name(key_path)
    blocks = list(blocks)
    if nested:
        text = "".join(codec.render_table(nested, name))
        blocks.insert(positions[-1] + 1, Block(key_path, text, is_new=True))
    if pairs:
        own = next((position for position in positions if blocks[position].key_path == key_path), None)
        if own is None:
            blocks.insert(positions[0], Block(key_path, f"[{name}]\n{pairs}", is_new=True))
        else:
            blocks[own] = blocks[own]._replace(text=_insert_pairs(blocks[own].text, pairs))
    return blocks


def _insert_pairs(text: str, pairs: str) -> str:
    """`text` with the lines `pairs` after its last line that is neither blank nor a comment."""
    end = len(blank_out(text).rstrip())
    if end == 0:
        return pairs + text
    line_end = text.find("\n", end)
    cut = len(text) if line_end < 0 else line_end + 1
    before = text[:cut] if text[:cut].endswith("\n") else text[:cut] + "\n"
    return before + pairs + text[cut:]
