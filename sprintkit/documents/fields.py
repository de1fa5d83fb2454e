"""What documents know about each field of a charter: its label and the kind of its answer."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple


class FieldNote(NamedTuple):
    """One field, as documents need it."""

    label: str
    kind: str
    """line, prose, slug, integer, number, date, bool, choice, person, texts or items."""
    is_core: bool
    """Whether a lean charter asks for it."""
    is_required: bool
    """Whether a full charter needs it."""
    choices: tuple[str, ...] = ()
    """The closed list of its answers; empty if any answer is allowed."""


@cache
def load_fields() -> dict[str, FieldNote]:
    """All fields by pattern (`plan.milestones[].title`), in the order of the model.

    Loads the model, so a document that is rendered from a cached context does not call this.
    """
    from sprintkit.charter.question_bank import questions_by_path

    return {
        pattern: FieldNote(
            question.spec.label,
            question.kind,
            question.spec.is_core,
            question.spec.is_required,
            question.choices,
        )
        for pattern, question in questions_by_path().items()
    }
