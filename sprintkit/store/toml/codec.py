"""Turns bytes into a document and back, with one clear problem for whatever is wrong.

A document is the plain dict that a TOML parser returns. What `dump` writes, `parse` reads back as the same document.

tomli and tomli-w are imported where they are used: a command that the cache answers parses nothing.
"""

from __future__ import annotations

from sprintkit.errors import InputError, WriteError
from sprintkit.store.toml import limits
from sprintkit.store.toml.values import format_key_path, is_bare_key, is_record_list
from sprintkit.text.decoding import UndecodableError, decode_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

SCHEMA_VERSION = 1
"""The newest file format that this version supports."""

_PLAIN_MESSAGES = (
    ("Cannot overwrite a value", "this key or table is defined twice"),
    ("Duplicate inline table key", "this inline table defines a key twice"),
    ("Cannot declare", "this table is defined twice"),
    ("Cannot redefine namespace", "this table is defined twice"),
    ("Cannot mutate immutable namespace", "this adds to a table or list that is already complete"),
    ("Expected '=' after a key", "a key must be followed by '=' and a value"),
    ("Invalid value", "this is not a value; text goes in quotes"),
    ("Invalid statement", "this is neither a key nor a table"),
    ("Unclosed array", "a list is not closed with ']'"),
    ("Unclosed inline table", "an inline table is not closed with '}'"),
    ("Unterminated string", "a text is not closed with quotes"),
    ("Expected newline or end of document", "something is left over after the value"),
    (
        "Illegal character '\\n'",
        "a text runs past the end of its line; close its quotes, or use three of them",
    ),
    ("Expected \"'", "a text is not closed with quotes"),
    ("Unescaped '\\'", "write a backslash in a text twice, or put the text in single quotes"),
)
"""How tomli's messages begin, and what is reported instead."""


def parse(data: bytes, path: str) -> dict[str, Any]:
    """The document in `data`; `path` is the file's name for error messages.

    Line ends may be LF or CR LF, and a byte order mark is skipped. Raises InputError, naming the line if there is one,
    if the file is too large, is neither UTF-8 nor UTF-16 with its mark, has conflict markers (even inside a text), is
    broken TOML, goes beyond a limit, or has an unsupported `schema`.
    """
    return parse_text(decode(data, path), path)


def decode(data: bytes, path: str) -> str:
    """The text in `data`, with LF line ends. Raises InputError if it is too large, or neither UTF-8 nor UTF-16."""
    if len(data) > limits.MAX_BYTES:
        raise InputError(
            f"the file is larger than {limits.MAX_BYTES:,} bytes, which no sprintkit file is",
            code="too_large",
            path=path,
            hint="Check that this is the file you mean; move long material into a file of its own.",
        )
    try:
        return decode_text(data).replace("\r\n", "\n")
    except UndecodableError as error:
        message = f"line {error.line}: {error.reason}"
        raise InputError(message, code="not_utf8", path=path, hint=error.hint) from None


def parse_text(text: str, path: str) -> dict[str, Any]:
    """As `parse`, for text that `decode` returned."""
    _refuse_conflict_markers(text, path)
    limits.refuse_long_keys(text, path)
    document = _parse_toml(text, path)
    _refuse_unsupported_schema(document, path)
    return document


def _parse_toml(text: str, path: str) -> dict[str, Any]:
    import tomli

    try:
        document = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise _broken_toml_error(error, path) from None
    except RecursionError:
        raise limits.limit_error(
            f"lists or tables are nested more than {limits.MAX_DEPTH} deep", path
        ) from None
    except ValueError:
        raise limits.limit_error(f"a number has more than {limits.MAX_DIGITS} digits", path) from None
    for key_path, violation in limits.iter_violations(document):
        raise limits.limit_error(f"{format_key_path(key_path)}: {violation}", path)
    return document


def is_conflict_marker(line: str) -> bool:
    """Whether `line` is what Git writes at the start or the end of a conflict."""
    return line.startswith(("<<<<<<<", ">>>>>>>")) and (len(line) == 7 or line[7] == " ")


def _refuse_conflict_markers(text: str, path: str) -> None:
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return
    lines = [
        number for number, line in enumerate(text.split("\n"), 1) if is_conflict_marker(line.rstrip("\r"))
    ]
    if lines:
        more = f" (more in {', '.join(map(str, lines[1:10]))})" if lines[1:] else ""
        raise InputError(
            f"line {lines[0]}: a Git conflict marker{more}; two versions were not merged",
            code="conflict",
            path=path,
            hint="Keep the version that is right, delete the marker lines, then try again.",
        )


def _refuse_unsupported_schema(document: dict[str, Any], path: str) -> None:
    schema = document.get("schema", SCHEMA_VERSION)
    if type(schema) is not int or schema < 1:
        raise InputError(
            "schema: must be a whole number, 1 or more",
            code="schema",
            path=path,
            hint=f"Write `schema = {SCHEMA_VERSION}` at the top of the file.",
        )
    if schema > SCHEMA_VERSION:
        raise InputError(
            f"schema: this file uses format {schema}, and this sprintkit supports formats up to {SCHEMA_VERSION}",
            code="newer_schema",
            path=path,
            hint="Install a newer sprintkit. The file was not touched.",
        )


def _broken_toml_error(error: Any, path: str) -> InputError:
    original = str(error.msg)
    message = next((plain for start, plain in _PLAIN_MESSAGES if original.startswith(start)), original)
    location = f"line {error.lineno}, column {error.colno}: " if error.lineno else ""
    # Imported here because few files are broken: the patterns take as long to compile as a file to read.
    from sprintkit.store.toml.typing_mistakes import describe_mistake

    mistake = describe_mistake(error.doc, error.pos)
    if mistake is not None:
        position, character, remedy = mistake
        column = position - error.doc.rfind("\n", 0, position)
        return InputError(
            f"line {error.lineno}, column {column}: {character}",
            code="broken_toml",
            path=path,
            hint=f"{remedy} in its place.",
        )
    return InputError(
        f"{location}{message}",
        code="broken_toml",
        path=path,
        hint="Open the file at that line and correct it; nothing in it was changed.",
    )


def dump(document: dict[str, Any], header: str = "", path: str | None = None) -> str:
    """`document` as sprintkit writes it: `[table]` and `[[array]]` form, keys in the order given.

    `header` (comment lines for editors) goes first. The same content always gives the same text, and a value with
    line breaks spans several lines. Raises WriteError, naming the field, for what no file can hold: something
    beyond a limit, half a character (a lone surrogate), or a value that TOML cannot represent.
    """
    for key_path, violation in limits.iter_violations(document):
        raise WriteError(
            f"{format_key_path(key_path)}: {violation}",
            code="bound",
            path=path,
            hint="Shorten this field, then save again.",
        )
    text = header + "".join(render_table(document, ""))
    if len(text) * 4 > limits.MAX_BYTES:
        limits.refuse_too_large(len(text.encode()), document, path)
    return text


def render_table(content: dict[str, Any], name: str, header: str = "") -> Iterator[str]:
    """The text of one table under its `header` line. tomli-w alone would fold short records into inline tables."""
    plain = {
        key: value for key, value in content.items() if not (isinstance(value, dict) or is_record_list(value))
    }
    nested = [(key, value) for key, value in content.items() if key not in plain]
    has_output = False
    if name and (plain or not nested or header.startswith("[[")):
        yield header
        has_output = True
    for key, value in plain.items():
        yield render_pair(key, value)
        has_output = True
    for key, value in nested:
        inner_name = f"{name}.{render_key(key)}" if name else render_key(key)
        is_table = isinstance(value, dict)
        inner_header = f"[{inner_name}]\n" if is_table else f"[[{inner_name}]]\n"
        for table in [value] if is_table else value:
            if has_output:
                yield "\n"
            has_output = True
            yield from render_table(table, inner_name, inner_header)


def render_pair(key: str, value: object) -> str:
    """One `key = value` line, or several where the text has line breaks."""
    import tomli_w

    return tomli_w.dumps({key: value}, multiline_strings=_can_span_lines(value))


def render_key(key: str) -> str:
    """`key` as it appears in a header, quoted where TOML needs it."""
    if is_bare_key(key):
        return key
    import tomli_w

    return tomli_w.dumps({key: 0})[: -len(" = 0\n")]


def _can_span_lines(value: object) -> bool:
    """Whether every text with line breaks in `value` would be read back unchanged if written over several lines.

    tomli-w drops a CR before a line break, and a line that looks like a conflict marker would be refused later.
    """
    if isinstance(value, str):
        return "\n" in value and "\r\n" not in value and not any(map(is_conflict_marker, value.split("\n")))
    if isinstance(value, dict):
        return all(map(_is_one_line_or_can_span, value.values()))
    if isinstance(value, list | tuple):
        return all(map(_is_one_line_or_can_span, value))
    return True


def _is_one_line_or_can_span(value: object) -> bool:
    return (isinstance(value, str) and "\n" not in value) or _can_span_lines(value)
