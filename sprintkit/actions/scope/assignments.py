"""`path=value`, as `--set` and sheets give answers: each as a value at its place in a document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from sprintkit.actions.normalise import normalised_at
from sprintkit.charter import paths, people
from sprintkit.charter.blank import is_blank
from sprintkit.charter.question_bank import Question, models_by_path, questions_by_path
from sprintkit.errors import InputError
from sprintkit.store.toml import codec

_PATH: Final = re.compile(r"""(?:[^="']|"(?:[^"\\]|\\.)*"|'[^']*')*""")
_TYPED: Final = ("line", "slug", "choice", "person", "prose")


def split(text: str) -> tuple[str, str]:
    """Path and value of `path=value`; an equals sign within quotes belongs to the path. Raises InputError."""
    _refuse_half_characters(text)
    match = _PATH.match(text)
    path = match[0] if match else ""
    if not path.strip() or text[len(path) : len(path) + 1] != "=":
        raise InputError(
            f"'{text}' says no value",
            code="usage",
            hint="Write it like this: --set 'success_metric.baseline=95'",
        )
    return path.strip(), text[len(path) + 1 :]


def assign(document: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A document with `value` at `path`, as text is typed or as a value that is one already.

    Text fields and choices take text as it is; for others it is read as a TOML value, and kept as text if that
    fails. A person is known by key or name, or becomes one. Raises InputError for a path that points nowhere.
    """
    place = paths.resolve(document, path, append=True)
    question, known = questions_by_path().get(_question_of(place)), dict(document)
    if isinstance(value, str):
        value = _read(value, question, place)
    known, value = _with_people(known, place, normalised_at(place, value))
    return paths.set_value(known, place, value)


def _question_of(place: paths.Parts) -> str:
    """The pattern of the question at a place; for an entry of a list of texts, the pattern of the list."""
    pattern = paths.pattern(place)
    return pattern.removesuffix("[]") if pattern not in models_by_path() else pattern


def _read(text: str, question: Question | None, place: paths.Parts) -> Any:
    is_entry = bool(place) and isinstance(place[-1], int)
    if question is not None and (question.kind in _TYPED or (question.kind == "texts" and is_entry)):
        return text
    try:
        found = codec.parse(b"value = " + text.encode(), "")
    except InputError:
        return text
    return found["value"] if found.keys() == {"value"} else text


def _with_people(document: dict[str, Any], place: paths.Parts, value: Any) -> tuple[dict[str, Any], Any]:
    """`value` with every person in it as a key, and the document with those who were not known yet."""
    if isinstance(value, str):
        question = questions_by_path().get(_question_of(place))
        if question is not None and question.kind == "person" and not is_blank(value):
            return people.enter(document, value)
        return document, value
    if isinstance(value, Mapping):
        table = {}
        for key, part in value.items():
            document, table[key] = _with_people(document, (*place, key), part)
        return document, table
    if isinstance(value, list):
        items = []
        for at, part in enumerate(value):
            document, item = _with_people(document, (*place, at), part)
            items.append(item)
        return document, items
    return document, value


def _refuse_half_characters(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InputError(
            f"'{text}' is not UTF-8 text", code="not_text", hint="Type it again, or use --from."
        ) from None
