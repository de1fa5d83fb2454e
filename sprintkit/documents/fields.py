"""What documents know about each field of a charter: its label and the kind of its answer.

This is read from `fields.json`, a copy of what the model declares, so that rendering does not load the model.
`python -m sprintkit.documents.fields` writes the copy again; a test fails while the two differ.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

COPY: Final = Path(__file__).with_name("fields.json")


class FieldNote(NamedTuple):
    """One field, as documents need it."""

    label: str
    kind: str
    """line, prose, slug, integer, number, date, bool, choice, person, texts or items."""
    is_core: bool
    """Whether a lean charter asks for it."""
    is_required: bool
    """Whether a full charter needs it."""


@cache
def load_fields() -> dict[str, FieldNote]:
    """All fields by pattern (`plan.milestones[].title`), in the order of the file."""
    with COPY.open(encoding="utf-8") as file:
        return {pattern: FieldNote(*values) for pattern, values in json.load(file).items()}


def declared_fields() -> dict[str, FieldNote]:
    """The same fields, read from the model."""
    from sprintkit.charter.question_bank import questions_by_path  # loads pydantic, which rendering does without

    return {
        pattern: FieldNote(
            question.spec.label, question.kind, question.spec.is_core, question.spec.is_required
        )
        for pattern, question in questions_by_path().items()
    }


def as_json(fields: dict[str, FieldNote]) -> str:
    """`fields` as the text of `fields.json`, one field a line."""
    lines = (
        f" {json.dumps(pattern)}: {json.dumps(list(field), ensure_ascii=False)}"
        for pattern, field in fields.items()
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    COPY.write_text(as_json(declared_fields()), encoding="utf-8")
