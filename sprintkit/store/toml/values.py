"""Key paths into a parsed document, and the comparison of its values."""

from __future__ import annotations

KeyPath = tuple[str | int, ...]
"""The keys and indices that lead to a value."""

BARE_KEY_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


def format_key_path(key_path: KeyPath) -> str:
    """A key path as messages show it: `process.steps[0].n`, or "the document" for the empty one."""
    text = ""
    for part in key_path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += ("." if text else "") + (part if is_bare_key(part) else _quote(part))
    return text or "the document"


def is_bare_key(key: str) -> bool:
    """Whether TOML lets `key` stand without quotes."""
    return bool(key) and BARE_KEY_CHARACTERS.issuperset(key)


def _quote(key: object) -> str:
    # Escaped even where no file could hold the key: a message must always be printable.
    return '"' + str(key).encode("unicode_escape").decode().replace('"', '\\"') + '"'


def is_identical(left: object, right: object) -> bool:
    """Whether two values are the same content. Types count (1 is neither 1.0 nor true); NaN equals NaN."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(
            is_identical(value, right[key]) for key, value in left.items()
        )
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        return len(left) == len(right) and all(map(is_identical, left, right))
    if type(left) is not type(right):
        return False
    if isinstance(left, float):
        return repr(left) == repr(right)
    if hasattr(left, "tzinfo"):
        return str(left) == str(right)
    return left == right


def is_record_list(value: object) -> bool:
    """Whether `value` is written as `[[array]]`: a non-empty list of tables."""
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(item, dict) for item in value)
