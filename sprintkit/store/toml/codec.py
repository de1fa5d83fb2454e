"""Bytes to document and back: bounds before parsing, one clear problem for whatever is wrong.

A document is the plain dict that TOML gives. What `dump` writes, `parse` reads back as the same document.
"""

from __future__ import annotations

from itertools import repeat

from sprintkit.errors import InputError, WriteError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


KeyPath = tuple[str | int, ...]
"""Keys and indices that lead to a value."""

SCHEMA = 1
"""The newest form of files that this version knows."""

MAX_BYTES = 1024 * 1024
MAX_KEY_PARTS = 20
MAX_DOTS = 50_000
"""Dots in keys and numbers of one file: a file full of keys of twenty parts would take seconds."""
MAX_DEPTH = 20
MAX_LIST = 10_000
MAX_DIGITS = 18

BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")

PLAIN_WORDS = (
    ("Cannot overwrite a value", "this key or table is there twice"),
    ("Duplicate inline table key", "this inline table has a key twice"),
    ("Cannot declare", "this table is there twice"),
    ("Cannot redefine namespace", "this table is there twice"),
    ("Cannot mutate immutable namespace", "this adds to a table or list that was closed before"),
    ("Expected '=' after a key", "a key must be followed by '=' and a value"),
    ("Invalid value", "this is no value; text goes in quotes"),
    ("Invalid statement", "this is neither a key nor a table"),
    ("Unclosed array", "a list is not closed by ']'"),
    ("Unclosed inline table", "an inline table is not closed by '}'"),
    ("Unterminated string", "a text is not closed by its quotes"),
    ("Expected newline or end of document", "something is left over after the value"),
    (
        "Illegal character '\\n'",
        "a text runs over the end of its line; close its quotes, or use three of them",
    ),
    ("Expected \"'", "a text is not closed by its quotes"),
    ("Unescaped '\\'", "a backslash in a text is written twice, or the text put in single quotes"),
)


def parse(data: bytes, where: str) -> dict[str, Any]:
    """The document in `data`; `where` is the file's name as the message shows it.

    Line ends may be LF or CR LF, a byte order mark is skipped. Raises InputError with the line where there is
    one: too large, not UTF-8, conflict markers (also inside a text), broken TOML, a bound, another `schema`.
    """
    return parse_text(decoded(data, where), where)


def parse_text(text: str, where: str) -> dict[str, Any]:
    """As `parse`, for what `decoded` gave."""
    _refuse_conflict(text, where)
    _refuse_long_keys(text, where)
    document = _judged(text, where)
    _refuse_schema(document, where)
    return document


def _judged(text: str, where: str) -> dict[str, Any]:
    """The document in `text`, with one clear problem for whatever is wrong."""
    import tomli  # not needed where the cache answers

    try:
        document = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise _broken(error, where) from None
    except RecursionError:
        raise _bound(f"lists or tables lie more than {MAX_DEPTH} deep", where) from None
    except ValueError:
        raise _bound(f"a number has more than {MAX_DIGITS} digits", where) from None
    for place, what in _excesses(document):
        raise _bound(f"{format_key_path(place)}: {what}", where)
    return document


def dump(document: dict[str, Any], head: str = "", where: str | None = None) -> str:
    """`document` as sprintkit writes it: `[table]` and `[[array]]` form, keys in the order given.

    `head` is put before it (comment lines for editors). The same content gives the same text, and text with
    line breaks stands as several lines. Raises WriteError, naming the field, for what no file could hold: a
    bound, half a character (a lone surrogate), a value that TOML does not know.
    """
    for place, what in _excesses(document):
        raise WriteError(
            f"{format_key_path(place)}: {what}", code="bound", path=where, hint="Shorten this field, then save again."
        )
    text = head + "".join(table(document, ""))
    if len(text) * 4 > MAX_BYTES:
        refuse_large(len(text.encode()), document, where)
    return text


def refuse_large(size: int, document: dict[str, Any], where: str | None) -> None:
    """Raises WriteError, naming the largest field, if a file of `size` bytes could not be read again."""
    if size <= MAX_BYTES:
        return
    sizes = ((place, len(text.encode())) for place, text in _texts(document))
    place, largest = max(sizes, key=lambda entry: entry[1], default=((), 0))
    name = format_key_path(place) if place else "the document"
    raise WriteError(
        f"{name}: the file would be {size:,} bytes, more than the {MAX_BYTES:,} allowed; "
        f"this field is the largest with {largest:,} bytes",
        code="too_large",
        path=where,
        hint=f"Shorten {name}, or keep the long text in a file of its own and name that file here.",
    )


def is_identical(one: object, other: object) -> bool:
    """Whether two values are the same content: types count (1 is not 1.0 and not true), NaN equals NaN."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_identical(value, other[key]) for key, value in one.items())
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(is_identical, one, other))
    if type(one) is not type(other):
        return False
    if isinstance(one, float):
        return repr(one) == repr(other)
    if hasattr(one, "tzinfo"):
        return str(one) == str(other)
    return one == other


def format_key_path(place: KeyPath) -> str:
    """A place in a document as messages name it: `process.steps[0].n`."""
    text = ""
    for part in place:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += ("." if text else "") + (part if part and BARE.issuperset(part) else _quoted(part))
    return text or "the document"


def _quoted(part: object) -> str:
    # Also for keys that no file could hold: a message must always be printable.
    return '"' + str(part).encode("unicode_escape").decode().replace('"', '\\"') + '"'


def decoded(data: bytes, where: str) -> str:
    """The text in `data`, with LF line ends. Raises InputError: too large, not UTF-8."""
    if len(data) > MAX_BYTES:
        raise InputError(
            f"the file is larger than {MAX_BYTES:,} bytes, which no sprintkit file is",
            code="too_large",
            path=where,
            hint="Check that this is the file you mean; move long material into a file of its own.",
        )
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"line {line}: not UTF-8 text",
            code="not_utf8",
            path=where,
            hint="Save the file as UTF-8 in your editor; if it is no text at all, it is the wrong file.",
        ) from None


def is_marker(line: str) -> bool:
    """Whether `line` is what Git puts at the start or the end of a conflict."""
    return line.startswith(("<<<<<<<", ">>>>>>>")) and (len(line) == 7 or line[7] == " ")


def _refuse_conflict(text: str, where: str) -> None:
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return
    lines = [number for number, line in enumerate(text.split("\n"), 1) if is_marker(line.rstrip("\r"))]
    if lines:
        others = f" (more in {', '.join(map(str, lines[1:10]))})" if lines[1:] else ""
        raise InputError(
            f"line {lines[0]}: a conflict marker of Git{others}; two versions were not brought together",
            code="conflict",
            path=where,
            hint="Keep the version that holds, delete the marker lines, then try again.",
        )


def _refuse_long_keys(text: str, where: str) -> None:
    """Dotted keys cost the parser the square of their parts, so they are counted before it sees them."""
    dots = text.count(".")
    if dots < MAX_KEY_PARTS:
        return
    if dots < MAX_DOTS and max(map(str.count, text.split("\n"), repeat("."))) < MAX_KEY_PARTS:
        return
    # Only so many dots need the pattern, and its compilation.
    from sprintkit.store.toml.tokens import long_key

    line = long_key(text, MAX_KEY_PARTS, MAX_DOTS)
    if line:
        raise _bound(f"line {line}: a key has more than {MAX_KEY_PARTS} parts, or all keys too many", where)


def _refuse_schema(document: dict[str, Any], where: str) -> None:
    schema = document.get("schema", SCHEMA)
    if type(schema) is not int or schema < 1:
        raise InputError(
            "schema: must be a whole number, 1 or more",
            code="schema",
            path=where,
            hint=f"Write `schema = {SCHEMA}` at the top of the file.",
        )
    if schema > SCHEMA:
        raise InputError(
            f"schema: this file is of form {schema}, and this sprintkit knows forms up to {SCHEMA}",
            code="newer_schema",
            path=where,
            hint="Install a newer sprintkit. The file was not touched.",
        )


def _broken(error: Any, where: str) -> InputError:
    said = str(error.msg)
    plain = next((words for start, words in PLAIN_WORDS if said.startswith(start)), said)
    line = f"line {error.lineno}, column {error.colno}: " if error.lineno else ""
    return InputError(
        f"{line}{plain}",
        code="broken_toml",
        path=where,
        hint="Open the file at that line and correct it; nothing in it was changed.",
    )


def _bound(what: str, where: str) -> InputError:
    hint = "No sprintkit file needs this; check that it is the file you mean."
    return InputError(what, code="bound", path=where, hint=hint)


def _excesses(document: dict[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    """What in `document` no file may hold, in document order; the walk itself cannot overflow."""
    if _is_modest(document, MAX_DEPTH):
        return
    stack: list[tuple[KeyPath, object]] = [((), document)]
    while stack:
        place, value = stack.pop()
        if isinstance(value, str):
            if not value.isascii() and _is_half(value):
                yield place, "holds half a character (a lone surrogate), which no text file can hold"
        elif isinstance(value, dict):
            if len(place) > MAX_DEPTH:
                yield place, f"lies more than {MAX_DEPTH} deep"
                continue
            for key in value:
                if not isinstance(key, str):
                    yield place, f"has a key that is no text: {key!r}"
                elif not key.isascii() and _is_half(key):
                    yield (*place, key), "its name holds half a character (a lone surrogate)"
            stack.extend(((*place, key), value[key]) for key in reversed(value) if isinstance(key, str))
        elif isinstance(value, list | tuple):
            if len(place) > MAX_DEPTH:
                yield place, f"lies more than {MAX_DEPTH} deep"
            elif len(value) > MAX_LIST:
                yield place, f"has {len(value):,} entries, more than the {MAX_LIST:,} allowed"
            else:
                stack.extend(((*place, at), value[at]) for at in range(len(value) - 1, -1, -1))
        elif isinstance(value, int):
            if abs(value) >= 10**MAX_DIGITS:
                yield place, f"a whole number of more than {MAX_DIGITS} digits"
        elif not isinstance(value, float) and not hasattr(value, "isoformat"):
            yield place, f"holds a value that TOML does not know ({type(value).__name__})"


def _is_modest(value: Any, deep: int) -> bool:
    """Whether a value surely holds nothing in excess: most documents are let through here, at a third of the cost."""
    kind = type(value)
    if kind is str:
        return bool(value.isascii() or not _is_half(value))
    if kind is dict:
        if not deep:
            return False
        for key, inner in value.items():
            if type(key) is not str or not (key.isascii() or not _is_half(key)):
                return False
            if not (type(inner) is str and inner.isascii()) and not _is_modest(inner, deep - 1):
                return False
        return True
    if kind is list:
        if not deep or len(value) > MAX_LIST:
            return False
        return all(_is_modest(inner, deep - 1) for inner in value)
    if kind is int:
        return bool(-(10**MAX_DIGITS) < value < 10**MAX_DIGITS)
    return kind is bool or kind is float or hasattr(value, "isoformat")


def _is_half(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _texts(document: dict[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    stack: list[tuple[KeyPath, object]] = [((), document)]
    while stack:
        place, value = stack.pop()
        if isinstance(value, str):
            yield place, value
        elif isinstance(value, dict):
            stack.extend(((*place, key), inner) for key, inner in value.items())
        elif isinstance(value, list | tuple):
            stack.extend(((*place, at), inner) for at, inner in enumerate(value))


def table(content: dict[str, Any], name: str, header: str = "") -> Iterator[str]:
    """The text of one table under `header`. tomli-w alone would fold short records into inline tables."""
    plain = {
        key: value for key, value in content.items() if not (isinstance(value, dict) or is_records(value))
    }
    nested = [(key, value) for key, value in content.items() if key not in plain]
    begun = False
    if name and (plain or not nested or header.startswith("[[")):
        yield header
        begun = True
    for key, value in plain.items():
        yield pair(key, value)
        begun = True
    for key, value in nested:
        inner = f"{name}.{bare(key)}" if name else bare(key)
        one, form = ([value], f"[{inner}]\n") if isinstance(value, dict) else (value, f"[[{inner}]]\n")
        for record in one:
            if begun:
                yield "\n"
            begun = True
            yield from table(record, inner, form)


def is_records(value: object) -> bool:
    """Whether `value` is written as `[[array]]`: a list of tables with at least one."""
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(item, dict) for item in value)


def pair(key: str, value: object) -> str:
    """One `key = value` line, or several where the text has line breaks."""
    import tomli_w

    return tomli_w.dumps({key: value}, multiline_strings=_may_span_lines(value))


def bare(key: str) -> str:
    """`key` as it stands in a header, in quotes where it needs them."""
    if key and BARE.issuperset(key):
        return key
    import tomli_w

    return tomli_w.dumps({key: 0})[: -len(" = 0\n")]


def _may_span_lines(value: object) -> bool:
    """Not with a CR before a line break (tomli-w drops it), nor where a line would be Git's marker."""
    if isinstance(value, str):
        return "\n" in value and "\r\n" not in value and not any(map(is_marker, value.split("\n")))
    if isinstance(value, dict):
        return all(map(_is_calm, value.values()))
    if isinstance(value, list | tuple):
        return all(map(_is_calm, value))
    return True


def _is_calm(value: object) -> bool:
    return _may_span_lines(value) if not isinstance(value, str) or "\n" in value else True
