"""Assigns answers to paths of a document, for `--set path=value` and for sheets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from sprintkit.actions.normalise import normalise_value
from sprintkit.charter import paths, people
from sprintkit.charter.blank import is_blank
from sprintkit.charter.question_bank import Question, models_by_path, questions_by_path
from sprintkit.errors import InputError
from sprintkit.store.toml import codec

_PATH: Final = re.compile(r"""(?:[^="']|"(?:[^"\\]|\\.)*"|'[^']*')*""")
_KINDS_STORED_AS_TYPED: Final = ("line", "slug", "choice", "person", "prose")


def split_assignment(text: str, example: str = "success_metric.baseline=95") -> tuple[str, str]:
    """Path and value of `path=value`; an equals sign in quotes belongs to the path.

    Raises InputError, which shows `example`.
    """
    _refuse_undecodable(text)
    match = _PATH.match(text)
    path = match[0] if match else ""
    if not path.strip() or text[len(path) : len(path) + 1] != "=":
        raise InputError(
            f"'{text}' is not of the form PATH=VALUE",
            code="usage",
            hint=f"Write it like this: --set '{example}'",
        )
    return path.strip(), text[len(path) + 1 :]


def assign_value(document: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy of the document with `value` at `path`.

    A text stays as it is in fields for text and choices; elsewhere it is parsed as a TOML value, and kept as text if
    that fails. A person is found by key or name, or added to `[people]`. Raises InputError for a path that points
    nowhere.
    """
    parts = paths.resolve(document, path, append=True)
    if isinstance(value, str):
        value = _parse_text(value, questions_by_path().get(_question_pattern(parts)), parts)
    with_people, value = _add_people(dict(document), parts, normalise_value(parts, value))
    return paths.set_value(with_people, parts, value)


def _question_pattern(parts: paths.PathParts) -> str:
    """The pattern of the question at a path; for an entry of a list of texts, the pattern of the list."""
    pattern = paths.path_pattern(parts)
    return pattern if pattern in models_by_path() else pattern.removesuffix("[]")


def _parse_text(text: str, question: Question | None, parts: paths.PathParts) -> Any:
    is_list_entry = bool(parts) and isinstance(parts[-1], int)
    if question is not None:
        is_entry_of_texts = question.kind == "texts" and is_list_entry
        if question.kind in _KINDS_STORED_AS_TYPED or is_entry_of_texts:
            return text
    try:
        parsed = codec.parse(b"value = " + text.encode(), "")
    except InputError:
        return text
    return parsed["value"] if parsed.keys() == {"value"} else text


def _add_people(document: dict[str, Any], parts: paths.PathParts, value: Any) -> tuple[dict[str, Any], Any]:
    """The document with the unknown people in `value` added, and `value` with keys instead of names."""
    if isinstance(value, str):
        question = questions_by_path().get(_question_pattern(parts))
        if question is not None and question.kind == "person" and not is_blank(value):
            return people.add_person(document, value)
        return document, value
    if isinstance(value, Mapping):
        table = {}
        for key, part in value.items():
            document, table[key] = _add_people(document, (*parts, key), part)
        return document, table
    if isinstance(value, list):
        entries = []
        for index, part in enumerate(value):
            document, entry = _add_people(document, (*parts, index), part)
            entries.append(entry)
        return document, entries
    return document, value


def _refuse_undecodable(text: str) -> None:
    """Raise InputError if an argument was not valid UTF-8 when it was typed."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InputError(
            f"'{text}' is not UTF-8 text", code="not_text", hint="Type it again, or use --from."
        ) from None
