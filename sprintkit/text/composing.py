"""One spelling for identifiers: most accented letters have two in Unicode, and systems differ in which they use."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def compose(text: str) -> str:
    """`text` in Unicode's composed form (NFC). Two identifiers are the same if their composed forms are."""
    if text.isascii():
        return text
    import unicodedata

    return unicodedata.normalize("NFC", text)


def compose_document(value: Any) -> Any:
    """A document with every text and key composed; the same object if all are already.

    If two keys of a table would become the same, the second stays as it is.
    """
    return value if _is_composed(value) else _compose_parts(value)


def _is_composed(value: Any) -> bool:
    """Whether every text and key of a document is composed. Most are ASCII, and a call for each is slow."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if not ((key.__class__ is str and key.isascii()) or _is_composed(key)):
                return False
            if not ((inner.__class__ is str and inner.isascii()) or _is_composed(inner)):
                return False
        return True
    if isinstance(value, list):
        return all((inner.__class__ is str and inner.isascii()) or _is_composed(inner) for inner in value)
    return not isinstance(value, str) or compose(value) == value


def _compose_parts(value: Any) -> Any:
    if isinstance(value, str):
        return compose(value)
    if isinstance(value, dict):
        table: dict[Any, Any] = {}
        is_changed = False
        for key, inner in value.items():
            composed_key = compose(key) if isinstance(key, str) else key
            if composed_key != key and (composed_key in value or composed_key in table):
                composed_key = key
            table[composed_key] = composed = _compose_parts(inner)
            is_changed = is_changed or composed is not inner or composed_key != key
        return table if is_changed else value
    if isinstance(value, list):
        items = [_compose_parts(inner) for inner in value]
        return items if any(map(_is_replaced, items, value)) else value
    return value


def _is_replaced(left: object, right: object) -> bool:
    return left is not right


def compose_and_fold(text: str) -> str:
    """`text` as macOS and Windows compare file names: composed and case-folded."""
    return compose(compose(text).casefold())


def fold_name(text: str) -> str:
    """`text` as people's names are compared: case-folded, white space collapsed."""
    return " ".join(compose(text.casefold()).split())
