"""Evaluates the answers of a form: what their record would change, and each field's first error."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from sprintkit.actions.form.field import Answers, BuiltRecord, Field, display_name, field_text
from sprintkit.actions.form.record_form import Preview, RecordForm
from sprintkit.charter.model import Charter
from sprintkit.errors import Problem

CORRECTED_ENTRY: Final = "entry"
"""The corrected entry in the paths of `BuiltRecord.keys_by_path`."""
_NEEDED: Final = re.compile(r"Is missing: (?=[A-Z])")
"""Matches the beginning of a refusal that repeats a question; a question begins with a capital."""
_NONE_OF_THESE: Final = "'{text}' is none of these; choose one."
INVALID_VOTE: Final = "A vote is 1, 2, 3, 4 or 5, and one of these is not."
VOTES_ADVICE: Final = "Whole numbers from 1 to 5, one for each member: 4 4 3 4"
FILE_HINT_PREFIX: Final = "Write: "
"""Begins hints that say what to write into a file."""


class Evaluation(NamedTuple):
    """The result of checking a form's answers."""

    preview: Preview
    """The preview of the record, without its erroneous parts if it cannot be parsed as a whole."""
    preview_without_votes: Preview
    """The same without the votes, so that neither reasons nor health give them away before they are revealed."""
    errors: Mapping[str, str]
    """Each field's first error, by the key of the field."""


def evaluate(form: RecordForm, answers: Answers) -> Evaluation:
    """Preview the record of these answers, and find the fields it would be refused for.

    Raises RefusedError, InputError.
    """
    built = form.build(answers)
    preview = form.preview(built.record)
    fields = form.fields(answers)
    errors = _field_errors(form, built, preview, fields, answers)
    if preview.after is None:
        built = form.build(_without_errors(answers, errors, fields))
        preview = form.preview(built.record)
    has_votes = "votes" in built.record
    without_votes = form.preview({**built.record, "votes": []}) if has_votes else preview
    return Evaluation(preview, without_votes, errors)


def _without_errors(answers: Answers, errors: Mapping[str, str], fields: list[Field]) -> dict[str, str]:
    """The answers with the fields that have errors emptied, and all fields that belong with those."""
    groups = tuple(f"{key.rpartition('.')[0]}." for key in errors if "." in key)
    emptied = [field.key for field in fields if field.key in errors or f"{field.key}.".startswith(groups)]
    return {**answers, **dict.fromkeys(emptied, "")}


def _field_errors(
    form: RecordForm, built: BuiltRecord, preview: Preview, fields: list[Field], answers: Answers
) -> dict[str, str]:
    """Each field's first error, worded for someone who never sees the file.

    Errors that belong to no field go to the first field.
    """
    fields_by_key = {field.key: field for field in fields}
    errors: dict[str, str] = {}
    for problem in preview.problems:
        key, message = _locate(built, problem.message, form.refusal_prefix)
        field = fields_by_key.get(key or "")
        text = _reword(problem, message, field, answers)
        errors.setdefault(key or fields[0].key, _name_people(text, form.charter))
    for key, message in built.missing.items():
        if key in fields_by_key:
            errors.setdefault(key, message)
    for field in fields:
        if unknown := _unknown_choice(field, answers):  # also where the record has no place for it
            errors.setdefault(field.key, _NONE_OF_THESE.format(text=unknown))
    return errors


def _locate(built: BuiltRecord, message: str, refusal_prefix: str) -> tuple[str | None, str]:
    """The field that a refusal is about; a refusal of the corrected entry is about the value that corrects it."""
    inner = message.removeprefix(refusal_prefix)
    if inner != message:
        key, text = built.locate(f"{CORRECTED_ENTRY}.{inner}")
        if key is not None:
            return key, text
    return built.locate(message)


def _reword(problem: Problem, message: str, field: Field | None, answers: Answers) -> str:
    """A problem of a file, reworded for someone who types into a field. Votes are masked, so they are never repeated."""
    hint = problem.hint or ""
    hint = "" if hint.startswith(FILE_HINT_PREFIX) else _without_toml(hint)
    if field is not None and field.kind == "votes":
        if problem.code == "vote":
            return INVALID_VOTE
        if "the text" in message:
            message = VOTES_ADVICE
    unknown_choice = _unknown_choice(field, answers)
    if unknown_choice:
        return _NONE_OF_THESE.format(text=unknown_choice)
    text = f"{_without_toml(message)} {hint}".strip()
    return _NEEDED.sub("Still needed. ", text)


def _unknown_choice(field: Field | None, answers: Answers) -> str:
    """The text in a field of choices if it is none of them; otherwise empty."""
    if field is None or field.kind != "choice":
        return ""
    text = field_text(answers, field)
    return "" if text in dict(field.choices) else text


def _without_toml(text: str) -> str:
    """A sentence about a file's content without the brackets and quotes of TOML."""
    text = text.replace(" (without quotes)", "")
    example = re.fullmatch(r"(For instance: )\[(.*)\]", text)
    return f"{example[1]}{example[2]}".replace('"', "") if example else text


def _name_people(text: str, charter: Charter) -> str:
    """A sentence with the names of people in place of their quoted keys."""

    def name_if_person(match: re.Match[str]) -> str:
        return display_name(charter, match[1]) if match[1] in charter.people else match[0]

    return re.sub("'([^']+)'", name_if_person, text)
