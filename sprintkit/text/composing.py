"""One spelling for identifiers: Unicode has two for most accented letters, and macOS and iOS keyboards use the other."""

from __future__ import annotations


def compose(text: str) -> str:
    """`text` in Unicode's composed form (NFC). Two identifiers are the same if their composed forms are."""
    if text.isascii():
        return text
    import unicodedata

    return unicodedata.normalize("NFC", text)


def compose_and_fold(text: str) -> str:
    """`text` in the form in which macOS and Windows compare file names: composed, and capitals make no difference."""
    return compose(compose(text).casefold())
