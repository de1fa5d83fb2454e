"""What documents know about each field of a charter: its label and how its answer is given.

It is read from `fields.json`, a copy of what the model declares, so that rendering does without loading the
model. `python -m sprintkit.documents.fields` writes the copy anew; a test fails while the two differ.
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
    core: bool
    """Whether it is asked in a lean charter."""
    needed: bool
    """Whether a full charter needs it."""


@cache
def fields() -> dict[str, FieldNote]:
    """All fields by pattern (`plan.milestones[].title`), in the order of the file."""
    with COPY.open(encoding="utf-8") as file:
        return {pattern: FieldNote(*note) for pattern, note in json.load(file).items()}


def declared() -> dict[str, FieldNote]:
    """The same, read from the model itself."""
    from sprintkit.charter.question_bank import questions_by_path  # loads pydantic, which no rendering needs

    return {
        pattern: FieldNote(question.told.label, question.kind, question.told.core, question.told.needed)
        for pattern, question in questions_by_path().items()
    }


def written(notes: dict[str, FieldNote]) -> str:
    """`notes` as the text of `fields.json`, one field a line."""
    lines = (
        f" {json.dumps(pattern)}: {json.dumps(list(note), ensure_ascii=False)}"
        for pattern, note in notes.items()
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    COPY.write_text(written(declared()), encoding="utf-8")
