"""What stands in a form, weighed: what its record comes to, and what is refused in which field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from ...charter.model import Charter
from ..checkin import Preview
from .field import Answers, Built, Field, name_of

if TYPE_CHECKING:
    from .checkin import CheckInForm
    from .correction import CorrectionForm

HIDDEN: str = "A vote is 1, 2, 3, 4 or 5, and one of these is not."
"""The refusal of a vote: what was typed masked is not read out."""


IN_A_FILE: str = "Write: "
"""How a hint begins that says what to write into a file."""


class Weighed(NamedTuple):
    """A form as it would be taken now."""

    found: Preview
    """What the record comes to; without what is refused where it is no record with that."""
    unseen: Preview
    """The same without the votes of the room: neither a reason nor the word may give them away."""
    refused: Mapping[str, str]
    """Why, by the key of the field."""


def weigh(form: CheckInForm | CorrectionForm, answers: Answers) -> Weighed:
    """What a record of these answers would be taken or refused for. Raises Refused, Unusable."""
    built = form.built(answers)
    found = form.preview(built.record)
    refused = _refused(built, found, form.fields(answers)[0].key, form.prepared.charter)
    if found.after is None:
        built = form.built(_without(answers, refused, form.fields(answers)))
        found = form.preview(built.record)
    unseen = form.preview({**built.record, "votes": []}) if "votes" in built.record else found
    return Weighed(found, unseen, refused)


def _without(answers: Answers, refused: Mapping[str, str], shown: list[Field]) -> dict[str, str]:
    """The answers but for what is refused, and what belongs together with it."""
    groups = tuple(f"{key.rpartition('.')[0]}." for key in refused if "." in key)
    gone = [one.key for one in shown if one.key in refused or f"{one.key}.".startswith(groups)]
    return {**answers, **dict.fromkeys(gone, "")}


def _refused(built: Built, found: Preview, first: str, charter: Charter) -> dict[str, str]:
    """The first refusal of every field, for somebody who sees no file; what is about none is in the `first` one."""
    told: dict[str, str] = {}
    for problem in found.refusals:
        key, said = built.field_of(problem.message)
        is_of_use = problem.hint and not problem.hint.startswith(IN_A_FILE)
        if key == "votes" and problem.code == "vote":
            said, is_of_use = HIDDEN, False
        hint = f" {problem.hint}" if is_of_use else ""
        told.setdefault(key or first, _by_name(f"{said}{hint}", charter))
    return told


def _by_name(text: str, charter: Charter) -> str:
    """A sentence with the names of people in place of their keys, which stand in quotes."""
    return re.sub(
        "'([^']+)'",
        lambda found: name_of(charter, found[1]) if found[1] in charter.people else found[0],
        text,
    )
