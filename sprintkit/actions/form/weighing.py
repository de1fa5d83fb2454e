"""What stands in a form, weighed: what its record comes to, and what is refused in which field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from ..checkin import Preview
from .field import Answers, Built, Field

if TYPE_CHECKING:
    from .checkin import CheckInForm
    from .correction import CorrectionForm

HIDDEN: str = "A vote is 1, 2, 3, 4 or 5, and one of these is not."
"""The refusal of a vote: what was typed masked is not read out."""


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
    refused = _refused(built, found, form.fields(answers)[0].key)
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


def _refused(built: Built, found: Preview, first: str) -> dict[str, str]:
    """The first refusal of every field; what is about none stands in the `first` one."""
    told: dict[str, str] = {}
    for problem in found.refusals:
        key, said = built.field_of(problem.message)
        if key == "votes" and problem.code == "vote":
            said = HIDDEN
        hint = f" {problem.hint}" if problem.hint else ""
        told.setdefault(key or first, f"{said}{hint}")
    return told
