"""Corrections of a check-in; the first entry stays visible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import ValidationError

from sprintkit.charter import paths
from sprintkit.charter.questions import QuestionSpec
from sprintkit.records.base import FileRecord, Record, StoredRecord, optional_list
from sprintkit.records.checkin import CheckIn
from sprintkit.text.numbers import natural_order


class CorrectedValue(Record):
    """One corrected value."""

    path: Annotated[
        str,
        QuestionSpec(
            label="Where",
            prompt="Which value, as a path in the entry?",
            strong="metric.value",
            is_required=True,
        ),
    ] = ""
    value: Annotated[Any, QuestionSpec(label="Value", prompt="What is right?", is_required=True)]
    why: Annotated[
        str,
        QuestionSpec(
            label="Why", prompt="What was wrong?", strong="read from last month's column", is_required=True
        ),
    ] = ""


class Correction(FileRecord):
    """A file beside the week's; its paths are relative to the entry it corrects, and it counts from `on`."""

    week: Annotated[
        int, QuestionSpec(label="Week", prompt="Which week's entry does it correct?", is_required=True)
    ]
    on: Annotated[date, QuestionSpec(label="On", prompt="On which day?", is_required=True)]
    by: Annotated[
        str, QuestionSpec(label="By", prompt="Who corrects it?", kind="person", is_required=True)
    ] = ""
    corrects: Annotated[
        list[CorrectedValue],
        QuestionSpec(label="Corrects", prompt="What was wrong, and what is right?", is_required=True),
    ] = optional_list()


def apply_corrections(
    entries: Iterable[CheckIn], corrections: Iterable[StoredRecord[Correction]], on: date | None = None
) -> list[CheckIn]:
    """The entries by week, with every correction dated up to `on` applied; without `on`, with all of them.

    Corrections apply by day, then by file name. A correction that cannot be applied, because its path leads nowhere or
    the result is not a check-in, changes nothing; its validator reports it.
    """
    due = sorted(
        (stored for stored in corrections if on is None or stored.record.on <= on),
        key=lambda stored: (stored.record.on, natural_order(stored.path)),
    )
    result = []
    for entry in sorted(entries, key=lambda entry: (entry.week, entry.on)):
        for stored in due:
            if stored.record.week == entry.week:
                entry = apply_correction(entry, stored.record) or entry
        result.append(entry)
    return result


def apply_correction(entry: CheckIn, correction: Correction) -> CheckIn | None:
    """The entry with the corrected values; None if the correction cannot be applied as a whole."""
    try:
        corrected = CheckIn.model_validate(corrected_document(entry, correction))
    except (paths.PathError, ValidationError):
        return None
    return corrected if corrected.week == entry.week else None


def corrected_document(entry: CheckIn, correction: Correction) -> dict[str, Any]:
    """The entry's document with the corrected values set. Raises PathError if a path points nowhere."""
    document: Mapping[str, Any] = entry.model_dump(by_alias=True, exclude_none=True)
    for change in correction.corrects:
        document = paths.set_value(document, change.path, change.value)
    return dict(document)
