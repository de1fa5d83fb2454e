"""Finds the line of each value in a TOML file, for annotations that point at it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import tomli

from sprintkit.store.toml.blocks import split_blocks
from sprintkit.store.toml.tokens import find_headers
from sprintkit.store.toml.values import KeyPath

_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""(?:[ \t]*(?:"(?:[^"\\\n]|\\[^\n])*"|'[^'\n]*'|[A-Za-z0-9_-]+)[ \t]*(?:\.|(?==)))+""")
_TEXT = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]|\\[^\n])*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_BARE_VALUE = re.compile(r"[^,\]}#\n]+")


class Place(NamedTuple):
    """Where a value is in the file."""

    line: int
    """Counted from 1."""
    is_exact: bool
    """False if the file does not have the value; the line is then that of the table in which it would be."""


class LineIndex:
    """The lines of all values of a file. `text` must be valid TOML with LF line ends."""

    def __init__(self, text: str) -> None:
        self._lines: dict[KeyPath, int] = {}
        line = 1
        for block in split_blocks(text):
            header = next(find_headers(block.text), None) if block.key_path else None
            start = 0 if header is None else header[1]
            if header is not None:
                self._add(block.key_path, line + block.text.count("\n", 0, header[0]))
            counted = 0
            for key_path, offset in _Scanner(block.text, start).pairs(block.key_path):
                line += block.text.count("\n", counted, offset)
                counted = offset
                self._add(key_path, line)
            line += block.text.count("\n", counted)

    def _add(self, key_path: KeyPath, line: int) -> None:
        for length in range(1, len(key_path) + 1):
            self._lines.setdefault(key_path[:length], line)

    def find(self, key_path: Sequence[str | int]) -> Place:
        """The place of a value, or of the nearest table around it; line 1 if there is none."""
        for length in range(len(key_path), 0, -1):
            line = self._lines.get(tuple(key_path[:length]))
            if line is not None:
                return Place(line, length == len(key_path))
        return Place(1, not key_path)


class _Scanner:
    """Reads keys and values of valid TOML from a position on."""

    def __init__(self, text: str, position: int) -> None:
        self.text = text
        self.position = position

    def pairs(self, table: KeyPath) -> Iterator[tuple[KeyPath, int]]:
        """Every key and list item up to the end, with the offset at which it begins."""
        self._skip_gap()
        while self.position < len(self.text):
            yield from self._pair(table)
            self._skip_gap()

    def _pair(self, table: KeyPath) -> Iterator[tuple[KeyPath, int]]:
        key = self._take(_KEY)
        if not key:  # not valid TOML: give up
            self.position = len(self.text)
            return
        key_path = (*table, *_parse_key(key))
        yield key_path, self.position - len(key.lstrip())
        self.position += 1  # the equals sign
        yield from self._value(key_path)

    def _value(self, key_path: KeyPath) -> Iterator[tuple[KeyPath, int]]:
        self._skip_gap()
        opening = self.text[self.position : self.position + 1]
        if opening == "[":
            yield from self._items(key_path)
        elif opening == "{":
            yield from self._inline_table(key_path)
        elif not self._take(_TEXT):
            self._take(_BARE_VALUE)

    def _items(self, key_path: KeyPath) -> Iterator[tuple[KeyPath, int]]:
        index = 0
        while not self._closes("]"):
            yield (*key_path, index), self.position
            yield from self._value((*key_path, index))
            index += 1

    def _inline_table(self, key_path: KeyPath) -> Iterator[tuple[KeyPath, int]]:
        while not self._closes("}"):
            yield from self._pair(key_path)

    def _closes(self, bracket: str) -> bool:
        """Whether the closing bracket comes next; skips it, or else the opening bracket or comma before the next item."""
        self._skip_gap()
        if self.text.startswith(("[", "{", ","), self.position):
            self.position += 1
            self._skip_gap()
        if self.position < len(self.text) and not self.text.startswith(bracket, self.position):
            return False
        self.position += 1
        return True

    def _skip_gap(self) -> None:
        self._take(_GAP)

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.position)
        if match is None:
            return ""
        self.position = match.end()
        return match[0]


def _parse_key(key: str) -> KeyPath:
    """The parts of a key as it is written, dotted or not."""
    if not set(key) & set("\"'."):
        return (key.strip(),)
    parts: list[str] = []
    value: object = tomli.loads(f"{key}=0")
    while isinstance(value, dict):
        ((part, value),) = value.items()
        parts.append(part)
    return tuple(parts)
