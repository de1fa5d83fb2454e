"""The quick way from text to document, for the plain files that nearly all are; tomli judges all others.

toml-rs gives what tomli gives, at an eighth of the time, but it has no bounds of its own, and other words for what
is wrong. So it is given no text that could be too much for it, and whatever it refuses is left to tomli.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LONGEST = 65_536
"""Characters: a number takes it the square of its digits."""
MOST_OPEN = 500
"""Brackets that open, in texts too: it goes down one by one, and some thousands would take all of the stack."""


def document(text: str, max_depth: int, max_list: int, max_digits: int) -> dict[str, Any] | None:
    """The document in `text`; None where tomli has to look: something is wrong, in excess or out of the ordinary."""
    if len(text) > LONGEST or text.count("[") + text.count("{") > MOST_OPEN or text.startswith("\ufeff"):
        return None
    import toml_rs  # not needed where the index answers

    try:
        found: dict[str, Any] = toml_rs.loads(text)
    except ValueError:
        return None
    return found if _is_modest(found, max_depth, max_list, 10**max_digits) else None


def _is_modest(table: dict[str, Any], max_depth: int, max_list: int, bound: int) -> bool:
    """Whether nothing in a table lies deeper, is longer or larger than it may."""
    level: list[Any] = [table]
    for _ in range(max_depth):
        below: list[Any] = []
        for one in level:
            values = one
            if type(one) is dict:
                values = one.values()
            elif len(one) > max_list:
                return False
            for value in values:
                kind = type(value)
                if kind is str:
                    continue
                if kind is dict or kind is list:
                    below.append(value)
                elif kind is int and not -bound < value < bound:
                    return False
        if not below:
            return True
        level = below
    return False
