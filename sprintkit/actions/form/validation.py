"""What stands in a form, weighed: what its record comes to, and what is refused in which field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from sprintkit.actions.checkin.checkin import Preview
from sprintkit.actions.form.field import ENTRY, Answers, BuiltRecord, Field, answer, name_of
from sprintkit.charter.model import Charter
from sprintkit.records.validation.correction import LEAVES

if TYPE_CHECKING:
    from sprintkit.actions.checkin.correction_form import CorrectionForm
    from sprintkit.actions.checkin.form import CheckInForm

HIDDEN: str = "A vote is 1, 2, 3, 4 or 5, and one of these is not."
"""The refusal of a vote: what was typed masked is not read out."""


IN_A_FILE: str = "Write: "
"""How a hint begins that says what to write into a file."""


class Evaluation(NamedTuple):
    """A form as it would be taken now."""

    found: Preview
    """What the record comes to; without what is refused where it is no record with that."""
    unseen: Preview
    """The same without the votes of the room: neither a reason nor the word may give them away."""
    refused: Mapping[str, str]
    """Why, by the key of the field."""


def evaluate(form: CheckInForm | CorrectionForm, answers: Answers) -> Evaluation:
    """What a record of these answers would be taken or refused for. Raises RefusedError, InputError."""
    built = form.built(answers)
    found = form.preview(built.record)
    shown = form.fields(answers)
    refused = _refused(built, found, shown, answers, form.prepared.charter)
    if found.after is None:
        built = form.built(_without(answers, refused, shown))
        found = form.preview(built.record)
    unseen = form.preview({**built.record, "votes": []}) if "votes" in built.record else found
    return Evaluation(found, unseen, refused)


def _without(answers: Answers, refused: Mapping[str, str], shown: list[Field]) -> dict[str, str]:
    """The answers but for what is refused, and what belongs together with it."""
    groups = tuple(f"{key.rpartition('.')[0]}." for key in refused if "." in key)
    gone = [one.key for one in shown if one.key in refused or f"{one.key}.".startswith(groups)]
    return {**answers, **dict.fromkeys(gone, "")}


def _refused(
    built: BuiltRecord, found: Preview, fields: list[Field], answers: Answers, charter: Charter
) -> dict[str, str]:
    """The first refusal of every field, for somebody who sees no file; what is about none is in the first one."""
    shown, first = {one.key: one for one in fields}, fields[0].key
    told: dict[str, str] = {}
    for problem in found.refusals:
        key, said = _place(built, problem.message)
        hint = "" if (problem.hint or "").startswith(IN_A_FILE) else _spoken(problem.hint or "")
        if key == "votes" and problem.code == "vote":
            said, hint = HIDDEN, ""
        if stray := _stray(shown.get(key or ""), answers):
            said, hint = f"'{stray}' is none of these; choose one.", ""
        told.setdefault(key or first, _by_name(f"{_spoken(said)} {hint}".strip(), charter))
    return told


def _stray(field: Field | None, answers: Answers) -> str:
    """What stands in a field of choices and is none of them."""
    if field is None or field.kind != "choice":
        return ""
    text = answer(answers, field)
    return "" if text in dict(field.choices) else text


def _place(built: BuiltRecord, message: str) -> tuple[str | None, str]:
    """The field that a refusal is about; one of a corrected entry is about the value that is put right."""
    inner = message.removeprefix(f"corrects {LEAVES}")
    if inner != message:
        key, said = built.field_of(f"{ENTRY}.{inner}")
        if key is not None:
            return key, said
    return built.field_of(message)


def _spoken(text: str) -> str:
    """A sentence about what stands in a file, for somebody who types into a field."""
    text = text.replace(" (without quotes)", "")
    example = re.fullmatch(r"(For instance: )\[(.*)\]", text)
    return f"{example[1]}{example[2]}".replace('"', "") if example else text


def _by_name(text: str, charter: Charter) -> str:
    """A sentence with the names of people in place of their keys, which stand in quotes."""
    return re.sub(
        "'([^']+)'",
        lambda found: name_of(charter, found[1]) if found[1] in charter.people else found[0],
        text,
    )
