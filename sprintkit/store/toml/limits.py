"""Limits on the size and depth of a file, some checked before parsing, which would be too slow beyond them."""

from __future__ import annotations

from itertools import repeat

from sprintkit.errors import InputError, WriteError
from sprintkit.store.toml.values import KeyPath, format_key_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

MAX_BYTES = 1024 * 1024
MAX_KEY_PARTS = 20
MAX_DOTS = 50_000
"""Most dots in all keys and numbers of a file: one full of 20-part keys would take seconds to parse."""
MAX_KEY_LENGTH = 300
"""Most characters of one part of a key, since messages name keys in full."""
MAX_DEPTH = 20
MAX_LIST = 10_000
MAX_DIGITS = 18


def limit_error(message: str, path: str) -> InputError:
    """The error for a file that goes beyond a limit."""
    hint = "No sprintkit file needs this; check that this is the file you mean."
    return InputError(message, code="bound", path=path, hint=hint)


def refuse_long_keys(text: str, path: str) -> None:
    """Raises InputError if a key in `text` has too many parts. The parser needs time quadratic in them."""
    dots = text.count(".")
    if dots < MAX_KEY_PARTS:
        return
    if dots < MAX_DOTS and max(map(str.count, text.split("\n"), repeat("."))) < MAX_KEY_PARTS:
        return
    # Imported here because hardly any file has this many dots, and compiling the token pattern is slow.
    from sprintkit.store.toml.tokens import find_long_key

    line = find_long_key(text, MAX_KEY_PARTS, MAX_DOTS)
    if line:
        raise limit_error(
            f"line {line}: a key has more than {MAX_KEY_PARTS} parts, or all keys together have too many",
            path,
        )


def refuse_too_large(size: int, document: dict[str, Any], path: str | None) -> None:
    """Raises WriteError, naming the largest field, if a file of `size` bytes could not be read again."""
    if size <= MAX_BYTES:
        return
    sizes = ((key_path, len(text.encode())) for key_path, text in _iter_texts(document))
    key_path, largest = max(sizes, key=lambda entry: entry[1], default=((), 0))
    name = format_key_path(key_path)
    raise WriteError(
        f"{name}: the file would be {size:,} bytes, more than the {MAX_BYTES:,} allowed; "
        f"this field is the largest with {largest:,} bytes",
        code="too_large",
        path=path,
        hint=f"Shorten {name}, or keep the long text in a file of its own and name that file here.",
    )


def iter_violations(document: dict[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    """Everything in `document` that no file may hold, in document order, with what is wrong with it.

    Walks with a stack of its own, so that no depth can overflow the interpreter's.
    """
    if _is_surely_within_limits(document, MAX_DEPTH):
        return
    stack: list[tuple[KeyPath, object]] = [((), document)]
    while stack:
        key_path, value = stack.pop()
        if isinstance(value, str):
            if not value.isascii() and _has_surrogate(value):
                yield key_path, "contains half a character (a lone surrogate), which no text file can store"
        elif isinstance(value, dict):
            if len(key_path) > MAX_DEPTH:
                yield key_path, f"is nested more than {MAX_DEPTH} deep"
                continue
            for key in value:
                if not isinstance(key, str):
                    yield key_path, f"has a key that is not text: {key!r}"
                elif len(key) > MAX_KEY_LENGTH:
                    yield (
                        key_path,
                        f"has a key of {len(key):,} characters, more than the {MAX_KEY_LENGTH} allowed",
                    )
                elif not key.isascii() and _has_surrogate(key):
                    yield (*key_path, key), "its name contains half a character (a lone surrogate)"
            stack.extend(
                ((*key_path, key), value[key])
                for key in reversed(value)
                if isinstance(key, str) and len(key) <= MAX_KEY_LENGTH
            )
        elif isinstance(value, list | tuple):
            if len(key_path) > MAX_DEPTH:
                yield key_path, f"is nested more than {MAX_DEPTH} deep"
            elif len(value) > MAX_LIST:
                yield key_path, f"has {len(value):,} entries, more than the {MAX_LIST:,} allowed"
            else:
                stack.extend(((*key_path, index), value[index]) for index in reversed(range(len(value))))
        elif isinstance(value, int):
            if abs(value) >= 10**MAX_DIGITS:
                yield key_path, f"is a whole number with more than {MAX_DIGITS} digits"
        elif not isinstance(value, float) and not hasattr(value, "isoformat"):
            yield key_path, f"has a value that TOML cannot represent ({type(value).__name__})"


def _is_surely_within_limits(value: Any, depth_left: int) -> bool:
    """Whether a value violates no limit. Lets most documents through at a third of the cost of the full walk."""
    kind = type(value)
    if kind is str:
        return bool(value.isascii()) or not _has_surrogate(value)
    if kind is dict:
        if not depth_left:
            return False
        for key, inner in value.items():
            if type(key) is not str or len(key) > MAX_KEY_LENGTH:
                return False
            if not key.isascii() and _has_surrogate(key):
                return False
            if not (type(inner) is str and inner.isascii()) and not _is_surely_within_limits(
                inner, depth_left - 1
            ):
                return False
        return True
    if kind is list:
        if not depth_left or len(value) > MAX_LIST:
            return False
        return all(_is_surely_within_limits(inner, depth_left - 1) for inner in value)
    if kind is int:
        return bool(-(10**MAX_DIGITS) < value < 10**MAX_DIGITS)
    return kind is bool or kind is float or hasattr(value, "isoformat")


def _has_surrogate(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _iter_texts(document: dict[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    stack: list[tuple[KeyPath, object]] = [((), document)]
    while stack:
        key_path, value = stack.pop()
        if isinstance(value, str):
            yield key_path, value
        elif isinstance(value, dict):
            stack.extend(((*key_path, key), inner) for key, inner in value.items())
        elif isinstance(value, list | tuple):
            stack.extend(((*key_path, index), inner) for index, inner in enumerate(value))
